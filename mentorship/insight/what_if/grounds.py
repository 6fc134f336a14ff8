"""What is changed, read: the outcome of the round that is being made, or the open requests of today, solved.

Reading everybody takes longest, and changes are tried one after the other. So what was read is kept in memory for half
a minute, as ids and numbers, and only as long as nobody wrote anything in the audit log.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.base.audit import AuditRow
from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.insight.what_if.trying import Ground
from mentorship.matching import solve
from mentorship.rounds import guiding, reading
from mentorship.rounds import queries as rounds
from mentorship.rounds.announced import besides
from mentorship.rounds.direct.pool import NEW, with_held
from mentorship.rounds.facts import MentorFacts, Pair, Records
from mentorship.rounds.gather import Terms, gather
from mentorship.rounds.holding import held
from mentorship.rounds.models import ANNOUNCED, DRAFT, SOLVED, Round
from mentorship.rounds.solution import Solution, unpack
from mentorship.rounds.standing import holds
from mentorship.rounds.waiting.queries import HOLDING
from mentorship.rounds.waiting.queries import terms as terms_of_today

SEED = 0
LASTS = timedelta(seconds=30)
"""So long it is not read again who asks and who can guide, while nothing was written."""
NEXT = 0
"""Stands for the next round: the open requests of today."""


@dataclass(frozen=True)
class Tryable:
    """A ground with what scores are told by: who asks, on which terms; and how many places others hold by mentor.

    `kept`: it is the outcome of a round as that was found; else it was found just now.
    """

    ground: Ground
    records: Records
    terms: Terms
    held: Mapping[int, int]
    kept: bool


@dataclass
class Facts:
    """Everybody who asks and guides today, and who could guide; what was made of that, by round."""

    mark: tuple[Any, ...]
    read_at: datetime
    records: Records
    mentors: Mapping[int, MentorFacts]
    could: frozenset[int]
    made: dict[Any, Tryable] = field(default_factory=dict)

    def guides(self, person_id: int) -> bool:
        """Tell whether somebody is a mentor today."""
        return person_id in self.mentors and person_id not in self.could


_READ: WeakKeyDictionary[Any, Facts] = WeakKeyDictionary()


def facts(session: Session, now: datetime, *, anew: bool = False) -> Facts:
    """Return what is known today, of at most half a minute ago; `anew`: of now."""
    bind = session.get_bind().engine.pool  # what engines that only read have in common with those that write
    mark = local_date(now), session.exec(select(func.max(AuditRow.id))).one()
    known = _READ.get(bind)
    if known is not None and not anew and known.mark == mark and abs(now - known.read_at) < LASTS:
        return known
    found = _read(session, mark, now)
    _READ[bind] = found
    return found


def _read(session: Session, mark: tuple[Any, ...], now: datetime) -> Facts:
    today = local_date(now)
    guide, could = guiding.mentors_and_others(session, today)
    records = reading.records(
        session,
        (),
        today,
        mentors=guide,
    )
    return Facts(
        mark,
        now,
        records,
        {mentor.person: mentor for mentor in (*guide, *could)},
        frozenset(mentor.person for mentor in could),
    )


def rounds_being_made(session: Session) -> list[Round]:
    """Return the rounds that are not announced or published yet, those with an outcome first, then the newest."""
    query = select(Round).where(
        col(Round.status).in_((SOLVED, DRAFT)),
    )
    newest = query.order_by(col(Round.id).desc())
    found = session.exec(newest).all()
    return sorted(found, key=lambda one: one.status != SOLVED)


def tryable(session: Session, known: Facts, found: Round | None) -> Tryable:
    """Return the outcome of a round, or (None) of the next one; made once of what is known."""
    key = NEXT if found is None else (found.id, found.version)
    if key not in known.made:
        known.made[key] = _of_next(session, known) if found is None else _of_round(session, known, found)
    return known.made[key]


def _of_next(session: Session, known: Facts) -> Tryable:
    pairs = held(session, HOLDING)
    records = with_held(
        known.records,
        pairs,
        NEW,
    )
    return _solved(
        records,
        terms_of_today(session),
        SEED,
        pairs,
    )


def _of_round(session: Session, known: Facts, found: Round) -> Tryable:
    round_id = id_of(found)
    records = besides(session, _of_sites(known.records, found.site_ids), round_id)
    pairs = held(session, (ANNOUNCED,), but=round_id)
    terms = rounds.terms(session, found)
    if found.status == SOLVED and found.problem and holds(session, found):
        kept = unpack(found.problem)
        return _kept(
            kept,
            records,
            terms,
            found.seed,
            pairs,
        )
    return _solved(
        records,
        terms,
        found.seed,
        pairs,
    )


def _of_sites(records: Records, site_ids: Sequence[int]) -> Records:
    """Return the records of who asks at these sites (none: all)."""
    if not site_ids:
        return records
    asked = []
    for request in records.requests:
        site = records.people[request.person].site
        if site in site_ids:
            asked.append(request)
    return replace(records, requests=tuple(asked))


def _solved(records: Records, terms: Terms, seed: int, pairs: Sequence[Pair]) -> Tryable:
    gathered = gather(records, terms)
    ground = Ground(
        gathered.problem,
        solve(gathered.problem, seed),
        gathered.request_ids,
        gathered.mentor_ids,
    )
    return Tryable(ground, records, terms, _by_mentor(pairs), kept=False)


def _kept(solution: Solution, records: Records, terms: Terms, seed: int, pairs: Sequence[Pair]) -> Tryable:
    """Return the outcome as the round has it; its own is found again where several are as good."""
    problem = solution.problem(terms)
    again = solve(problem, seed)
    matched = int(np.count_nonzero(solution.outcome >= 0))
    ground = Ground(
        problem,
        replace(again, mentor=solution.outcome, matched=matched),
        solution.request_ids,
        solution.mentor_ids,
    )
    return Tryable(ground, records, terms, _by_mentor(pairs), kept=True)


def _by_mentor(pairs: Sequence[Pair]) -> Mapping[int, int]:
    return Counter(mentor_id for _, mentor_id in pairs)
