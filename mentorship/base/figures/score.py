"""The stacked score: what each criterion adds, as long as it weighs, and the floor that all but the last must pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mentorship.base.figures.table import Table
from mentorship.base.i18n import N_, gettext, integer, percent

WIDTH = 160
ORDER = ("domain", "together", "preference", "wish", "continuity")
"""Left to right; continuity comes last, for the floor leaves it out."""
UNDER_THE_FLOOR = "continuity"
PATTERNS = {
    "together": "hatch",
    "continuity": "dots",
}


@dataclass(frozen=True)
class Slice:
    """What one criterion adds: from where, how long, and in whole per cents of the score."""

    key: str
    name: str
    x: float
    width: float
    points: int

    @property
    def number(self) -> int:
        """The place of its criterion, from 1 on, whatever else is shown."""
        return ORDER.index(self.key) + 1

    @property
    def pattern(self) -> str:
        """What is drawn over its colour: hatch, dots or nothing."""
        return PATTERNS.get(self.key, "")


@dataclass(frozen=True)
class Score:
    """A score as the sum of its parts, which are as long together as it is high."""

    slices: tuple[Slice, ...]
    total: int
    floor: float | None
    said: str
    table: Table
    width: int = WIDTH

    @property
    def joints(self) -> list[float]:
        """Where one slice ends and another begins."""
        drawn = [each for each in self.slices if each.width]
        return [each.x for each in drawn[1:]]

    @property
    def written(self) -> str:
        """The score in whole per cents."""
        return percent(self.total / 100)


def score(
    parts: Mapping[str, float],
    weights: Mapping[str, float],
    names: Mapping[str, str],
    floor: float | None = None,
    width: int = WIDTH,
) -> Score:
    """Show a score: `parts` in [0, 1], `weights` and `names` by criterion; what is not in `parts` is not shown."""
    keys = [key for key in ORDER if key in parts]
    whole = sum(weights[key] for key in keys)
    added = [parts[key] * weights[key] / whole for key in keys]
    points = whole_points(added)
    slices = []
    reach = 0.0
    for key, share, number in zip(keys, added, points, strict=True):
        x = round(width * reach, 1)
        reach += share
        end = round(width * reach, 1)
        part = Slice(
            key=key,
            name=names[key],
            x=x,
            width=round(end - x, 1),
            points=number,
        )
        slices.append(part)
    total = sum(points)
    return Score(
        slices=tuple(slices),
        total=total,
        floor=None if floor is None else _floor(floor, keys, weights, width),
        said=_said(slices, total),
        table=_table(slices, total),
        width=width,
    )


def whole_points(shares: Sequence[float]) -> list[int]:
    """Return shares as whole per cents that add up to their rounded sum: the largest remainders are rounded up."""
    points = [int(100 * share) for share in shares]
    whole = round(100 * sum(shares))
    lacking = whole - sum(points)
    by_remainder = sorted(
        range(len(shares)),
        key=lambda place: points[place] - 100 * shares[place],
    )
    for place in by_remainder[:lacking]:
        points[place] += 1
    return points


def _floor(floor: float, keys: Sequence[str], weights: Mapping[str, float], width: int) -> float:
    """Return where the floor stands: it counts without continuity, of which the weight takes part of the width."""
    whole = sum(weights[key] for key in keys)
    counted = [key for key in keys if key != UNDER_THE_FLOOR]
    counting = sum(weights[key] for key in counted)
    reach = width * floor * counting / whole
    return round(reach, 1)


def _said(slices: Sequence[Slice], total: int) -> str:
    told = [f"{each.name} {integer(each.points)}" for each in slices]
    return gettext(
        N_("%(total)s of 100: %(parts)s"),
        total=integer(total),
        parts=", ".join(told),
    )


def _table(slices: Sequence[Slice], total: int) -> Table:
    head = (
        gettext(N_("Part")),
        gettext(N_("Points")),
    )
    rows = _rows(slices, total)
    return Table(head, tuple(rows))


def _rows(slices: Sequence[Slice], total: int) -> Iterator[tuple[str, ...]]:
    for each in slices:
        yield each.name, integer(each.points)
    yield gettext(N_("Together")), integer(total)
