"""How pairs stand: the settled check-ins of both sides, and the class of a pair that follows from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col

from mentorship.base.clock import local_date
from mentorship.base.db import MANY
from mentorship.checkins import balance
from mentorship.checkins.balance import SettledCheckIn
from mentorship.checkins.due import NEVER
from mentorship.checkins.models import ANSWERED, OPEN, Answer, CheckIn
from mentorship.checkins.settings.queries import wordings
from mentorship.checkins.settings.standard import Wording
from mentorship.checkins.told import Counts, always
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.profiles.away.queries import away_days

BACK = timedelta(weeks=26)
"""How far back answers are read: no signal looks further than half of it."""
Sides = dict[str, list[SettledCheckIn]]
Lines = dict[str, list[balance.Point]]
Answers = dict[str, int | None]


def standings(
    session: Session, mentorship_ids: Collection[int], now: datetime, counts: Counts = always
) -> dict[int, str]:
    """Return the class of each pair by the junior's answers on development and the mentor's on sustainability.

    Only answers given at a moment that `counts`.
    """
    found = {}
    for pair_id, stands in sides(session, mentorship_ids, now, counts).items():
        found[pair_id] = balance.classify(stands[JUNIOR], stands[MENTOR])
    return found


def sides(
    session: Session, mentorship_ids: Collection[int], now: datetime, counts: Counts = always
) -> dict[int, dict[str, str]]:
    """Return how each side of these pairs stands, by its own answers alone."""
    # of many the rest is read along: a database takes only so many values in one statement
    these = mentorship_ids if len(mentorship_ids) < MANY else None
    lines = _lines(session, now, these, counts)
    away = _away(session)
    today = local_date(now)
    found = {}
    for pair_id in mentorship_ids:
        out = away.get(pair_id, {})
        of_pair = lines.get(pair_id, {})
        found[pair_id] = {side: _stands(of_pair, side, today, out) for side in (JUNIOR, MENTOR)}
    return found


def _stands(lines: Lines, side: str, today: date, away: Mapping[str, Collection[int]]) -> str:
    points = balance.smoothed(lines.get(side, ()))
    return balance.standing(points, today, away.get(side, NEVER))


def _away(session: Session) -> dict[int, dict[str, frozenset[int]]]:
    """Return when the sides of pairs are away, of the pairs in which somebody is at any time."""
    days = away_days(session)
    if not days:
        return {}
    mentor = col(Mentorship.mentor_id)
    junior = col(Mentorship.junior_id)
    query = columns(col(Mentorship.id), mentor, junior)
    if len(days) < MANY:
        query = query.where(or_(mentor.in_(days), junior.in_(days)))
    found = {}
    for pair_id, mentor_id, junior_id in session.execute(query):
        found[pair_id] = {
            MENTOR: days.get(mentor_id, NEVER),
            JUNIOR: days.get(junior_id, NEVER),
        }
    return found


def _lines(session: Session, now: datetime, pair_ids: Collection[int] | None, counts: Counts) -> dict[int, Lines]:
    """Return the index of each check-in of both sides of these pairs, or (None) of each that runs, where it `counts`.

    Of each side those in its newest series. The database adds the answers up: they are very many.
    """
    rows = session.execute(_sums(local_date(now) - BACK, pair_ids))
    found: dict[int, Lines] = defaultdict(_no_line)
    begun: dict[tuple[int, str], int] = {}
    worded = wordings(session)
    for pair_id, side, due_on, closed_at, total, number, set_id in rows:
        if not counts(closed_at):
            continue
        lines = found[pair_id]
        key = (pair_id, side)
        series = worded[set_id, side].series
        if begun.get(key) != series:
            begun[key] = series
            lines[side] = []
        mean = balance.mean(total, number)
        lines[side].append((due_on, mean))
    return found


def _sums(since: date, pair_ids: Collection[int] | None) -> Any:
    """Return a query of the sum and number of the answers of each check-in, those to the newest questions last."""
    value = col(Answer.value)
    query = columns(
        col(CheckIn.mentorship_id),
        col(CheckIn.side),
        col(CheckIn.due_on),
        col(CheckIn.closed_at),
        func.sum(value),
        func.count(value),
        col(CheckIn.set_id),
    )
    query = query.join(Answer, col(Answer.check_in_id) == CheckIn.id).where(
        col(CheckIn.status) == ANSWERED,
        col(CheckIn.due_on) >= since,
        value.is_not(None),
        col(Answer.key).not_in(balance.OUTSIDE),
    )
    query = of_pairs(query, CheckIn, pair_ids)
    return query.group_by(col(CheckIn.id)).order_by(col(CheckIn.set_id))


def _no_line() -> Lines:
    return {JUNIOR: [], MENTOR: []}


def points(history: Iterable[SettledCheckIn]) -> list[balance.Point]:
    """Return the smoothed indices of one side's check-ins in the newest series."""
    series = balance.of_newest_series(history)
    return balance.smoothed((one.due_on, one.index) for one in series)


