"""What asks attention among the pairs that somebody sees, as far as they are told it; and who reads what of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mentorship.checkins import balance, findings, told
from mentorship.checkins.balance import LOW, is_low
from mentorship.checkins.signals import queries as signals
from mentorship.checkins.signals.viewers import Seen
from mentorship.checkins.told import Told
from mentorship.checkins.visibility import SIDES, Ties
from mentorship.insight.duos.kept import KeptSides, Sides
from mentorship.insight.duos.scope import Running, Scope
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.programme import queries as programme
from mentorship.programme.rules import Visibility

ASKING = (balance.TALK_NOW, balance.STUCK, balance.ON_RESERVE)
"""The classes that ask attention, the most urgent first."""
ORDER = (*ASKING, balance.LOW, balance.UNKNOWN, balance.NOT_LOW, balance.IN_BALANCE)
"""How pairs are sorted by how they stand; of a pair of which nothing is told, last."""


@dataclass(frozen=True)
class Standings:
    """How the running pairs stand as one reader is told it, and which signals they see of them.

    `told`: of each pair its class, or of each side that they are told of whether it is low; `signals` the most urgent
    first.
    """

    running: Sequence[Running]
    told: Mapping[int, tuple[str, ...]]
    signals: Mapping[int, Sequence[Seen]]
    kinds: tuple[str, ...]

    @property
    def counts(self) -> Counter[str]:
        """Count the pairs by what is told of them: one with a low side counts as low."""
        return Counter(self.worst(pair_id) for pair_id in self.told)

    def worst(self, pair_id: int) -> str:
        """Return the most urgent of what is told of a pair; "" where that is nothing."""
        found = self.told.get(pair_id, ())
        return min(found, key=ORDER.index) if found else ""

    def of_kinds(self, kinds: Collection[str]) -> set[int]:
        """Return the pairs of which one of these is told."""
        return {pair_id for pair_id in self.told if self.worst(pair_id) in kinds}

    def place(self, pair_id: int) -> int:
        """Return where a pair stands when sorted by that."""
        worst = self.worst(pair_id)
        return ORDER.index(worst) if worst else len(ORDER)

    @property
    def asking(self) -> set[int]:
        """The pairs that ask attention: by how they stand, or by a signal that this reader acts on."""
        found = {pair_id for pair_id in self.told if self.worst(pair_id) in (*ASKING, LOW)}
        return found | self._raised(lambda seen: seen.acts)

    @property
    def apart(self) -> set[int]:
        """The pairs of which it was noticed that they did not work together for four weeks."""
        return self._raised(lambda seen: seen.shown.kind == findings.APART)

    def _raised(self, wanted: Callable[[Seen], bool]) -> set[int]:
        """Return the running pairs, but for one's own, of which such a signal is open."""
        found = set()
        for one in self.running:
            raised = self.signals.get(one.mentorship_id, ())
            if not one.ties.side and any(wanted(seen) for seen in raised):
                found.add(one.mentorship_id)
        return found


def standings(session: Session, scope: Scope, now: datetime, kept: KeptSides) -> Standings:
    """Return how all running pairs of a scope stand; of the reader's own nothing, which has a page of its own."""
    managers = programme.visibility(session)
    running = scope.running()
    others = [one for one in running if not one.ties.side]
    return Standings(
        running,
        _told(
            session,
            others,
            managers,
            now,
            kept,
        ),
        _signals(
            session,
            scope,
            now,
        ),
        kinds(
            scope,
            managers,
        ),
    )


def kinds(scope: Scope, managers: Visibility) -> tuple[str, ...]:
    """Return what the reader can be told of a pair that is not their own; nothing where the programme says so."""
    telling = told.told(
        scope.as_reader,
        managers,
    )
    if telling is None:
        return ()
    if telling.whole:
        return (*ASKING, balance.IN_BALANCE, balance.UNKNOWN)
    return (LOW, balance.NOT_LOW, balance.UNKNOWN)


def _told(
    session: Session, pairs: Sequence[Running], managers: Visibility, now: datetime, kept: KeptSides
) -> dict[int, tuple[str, ...]]:
    alike: dict[Ties, Told | None] = {}
    telling = {}
    for one in pairs:
        if one.ties not in alike:
            alike[one.ties] = told.told(
                one.ties,
                managers,
            )
        how = alike[one.ties]
        if how is not None:
            telling[one.mentorship_id] = how
    if not telling:
        return {}
    first = next(iter(telling.values()))
    sides = kept.of(
        session,
        telling,
        now,
        first.counts,
        () if first.whole else (managers,),
    )
    return {
        pair_id: _as_told(
            sides[pair_id],
            how,
        )
        for pair_id, how in telling.items()
    }


def _as_told(sides: Sides, telling: Told) -> tuple[str, ...]:
    if telling.whole:
        return (
            balance.classify(
                sides[JUNIOR],
                sides[MENTOR],
            ),
        )
    return tuple(is_low(sides[side]) for side in telling.sides)


def _signals(session: Session, scope: Scope, now: datetime) -> dict[int, list[Seen]]:
    """Return the signals that the reader sees of each pair; of their own they are on their own desk."""
    found: dict[int, list[Seen]] = {}
    for seen in signals.visible(
        session,
        scope.actor,
        now,
    ):
        if seen.viewer not in SIDES:
            found.setdefault(seen.row.mentorship_id, []).append(seen)
    return found
