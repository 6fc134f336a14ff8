"""Doors: answering one's own check-in, saved as it is given; sending, skipping, sharing a note."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict
from mentorship.base.i18n import gettext
from mentorship.checkins import (
    actions,
    offering,
    queries,
    rules,
    since_last,
    statements,
    terms,
    words,
)
from mentorship.checkins.asked import replies
from mentorship.checkins.endings import queries as endings
from mentorship.checkins.endings.forms import read_reply
from mentorship.checkins.forms import AnswerForm, ShareForm, any_typed, nested, shown_closing
from mentorship.checkins.models import ANSWERED, OPEN, CheckIn
from mentorship.checkins.readers import asks_help, readers
from mentorship.checkins.slips import actions as slip_actions
from mentorship.checkins.slips import queries as slips
from mentorship.checkins.slips import words as slip_words
from mentorship.checkins.telling.queries import telling
from mentorship.mentorships.rules import JUNIOR
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.kiosk import guard as kiosk
from mentorship.people.tablet import guard as tablets
from mentorship.programme.queries import programme
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("checkins", __name__, url_prefix="/checkins")


@dataclass(frozen=True)
class WayOn:
    """Why answers are not saved any more although there is a connection, and what leads on to saving them."""

    lost: str
    name: str
    address: str


@blueprint.get("/<id:check_in_id>")
@guard.allow(access.OWN, of=queries.subject)
@tablets.on_tablet
def show(check_in_id: int) -> Page:
    """Show one's own check-in: to answer, or as it was sent."""
    return _own(check_in_id)


def _own(check_in_id: int, wrong: Mistake = NOTHING_WRONG, skipping: str = "") -> Page:
    found = queries.one(db(), check_in_id)
    if found.status != OPEN:
        if wrong:
            rules.check_open(found.status)
        return kiosk.go_on(gettext("This check-in is closed. What was answered is not shown here.")) or _as_sent(found)
    urls = {
        "send": url_for("checkins.send", check_in_id=check_in_id),
        "answer": url_for("checkins.answer", check_in_id=check_in_id),
        "skip": url_for("checkins.skip", check_in_id=check_in_id),
        "out": url_for("home.index" if guard.actor().tablet_id is None else "kiosk.own"),
    }
    asked = queries.asked(db(), found)
    given = {}
    if guard.actor().shows_own(found.opened_at):
        given = {key: words.step(value) for key, value in asked.answers.items()}
    page = url_for("checkins.show", check_in_id=check_in_id)
    way_on = WayOn(
        lost=gettext("Kept on this phone, but not saved: you were signed out."),
        name=gettext("Sign in and go on"),
        address=url_for("account.sign_in", next=page),
    )
    return to_answer(
        asked,
        urls,
        way_on,
        given,
        wrong,
        skipping,
        since_last=since_last.told(db(), guard.actor(), found),
    )


def to_answer(
    asked: queries.Asked,
    urls: Mapping[str, str],
    way_on: WayOn,
    given: Mapping[str, str],
    wrong: Mistake,
    skipping: str = "",
    slip_by: int | None = None,
    since_last: Sequence[str] = (),
    correcting: bool = False,
) -> Page:
    """Render a check-in that is answered at `urls` (send, answer, skip, out), filled with what was given so far.

    Whoever looks may not be who answered so far, so that `given` may be less than what was saved. `skipping` asks
    whether that may be thrown away. By a slip, which `slip_by` made, nothing goes to others. `since_last`: what was
    done with the last one. `correcting`: it was sent, and is not saved before it is sent again.
    """
    found = asked.check_in
    other = queries.other_side(db(), found)
    visibility = programme(db()).visibility or ""
    alone = slip_by is not None
    return render_form(
        "checkins/form.html",
        wrong,
        title=words.how_it_goes(found.closing, other.name),
        kind=words.kind(found.closing),
        day=found.asked_on,
        closing=found.closing,
        alone=alone,
        slip=_told_of_slip(found, slip_by),
        thanks=found.closing and found.side == JUNIOR,
        name=other.name,
        questions=statements.to_answer(asked, {**given, **statements.typed(wrong.values)}),
        **asks_help(db(), found, now(), alone=alone),
        helped_by=wrong.values.get("help_from", []),
        shares=wrong.values.get("share") == "true",
        visibility=visibility,
        readers=readers(
            db(),
            found,
            visibility,
            other.name,
            alone=alone,
        ),
        urls=urls,
        way_on=way_on,
        saves=tablets.here() is None and not correcting,
        since_last=since_last,
        correcting=correcting,
        begun="" if skipping or correcting else words.begun(len(given), len(asked.questions)),
        skipping=skipping,
    )


