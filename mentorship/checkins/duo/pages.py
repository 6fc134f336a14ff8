"""Door: the page of a duo, for both sides and for who may see how it stands."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from mentorship.base.clock import local_date
from mentorship.checkins import balance, queries, words
from mentorship.checkins.duo import queries as duo_queries
from mentorship.checkins.duo.chart import HEIGHT, WIDTH, drawn
from mentorship.checkins.endings import queries as ending_queries
from mentorship.checkins.models import CheckIn
from mentorship.checkins.signals import queries as signal_queries
from mentorship.checkins.signals import raising as signals
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.goals import queries as goal_queries
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.profiles import queries as profiles
from mentorship.profiles.words import LEVELS
from mentorship.programme.queries import programme
from mentorship.web.page import Page, render
from mentorship.web.request import db, now

blueprint = Blueprint("duo", __name__, url_prefix="/checkins/duo")


@blueprint.get("/<id:mentorship_id>")
@guard.allow(access.SEE_BALANCE, of=queries.pair_subject)
def show(mentorship_id: int) -> Page:
    """Show how a pair stands: to a side its own line of answers, to others the class at most."""
    found, me, today = mentorships.one(db(), mentorship_id), guard.actor(), local_date(now())
    side = {found.mentor_id: MENTOR, found.junior_id: JUNIOR}.get(me.person_id)
    coordinator = me.has(access.COORDINATOR)
    running = queries.duos(db(), [mentorship_id])
    near = side or coordinator
    line_of_mentor = me.person_id in people.line_above(db(), found.mentor_id)
    return render(
        "checkins/duo/show.html",
        mentorship=found,
        side=side,
        people=people.persons(db(), [found.mentor_id, found.junior_id]),
        domain=next(d for d in profiles.domains(db()) if d.id == found.domain_id),
        next_on=queries.next_days(db(), running, today).get(mentorship_id),
        days=duo_queries.coming_days(running[0], today) if running and near else [],
        hours=duo_queries.hours_noted(db(), mentorship_id) if near or line_of_mentor else None,
        goals=goal_queries.of_pair(db(), mentorship_id) if near else [],
        said=ending_queries.readable_words(db(), mentorship_id, side=bool(side)) if near else [],
        words=words,
        levels=LEVELS,
        **(_own(found, side) if side else _others(found, coordinator)),
    )


def _own(pair: Mentorship, side: str) -> dict[str, Any]:
    """Return what a side sees of itself, and what the other shares."""
    me, pair_id = guard.actor(), pair.id or 0
    history = queries.history(db(), pair_id, side)
    own = [(row, signals.settled(row, answers)) for row, answers in history]
    line = signals.points(c for _, c in own)
    dates, asked = duo_queries.by_question(db(), history)
    waiting: list[CheckIn] = [c for c in queries.waiting(db(), me.person_id) if c.mentorship_id == pair_id]
    return {
        "own": own,
        "marks": drawn(line),
        "trend": balance.trend(line),
        "box": (WIDTH, HEIGHT),
        "dates": dates,
        "asked": asked,
        "waiting": waiting,
        "notes": queries.shared_notes(db(), pair_id, MENTOR if side == JUNIOR else JUNIOR),
        "noticed": [s for s in signal_queries.visible(db(), me, now()) if s.own and s.row.mentorship_id == pair_id],
    }


def _others(pair: Mentorship, coordinator: bool) -> dict[str, Any]:
    """Return what the line and the coordinator see: the class, where the programme's visibility allows it."""
    pair_id, rules = pair.id or 0, programme(db())
    if not coordinator and rules.visibility != "classes":
        return {"standing": None}
    since = None if coordinator else rules.visibility_since
    return {"standing": signals.standings(db(), [pair_id], now(), since)[pair_id]}
