"""Raising signals: gather what is gathered of pairs, and keep what now asks for attention."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of, insert_new
from mentorship.checkins import findings, noticing, queries, standings
from mentorship.checkins.confidants import queries as confidants
from mentorship.checkins.findings import Earlier, Finding, Working
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.signals.rules import one_rule
from mentorship.checkins.standings import BACK, Sides
from mentorship.checkins.together_shifts import days_together
from mentorship.matching import Timetable
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.hours import queries as hours
from mentorship.mentorships.hours.rules import MentorWeek
from mentorship.mentorships.models import ACTIVE, ENDED, SITE, Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people import queries as people
from mentorship.profiles.away import queries as away
from mentorship.profiles.away.queries import Presence

Rows = list[dict[str, Any]]
"""Signals to raise."""


def evaluate(session: Session, now: datetime, mentorship_ids: Collection[int] | None = None) -> None:
    """Raise the signals that running pairs (or these, running or not) now call for."""
    raise_all(session, to_raise(session, now, mentorship_ids))


def raise_all(session: Session, rows: Rows) -> None:
    """Raise signals, but those that somebody else raised since they were found to be due.

    Each request for help is one of its own: the same one is told by its day, which the database keeps apart.
    """
    if not rows:
        return
    standing = set()
    pair_ids = {row["mentorship_id"] for row in rows}
    for pair_id, earlier in _earlier(session, pair_ids).items():
        for one in earlier:
            if one.closed_at is None:
                standing.add((pair_id, *one.key))
    new = []
    for row in rows:
        key = (
            row["mentorship_id"],
            row["kind"],
            row["side"],
            row["about"],
        )
        if key not in standing or row["kind"] == findings.HELP:
            new.append(row)
    insert_new(session, Signal, new)


def to_raise(session: Session, now: datetime, mentorship_ids: Collection[int] | None = None) -> Rows:
    """Return the signals that running pairs (or these, running or not) now call for; nothing is written.

    Who asks for help while the pair pauses or after it ended is heard too. The number of queries does not grow with
    the pairs.
    """
    pairs = _pairs(session, mentorship_ids)
    gathered = _gather(
        session,
        now,
        pairs,
        everything=mentorship_ids is None,
    )
    rows: Rows = []
    asking: Rows = []
    by_id = {}
    for pair in pairs:
        by_id[id_of(pair)] = pair
        for finding in _findings(pair, gathered, now):
            row = as_row(id_of(pair), finding, now)
            rows.append(row)
            if finding.kind == findings.HELP:
                asking.append(row)
    _note_asked(session, asking, by_id, now)
    return rows


def called_for(session: Session, now: datetime, mentorship_id: int) -> set[tuple[str, str, str, date | None]]:
    """Return what a pair calls for now, whatever was raised before: kind, side, about what, since when."""
    pairs = _pairs(session, [mentorship_id])
    gathered = replace(_gather(session, now, pairs, everything=False), earlier=defaultdict(list))
    found = set()
    for pair in pairs:
        for finding in _findings(pair, gathered, now):
            found.add((*finding.key, finding.since))
    return found


def _pairs(session: Session, mentorship_ids: Collection[int] | None) -> list[Mentorship]:
    """Return the pairs that run, or those of these that ever did."""
    these = col(Mentorship.status) == ACTIVE
    if mentorship_ids is not None:
        ids = list(mentorship_ids)
        these = col(Mentorship.id).in_(ids)
    query = select(Mentorship).where(
        col(Mentorship.started_on).is_not(None),
        these,
    )
    return list(session.exec(query))


@dataclass(frozen=True)
class DuoFacts:
    """What the signals of pairs are drawn from.

    `weeks` are by mentor, whose hours count over all their pairs, and are told of the first of these alone (`first`).
    """

    histories: dict[int, Sides]
    earlier: dict[int, list[Earlier]]
    there: Presence
    weeks: Mapping[int, list[MentorWeek]]
    first: set[int]
    failing: Mapping[int, Mapping[str, datetime]]
    last_days: Mapping[int, date]


def _gather(session: Session, now: datetime, pairs: list[Mentorship], *, everything: bool) -> DuoFacts:
    """Read what is known of pairs; of all that run when that is `everything`."""
    pair_ids = None
    mentors = None
    sides = None
    if not everything:
        pair_ids = {id_of(pair) for pair in pairs}
        mentors = {pair.mentor_id for pair in pairs}
        sides = mentors | {pair.junior_id for pair in pairs}
    there = away.presence(session, sides, local_date(now))
    return DuoFacts(
        histories=standings.histories(session, now, pair_ids),
        earlier=_earlier(session, pair_ids),
        there=there,
        weeks=hours.weeks(
            session,
            _planned(there.timetables),
            local_date(now),
            mentors,
        ),
        first=hours.first_pairs(session),
        failing=mentorships.failing(session),
        last_days=people.last_days(session),
    )


def _planned(timetables: Mapping[int, Timetable]) -> Mapping[int, Timetable]:
    """Return the timetables by the rosters alone: others read what is worked out from these."""
    return {person_id: timetable.planned for person_id, timetable in timetables.items()}


def _findings(pair: Mentorship, gathered: DuoFacts, now: datetime) -> list[Finding]:
    """Return what a pair calls for now."""
    pair_id = id_of(pair)
    found = noticing.noticed(
        gathered.histories[pair_id],
        _working(pair, gathered, local_date(now)),
        gathered.earlier[pair_id],
        now,
    )
    if pair.status != ENDED:
        return one_rule(found, gathered.earlier[pair_id])
    # nothing of this pair can be mended any more, but who asks for help is heard
    return [one for one in found if one.kind == findings.HELP]


def _working(pair: Mentorship, gathered: DuoFacts, today: date) -> Working:
    """Return what is known of a pair apart from answers."""
    pair_id = id_of(pair)
    fails = gathered.failing.get(pair_id, {})
    weeks = []
    if pair_id in gathered.first:
        weeks = gathered.weeks.get(pair.mentor_id, [])
    return Working(
        running_since=_meets_since(pair, gathered, today),
        together=_together(
            pair,
            gathered,
            today,
            fails.get(SITE),
        ),
        weeks=weeks,
        failing=fails,
        last_days=_last_days(pair, gathered.last_days),
        out=gathered.there.out_of_either(pair.junior_id, pair.mentor_id),
    )


def _last_days(pair: Mentorship, known: Mapping[int, date]) -> dict[str, date]:
    """Return the last day of each side that leaves."""
    found = {}
    for side, person_id in ((MENTOR, pair.mentor_id), (JUNIOR, pair.junior_id)):
        if person_id in known:
            found[side] = known[person_id]
    return found


def _meets_since(pair: Mentorship, gathered: DuoFacts, today: date) -> date:
    """Return from when a pair should have met: not before today where nobody knows whether it does, or it pauses."""
    both_known = {pair.junior_id, pair.mentor_id} <= gathered.there.timetables.keys()
    if not both_known or pair.status != ACTIVE:
        return today
    since = pair.running_since or today
    return max(since, today - BACK)


def _together(pair: Mentorship, gathered: DuoFacts, today: date, parted_at: datetime | None) -> tuple[date, ...]:
    """Return the days on which a pair worked together; none once they work at two sites, whatever their rosters say."""
    days = days_together(
        gathered.there.timetables.get(pair.junior_id),
        gathered.there.timetables.get(pair.mentor_id),
        today - BACK,
        BACK.days + 1,
        queries.is_remote(pair),
    )
    if parted_at is None:
        return days
    parted_on = local_date(parted_at)
    return tuple(day for day in days if day < parted_on)


def _note_asked(session: Session, rows: Rows, pairs: Mapping[int, Mentorship], now: datetime) -> None:
    """Note whose help is asked: whoever takes over a post later does not hear what was asked of another."""
    if not rows:
        return
    sides: set[int] = set()
    for row in rows:
        pair = pairs[row["mentorship_id"]]
        sides |= {pair.mentor_id, pair.junior_id}
    persons = people.persons(session, sides)
    board = confidants.board(session, local_date(now))
    for row in rows:
        pair = pairs[row["mentorship_id"]]
        author = persons[pair.mentor_id if row["side"] == MENTOR else pair.junior_id]
        confidant = board.whom(author.site_id, (pair.mentor_id, pair.junior_id))
        asked = {
            "mentor": pair.mentor_id,
            "manager": author.manager_id,
            "confidant": confidant and confidant.person.id,
        }
        row["asked_id"] = asked.get(row["about"])


def as_row(mentorship_id: int, found: Finding, now: datetime) -> dict[str, Any]:
    """Return the values of a signal that is raised now."""
    return {
        "mentorship_id": mentorship_id,
        "kind": found.kind,
        "side": found.side,
        "about": found.about,
        "since": found.since or local_date(now),
        "returned": found.returned,
        "raised_at": now,
        "status": "open",
        "evidence": [day.isoformat() for day in found.evidence],
        "action": "",
        "outcome": "",
        "asked_id": None,
        "did": [],
    }


def _earlier(session: Session, pair_ids: Collection[int] | None) -> dict[int, list[Earlier]]:
    """Return what was raised before of these pairs, or (None) of each that runs."""
    query = columns(
        col(Signal.mentorship_id),
        col(Signal.kind),
        col(Signal.side),
        col(Signal.done_at),
        col(Signal.about),
        col(Signal.evidence),
    )
    found: dict[int, list[Earlier]] = defaultdict(list)
    for pair_id, kind, side, done_at, about, evidence in session.execute(standings.of_pairs(query, Signal, pair_ids)):
        one = Earlier(
            kind,
            side,
            done_at,
            about,
            tuple(date.fromisoformat(day) for day in evidence),
        )
        found[pair_id].append(one)
    return found
