"""What is changed, read: the outcome of the round that is being made, or the open requests of today, solved.

Reading everybody and solving take longest, and changes are tried one after the other. So what was read and solved is
kept in memory, as ids and numbers, while nobody decides anything that could change it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np
from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.base.keeping import kept
from mentorship.insight.what_if.trying import Ground
from mentorship.matching import solve
from mentorship.rounds import known
from mentorship.rounds import queries as rounds
from mentorship.rounds.announced import besides
from mentorship.rounds.direct.pool import NEW, with_held
from mentorship.rounds.facts import MentorFacts, Pair, Records
from mentorship.rounds.gather import Terms, gather
from mentorship.rounds.holding import held, states
from mentorship.rounds.models import ANNOUNCED, DRAFT, SOLVED, Round
from mentorship.rounds.solution import Solution, unpack
from mentorship.rounds.standing import holds
from mentorship.rounds.waiting.queries import HOLDING
from mentorship.rounds.waiting.queries import terms as terms_of_today

SEED = 0
MOST_MADE = 3
"""The outcomes of so many rounds are kept at once; the one looked at longest ago goes first."""
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

    records: Records
    mentors: Mapping[int, MentorFacts]
    could: frozenset[int]
    made: dict[Any, Tryable] = field(default_factory=dict)

    def guides(self, person_id: int) -> bool:
        """Tell whether somebody is a mentor today."""
        return person_id in self.mentors and person_id not in self.could


def facts(session: Session, now: datetime) -> Facts:
    """Return what is known today; in a transaction that writes it is read there."""
    return kept(
        session,
        "what_if.facts",
        now,
        lambda: _read(session, now),
        but=known.UNRELATED,
        also=states(session, HOLDING),
    )


def _read(session: Session, now: datetime) -> Facts:
    found = known.today(session, now)
    everybody = found.with_others.mentors
    return Facts(
        found.records,
        {mentor.person: mentor for mentor in everybody},
        frozenset(mentor.person for mentor in found.could),
    )


def rounds_being_made(session: Session) -> list[Round]:
    """Return the rounds that are not announced or published yet, those with an outcome first, then the newest."""
    query = select(Round).where(
        col(Round.status).in_((SOLVED, DRAFT)),
    )
    newest = query.order_by(col(Round.id).desc())
    found = session.exec(newest).all()
    return sorted(found, key=lambda one: one.status != SOLVED)


def tryable(session: Session, facts_of: Facts, found: Round | None) -> Tryable:
    """Return the outcome of a round, or (None) of the next one; made once of what is known."""
    key = NEXT if found is None else (found.id, found.version)
    made = facts_of.made.pop(key, None)
    if made is None:
        made = _of_next(session, facts_of) if found is None else _of_round(session, facts_of, found)
    facts_of.made[key] = made
    for old in list(facts_of.made)[:-MOST_MADE]:
        facts_of.made.pop(old, None)
    return made


def _of_next(session: Session, facts_of: Facts) -> Tryable:
    pairs = held(session, HOLDING)
    records = with_held(
        facts_of.records,
        pairs,
        NEW,
    )
    return _solved(
        records,
        terms_of_today(session),
        SEED,
        pairs,
    )


def _of_round(session: Session, facts_of: Facts, found: Round) -> Tryable:
    round_id = id_of(found)
    records = besides(session, _of_sites(facts_of.records, found.site_ids), round_id)
    pairs = held(session, (ANNOUNCED,), but=round_id)
    terms = rounds.terms(session, found)
    if found.status == SOLVED and found.problem and holds(session, found):
        stored = unpack(found.problem)
        return _kept(
            stored,
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