def _told_of_slip(found: CheckIn, slip_by: int | None) -> str:
    """Say by whose slip one answers, or somebody began to; nothing where there was none."""
    if slip_by is not None:
        return slip_words.by_slip(people.persons(db(), [slip_by])[slip_by])
    maker = slips.maker(db(), found)
    return "" if maker is None else slip_words.begun(maker)


def _as_sent(found: CheckIn) -> Page:
    """Show a closed check-in to its author."""
    asked = queries.asked(db(), found)
    other = queries.other_side(db(), found)
    maker = slips.maker(db(), found)
    said = None
    if found.closing:
        said = endings.closing_words(db(), found.mentorship_id).get(found.side)
    return render(
        "checkins/sent.html",
        check_in=found,
        finding=words.sent_as(found, len(asked.answers), len(asked.questions)),
        answered=found.status == ANSWERED,
        not_answered=words.not_answered(found),
        answers=statements.answered(asked),
        asked_for_help=replies.told(db(), found),
        name=other.name,
        said=said,
        slip="" if maker is None else slip_words.came_in(found, maker),
        takes_back=slips.is_to_take_back(db(), found, now()),
        corrects=terms.is_correctable(db(), found, local_date(now())),
        telling=telling(db(), found, now()),
        lessons=offering.after_sending(db(), guard.actor(), found, now()),
    )


@blueprint.post("/<id:check_in_id>/answer")
@guard.allow(access.OWN, of=queries.subject)
def answer(check_in_id: int) -> Page:
    """Save one answer as it is given."""
    form = AnswerForm.read(sent())
    actions.save_answers(db(), check_in_id, form.answer())
    return "", 204


@blueprint.post("/<id:check_in_id>")
@guard.allow(access.OWN, of=queries.subject)
@tablets.on_tablet
def send(check_in_id: int) -> Page:
    """Send the check-in with whatever was answered."""
    fields = sent("help_from")
    try:
        reply = read_reply(fields)
        actions.send_shown(
            db(),
            check_in_id,
            reply,
            now(),
        )
    except Conflict:
        raise
    except MISTAKES as failure:
        return _own(check_in_id, mistake(failure, fields))
    _note_tablet(check_in_id)
    said = gettext("Sent. Thank you!")
    return kiosk.go_on(said) or done(said, "checkins.show", check_in_id=check_in_id)


@blueprint.post("/<id:check_in_id>/skip")
@guard.allow(access.OWN, of=queries.subject)
@tablets.on_tablet
def skip(check_in_id: int) -> Page:
    """Skip the check-in; it counts for nothing. What throws something away is asked first."""
    fields = sent("help_from")
    found = queries.asked(db(), queries.one(db(), check_in_id))
    lost = thrown_away(found.answers, fields)
    if lost and found.check_in.status == OPEN:
        return _own(check_in_id, Mistake(values=fields), lost)
    try:
        actions.skip_shown(
            db(),
            guard.actor().person_id,
            check_in_id,
            shown_closing(fields),
            now(),
        )
    except Conflict:
        raise
    except MISTAKES as failure:
        return _own(check_in_id, mistake(failure, fields))
    _note_tablet(check_in_id)
    said = gettext("Skipped. That is fine; it is not held against you.")
    return kiosk.go_on(said) or done(said, "home.index")


def _note_tablet(check_in_id: int) -> None:
    """Mark what was sent on a shared tablet, so that its author is asked elsewhere whether it was them."""
    if guard.actor().tablet_id is not None:
        slip_actions.note_tablet(db(), check_in_id)


def thrown_away(given: Collection[str], fields: Mapping[str, Any]) -> str:
    """Ask whether what was filled in may be thrown away; nothing where nothing was, or where that was meant."""
    if fields.get("sure") == "true":
        return ""
    answered = set(given) | set(nested(fields)["answers"])
    typed = any_typed(fields)
    if answered or typed:
        return words.lost_by_skipping(len(answered), typed)
    return ""


@blueprint.post("/<id:check_in_id>/share")
@guard.allow(access.OWN, of=queries.subject)
def share(check_in_id: int) -> Response:
    """Share one's note with the other side, or take it back."""
    form = ShareForm.read(sent())
    found = actions.share_note(
        db(),
        check_in_id,
        form.share,
        now(),
    )
    said = gettext("Withdrawn: only you see it now.")
    if found.note_shared:
        said = gettext("Shared.")
    return done(said, "checkins.show", check_in_id=check_in_id)
