"""Signals from rows: gather what a pair's signals are drawn from, raise the new ones; and the class of a pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import insert_new
from mentorship.checkins import balance, queries
from mentorship.checkins.models import OPEN, Answer, CheckIn
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.together_shifts import days_together
from mentorship.matching import Timetable
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.hours import queries as hours_queries
from mentorship.mentorships.models import ACTIVE, ENDED, SITE, Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people import queries as people
from mentorship.profiles.rosters import queries as roster_queries

BACK = timedelta(weeks=26)
"""How far back answers are read: no signal looks further than half of it."""
Sides = dict[str, list[balance.CheckIn]]
MANY = 5000
_SETTLED = (CheckIn.id, CheckIn.mentorship_id, CheckIn.side, CheckIn.due_on, CheckIn.closed_at, CheckIn.status,
            CheckIn.help_from)  # fmt: skip


Rows = list[dict[str, Any]]
"""Signals to raise."""


def evaluate(session: Session, now: datetime, mentorship_ids: Collection[int] | None = None) -> None:
    """Raise the signals that running pairs (or these, running or not) now call for."""
    raise_all(session, to_raise(session, now, mentorship_ids))


def raise_all(session: Session, rows: Rows) -> None:
    """Raise signals, but those that somebody else raised since they were found to be due."""
    earlier = _earlier(session, {row["mentorship_id"] for row in rows}) if rows else {}
    stands = {(pair, one.key) for pair, found in earlier.items() for one in found if one.closed_at is None}
    new = [r for r in rows if (r["mentorship_id"], (r["kind"], r["side"], r["about"])) not in stands]
    insert_new(session, Signal, new)


def to_raise(session: Session, now: datetime, mentorship_ids: Collection[int] | None = None) -> Rows:
    """Return the signals that running pairs (or these, running or not) now call for; nothing is written.

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
    rosters, today = roster_queries.timetables(session, sides), local_date(now)
    weeks = _weeks(session, rosters, today, [pair.mentor_id for pair in pairs] if ids is not None else None)
    first, failing = hours_queries.first_pairs(session), mentorships.failing(session)
    rows: Rows = []
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
    _note_asked(session, [row for row in rows if row["kind"] == balance.HELP], {pair.id or 0: pair for pair in pairs})
    return rows


def _note_asked(session: Session, rows: Rows, pairs: Mapping[int, Mentorship]) -> None:
    """Note whose help is asked: whoever takes over a post later does not hear what was asked of another."""
    if not rows:
        return
    sides = {i for row in rows for i in (pairs[row["mentorship_id"]].mentor_id, pairs[row["mentorship_id"]].junior_id)}
    persons, confidant = people.persons(session, sides), queries.confidant(session)
    for row in rows:
        pair = pairs[row["mentorship_id"]]
        author = persons[pair.mentor_id if row["side"] == MENTOR else pair.junior_id]
        asked = {"mentor": pair.mentor_id, "manager": author.manager_id, "confidant": confidant and confidant.id}
        row["asked_id"] = asked.get(row["about"])


def _row(mentorship_id: int, found: balance.Signal, now: datetime) -> dict[str, Any]:
    return {
        "mentorship_id": mentorship_id, "kind": found.kind, "side": found.side, "about": found.about,
        "since": found.since or local_date(now), "returned": found.returned, "raised_at": now, "status": "open",
        "evidence": [day.isoformat() for day in found.evidence], "action": "", "outcome": "", "asked_id": None,
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
    """Return the settled check-ins of both sides of each running pair, or of these."""
    since = local_date(now) - BACK
    asked = columns(*map(col, _SETTLED)).where(col(CheckIn.status) != OPEN, col(CheckIn.due_on) >= since)
    given = columns(col(Answer.check_in_id), col(Answer.key), col(Answer.value))
    given = given.join(CheckIn, col(CheckIn.id) == Answer.check_in_id).where(col(CheckIn.due_on) >= since)
    answers: dict[int, dict[str, int | None]] = defaultdict(dict)
    for check_in_id, key, value in session.execute(_of(given, CheckIn.mentorship_id, ids)):
        answers[check_in_id][key] = value
    found: dict[int, Sides] = defaultdict(lambda: {JUNIOR: [], MENTOR: []})
    for row_id, pair_id, side, due, closed, status, helps in session.execute(_of(asked, CheckIn.mentorship_id, ids)):
        found[pair_id][side].append(balance.CheckIn(due, closed, status, answers.get(row_id, {}), tuple(helps)))
    return found


def _of(query: Any, pair: Any, ids: Collection[int | None] | None) -> Any:
    """Keep what is of these pairs, or of those that run."""
    if ids is not None:
        return query.where(col(pair).in_(list(ids)))
    return query.join(Mentorship, col(Mentorship.id) == pair).where(Mentorship.status == ACTIVE)


def settled(row: CheckIn, answers: dict[str, int | None]) -> balance.CheckIn:
    """Return a closed check-in as its balance is computed from."""
    assert row.closed_at is not None
    return balance.CheckIn(row.due_on, row.closed_at, row.status, answers, tuple(row.help_from))


def _earlier(session: Session, ids: Collection[int | None] | None) -> dict[int, list[balance.Earlier]]:
    rows = columns(*map(col, (Signal.mentorship_id, Signal.kind, Signal.side, Signal.done_at, Signal.about)))
    found: dict[int, list[balance.Earlier]] = defaultdict(list)
    for pair_id, *told in session.execute(_of(rows, Signal.mentorship_id, ids)):
        found[pair_id].append(balance.Earlier(*told))
    return found


def standings(
    session: Session, mentorship_ids: Collection[int], now: datetime, since: datetime | None = None
) -> dict[int, str]:
    """Return the class of each pair by the junior's answers on development and the mentor's on sustainability.

    Given `since`, by what was answered from then on.
    """
    # of many the rest is read along: a database takes only so many values in one statement
    histories = _histories(session, now, mentorship_ids if len(mentorship_ids) < MANY else None)
    return {pair_id: _standing(histories[pair_id], local_date(now), since) for pair_id in mentorship_ids}


def _standing(sides: Sides, today: date, since: datetime | None) -> str:
    told = {side: [c for c in history if since is None or c.settled_at >= since] for side, history in sides.items()}
    found, lines = balance.UNKNOWN, {side: points(history) for side, history in told.items()}
    for day in sorted({on for line in lines.values() for on, _ in line}):
        # the class of each day follows from the one before, so that it does not flicker
        until = {side: [point for point in line if point[0] <= day] for side, line in lines.items()}
        found = balance.classify(until[JUNIOR], until[MENTOR], found, day)
    return balance.classify(lines[JUNIOR], lines[MENTOR], found, today)


def points(history: Iterable[balance.CheckIn]) -> list[balance.Point]:
    """Return the smoothed indices of one side's check-ins."""
    return balance.smoothed((c.due_on, c.index) for c in history)
