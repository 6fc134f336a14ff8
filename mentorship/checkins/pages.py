"""Doors: answering one's own check-in, saved as it is given; sending, skipping, sharing a note."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext
from mentorship.checkins import (
    actions,
    ending_actions,
    ending_queries,
    queries,
    rules,
    signals,
    words,
)
from mentorship.checkins.forms import AnswerForm, CheckInForm, ClosingForm, ShareForm, nested, step_value
from mentorship.checkins.models import OPEN
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.rules import JUNIOR
from mentorship.people import access, guard
from mentorship.people import queries as people
from mentorship.programme.queries import programme
from mentorship.web.page import Page, done, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("checkins", __name__, url_prefix="/check-ins")


@blueprint.get("/<id:check_in_id>")
@guard.allow(access.OWN, of=queries.subject)
def show(check_in_id: int) -> Page:
    """Show one's own check-in: to answer, or as it was sent."""
    return _form(check_in_id)


def _form(check_in_id: int, status: int = 200, errors: object = None, values: object = None) -> Page:
    urls = {name: url_for(f"checkins.{name}", check_in_id=check_in_id) for name in ("send", "answer", "skip")}
    return form(check_in_id, urls, status, errors, values)


def form(
    check_in_id: int,
    urls: dict[str, str],
    status: int = 200,
    errors: object = None,
    values: object = None,
    *,
    saved: bool = True,
) -> Page:
    """Render a check-in that is answered at `urls` (send, answer, skip); a closed one as it was sent.

    Without `saved` the form is empty: whoever looks may not be who answered so far.
    """
    found = queries.one(db(), check_in_id)
    asked = queries.asked(db(), found)
    pair = mentorships.one(db(), found.mentorship_id)
    other = pair.mentor_id if found.side == JUNIOR else pair.junior_id
    given = {key: "none" if value is None else str(value) for key, value in asked.answers.items()}
    return render(
        "checkins/form.html" if found.status == OPEN else "checkins/sent.html",
        status,
        check_in=found,
        questions=asked.questions,
        given=given if saved else {},
        note=found.note if saved else "",
        said=ending_queries.closing_words(db(), found.mentorship_id).get(found.side) if found.closing else None,
        urls=urls,
        other=people.persons(db(), [other])[other],
        words=words,
        seen=rules.VISIBILITY.get(programme(db()).visibility or "", ""),
        helpers=queries.helpers(db(), found),
        errors=errors or {},
        values=values or {},
    )


def save_one(check_in_id: int) -> Page:
    """Save the one answer that was sent."""
    form = AnswerForm.read(sent())
    actions.save_answers(db(), check_in_id, {form.key: step_value(form.value)})
    return "", 204


def send_all(check_in_id: int, fields: dict[str, Any]) -> None:
    """Send the check-in with whatever was answered, and raise the signals it calls for."""
    asked = queries.one(db(), check_in_id)
    form = (ClosingForm if asked.closing else CheckInForm).read(nested(fields))
    if not set(form.help_from) <= set(queries.helpers(db(), asked)):
        raise Invalid({"": gettext("Choose one of the options.")}, fields)  # who is nobody never hears of it
    found = actions.send(
        db(), check_in_id, form.values(), note=form.note, share=form.share, help_from=list(form.help_from), now=now()
    )
    if isinstance(form, ClosingForm):
        ending_actions.say(db(), found, reached=form.reached, thanks=form.thanks, now=now())
    db().flush()
    signals.evaluate(db(), now(), [found.mentorship_id])


@blueprint.post("/<id:check_in_id>/answer")
@guard.allow(access.OWN, of=queries.subject)
def answer(check_in_id: int) -> Page:
    """Save one answer as it is given."""
    return save_one(check_in_id)


@blueprint.post("/<id:check_in_id>")
@guard.allow(access.OWN, of=queries.subject)
def send(check_in_id: int) -> Page:
    """Send the check-in with whatever was answered."""
    fields = sent("help_from")
    try:
        send_all(check_in_id, fields)
    except Invalid as failure:
        return _form(check_in_id, 422, failure.errors, fields)
    return done(gettext("Sent. Thank you!"), "checkins.show", check_in_id=check_in_id)


@blueprint.post("/<id:check_in_id>/skip")
@guard.allow(access.OWN, of=queries.subject)
def skip(check_in_id: int) -> Response:
    """Skip the check-in; it counts for nothing."""
    actions.skip(db(), check_in_id, now())
    return done(gettext("Skipped. That is fine: it counts for nothing."), "home.index")


@blueprint.post("/<id:check_in_id>/share")
@guard.allow(access.OWN, of=queries.subject)
def share(check_in_id: int) -> Response:
    """Share one's note with the other side, or take it back."""
    found = actions.share_note(db(), check_in_id, ShareForm.read(sent()).share, now())
    said = gettext("Shared.") if found.note_shared else gettext("Taken back: only you see it now.")
    return done(said, "checkins.show", check_in_id=check_in_id)
