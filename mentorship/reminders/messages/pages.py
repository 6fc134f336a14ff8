"""Doors: the messages that were written, what became of one, slips of it, withdrawing it; and what one was written."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, ngettext
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.reminders.messages import actions, letters, queries, slips, words
from mentorship.reminders.messages.queries import WAITS
from mentorship.reminders.texts.rules import both_of
from mentorship.web.confirm import Confirmation, confirm
from mentorship.web.page import Page, done, paging, render
from mentorship.web.request import db, now, public_address, typed_address

blueprint = Blueprint("messages", __name__, url_prefix="/messages")


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """List the messages: drafts first, then the one sent last."""
    pages = paging(queries.count(db()))
    found = queries.newest(db(), pages.offset, pages.size)
    counts = queries.numbers(db(), [id_of(message) for message in found])
    writers = people.persons(db(), [message.by_id for message in found])
    rows = []
    for message in found:
        row = words.row(
            message,
            writers.get(message.by_id or 0),
            counts[id_of(message)],
        )
        rows.append(row)
    return render(
        "reminders/messages/index.html",
        rows=rows,
        paging=pages,
        heading=ngettext("%(num)s message", "%(num)s messages", pages.total)
        if pages.total
        else gettext("No messages yet"),
    )


@blueprint.get("/<id:message_id>")
@guard.allow(access.COORDINATE, of=queries.message_subject)
def show(message_id: int) -> Page:
    """Show what became of a message, with each of those it went to."""
    message = queries.one(db(), message_id)
    if message.sent_at is None:
        return redirect(url_for("drafts.writing", message_id=message_id), 303)
    told = queries.told(db(), message)
    pages = paging(len(told))
    counts = queries.numbers(db(), [message_id])[message_id]
    return render(
        "reminders/messages/show.html",
        message=message,
        said=both_of(message),
        brief=words.when(message, letters.writer(db(), message)),
        became=words.became(message, counts),
        told=told[pages.offset : pages.offset + pages.size],
        paging=pages,
        words=words,
        number=len(told),
        slips=len(slips.to_print(told)),
        waiting=counts[WAITS],
    )


@blueprint.get("/<id:message_id>/slips")
@guard.allow(access.COORDINATE, of=queries.message_subject)
def paper(message_id: int) -> Page:
    """Print a message for whom no mail reaches."""
    message = queries.one(db(), message_id)
    told = queries.told(db(), message) if message.sent_at is not None else []
    return render(
        "reminders/messages/slips.html",
        message=message,
        found=slips.slips(db(), message, told),
        address=typed_address(url_for("messages.received")),
        opens=public_address(url_for("messages.received")),
    )


@blueprint.get("/<id:message_id>/withdraw")
@guard.allow(access.COORDINATE, of=queries.message_subject)
def ask_to_withdraw(message_id: int) -> Page:
    """Ask whether the mails that still wait are to be withdrawn."""
    message = queries.one(db(), message_id)
    waiting = len(queries.in_state(db(), message_id, WAITS))
    return confirm(
        Confirmation(
            gettext("Withdraw what still waits?"),
            [
                ngettext(
                    "%(num)s mail does not go out any more.",
                    "%(num)s mails do not go out any more.",
                    waiting,
                ),
                gettext("Who got it already keeps it, and is told nothing."),
                gettext("It cannot be sent to the others any more; write a new message for that."),
            ],
            gettext("Withdraw"),
            action=url_for("messages.withdraw", message_id=id_of(message)),
            back=url_for("messages.show", message_id=id_of(message)),
            danger=True,
        )
    )


@blueprint.post("/<id:message_id>/withdraw")
@guard.allow(access.COORDINATE, of=queries.message_subject)
def withdraw(message_id: int) -> Response:
    """Withdraw the mails of a message that did not go out yet."""
    number = actions.withdraw(
        db(),
        guard.actor(),
        message_id,
        now(),
    )
    said = ngettext(
        "%(num)s mail was withdrawn.",
        "%(num)s mails were withdrawn.",
        number,
    )
    return done(said, "messages.show", message_id=message_id)


@blueprint.get("/received")
@guard.allow(access.SIGNED_IN)
def received() -> Page:
    """Show what one was written oneself."""
    found = queries.got(
        db(),
        guard.actor().person_id,
        now(),
    )
    writers = people.persons(db(), [one.message.by_id for one in found])
    heading = gettext("No messages to you yet")
    if found:
        heading = ngettext("%(num)s message to you", "%(num)s messages to you", len(found))
    return render(
        "reminders/messages/received.html",
        found=found,
        names={person_id: person.name for person_id, person in writers.items()},
        heading=heading,
    )
