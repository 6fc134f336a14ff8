"""Doors: begin to write to a selection, write, look as each will read it, send."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_, gettext
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.models import Person
from mentorship.reminders.drafts import changes, previews
from mentorship.reminders.drafts import guard as choosing
from mentorship.reminders.drafts.forms import (
    ChangeForm,
    KeepForm,
    MessageForm,
    SendForm,
    TakeOffForm,
    UseForm,
)
from mentorship.reminders.drafts.guard import Chosen
from mentorship.reminders.messages import actions, queries, words
from mentorship.reminders.messages.models import OF_PAIRS, OF_PEOPLE, OF_PROPOSALS, PROFILE, Message
from mentorship.reminders.messages.queries import Reach
from mentorship.reminders.texts import actions as text_actions
from mentorship.reminders.texts import queries as texts
from mentorship.reminders.texts.rules import Both, both_of
from mentorship.reminders.texts.words import GIVEN
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, choices, done, render, render_form, sent
from mentorship.web.request import db, now, settings

blueprint = Blueprint("drafts", __name__, url_prefix="/drafts")

NAMES_SHOWN = 200
NO_TEXT = N_("This text is not there any more. Choose another.")


@blueprint.post("/people")
@guard.allow(access.COORDINATE)
def to_people() -> Response:
    """Begin a message to the people ticked, or to all that the list shows."""
    return _begun(OF_PEOPLE, choosing.chosen_people())


@blueprint.post("/pairs")
@guard.allow(access.COORDINATE)
def to_pairs() -> Response:
    """Begin a message to both of the pairs ticked, or of all that the list shows."""
    return _begun(OF_PAIRS, choosing.chosen_pairs())


@blueprint.post("/silent")
@guard.allow(access.COORDINATE)
def to_silent() -> Response:
    """Begin a message to who did not answer the proposals ticked, or all that the list shows."""
    return _begun(OF_PROPOSALS, choosing.chosen_silent())


@blueprint.post("/change")
@guard.allow(access.COORDINATE)
def to_change() -> Response:
    """Begin a message to somebody who is asked to change something of their own, with a text to begin from."""
    form = ChangeForm.read(sent())
    both = changes.to_change(
        form.about,
        form.places,
        form.days(local_date(now())),
        nobody_lost=form.nobody_lost,
    )
    made = actions.begin(db(), guard.actor(), OF_PEOPLE, [form.person], now())
    actions.write(db(), guard.actor(), id_of(made), both, PROFILE, now())
    return redirect(url_for("drafts.writing", message_id=id_of(made)), 303)


def _begun(selection: str, chosen: Chosen) -> Response:
    made = actions.begin(
        db(),
        guard.actor(),
        selection,
        chosen.ids,
        now(),
        fewest=chosen.fewest,
    )
    return redirect(url_for("drafts.writing", message_id=id_of(made)), 303)


@blueprint.get("/<id:message_id>/write")
@guard.allow(access.COORDINATE, of=queries.message_subject)
def writing(message_id: int) -> Page:
    """Write a draft, or begin from a text that was kept."""
    message = queries.one(db(), message_id)
    if message.sent_at is not None:
        return redirect(url_for("messages.show", message_id=message_id), 303)
    return _write_page(message)


def _write_page(message: Message, wrong: Mistake = NOTHING_WRONG) -> Page:
    message_id = id_of(message)
    found = queries.people_of(db(), message_id)
    reach = _reach(found)
    known = {**both_of(message).columns, "leads": message.leads}
    return render_form(
        "reminders/drafts/write.html",
        wrong,
        message=message,
        values={**known, **wrong.values},
        leads=choices(words.LEADS, words.LEADS),
        texts=_texts(),
        reaches=words.reaches(reach),
        heading=words.whom(len(found)),
        chosen=gettext(words.FROM_LIST[message.selection]),
        people=found[:NAMES_SHOWN],
        more=max(0, len(found) - NAMES_SHOWN),
        few=len(found) <= message.fewest,
    )


def _reach(found: Sequence[Person]) -> Reach:
    return queries.reach(
        db(),
        found,
        now(),
        mails=settings().mails,
    )


def _texts() -> list[tuple[str, str]]:
    """Return the texts one can begin from: those that were kept, then those that come with the service."""
    kept = [(f"kept-{text.id}", text.name) for text in texts.texts(db())]
    given = [(f"given-{place}", gettext(text.name)) for place, text in enumerate(GIVEN)]
    return [*kept, *given]


@blueprint.post("/<id:message_id>/write")
@guard.allow(access.COORDINATE, of=queries.message_subject)
def write(message_id: int) -> Page:
    """Keep what a draft says, and go on to look at it."""
    fields = sent()
    fields.pop("name", None)  # to keep the text under, by the other button
    try:
        form = MessageForm.read(fields)
        _write(message_id, form)
    except MISTAKES as failure:
        return _write_page(queries.one(db(), message_id), mistake(failure, fields))
    return redirect(url_for("drafts.look", message_id=message_id), 303)


def _write(message_id: int, form: MessageForm) -> None:
    actions.write(
        db(),
        guard.actor(),
        message_id,
        form.both,
        form.leads,
        now(),
    )


@blueprint.post("/<id:message_id>/keep")
@guard.allow(access.COORDINATE, of=queries.message_subject)
def keep(message_id: int) -> Page:
    """Keep what a draft says, and its text under a name to write with again."""
    fields = sent()
    try:
        form = KeepForm.read(fields)
        _write(message_id, form)
        text_actions.keep(
            db(),
            guard.actor(),
            form.name,
            form.both,
            now(),
        )
    except MISTAKES as failure:
        return _write_page(queries.one(db(), message_id), mistake(failure, fields))
    said = gettext("The text is kept as “%(name)s”.", name=form.name)
    return done(said, "drafts.writing", message_id=message_id)


@blueprint.post("/<id:message_id>/use")
@guard.allow(access.COORDINATE, of=queries.message_subject)
def use(message_id: int) -> Response:
    """Put a text that was kept in the place of what the draft says."""
    form = UseForm.read(sent())
    actions.use(
        db(),
        guard.actor(),
        message_id,
        _text(form.text),
        now(),
    )
    return done(gettext("The text is put in."), "drafts.writing", message_id=message_id)


def _text(key: str) -> Both:
    whose, _, number = key.partition("-")
    place = int(number)
    if whose == "kept":
        for text in texts.texts(db()):
            if text.id == place:
                return both_of(text)
    elif place < len(GIVEN):
        return GIVEN[place].both
    raise Refused(NO_TEXT)


@blueprint.post("/<id:message_id>/off")
@guard.allow(access.COORDINATE, of=queries.message_subject)
def take_off(message_id: int) -> Response:
    """Leave one out of those a draft is for."""
    form = TakeOffForm.read(sent())
    actions.take_off(
        db(),
        guard.actor(),
        message_id,
        form.person,
        now(),
    )
    return done(gettext("Left out."), "drafts.writing", message_id=message_id)


@blueprint.post("/<id:message_id>/away")
@guard.allow(access.COORDINATE, of=queries.message_subject)
def throw_away(message_id: int) -> Response:
    """Throw a draft away."""
    actions.throw_away(
        db(),
        guard.actor(),
        message_id,
        now(),
    )
    return done(gettext("The draft is deleted. Nobody got anything of it."), "messages.index")


@blueprint.get("/<id:message_id>/look")
@guard.allow(access.COORDINATE, of=queries.message_subject)
def look(message_id: int) -> Page:
    """Look at a draft as each will read it, with how many get it how, before it is sent."""
    message = queries.one(db(), message_id)
    if message.sent_at is not None:
        return redirect(url_for("messages.show", message_id=message_id), 303)
    if not message.body_nl:
        return redirect(url_for("drafts.writing", message_id=message_id), 303)
    reach = _reach(queries.people_of(db(), message_id))
    number = len(reach.readers)
    one = None
    if number:
        me = people.persons(db(), [guard.actor().person_id])
        one = previews.preview(
            db(),
            message,
            reach,
            choosing.reader_asked(number),
            me.get(guard.actor().person_id),
        )
    return render(
        "reminders/drafts/look.html",
        message=message,
        one=one,
        number=number,
        heading=gettext("This is how they will read it") if number else gettext("None of them is here any more"),
        reaches=words.reaches(reach),
        languages=words.languages(reach.readers, bool(message.body_en)),
        button=words.send_button(number),
    )


@blueprint.post("/<id:message_id>/send")
@guard.allow(access.COORDINATE, of=queries.message_subject)
def send(message_id: int) -> Response:
    """Send it, as it was looked at; sent twice it goes out once."""
    form = SendForm.read(sent())
    reach = actions.send(
        db(),
        guard.actor(),
        message_id,
        form.version,
        now(),
        mails=settings().mails,
    )
    if reach is None:
        return redirect(url_for("messages.show", message_id=message_id), 303)
    return done(words.sent(reach), "messages.show", message_id=message_id)
