"""Verbs on what a round found: announce it, answer as a manager, withdraw it, publish it. They never commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locked, locking
from mentorship.base.errors import Refused
from mentorship.mentor_requests.actions import tell_outcomes
from mentorship.people.access import Actor
from mentorship.profiles.models import Capacity
from mentorship.programme import queries as programme
from mentorship.programme import rules as programme_rules
from mentorship.programme.consent import queries as consent
from mentorship.rounds import queries as rounds
from mentorship.rounds.actions import SUBJECT, goes_by, take
from mentorship.rounds.announcing import answering, publishing, queries, renewing, rules, terms
from mentorship.rounds.announcing.models import Objection
from mentorship.rounds.announcing.queries import Announced
from mentorship.rounds.fairness.queries import fairness
from mentorship.rounds.fairness.rules import KEPT, to_keep
from mentorship.rounds.models import (
    ANNOUNCED,
    DRAFT,
    PUBLISHED,
    SOLVED,
    AnnouncedPair,
    Round,
    RoundPair,
)
from mentorship.rounds.still_true import require_still_true


def announce(session: Session, actor: Actor, round_id: int, version: int, now: datetime) -> int:
    """Tell the managers of both sides of every pair, who may object for some days; return how many pairs."""
    found = take(session, round_id, version)
    days = _days_agreed(session, found)
    pairs = rounds.pairs(session, round_id)
    rules.check_announce(
        found.status,
        len(pairs),
        days,
    )
    _hold(session, pairs)
    require_still_true(session, found, pairs, now)
    today = local_date(now)
    closed = terms.closed(session, today)
    last = rules.last_day(today, days, closed)
    until = rules.end_of(last)
    found.status = ANNOUNCED
    found.announced_at = now
    found.objections_until = until
    _forget_told(session, round_id)
    session.exec(delete(Objection).where(col(Objection.round_id) == round_id))
    for pair in pairs:
        session.add(renewing.of_pair(pair, now, until))
    _record(
        session,
        actor.person_id,
        "announce round",
        round_id,
        now,
        pairs=len(pairs),
        until=last.isoformat(),
    )
    return len(pairs)


def _days_agreed(session: Session, found: Round) -> int:
    """Return how many days managers have, after testing that the settings are complete and agreed to."""
    lacking = programme.lacking(session)
    programme_rules.require_complete(lacking)
    consent.check_terms(session, goes_by(found))
    return programme.programme(session).objection_days


def _hold(session: Session, pairs: Sequence[RoundPair]) -> None:
    """Lock the requests and the mentors of a round in one order: of two rounds over the same the second sees it."""
    publishing.locked(session, pairs, ())
    mentors = {pair.mentor_id for pair in pairs}
    offers = select(Capacity).where(
        col(Capacity.person_id).in_(sorted(mentors)),
    )
    in_order = offers.order_by(col(Capacity.person_id))
    session.exec(locking(in_order)).all()


def _forget_told(session: Session, round_id: int) -> None:
    session.exec(delete(AnnouncedPair).where(col(AnnouncedPair.round_id) == round_id))


def _record(session: Session, by: int | None, verb: str, round_id: int, now: datetime, **details: object) -> None:
    audit.record(session, now, by, verb, SUBJECT, round_id, **details)


def withdraw(session: Session, actor: Actor, round_id: int, version: int, now: datetime) -> None:
    """Take an announcement back: the round can be changed again, and holds nothing any more."""
    found = take(session, round_id, version)
    rules.check_withdraw(found.status)
    _back(session, found)
    _record(session, actor.person_id, "withdraw announcement", round_id, now)


def _back(session: Session, found: Round) -> None:
    holds = not found.solve_again and not found.failure
    found.status = SOLVED if holds else DRAFT
    found.announced_at = None
    found.objections_until = None
    found.solve_again = False
    found.claimed_at = None
    _forget_told(session, id_of(found))


def publish(session: Session, actor: Actor, round_id: int, version: int, now: datetime) -> int:
    """Turn every pair into a proposal, once, after testing that all still hold; return how many.

    Where managers have days to object it was announced, and all of them answered or their days are over.
    """
    found = take(session, round_id, version)
    if found.status == ANNOUNCED:
        _check_answered(session, found, now)
    return _publish(session, actor.person_id, found, now)


def _check_answered(session: Session, found: Round, now: datetime) -> None:
    if found.solve_again:
        raise Refused(rules.AGAIN)
    asked = asked_of(queries.announced(session, now, id_of(found)))
    if not rules.all_said(asked) and not rules.is_over(asked, now):
        raise Refused(rules.UNANSWERED)


def asked_of(pairs: Sequence[Announced]) -> list[queries.Asked]:
    """Return all answers that pairs wait for or have."""
    found: list[queries.Asked] = []
    for pair in pairs:
        found += pair.asked
    return found


def _publish(session: Session, by: int | None, found: Round, now: datetime) -> int:
    round_id = id_of(found)
    days = _days_agreed(session, found)
    pairs = rounds.pairs(session, round_id)
    rules.check_publish(
        found.status,
        len(pairs),
        days,
    )
    without = rounds.unmatched(session, round_id)
    requests = publishing.locked(session, pairs, without)
    require_still_true(session, found, pairs, now)
    publishing.propose(session, found, pairs, requests, now)
    counts = publishing.still_without(session, without, requests)
    tell_outcomes(
        session,
        found.name,
        counts,
        placed=[pair.request_id for pair in pairs],
        now=now,
    )
    found.status = PUBLISHED
    found.published_at = now
    fell_out = to_keep(fairness(session, round_id))
    found.quality = {**found.quality, KEPT: fell_out}
    _record(
        session,
        by,
        "publish round",
        round_id,
        now,
        pairs=len(pairs),
        input_hash=found.input_hash,
        **goes_by(found),
    )
    return len(pairs)


def publish_over(session: Session, round_id: int, now: datetime) -> bool:
    """Publish an announced round of which the days to object are over; True when it was."""
    found = locked(session, Round, round_id)
    if found is None or not _waits_for_nothing(found):
        return False
    pairs = queries.announced(session, now, round_id)
    asked = asked_of(pairs)
    if not rules.is_over(asked, now):
        return False
    if any(now < pair.told.until for pair in pairs):
        return False
    if not pairs:
        _back(session, found)
        return False
    found.version += 1
    _publish(session, None, found, now)
    return True


def _waits_for_nothing(found: Round) -> bool:
    """Tell whether an announced round waits for no more than its managers."""
    if found.status != ANNOUNCED:
        return False
    return not found.solve_again and not found.failure


def find_again(session: Session, round_id: int, now: datetime) -> None:
    """Have pairs found again for an announced round that did not hold any more when it was to be published."""
    found = locked(session, Round, round_id)
    if found is None or found.status != ANNOUNCED:
        return
    answering.find_again(found)
    _record(session, None, "find announced pairs again", round_id, now)
