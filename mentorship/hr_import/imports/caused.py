"""What an import caused: the running pairs that no longer fit a rule since it, one line a pair, for the coordinator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext
from mentorship.checkins.findings import RULE
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.signals.words import RULES
from mentorship.hr_import.imports.models import TAKEN, TakenImport
from mentorship.mentorships import queries as mentorships
from mentorship.people import queries as people

WITHIN = timedelta(minutes=70)
"""Running pairs are tested every hour: what fails in the first test after an import came with it."""


@dataclass(frozen=True)
class Caused:
    """A pair that no longer fits: which rules, and the signal about it, if one stands."""

    pair_id: int
    names: str
    rules: Sequence[str]
    signal_id: int | None


def counts(session: Session, imports: Sequence[TakenImport]) -> dict[int, int]:
    """Return how many running pairs no longer fit a rule since each of these imports, those that caused none left out.

    The number of queries does not grow with the imports.
    """
    failing = mentorships.failing(session)
    found: Counter[int] = Counter()
    for first, before in _spans(imports):
        for pair in failing.values():
            if any(first.at < at <= before for at in pair.values()):
                found[id_of(first)] += 1
    return dict(found)


def of_import(session: Session, one: TakenImport) -> list[Caused]:
    """Return the running pairs that no longer fit a rule since an import, by name."""
    later = select(TakenImport).where(
        TakenImport.outcome == TAKEN,
        col(TakenImport.id) > id_of(one),
    )
    following = session.exec(later.order_by(col(TakenImport.id)).limit(1)).first()
    spans = _spans([one, *([following] if following else [])])
    before = next(until for first, until in spans if first.id == one.id)
    rules = {}
    for pair_id, failing in mentorships.failing(session).items():
        since = sorted(rule for rule, at in failing.items() if one.at < at <= before)
        if since:
            rules[pair_id] = since
    return _named(session, rules)


def _spans(imports: Sequence[TakenImport]) -> list[tuple[TakenImport, datetime]]:
    """Return until when what fails came with each import: the next one, or the first test after it."""
    taken = sorted((one for one in imports if one.outcome == TAKEN), key=id_of)
    spans = []
    for place, one in enumerate(taken):
        until = one.at + WITHIN
        if place + 1 < len(taken):
            until = min(until, taken[place + 1].at)
        spans.append((one, until))
    return spans


def _named(session: Session, rules: dict[int, list[str]]) -> list[Caused]:
    pairs = mentorships.by_id(session, rules)
    sides: set[int] = set()
    for pair in pairs.values():
        sides |= {pair.mentor_id, pair.junior_id}
    named = people.persons(session, sides)
    signals = _signals(session, list(rules))
    found = []
    for pair_id, pair in pairs.items():
        names = f"{named[pair.mentor_id].name} – {named[pair.junior_id].name}"
        said = [gettext(RULES[rule]) for rule in rules[pair_id]]
        found.append(Caused(pair_id, names, said, signals.get(pair_id)))
    return sorted(found, key=lambda one: (one.names, one.pair_id))


def _signals(session: Session, pair_ids: list[int]) -> dict[int, int]:
    """Return the signal about a rule that stands of each of these pairs."""
    query = select(Signal.mentorship_id, Signal.id).where(
        col(Signal.mentorship_id).in_(pair_ids),
        Signal.kind == RULE,
        Signal.status != "done",
    )
    found = {}
    for pair_id, signal_id in session.exec(query.order_by(col(Signal.id).desc())):
        if signal_id is not None:
            found[pair_id] = signal_id
    return found
