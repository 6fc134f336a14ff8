"""Pure decisions about what was agreed: what has to wait, what is narrower, and what may be weighed otherwise."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.programme.rules import CLASSES, RELEASED

QUESTIONS, SCALE, DAYS, LATER_DAYS = "questions", "scale", "days", "later_days"
VISIBILITY, WEIGHTS, FLOOR, SPREAD, WAITING = "visibility", "weights", "floor", "spread", "waiting"
MANAGERS_PAIR, OBJECTION_DAYS = "managers_pair", "objection_days"
MONTHS = ("notes_months", "answers_months", "pairs_months")
PACE, PURPOSES, INTEGRATIONS = "pace", "purposes", "integrations"
OF_PROGRAMME = (VISIBILITY, WEIGHTS, FLOOR, SPREAD, WAITING, MANAGERS_PAIR, OBJECTION_DAYS, *MONTHS)
OF_CHECK_INS = (QUESTIONS, SCALE, DAYS, LATER_DAYS)
OF_SERVICE = (PACE, PURPOSES, INTEGRATIONS)
"""What comes with a version of the service or is switched on outside it, so that nothing here can hold it back."""
AGREED = frozenset({*OF_PROGRAMME, *OF_CHECK_INS, *OF_SERVICE})
"""What is agreed to; everything else can be changed at once."""
TERMS = (WEIGHTS, FLOOR, SPREAD, WAITING)
"""By what pairs are matched."""
UNSAID = {WAITING: 0, MANAGERS_PAIR: False, OBJECTION_DAYS: 0}
"""What was agreed to where it is not named, as it was of before it could be chosen."""
UNMATCHED_COST = "unmatched_cost"
"""What a round lets staying out cost; None, as the council was told: as many as possible get a mentor."""
OTHER_TERMS = N_(
    "This round goes by other weights, another floor or spread, or counts waiting otherwise than was agreed to. "
    "Look as long as you like; to publish, set them back and find pairs again, or propose them at Programme."
)
QUALITY_FIRST = N_(
    "This round puts quality first, and it was agreed that as many as possible get a mentor. Look as long as you like; "
    "to publish, leave the cost of an unmatched request empty and find pairs again."
)

Snapshot = Mapping[str, Any]


@dataclass(frozen=True)
class Sifted:
    """What was wanted: what may hold at once, what waits, and what goes back to what was agreed."""

    at_once: dict[str, Any] = field(default_factory=dict)
    waits: dict[str, Any] = field(default_factory=dict)
    back: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Standing:
    """What was agreed, what holds now, what waits to be agreed to, and what was narrowed before that: each by name."""

    agreed: dict[str, Any]
    present: dict[str, Any]
    waits: dict[str, Any]
    urgent: dict[str, Any]


def sift(agreed: Snapshot | None, now: Snapshot, wanted: Snapshot) -> Sifted:
    """Tell what may hold at once: everything while nothing was agreed, else what is no part of that or was agreed."""
    at_once = {}
    waits = {}
    back = set()
    for name, value in wanted.items():
        if agreed is None or name not in AGREED:
            at_once[name] = value
        elif value == now[name]:
            continue
        elif value == _agreed_to(agreed, name):
            at_once[name] = value
            back.add(name)
        else:
            waits[name] = value
    return Sifted(at_once, waits, frozenset(back))


def _agreed_to(agreed: Snapshot, name: str) -> Any:
    return agreed.get(name, UNSAID.get(name))


def fingerprint(snapshot: Snapshot) -> str:
    """Return the SHA-256 of what was agreed, the same however it is written down."""
    text = json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def is_narrower(name: str, before: Any, after: Any) -> bool:
    """Tell whether a change only takes away: it shows nobody anything more, asks nothing more and keeps nothing longer.

    What managers see "released" lies wholly within what they see with "classes"; "aggregates" does not, as it shows
    published groups that the other two do not show.
    """
    if name == VISIBILITY:
        return (before, after) == (CLASSES, RELEASED)
    if name in MONTHS:
        return bool(after < before)
    if name == MANAGERS_PAIR:
        return bool(before and not after)
    if name in (DAYS, LATER_DAYS):
        return bool(after > before)
    if name == QUESTIONS:
        return _fewer(before, after)
    return False


def _fewer(before: Mapping[str, Sequence[Any]], after: Mapping[str, Sequence[Any]]) -> bool:
    for side, asked in after.items():
        known = before.get(side, ())
        if not all(question in known for question in asked):
            return False
    return before != after


def narrower(now: Snapshot, changes: Snapshot) -> dict[str, Any]:
    """Return those of the changes that only take away from how it is now."""
    found = {}
    for name, value in changes.items():
        if value != now[name] and is_narrower(name, now[name], value):
            found[name] = value
    return found


def check_kept(values: Snapshot) -> None:
    """Refuse to keep a part longer than what it belongs to."""
    notes, answers, pairs = (values[name] for name in MONTHS)
    if notes > answers:
        raise Refused(N_("A note is part of an answer, so answers are kept at least as long as notes."))
    if answers > pairs:
        raise Refused(N_("Answers belong to a pair, so pairs are kept at least as long as answers."))


def other_terms(agreed: Snapshot | None, terms: Snapshot) -> str:
    """Say in what a round goes otherwise than was agreed to; "" where it does not."""
    if agreed is None:
        return ""
    if any(terms[name] != _agreed_to(agreed, name) for name in TERMS):
        return OTHER_TERMS
    if terms[UNMATCHED_COST] is not None:
        return QUALITY_FIRST
    return ""


def check_terms(agreed: Snapshot | None, terms: Snapshot) -> None:
    """Refuse to make pairs otherwise than was agreed to."""
    other = other_terms(agreed, terms)
    if other:
        raise Refused(other)
