"""Verbs on what a round found: announce it, publish it. They never commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from mentorship.mentor_requests.actions import tell_outcomes
from mentorship.mentor_requests.models import OPEN, MentorRequest
from mentorship.mentor_requests.queries import needs_of
from mentorship.mentorships.proposals.actions import propose
from mentorship.people.access import Actor
from mentorship.programme import queries as programme
from mentorship.programme import rules as programme_rules
from mentorship.programme.consent import queries as consent
from mentorship.rounds import queries, rules
from mentorship.rounds.actions import goes_by, record, take
from mentorship.rounds.fairness.queries import fairness
from mentorship.rounds.fairness.rules import KEPT, to_keep
from mentorship.rounds.models import PUBLISHED, Round, RoundPair, RoundUnmatched
from mentorship.rounds.still_true import require_still_true


def publish(session: Session, actor: Actor, round_id: int, version: int, now: datetime) -> int:
    """Turn every pair into a proposal, once, after testing that all still hold; return how many."""
    found = take(session, round_id, version)
    programme_rules.require_complete(programme.lacking(session))
    consent.check_terms(session, goes_by(found))
    pairs = queries.pairs(session, round_id)
    rules.check_publish(found.status, len(pairs))
    without = queries.unmatched(session, round_id)
    requests = _locked(session, pairs, without)
    require_still_true(session, found, pairs, now)
    _propose(session, found, pairs, requests, now)
    counts = _still_without(session, without, requests)
    placed = [pair.request_id for pair in pairs]
    tell_outcomes(session, found.name, counts, placed=placed, now=now)
    found.status = PUBLISHED
    found.published_at = now
    fell_out = to_keep(fairness(session, round_id))
    found.quality = {**found.quality, KEPT: fell_out}
    record(
        session,
        actor,
        "publish round",
        found,
        now,
        pairs=len(pairs),
        input_hash=found.input_hash,
        **goes_by(found),
    )
    return len(pairs)


def _locked(
    session: Session, pairs: Iterable[RoundPair], without: Iterable[RoundUnmatched]
) -> dict[int, MentorRequest]:
    """Lock all requests of a round at once and in one order: else two over the same people wait for each other."""
    ids = [*(pair.request_id for pair in pairs), *(row.request_id for row in without)]
    return queries.requests(session, sorted(ids), lock=True)


def _still_without(
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


def _propose(
    session: Session,
    found: Round,
    pairs: Sequence[RoundPair],
    requests: Mapping[int, MentorRequest],
    now: datetime,
) -> None:
    needs = needs_of(session, [pair.request_id for pair in pairs])
    # two rounds at once lock mentors in one order
    for pair in sorted(pairs, key=lambda pair: pair.mentor_id):
        request = requests[pair.request_id]
        main_need = needs[pair.request_id][0]
        propose(
            session,
            request=request,
            mentor_id=pair.mentor_id,
            domain_id=main_need.domain_id,
            origin="round",
            round_name=found.name,
            now=now,
            explanation={**pair.explanation, "goal": request.goal},
        )
