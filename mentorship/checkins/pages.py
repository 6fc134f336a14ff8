"""Doors: answering one's own check-in, saved as it is given; sending, skipping, sharing a note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext, ngettext
from mentorship.checkins import actions, queries, rules, words
from mentorship.checkins.endings import actions as ending_actions
from mentorship.checkins.endings import queries as ending_queries
from mentorship.checkins.endings.forms import ClosingForm
from mentorship.checkins.forms import AnswerForm, CheckInForm, ShareForm, nested, step_value
from mentorship.checkins.models import OPEN, CheckIn
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.rules import JUNIOR
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.programme.queries import programme
from mentorship.web.page import Page, done, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("checkins", __name__, url_prefix="/checkins")


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
    given: Mapping[str, str] | None = None,
) -> Page:
    """Render a check-in that is answered at `urls` (send, answer, skip); a closed one as it was sent.

    With `given` the form holds these answers and no others: whoever looks may not be who answered so far.
    """
    found = queries.one(db(), check_in_id)
    asked = queries.asked(db(), found)
    pair = mentorships.one(db(), found.mentorship_id)
    other = pair.mentor_id if found.side == JUNIOR else pair.junior_id
    saved = {key: "none" if value is None else str(value) for key, value in asked.answers.items()}
    visibility = programme(db()).visibility or ""
    return render(
        "checkins/form.html" if found.status == OPEN else "checkins/sent.html",
        status,
        check_in=found,
        questions=asked.questions,
        given=saved if given is None else given,
        note=found.note if given is None else "",
        said=ending_queries.closing_words(db(), found.mentorship_id).get(found.side) if found.closing else None,
        urls=urls,
        other=people.persons(db(), [other])[other],
        words=words,
        visibility=visibility,
        seen=rules.VISIBILITY.get(visibility, ""),
        coordinator_sees=rules.COORDINATOR_SEES,
        helpers=queries.helpers(db(), found),
        errors=errors or {},
        values=values or {},
    )


def save_one(check_in_id: int) -> AnswerForm:
    """Save the one answer that was sent, and return it."""
    form = AnswerForm.read(sent())
    actions.save_answers(db(), check_in_id, {form.key: step_value(form.value)})
    return form


def _ended(found: CheckIn) -> str:
    more = 2 if found.side == JUNIOR else 1
    return ngettext(
        "This mentorship ended meanwhile, so this is the closing check-in now: it has %(num)s more question, below.",
        "This mentorship ended meanwhile, so this is the closing check-in now: it has %(num)s more questions, below.",
        more,
    )


def _check_shown(found: CheckIn, fields: Mapping[str, Any]) -> None:
    """Send nothing that was asked or promised otherwise than it is now."""
    changed = [_ended(found)] if found.closing and fields.get("closing") != "true" else []
    if fields.get("seen") != (programme(db()).visibility or ""):
        changed.append(gettext("What managers see has changed meanwhile: read “Who sees what” below once more."))
    if changed:
        kept = gettext("Nothing was sent yet, and what you filled in still stands here: look at it, and send it again.")
        raise Invalid({"": " ".join([*changed, kept])}, fields)


def send_all(check_in_id: int, fields: dict[str, Any]) -> None:
    """Send the check-in with whatever was answered."""
    asked = queries.one(db(), check_in_id, lock=True)
    rules.check_open(asked.status)
    _check_shown(asked, fields)
    form = (ClosingForm if asked.closing else CheckInForm).read(nested(fields))
    if form.closing != asked.closing or not set(form.help_from) <= set(queries.helpers(db(), asked)):
        raise Invalid({"": gettext("Choose one of the options.")}, fields)  # who is nobody never hears of it
    found = actions.send(
        db(), check_in_id, form.values(), note=form.note, share=form.share, help_from=list(form.help_from), now=now()
    )
    if isinstance(form, ClosingForm):
        ending_actions.say(db(), found, reached=form.reached, thanks=form.thanks, now=now())


def skip_one(check_in_id: int) -> None:
    """Skip the check-in, unless it became the closing one since it was shown."""
    asked = queries.one(db(), check_in_id, lock=True)
    if asked.status == OPEN and asked.closing and sent().get("closing") == "false":
        raise Invalid({"": f"{_ended(asked)} {gettext('Nothing was skipped yet.')}"}, {})
    actions.skip(db(), check_in_id, now())


@blueprint.post("/<id:check_in_id>/answer")
@guard.allow(access.OWN, of=queries.subject)
def answer(check_in_id: int) -> Page:
    """Save one answer as it is given."""
    save_one(check_in_id)
    return "", 204


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
def skip(check_in_id: int) -> Page:
    """Skip the check-in; it counts for nothing."""
    try:
        skip_one(check_in_id)
    except Invalid as failure:
        return _form(check_in_id, 422, failure.errors)
    return done(gettext("Skipped. That is fine: it counts for nothing."), "home.index")


@blueprint.post("/<id:check_in_id>/share")
@guard.allow(access.OWN, of=queries.subject)
def share(check_in_id: int) -> Response:
    """Share one's note with the other side, or take it back."""
    found = actions.share_note(db(), check_in_id, ShareForm.read(sent()).share, now())
    said = gettext("Shared.") if found.note_shared else gettext("Taken back: only you see it now.")
    return done(said, "checkins.show", check_in_id=check_in_id)
