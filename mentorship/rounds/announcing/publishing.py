"""Turns the pairs of a round into proposals, and tells for whom nobody was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from mentorship.mentor_requests.models import OPEN, MentorRequest
from mentorship.mentor_requests.queries import needs_of
from mentorship.mentorships.proposals import actions as proposals
from mentorship.rounds import queries, rules
from mentorship.rounds.models import Round, RoundPair, RoundUnmatched


def locked(session: Session, pairs: Iterable[RoundPair], without: Iterable[RoundUnmatched]) -> dict[int, MentorRequest]:
    """Lock all requests of a round at once and in one order: else two over the same people wait for each other."""
    ids = [*(pair.request_id for pair in pairs), *(row.request_id for row in without)]
    return queries.requests(session, sorted(ids), lock=True)


def still_without(
    session: Session,
    without: Iterable[RoundUnmatched],
    requests: Mapping[int, MentorRequest],
) -> dict[int, tuple[int, int, int, int]]:
    """Count whom this round leaves waiting, and say at which rules; not who got a mentor elsewhere or asks no more."""
    found = {}
    for row in without:
        request = requests[row.request_id]
        if request.status == OPEN:
            request.waited += 1
            found[row.request_id] = rules.merged(row.funnel)
        else:
            session.delete(row)
    return found


def propose(
    session: Session,
    found: Round,
    pairs: Sequence[RoundPair],
    requests: Mapping[int, MentorRequest],
    now: datetime,
) -> None:
    """Propose every pair of a round, with its explanation copied onto it."""
    needs = needs_of(session, [pair.request_id for pair in pairs])
    # two rounds at once lock mentors in one order
    for pair in sorted(pairs, key=lambda pair: pair.mentor_id):
        request = requests[pair.request_id]
        main_need = needs[pair.request_id][0]
        proposals.propose(
            session,
            request=request,
            mentor_id=pair.mentor_id,
            domain_id=main_need.domain_id,
            origin="round",
            round_name=found.name,
            now=now,
            explanation={**pair.explanation, "goal": request.goal},
        )
