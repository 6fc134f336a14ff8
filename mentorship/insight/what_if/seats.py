"""How many places a mentor has free after what is tried with them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mentorship.insight.what_if.changes import AWAY, MENTOR, PAUSE, PLACES, Change
from mentorship.profiles.away.rules import misses_begin, ordinals


@dataclass(frozen=True)
class Stand:
    """How somebody stands today who guides, or could: places set and free, and the juniors they have.

    `held`: places that other rounds have for somebody; `out`: takes nobody now, whatever the reason.
    """

    person_id: int
    places: int
    free: int
    juniors: int
    held: int = 0
    out: bool = False

    @property
    def capacity(self) -> int:
        """Return how many places a round can fill today."""
        return 0 if self.out else max(0, self.free - self.held)

    @property
    def load(self) -> int:
        """Return how many juniors they have, with those they are held for."""
        return self.juniors + self.held


def seats(stand: Stand, changes: Iterable[Change], today: date) -> int:
    """Return how many places a round could fill with somebody after these changes.

    Places that are tried count as if the hours they take were confirmed. Being away keeps somebody out of a round as it
    always does: when they miss the whole of its first two weeks. Days on which they are away already are left aside:
    nobody may find them out by trying.
    """
    free, out = stand.capacity, stand.out
    spells = []
    for change in changes:
        if change.what in (PLACES, MENTOR):
            free = max(0, change.places - stand.load)
        elif change.what == PAUSE:
            out = True
        elif change.what == AWAY and change.spell is not None:
            spells.append(change.spell)
    if spells and misses_begin(ordinals(spells), today):
        out = True
    return 0 if out else free
