"""A mean on a scale as a bar, and an empty one where it is not told."""

from __future__ import annotations

from dataclasses import dataclass

WHOLE = 100


@dataclass(frozen=True)
class MeanBar:
    """How long the bar is, in per cents of the scale; `hidden`: it says nothing, and is drawn as an empty one."""

    length: float
    hidden: bool = False


def mean_bar(value: float | None) -> MeanBar:
    """Return the bar of a mean in [0, 1], or (None) that of one that is hidden."""
    if value is None:
        return MeanBar(WHOLE, hidden=True)
    inside = min(max(value, 0.0), 1.0)
    return MeanBar(round(WHOLE * inside, 1))
