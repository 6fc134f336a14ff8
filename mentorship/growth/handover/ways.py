"""What comes next of each piece of a plan, as one button: where it is done. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext
from mentorship.growth.handover import rules, words
from mentorship.growth.handover.lines import Line, Reading
from mentorship.growth.handover.models import PASSED_ON
from mentorship.profiles import coverage


@dataclass(frozen=True)
class Way:
    """A button: its sign, its words, and the door it leads to."""

    glyph: str
    text: str
    endpoint: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class Shown:
    """A piece as it stands on the page, with the way on where that is a link; `first`: its button is blue."""

    line: Line
    first: bool
    way: Way | None


def shown(found: Sequence[Line], reading: Reading) -> list[Shown]:
    """Return the pieces with their buttons; that of the first which is not passed on is blue."""
    first = next((line.key for line in found if line.step < PASSED_ON), 0)
    return [
        Shown(
            line,
            line.key == first,
            _way(
                line,
                reading,
            ),
        )
        for line in found
    ]


def _way(line: Line, reading: Reading) -> Way | None:
    glyph, text = words.NEXT.get(
        line.next.kind,
        ("", ""),
    )
    if not text:
        return None
    endpoint, values = _door(
        line,
        reading,
    )
    return Way(
        glyph,
        gettext(text),
        endpoint,
        values,
    )


def _door(line: Line, reading: Reading) -> tuple[str, dict[str, object]]:
    """Return where what comes next is done."""
    kind, person_id = line.next.kind, id_of(reading.person)
    if kind == rules.PAIR:
        return "direct.show", _proposed(
            line,
            person_id,
        )
    if kind in (rules.DUO, rules.AIM):
        return _pair(
            line,
            reading,
        )
    anchor = "receiver" if kind == rules.CHOOSE else "where"
    return "handover.piece", {"person_id": person_id, "domain_id": line.key, "_anchor": anchor}


def _pair(line: Line, reading: Reading) -> tuple[str, dict[str, object]]:
    pair_id = line.next.mentorship_id
    if not reading.own:
        return "duos.index", {"open": pair_id}
    page = "goals.show" if line.next.kind == rules.AIM else "mentorships.show"
    return page, {"mentorship_id": pair_id}


def _proposed(line: Line, mentor_id: int) -> dict[str, object]:
    """Return what is filled in already where a pair is proposed: what they want to learn, how far, and by whom."""
    return {
        "person_id": line.next.receiver_id,
        "domain_1": line.key,
        "current_1": line.next.level,
        "target_1": coverage.HOLDS,
        "mentor_id": mentor_id,
    }
