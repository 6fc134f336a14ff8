"""What is tried, as an address holds it: places=ID:N, mentor=ID:N, pause=ID, away=ID:from:until. Pure.

Nothing of it is kept anywhere else: whoever leaves the page throws it away, whoever copies its address keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.profiles.away.rules import Spell, check

PLACES, MENTOR, PAUSE, AWAY = "places", "mentor", "pause", "away"
KINDS = (PLACES, MENTOR, PAUSE, AWAY)
"""So many places, so many with somebody who offers none today, no new juniors, and away from a day until a day."""
MOST = 20
"""So many changes are tried at once."""
READ = 60
"""So many parts of an address are read at most."""
MOST_PLACES = 20
NUMBERED = re.compile(r"(\d{1,9}):(\d{1,2})")
NAMED = re.compile(r"(\d{1,9})")
SPELLED = re.compile(r"(\d{1,9}):(\d{4}-\d{2}-\d{2}):(\d{4}-\d{2}-\d{2})")

UNREAD = N_("This part of the address cannot be read, and was left out: %(part)s")
TOO_MANY = N_("At most %(most)s changes are tried at once; the others were left out.")
PLACES_BETWEEN = N_("Choose a number of places from 0 to %(most)s.")
SHOWN = 60
"""So many characters of what could not be read are shown."""


@dataclass(frozen=True)
class Change:
    """One thing that is tried with somebody."""

    what: str
    person_id: int
    places: int = 0
    spell: Spell | None = None

    @property
    def value(self) -> str:
        """Return how the address holds it."""
        if self.spell is not None:
            first, last = self.spell
            return f"{self.person_id}:{first.isoformat()}:{last.isoformat()}"
        if self.what == PAUSE:
            return str(self.person_id)
        return f"{self.person_id}:{self.places}"

    @property
    def sets(self) -> tuple[str, int]:
        """Return what two changes have in common of which the later one holds: a person has one number of places."""
        return PLACES if self.what == MENTOR else self.what, self.person_id


@dataclass(frozen=True)
class Asked:
    """What an address asks to try, in its order, and what of it was left out."""

    changes: Sequence[Change]
    wrong: Sequence[Refused]


def read(pairs: Iterable[tuple[str, str]], today: date) -> Asked:
    """Read an address; of two changes of the same thing the later one holds."""
    found: list[Change] = []
    wrong: list[Refused] = []
    asked = [(name, text) for name, text in pairs if name in KINDS]
    for name, text in asked[:READ]:
        try:
            change = parse(name, text, today)
        except Refused as failure:
            wrong.append(failure)
            continue
        found = with_one(found, change)
    if len(found) > MOST or len(asked) > READ:
        wrong.append(Refused(TOO_MANY, most=MOST))
    return Asked(found[:MOST], wrong)


def parse(what: str, text: str, today: date) -> Change:
    """Read one change.

    Raises
    ------
    Refused
        When it cannot be read, or cannot be.
    """
    if what == AWAY:
        return _away(text, today)
    if what == PAUSE:
        return Change(PAUSE, int(_matched(NAMED, what, text)[1]))
    found = _matched(NUMBERED, what, text)
    places = int(found[2])
    if places > MOST_PLACES:
        raise Refused(PLACES_BETWEEN, most=MOST_PLACES)
    return Change(what, int(found[1]), places)


def _away(text: str, today: date) -> Change:
    found = _matched(SPELLED, AWAY, text)
    try:
        spell = date.fromisoformat(found[2]), date.fromisoformat(found[3])
    except ValueError:
        raise _unread(AWAY, text) from None
    check(*spell, today)
    return Change(AWAY, int(found[1]), spell=spell)


def _matched(pattern: re.Pattern[str], what: str, text: str) -> re.Match[str]:
    found = pattern.fullmatch(text)
    if found is None or not text.isascii():
        raise _unread(what, text)
    return found


def _unread(what: str, text: str) -> Refused:
    part = "".join(letter for letter in text[:SHOWN] if letter.isprintable())
    return Refused(UNREAD, part=f"{what}={part}")


def without(changes: Sequence[Change], one: Change) -> list[Change]:
    """Return the changes but for one."""
    return [change for change in changes if change != one]


def with_one(changes: Sequence[Change], one: Change) -> list[Change]:
    """Return the changes with one more, in the place of what it replaces."""
    rest = [change for change in changes if change.sets != one.sets]
    return [*rest, one]


def address(changes: Iterable[Change]) -> dict[str, list[str]]:
    """Return the changes as values of an address."""
    found: dict[str, list[str]] = {}
    for change in changes:
        found.setdefault(change.what, []).append(change.value)
    return found
