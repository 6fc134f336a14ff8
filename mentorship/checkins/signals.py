"""Signals from rows: gather what a pair's signals are drawn from, raise the new ones; and the class of a pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import insert_new
from mentorship.checkins import balance, queries
from mentorship.checkins.meeting import days_together
from mentorship.checkins.models import OPEN, Answer, CheckIn, Signal
from mentorship.matching.rosters import Timetable
from mentorship.mentorships import hours_queries
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.models import ACTIVE, ENDED, SITE, Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.profiles import queries as profiles

BACK = timedelta(weeks=26)
"""How far back answers are read: no signal looks further than half of it."""
Sides = dict[str, list[balance.CheckIn]]


def evaluate(session: Session, now: datetime, mentorship_ids: Collection[int] | None = None) -> None:
    """Raise the signals that running pairs (or these, running or not) now call for.

    Who asks for help while the pair pauses or after it ended is heard too. The number of queries does not grow with
    the pairs.
    """
    query = select(Mentorship).where(col(Mentorship.started_on).is_not(None))
    if mentorship_ids is None:
        query = query.where(Mentorship.status == ACTIVE)
    else:
        query = query.where(col(Mentorship.id).in_(list(mentorship_ids)))
    pairs = [pair for pair in session.exec(query) if pair.id is not None]
    ids = [pair.id for pair in pairs] if mentorship_ids is not None else None
    histories, earlier = _histories(session, now, ids), _earlier(session, ids)
    sides = None if ids is None else {i for pair in pairs for i in (pair.mentor_id, pair.junior_id)}
    rosters, today = profiles.timetables(session, sides), local_date(now)
    weeks = _weeks(session, rosters, today, [pair.mentor_id for pair in pairs] if ids is not None else None)
    first, failing = hours_queries.first_pairs(session), mentorships.failing(session)
    rows = []
    for pair in pairs:
        assert pair.id is not None and pair.started_on is not None
        junior, mentor = rosters.get(pair.junior_id), rosters.get(pair.mentor_id)
        together = days_together(junior, mentor, today - BACK, BACK.days + 1, queries.is_remote(pair))
        fails = failing.get(pair.id, {})
        if SITE in fails:  # since then they work at two sites, whatever their rosters say
            together = tuple(day for day in together if day < local_date(fails[SITE]))
        # without both rosters nobody knows whether they meet, and a pair that pauses need not
        meets = junior and mentor and pair.status == ACTIVE
        since = max(pair.running_since or today, today - BACK) if meets else today
        noted = weeks[pair.mentor_id] if pair.id in first else ()
        working = balance.Working(since, together, noted, fails)
        raised = balance.signals(histories[pair.id], working, earlier[pair.id], now)
        if pair.status == ENDED:  # nothing of this pair can be mended any more, but who asks for help is heard
            raised = [s for s in raised if s.kind == balance.HELP]
        rows += [_row(pair.id, s, now) for s in raised]
    insert_new(session, Signal, rows)


def _row(mentorship_id: int, found: balance.Signal, now: datetime) -> dict[str, object]:
    return {
        "mentorship_id": mentorship_id, "kind": found.kind, "side": found.side, "about": found.about,
        "since": found.since or local_date(now), "returned": found.returned, "raised_at": now, "status": "open",
        "evidence": [day.isoformat() for day in found.evidence], "action": "", "outcome": "",
    }  # fmt: skip


def _weeks(
    session: Session, rosters: Mapping[int, Timetable], today: date, mentor_ids: Collection[int] | None
) -> dict[int, list[balance.Week]]:
    """Return the noted weeks of each mentor, whose hours count over all their pairs."""
    found: dict[int, list[balance.Week]] = defaultdict(list)
    for mentor_id, weeks in hours_queries.weeks(session, rosters, today, mentor_ids).items():
        for week in weeks:
            confirmed = None if week.confirmed is None else float(week.confirmed)
            found[mentor_id].append(balance.Week(week.monday, confirmed, float(week.spent)))
    return found


def _histories(session: Session, now: datetime, ids: Collection[int | None] | None) -> dict[int, Sides]:
    """Return the settled check-ins of both sides of each pair."""
    since = local_date(now) - BACK
    asked = select(CheckIn).where(CheckIn.status != OPEN, CheckIn.due_on >= since)
    given = (
        select(Answer.check_in_id, Answer.key, Answer.value)
        .join(CheckIn, col(CheckIn.id) == Answer.check_in_id)
        .where(CheckIn.due_on >= since)
    )
    if ids is not None:
        asked = asked.where(col(CheckIn.mentorship_id).in_(list(ids)))
        given = given.where(col(CheckIn.mentorship_id).in_(list(ids)))
    answers: dict[int, dict[str, int | None]] = defaultdict(dict)
    for check_in_id, key, value in session.exec(given):
        answers[check_in_id][key] = value
    found: dict[int, Sides] = defaultdict(lambda: {JUNIOR: [], MENTOR: []})
    for row in session.exec(asked):
        found[row.mentorship_id][row.side].append(settled(row, answers.get(row.id or 0, {})))
    return found


def settled(row: CheckIn, answers: dict[str, int | None]) -> balance.CheckIn:
    """Return a closed check-in as its balance is computed from."""
    assert row.closed_at is not None
    return balance.CheckIn(row.due_on, row.closed_at, row.status, answers, tuple(row.help_from))


def _earlier(session: Session, ids: Collection[int | None] | None) -> dict[int, list[balance.Earlier]]:
    query = select(Signal)
    if ids is not None:
        query = query.where(col(Signal.mentorship_id).in_(list(ids)))
    found: dict[int, list[balance.Earlier]] = defaultdict(list)
    for row in session.exec(query):
        found[row.mentorship_id].append(balance.Earlier(row.kind, row.side, row.done_at, row.about))
    return found


def standings(session: Session, mentorship_ids: Collection[int], now: datetime) -> dict[int, str]:
    """Return the class of each pair: development by the junior's answers, sustainability by the mentor's."""
    histories = _histories(session, now, mentorship_ids)
    return {pair_id: _standing(histories[pair_id], local_date(now)) for pair_id in mentorship_ids}


def _standing(sides: Sides, today: date) -> str:
    found = balance.UNKNOWN
    for day in sorted({c.due_on for history in sides.values() for c in history}):
        # the class of each day follows from the one before, so that it does not flicker
        until = {side: points(c for c in history if c.due_on <= day) for side, history in sides.items()}
        found = balance.classify(until[JUNIOR], until[MENTOR], found, day)
    return balance.classify(points(sides[JUNIOR]), points(sides[MENTOR]), found, today)


def points(history: Iterable[balance.CheckIn]) -> list[balance.Point]:
    """Return the smoothed indices of one side's check-ins."""
    return balance.smoothed((c.due_on, c.index) for c in history)
