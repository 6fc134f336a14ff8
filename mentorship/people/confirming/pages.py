"""Doors: what is closed since a code opened one's account, and opening it."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from mentorship.base import links, security
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_, gettext
from mentorship.base.mail_kinds import CONFIRM
from mentorship.base.secret_codes import filled_in
from mentorship.people import access
from mentorship.people.access import Actor
from mentorship.people.account import guard
from mentorship.people.closed import actions, queries
from mentorship.web.mistakes import NOTHING_WRONG, mistake
from mentorship.web.page import Page, done, render, render_form, sent
from mentorship.web.request import db, now, settings

LASTS = timedelta(minutes=10)
"""How long the link in the mail works."""

blueprint = Blueprint("confirming", __name__, url_prefix="/confirming")


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def show() -> Page:
    """Say what is closed since a code opened this account, and how to confirm whose it is."""
    me = guard.actor()
    if me.closed_before is None:
        return done(gettext("Nothing is closed."), "account.show")
    return render(
        "people/confirming/show.html",
        since=me.closed_before,
        by_mail=settings().mails and queries.reads_mailbox(db(), me.person_id),
    )


@blueprint.post("")
@guard.allow(access.SIGNED_IN)
def ask_mail() -> Response:
    """Mail a link to the mailbox that this person is known to read."""
    me = guard.actor()
    actions.ask_to_confirm(
        db(),
        me,
        filled_in(url_for("confirming.confirmed"), code=_confirming(me)),
        now(),
    )
    return done(gettext("A mail with a link is on its way to you. It works for ten minutes."), "confirming.show")


def _whose(me: Actor) -> list[object]:
    """Return what a link confirms: whose account was opened by a code, and when; it is good for that alone."""
    return [me.person_id, str(me.closed_before)]


def _confirming(me: Actor) -> str:
    return links.sign(settings(), CONFIRM, _whose(me), now())


@blueprint.get("/link")
@guard.allow(access.SIGNED_IN)
def confirmed() -> Page:
    """Show the button that the link of that mail leads to; its secret stands behind the `#`."""
    return render_form("people/confirming/confirmed.html", NOTHING_WRONG)


@blueprint.post("/link")
@guard.allow(access.SIGNED_IN)
def do_confirm() -> Page:
    """Open what was kept before, by the link in the own mailbox."""
    me = guard.actor()
    fields = sent()
    told = links.read(settings(), CONFIRM, str(fields.get("code", "")), now(), LASTS)
    if told is None or told != _whose(me):
        security.note("confirmation.failed", person=me.person_id)
        refusal = Refused(N_("This link is too old, or of somebody else. Ask for a new one."))
        return render_form("people/confirming/confirmed.html", mistake(refusal, fields))
    actions.reopen(db(), me.person_id, now(), "mailbox")
    return done(gettext("Thank you. All that you kept is open to you again."), "home.index")
