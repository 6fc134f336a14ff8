"""Keeps which pairs of an announced round managers were told of, when its pairs are found again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, select

from mentorship.base.clock import local_date
from mentorship.rounds.announcing import rules, terms
from mentorship.rounds.facts import Pair
from mentorship.rounds.models import ANNOUNCED, AnnouncedPair, Round, RoundPair

FOR_NEW = 1
"""So many working days managers have at least for a pair that they did not know yet."""


def renew(session: Session, round_id: int, pairs: Iterable[RoundPair], now: datetime) -> None:
    """Tell of the pairs that are new, and drop those that are no more; nothing where the round is not announced."""
    found = session.get_one(Round, round_id, populate_existing=True)
    if found.status != ANNOUNCED or found.objections_until is None:
        return
    told = _told(session, round_id)
    today = local_date(now)
    closed = terms.closed(session, today)
    last = rules.last_day(today, FOR_NEW, closed)
    soonest = rules.end_of(last)
    until = max(found.objections_until, soonest)
    for pair in pairs:
        key = pair.request_id, pair.mentor_id
        if told.pop(key, None) is None:
            session.add(of_pair(pair, now, until))
    for gone in told.values():
        session.delete(gone)


def _told(session: Session, round_id: int) -> dict[Pair, AnnouncedPair]:
    """Return the pairs of a round that managers were told of."""
    query = select(AnnouncedPair)
    query = query.where(AnnouncedPair.round_id == round_id)
    found = {}
    for row in session.exec(query):
        key = row.request_id, row.mentor_id
        found[key] = row
    return found


def of_pair(pair: RoundPair, now: datetime, until: datetime) -> AnnouncedPair:
    """Return that managers are told of a pair now, and may object until a moment."""
    return AnnouncedPair(
        round_id=pair.round_id,
        request_id=pair.request_id,
        mentor_id=pair.mentor_id,
        announced_at=now,
        objections_until=until,
    )
