"""How somebody stands in what a job asks. Pure."""

from __future__ import annotations

from dataclasses import dataclass

OK, GROWS, GAP = "ok", "grows", "gap"


def stands(have: int, need: int, goal: int) -> str:
    """Tell whether a level is there, is worked on in a pair, or lacks without a plan."""
    if have >= need:
        return OK
    return GROWS if goal >= need else GAP


@dataclass(frozen=True)
class Column:
    """Of a domain that is asked: its level, and how many have it or grow towards it, of how many."""

    domain_id: int
    need: int
    ok: int
    grows: int
    people: int

    @property
    def gaps(self) -> int:
        """Return how many lack it without a plan."""
        return self.people - self.ok - self.grows


def worst(columns: list[Column]) -> Column | None:
    """Return the domain that most people lack without a plan, the first of those; None when nobody lacks any."""
    most = max((column.gaps for column in columns), default=0)
    if not most:
        return None
    return next(column for column in columns if column.gaps == most)
