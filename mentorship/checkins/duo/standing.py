"""How a pair stands, as the line and the coordinator read it on its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mentorship.base.i18n import gettext
from mentorship.checkins import balance, standings, words
from mentorship.checkins.balance import is_low
from mentorship.checkins.told import Told
from mentorship.mentorships.rules import JUNIOR, MENTOR


@dataclass(frozen=True)
class Standing:
    """What is said of a pair, or of one of its sides: the class with its mark, else a word, and what that means."""

    word: str
    means: str
    kind: str = ""
    anchor: str = ""


def seen(session: Session, pair_id: int, names: Mapping[str, str], telling: Told, now: datetime) -> list[Standing]:
    """Return how a pair stands, as far as its reader is told: its class, or whether each side above them is low."""
    sides = standings.sides(session, [pair_id], now, telling.counts)[pair_id]
    return as_told(sides, names, telling)


def as_told(sides: Mapping[str, str], names: Mapping[str, str], telling: Told) -> list[Standing]:
    """Return the same of a pair whose sides stand so."""
    if telling.whole:
        kind = balance.classify(sides[JUNIOR], sides[MENTOR])
        word = gettext(words.CLASSES[kind])
        means = gettext(words.CLASS_MEANING[kind])
        return [Standing(word, means, kind, kind.replace("_", "-"))]
    found = []
    for side in telling.sides:
        key = is_low(sides[side])
        low = gettext(words.SIDES[key])
        word = gettext("The side of %(name)s: %(low)s", name=names[side], low=low)
        means = gettext(words.SIDE_MEANING[key])
        found.append(Standing(word, means))
    return found
