"""The ladder of levels: the highest on top, and where somebody stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mentorship.base.figures.pips import Pips, levels


@dataclass(frozen=True)
class Rung:
    """A level as it is drawn: its dots, its word and an example; `state` is choose, here or below.

    `known`: somebody said before that they stand here, where all are still to choose from.
    """

    level: int
    pips: Pips
    word: str
    example: str
    state: str
    known: bool = False


def places_on(words: Sequence[str], examples: Sequence[str], known: int | None = None) -> tuple[Rung, ...]:
    """Return the rungs to say where one stands, from the highest down; `known` is what one said before."""
    rungs = []
    for level in reversed(range(len(words))):
        rung = Rung(
            level=level,
            pips=levels(level),
            word=words[level],
            example=examples[level],
            state="choose",
            known=level == known,
        )
        rungs.append(rung)
    return tuple(rungs)


def ladder(words: Sequence[str], examples: Sequence[str], here: int) -> tuple[Rung, ...]:
    """Return the rungs from the highest down, for who stands at `here` and may choose what is above it."""
    rungs = []
    for level in reversed(range(len(words))):
        rung = Rung(
            level=level,
            pips=levels(min(level, here), level),
            word=words[level],
            example=examples[level],
            state=_state(level, here),
        )
        rungs.append(rung)
    return tuple(rungs)


def _state(level: int, here: int) -> str:
    if level == here:
        return "here"
    return "choose" if level > here else "below"
