"""What is said of the rosters of one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mentorship.base.i18n import gettext, long_day
from mentorship.profiles.rosters import rules
from mentorship.profiles.rosters.rules import Pieces


@dataclass(frozen=True)
class Held:
    """A roster that somebody works by ("" for none), and from when on."""

    name: str
    note: str


def held(pieces: Pieces, names: Mapping[int, str], today: date) -> list[Held]:
    """Return by which rosters somebody works, from the one of today on."""
    found: list[Held] = []
    for begins, roster_id in rules.since(pieces, today.toordinal()):
        note = gettext("now")
        if found:
            note = gettext("from %(day)s", day=long_day(date.fromordinal(begins)))
        name = "" if roster_id is None else names[roster_id]
        found.append(Held(name, note))
    return found


def heading(rosters: list[Held], name: str, *, own: bool) -> str:
    """Return by which roster somebody works, to themselves or to who keeps rosters."""
    if not rosters[0].name:
        return gettext("No roster yet")
    if own:
        return gettext("You work by “%(roster)s”", roster=rosters[0].name)
    return gettext("%(name)s works by “%(roster)s”", name=name, roster=rosters[0].name)
