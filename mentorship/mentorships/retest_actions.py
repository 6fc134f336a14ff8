"""The verb that notes which rules running pairs no longer meet. It never commits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mentorship.base.db import insert_new
from mentorship.mentorships.models import FailingRule

_CHUNK = 5000


def set_failing(session: Session, broken: Mapping[int, Collection[str]], now: datetime) -> None:
    """Note which rules each tested pair breaks: new ones are found now, those that hold again are taken off.

    Of pairs that were not tested, such as one that pauses, what was noted stays.
    """
    known = set(session.exec(select(FailingRule.mentorship_id, FailingRule.rule)).all())
    found = {(pair, rule) for pair, rules in broken.items() for rule in rules}
    again: dict[str, list[int]] = {}
    for pair, rule in sorted(known - found):
        if pair in broken:
            again.setdefault(rule, []).append(pair)
    for rule, pairs in again.items():
        for start in range(0, len(pairs), _CHUNK):
            these = col(FailingRule.mentorship_id).in_(pairs[start : start + _CHUNK])
            session.exec(delete(FailingRule).where(col(FailingRule.rule) == rule, these))
    fresh = sorted(found - known)
    insert_new(session, FailingRule, [{"mentorship_id": p, "rule": r, "found_at": now} for p, r in fresh])
