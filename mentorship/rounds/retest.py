"""Tests running pairs again: which rules of the match a roster, a site, a line or a level that changed now breaks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from sqlmodel import Session, col, select

from mentorship.base.db import MANY, id_of
from mentorship.growth.certificates.entitled import trainers
from mentorship.matching import failing, meet
from mentorship.mentor_requests.models import MentorRequest, Need
from mentorship.mentorships.goals.models import Goal
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.profiles import queries as profiles
from mentorship.rounds import guiding, reading
from mentorship.rounds.facts import MentorFacts, NeedFacts, Records, RequestFacts
from mentorship.rounds.instance import build_instance

_FromTo = tuple[int, int]
"""The level at the start and the one to reach."""
UNKNOWN = 0, 3
"""Those of a pair that came with neither: whoever can pass on may guide."""


@dataclass(frozen=True)
class Together:
    """How often a pair is at work together in four weeks, and whether that is less than the rules ask."""

    shifts: float
    too_little: bool


def broken(session: Session, today: date) -> dict[int, frozenset[str]]:
    """Return the rules that each running pair breaks, none for most, in a fixed number of queries."""
    query = select(Mentorship).where(Mentorship.status == ACTIVE)
    pairs = session.exec(query.order_by(col(Mentorship.id))).all()
    if not pairs:
        return {}
    flags_by_rule = _failing(records(session, pairs, today), pairs)
    rules = {}
    for row, pair in enumerate(pairs):
        broken_by = set()
        for rule, flags in flags_by_rule.items():
            if flags[row]:
                broken_by.add(rule)
        rules[id_of(pair)] = frozenset(broken_by)
    return rules


def _failing(found: Records, pairs: Sequence[Mentorship]) -> dict[str, Any]:
    """Tell per rule which of the pairs do not meet it."""
    mentor_ids = [mentor.person for mentor in found.mentors]
    mentors = np.searchsorted(
        mentor_ids,
        [pair.mentor_id for pair in pairs],
    )
    return failing(
        build_instance(found),
        np.arange(len(pairs)),
        mentors,
    )


def meetings(session: Session, pairs: Sequence[Mentorship], today: date) -> dict[int, Together]:
    """Return how often each of these pairs is at work together from today on, and whether the rules ask for more."""
    if not pairs:
        return {}
    sides: set[int] = set()
    for pair in pairs:
        sides.update((pair.junior_id, pair.mentor_id))
    found = Records(
        people=reading.people_facts(session, today, sides if len(sides) < MANY else None),
        requests=tuple(_request(pair, UNKNOWN) for pair in pairs),
        mentors=tuple(_mentor(person_id, {}) for person_id in sorted({pair.mentor_id for pair in pairs})),
        remote_domains=reading.remote_domains(profiles.domains(session)),
        urgency={},
        day=today.toordinal(),
    )
    flags = _failing(found, pairs)["meeting"]
    return {id_of(pair): _together(found, pair, bool(flags[row])) for row, pair in enumerate(pairs)}


def _together(found: Records, pair: Mentorship, too_little: bool) -> Together:
    junior = found.people[pair.junior_id].timetable
    mentor = found.people[pair.mentor_id].timetable
    if junior is None or mentor is None:
        return Together(0.0, too_little)
    met = meet(junior, mentor, found.day)
    return Together(met.shifts_per_four_weeks, too_little)


def records(session: Session, pairs: Collection[Mentorship], today: date) -> Records:
    """Return the records of running pairs: each as a request, numbered as the pair, beside its mentor.

    The need is the pair's own domain from the level at the start, so that a junior who learns breaks nothing. Places,
    pauses and wishes are left out: taking those back concerns the next pair.
    """
    return Records(
        people=reading.people_facts(session, today),
        requests=tuple(_requests(session, pairs)),
        mentors=tuple(_mentors(session, pairs, today)),
        remote_domains=reading.remote_domains(profiles.domains(session)),
        urgency={},
        day=today.toordinal(),
    )


def _asking(session: Session) -> set[int | None]:
    """Return the running pairs whose request asked for a practice trainer."""
    query = select(col(Mentorship.id)).join(MentorRequest, col(MentorRequest.id) == Mentorship.request_id)
    running = query.where(Mentorship.status == ACTIVE, col(MentorRequest.trainer).is_(True))
    return set(session.exec(running))


def _requests(session: Session, pairs: Collection[Mentorship]) -> list[RequestFacts]:
    goals = _goals(session)
    needs = _needs(session)
    asking = _asking(session)
    found = []
    for pair in pairs:
        pair_id = id_of(pair)
        levels = _told(pair.explanation) or goals.get(pair_id) or needs.get(pair_id)
        found.append(_request(pair, levels or UNKNOWN, trainer=pair_id in asking))
    return found


def _request(pair: Mentorship, levels: _FromTo, *, trainer: bool = False) -> RequestFacts:
    current, target = levels
    need = NeedFacts(
        pair.domain_id,
        current,
        target,
        importance=3,
    )
    return RequestFacts(
        id_of(pair),
        pair.junior_id,
        (need,),
        wanted_forms=None,
        trainer=trainer,
    )


def _mentors(session: Session, pairs: Collection[Mentorship], today: date) -> list[MentorFacts]:
    levels = guiding.willing_levels(session)
    practice = trainers(session, today)
    found = []
    for mentor_id in sorted({pair.mentor_id for pair in pairs}):
        mentor = _mentor(mentor_id, levels.get(mentor_id, {}))
        found.append(replace(mentor, trainer=mentor_id in practice))
    return found


def _mentor(person_id: int, levels: Mapping[int, int]) -> MentorFacts:
    return MentorFacts(
        person_id,
        levels,
        comfort=None,
        places=0,
        load=0,
        paused=False,
    )


def _told(explanation: Mapping[str, Any]) -> _FromTo | None:
    """Return the levels of the main need as they were when the pair was proposed."""
    needs = explanation.get("needs")
    if not needs:
        return None
    main_need = needs[0]
    return (
        int(main_need["current"]),
        int(main_need["target"]),
    )


def _goals(session: Session) -> dict[int, _FromTo]:
    query = select(
        Goal.mentorship_id,
        Goal.start_level,
        Goal.target_level,
    )
    query = query.join(
        Mentorship,
        col(Mentorship.id) == Goal.mentorship_id,
    )
    same_domain = Goal.domain_id == Mentorship.domain_id
    return _by_pair(session, query.where(same_domain))


def _needs(session: Session) -> dict[int, _FromTo]:
    query = select(
        col(Mentorship.id),
        Need.current_level,
        Need.target_level,
    )
    query = query.join(
        Need,
        col(Need.request_id) == Mentorship.request_id,
    )
    same_domain = Need.domain_id == Mentorship.domain_id
    return _by_pair(session, query.where(same_domain))


def _by_pair(session: Session, query: Any) -> dict[int, _FromTo]:
    running = query.where(Mentorship.status == ACTIVE)
    levels = {}
    for pair_id, start, target in session.execute(running):
        levels[pair_id] = start, target
    return levels