def settled(row: CheckIn, answers: Answers, wording: Wording) -> SettledCheckIn:
    """Return a closed check-in as its balance is computed from."""
    assert row.closed_at is not None
    return SettledCheckIn(
        row.due_on,
        row.closed_at,
        row.status,
        answers,
        tuple(row.help_from),
        wording.series,
        wording.since,
    )


def histories(session: Session, now: datetime, pair_ids: Collection[int] | None) -> dict[int, Sides]:
    """Return the settled check-ins of both sides of these pairs, or (None) of each that runs."""
    since = local_date(now) - BACK
    answers = _answers(session, since, pair_ids)
    worded = wordings(session)
    # columns, not rows: of all pairs that run these are many
    query = columns(
        col(CheckIn.id),
        col(CheckIn.mentorship_id),
        col(CheckIn.side),
        col(CheckIn.due_on),
        col(CheckIn.closed_at),
        col(CheckIn.status),
        col(CheckIn.help_from),
        col(CheckIn.set_id),
    )
    query = query.where(
        col(CheckIn.status) != OPEN,
        col(CheckIn.due_on) >= since,
    )
    found: dict[int, Sides] = defaultdict(_no_history)
    for row in session.execute(of_pairs(query, CheckIn, pair_ids)):
        row_id, pair_id, side, due_on, closed_at, status, helps, set_id = row
        wording = worded[set_id, side]
        one = SettledCheckIn(
            due_on,
            closed_at,
            status,
            answers.get(row_id, {}),
            tuple(helps),
            wording.series,
            wording.since,
        )
        found[pair_id][side].append(one)
    return found


def _no_history() -> Sides:
    return {JUNIOR: [], MENTOR: []}


def _answers(session: Session, since: date, pair_ids: Collection[int] | None) -> dict[int, Answers]:
    query = (
        columns(
            col(Answer.check_in_id),
            col(Answer.key),
            col(Answer.value),
        )
        .join(CheckIn, col(CheckIn.id) == Answer.check_in_id)
        .where(col(CheckIn.due_on) >= since)
    )
    found: dict[int, Answers] = defaultdict(dict)
    for row in session.execute(of_pairs(query, CheckIn, pair_ids)):
        check_in_id, key, value = row
        found[check_in_id][key] = value
    return found


def of_pairs(query: Any, table: Any, pair_ids: Collection[int] | None) -> Any:
    """Keep the rows of a table with a `mentorship_id` that are of these pairs, or (None) of those that run."""
    pair_id = col(table.mentorship_id)
    if pair_ids is not None:
        return query.where(pair_id.in_(list(pair_ids)))
    return query.join(
        Mentorship,
        col(Mentorship.id) == pair_id,
    ).where(Mentorship.status == ACTIVE)
