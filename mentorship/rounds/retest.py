"""Tests running pairs again: which rules of the match a roster, a site, a line or a level that changed now breaks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from sqlmodel import Session, col, select

from mentorship.matching import failing
from mentorship.mentor_requests.models import Need
from mentorship.mentorships.goals.models import Goal
from mentorship.mentorships.models import ACTIVE, Mentorship
from mentorship.profiles import queries as profiles
from mentorship.rounds import queries
from mentorship.rounds.facts import MentorFacts, NeedFacts, Records, RequestFacts
from mentorship.rounds.gather import build_instance

UNKNOWN = 0, 3
"""The level at the start and the one to reach, of a pair that came with neither: whoever can pass on may guide."""
_Levels = Mapping[int, tuple[int, int]]


def broken(session: Session) -> dict[int, frozenset[str]]:
    """Return the rules that each running pair breaks, none for most, in a fixed number of queries."""
    pairs = list(session.exec(select(Mentorship).where(Mentorship.status == ACTIVE).order_by(col(Mentorship.id))))
    if not pairs:
        return {}
    found = records(session, pairs)
    mentors = {m.person: row for row, m in enumerate(found.mentors)}
    guides = np.array([mentors[pair.mentor_id] for pair in pairs], dtype=np.int64)
    fails = failing(build_instance(found), np.arange(len(pairs), dtype=np.int64), guides)
    return {
        pair.id or 0: frozenset(rule for rule, flags in fails.items() if flags[row]) for row, pair in enumerate(pairs)
    }


def records(session: Session, pairs: Collection[Mentorship]) -> Records:
    """Return the records of running pairs: each as a request, numbered as the pair, beside its mentor.

    The need is the pair's own domain from the level at the start, so that a junior who learns breaks nothing. Places,
    pauses and wishes are left out: taking those back concerns the next pair.
    """
    goals, needs = _goals(session), _needs(session)
    levels = queries.willing_levels(session)
    asked = []
    for pair in pairs:
        at = _told(pair.explanation) or goals.get(pair.id or 0) or needs.get(pair.id or 0) or UNKNOWN
        asked.append(RequestFacts(pair.id or 0, pair.junior_id, (NeedFacts(pair.domain_id, *at, 3),), None))
    guides = sorted({pair.mentor_id for pair in pairs})
    return Records(
        people=queries.people_facts(session),
        requests=tuple(asked),
        mentors=tuple(MentorFacts(i, levels.get(i, {}), None, 0, 0, False) for i in guides),
        remote_domains={d.id: d.remote for d in profiles.domains(session) if d.id is not None},
        urgency={},
    )


def _told(explanation: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return the levels of the main need as they were when the pair was proposed."""
    needs = explanation.get("needs") or ()
    return (int(needs[0]["current"]), int(needs[0]["target"])) if needs else None


def _goals(session: Session) -> _Levels:
    query = select(Goal.mentorship_id, Goal.start_level, Goal.target_level)
    query = query.join(Mentorship, col(Mentorship.id) == Goal.mentorship_id)
    return _by_pair(session, query.where(Goal.domain_id == Mentorship.domain_id))


def _needs(session: Session) -> _Levels:
    query = select(col(Mentorship.id), Need.current_level, Need.target_level)
    query = query.join(Need, col(Need.request_id) == Mentorship.request_id)
    return _by_pair(session, query.where(Need.domain_id == Mentorship.domain_id))


def _by_pair(session: Session, query: Any) -> _Levels:
    rows = session.execute(query.where(Mentorship.status == ACTIVE))
    return {pair: (start, target) for pair, start, target in rows}
