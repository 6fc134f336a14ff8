"""How a pair stands, as the line and the coordinator read it on its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mentorship.base.i18n import gettext
from mentorship.checkins import standings, words
from mentorship.checkins.balance import is_low
from mentorship.checkins.told import Told


@dataclass(frozen=True)
class Standing:
    """What is said of a pair, or of one of its sides: the class with its mark, else a word, and what that means."""

    word: str
    means: str
    kind: str = ""
    anchor: str = ""


def seen(session: Session, pair_id: int, names: Mapping[str, str], telling: Told, now: datetime) -> list[Standing]:
    """Return how a pair stands, as far as its reader is told: its class, or whether each side above them is low."""
    if telling.whole:
        kind = standings.standings(session, [pair_id], now, telling.counts)[pair_id]
        word = gettext(words.CLASSES[kind])
        means = gettext(words.CLASS_MEANING[kind])
        return [Standing(word, means, kind, kind.replace("_", "-"))]
    sides = standings.sides(session, [pair_id], now, telling.counts)[pair_id]
    found = []
    for side in telling.sides:
        key = is_low(sides[side])
        low = gettext(words.SIDES[key])
        word = gettext("The side of %(name)s: %(low)s", name=names[side], low=low)
        means = gettext(words.SIDE_MEANING[key])
        found.append(Standing(word, means))
    return found
