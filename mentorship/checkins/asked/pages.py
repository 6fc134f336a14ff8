"""Doors: who asked for one in confidence, to say that it was seen or done; who stands in meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint
from sqlmodel import Session
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext, moment, ngettext
from mentorship.checkins.asked import actions, queries
from mentorship.checkins.asked.queries import Request
from mentorship.checkins.confidants import actions as confidants
from mentorship.checkins.confidants import queries as posts
from mentorship.checkins.confidants.cards import PostCard
from mentorship.checkins.confidants.cards import card as post_card
from mentorship.checkins.confidants.forms import StandInForm
from mentorship.checkins.signals.viewers import who_acts
from mentorship.people import access
from mentorship.people.access import Subject
from mentorship.people.account import guard
from mentorship.people.models import Person
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("asked", __name__, url_prefix="/checkins/asked")
LONG = timedelta(weeks=1)
"""Whoever waits longer is named as such; the day itself would tell which check-in it was."""


@dataclass(frozen=True)
class RequestRow:
    """Somebody who asked, as they stand on the page."""

    id: int
    author: Person
    told: str
    unseen: bool


def _acting(session: Session, signal_id: int) -> Subject | None:
    return who_acts(session, signal_id, now())


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show a confidant who asked for them; of everybody else nobody did."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    found = queries.open_requests(db(), guard.actor(), now())
    return render_form(
        "checkins/asked/index.html",
        wrong,
        heading=_heading(found),
        rows=[_row(one) for one in found],
        cards=_cards(wrong),
    )


def _cards(wrong: Mistake) -> list[tuple[PostCard, Mistake]]:
    """Return one's own posts, each with what is wrong in its form."""
    found = []
    for one in posts.held(db(), guard.actor().person_id):
        mine = wrong.of(str(one.row.id))
        card = post_card(one, local_date(now()), mine.values)
        found.append((card, mine))
    return found


def _heading(found: Sequence[Request]) -> str:
    if not found:
        return gettext("Nobody asks for you now")
    return ngettext("%(num)s person asks for you", "%(num)s people ask for you", len(found))


def _row(one: Request) -> RequestRow:
    told = gettext("Waits for you to say that you saw it")
    if now() - one.raised_at > LONG:
        told = gettext("Waits for longer than a week for you to say that you saw it")
    if one.seen_at is not None:
        told = gettext(
            "You saw it on %(moment)s; %(name)s reads that", moment=moment(one.seen_at), name=one.author.name
        )
    return RequestRow(
        one.id,
        one.author,
        told,
        one.seen_at is None,
    )


@blueprint.post("/<id:signal_id>/seen")
@guard.allow(access.OWN, of=queries.subject)
def seen(signal_id: int) -> Response:
    """Tell who asked that it was seen."""
    actions.see(db(), guard.actor(), signal_id, now())
    return done(gettext("Whoever asked reads now that you saw it."), "asked.index")


@blueprint.post("/<id:signal_id>/heard")
@guard.allow(access.ACT_ON_SIGNAL, of=_acting)
def heard(signal_id: int) -> Response:
    """Tell who asked for help of a mentor, a manager or the coordinators that it was seen."""
    actions.see(db(), guard.actor(), signal_id, now())
    said = gettext("Whoever asked reads now that you saw it.")
    return done(said, "signals.index", open=signal_id, _anchor=f"signal-{signal_id}")


@blueprint.post("/<id:signal_id>/done")
@guard.allow(access.OWN, of=queries.subject)
def finish(signal_id: int) -> Response:
    """Have done what was asked."""
    actions.finish(db(), guard.actor(), signal_id, now())
    return done(gettext("Done. It does not stand here any more."), "asked.index")


@blueprint.post("/posts/<id:confidant_id>/stand-in")
@guard.allow(access.OWN, of=posts.post_subject)
def stand_in(confidant_id: int) -> Page:
    """Have another asked instead of oneself, from a day until a day."""
    fields = sent()
    try:
        form = StandInForm.read(fields)
        confidants.name_stand_in(
            db(),
            guard.actor(),
            confidant_id,
            form.stand_in,
            form.first,
            form.until,
            now(),
        )
    except MISTAKES as failure:
        return _index(mistake(failure, fields, str(confidant_id)))
    return done(gettext("Saved."), "asked.index", _anchor=f"c{confidant_id}")


@blueprint.post("/posts/<id:confidant_id>/end")
@guard.allow(access.OWN, of=posts.post_subject)
def end_stand_in(confidant_id: int) -> Response:
    """Be asked oneself again."""
    confidants.end_stand_in(db(), guard.actor(), confidant_id, now())
    return done(gettext("Saved."), "asked.index", _anchor=f"c{confidant_id}")
