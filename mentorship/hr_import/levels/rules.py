"""The lines of a sheet of levels -> what would change, and what cannot be read. Pure.

An empty cell leaves a level as it is. A sheet that was only downloaded and read back changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.hr_import.reading import values

MOST_CHANGES = 1_000
HIGHEST = 5
NUMBERS = ("medewerkernummer", "nummer", "number", "personeelsnummer", "personnel number")
NAMES = ("naam", "name")
NO_ROWS = N_("This file has no lines to read.")
NO_NUMBER = N_("There is no column with the personnel number. Begin with the sheet from here.")
NO_DOMAIN = N_("No column is called after a domain. Begin with the sheet from here.")
UNKNOWN_COLUMN = N_("No domain is called “%(title)s”; that column is left out.")
UNKNOWN_NUMBER = N_("Line %(line)s: nobody here has the number %(code)s.")
ZEROS = N_("Line %(line)s: nobody here has the number %(code)s. Did it lose the noughts of %(whole)s?")
OTHER_NAME = N_("Line %(line)s: number %(code)s is of somebody else than “%(name)s”.")
NO_LEVEL = N_("Line %(line)s, %(domain)s: “%(word)s” is no level.")
TWICE = N_("Line %(line)s: number %(code)s stands here twice.")


@dataclass(frozen=True)
class Known:
    """Who and what there is: people by number, their names, domains by what they are called, who has which level."""

    people: Mapping[str, int]
    names: Mapping[int, str]
    domains: Mapping[str, int]
    have: Mapping[tuple[int, int], int]

    @cached_property
    def without_noughts(self) -> dict[str, str]:
        """Return the number that each would be without its first noughts; none where two would be the same."""
        found: dict[str, str] = {}
        for number in self.people:
            bare = number.lstrip("0")
            found[bare] = "" if bare in found else number
        return found


@dataclass(frozen=True)
class Change:
    """A level of somebody that would become another; before: 0 where nothing is filled in."""

    person_id: int
    domain_id: int
    before: int
    after: int

    @property
    def key(self) -> str:
        """Return what a form sends of it."""
        return f"{self.person_id}-{self.domain_id}-{self.before}-{self.after}"

    @property
    def lower(self) -> bool:
        """Tell whether somebody would stand lower than now, which is rarely meant."""
        return self.after < self.before


@dataclass(frozen=True)
class Trouble:
    """Something that cannot be read: the sentence, and what stands in it."""

    sentence: str
    values: Mapping[str, object]


@dataclass
class Found:
    """What a sheet comes to."""

    changes: list[Change] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    people: set[int] = field(default_factory=set)

    def tell(self, sentence: str, **told: object) -> None:
        """Note that something cannot be read."""
        self.troubles.append(Trouble(sentence, told))


@dataclass(frozen=True)
class Heads:
    """Where in a line the number and the name stand, and each domain: its place, its id, what it is called here."""

    number: int
    name: int | None
    domains: Sequence[tuple[int, int, str]]


def read(lines: Iterable[tuple[int, Sequence[str]]], known: Known) -> Found:
    """Read the lines of a sheet: the first holds the heads."""
    found = Found()
    rows = iter(lines)
    _, first = next(rows, (0, ()))
    if not first:
        raise Refused(NO_ROWS, field="file")
    heads = _heads(first, known, found)
    for line, cells in rows:
        if heads.number < len(cells) and cells[heads.number].strip():
            _row(line, cells, heads, known, found)
    if len(found.changes) > MOST_CHANGES:
        raise Refused(
            N_("More than %(most)s levels would change at once. Read the sheet in parts."),
            field="file",
            most=MOST_CHANGES,
        )
    return found


def _heads(cells: Sequence[str], known: Known, found: Found) -> Heads:
    plain = [cell.strip().casefold() for cell in cells]
    number = _place(plain, NUMBERS)
    if number is None:
        raise Refused(NO_NUMBER, field="file")
    name = _place(plain, NAMES)
    domains = []
    for place, head in enumerate(plain):
        if head in known.domains:
            domains.append((place, known.domains[head], cells[place].strip()))
        elif head and place not in (number, name):
            found.tell(UNKNOWN_COLUMN, title=cells[place].strip())
    if not domains:
        raise Refused(NO_DOMAIN, field="file")
    return Heads(number, name, domains)


def _place(heads: Sequence[str], called: Sequence[str]) -> int | None:
    for place, head in enumerate(heads):
        if head in called:
            return place
    return None


def _row(line: int, cells: Sequence[str], heads: Heads, known: Known, found: Found) -> None:
    person_id = _person(line, cells, heads, known, found)
    if person_id is None:
        return
    if person_id in found.people:
        found.tell(TWICE, line=line, code=cells[heads.number].strip())
        return
    found.people.add(person_id)
    for place, domain_id, title in heads.domains:
        word = cells[place].strip() if place < len(cells) else ""
        if not word:
            continue
        after = values.level(word)
        if after is None or not 0 <= after <= HIGHEST:
            found.tell(NO_LEVEL, line=line, domain=title, word=word)
            continue
        before = known.have.get((person_id, domain_id), 0)
        if after != before:
            found.changes.append(Change(person_id, domain_id, before, after))


def _person(line: int, cells: Sequence[str], heads: Heads, known: Known, found: Found) -> int | None:
    number = cells[heads.number].strip()
    person_id = known.people.get(number)
    if person_id is None:
        whole = known.without_noughts.get(number, "")
        if whole:
            found.tell(ZEROS, line=line, code=number, whole=whole)
        else:
            found.tell(UNKNOWN_NUMBER, line=line, code=number)
        return None
    name = ""
    if heads.name is not None and heads.name < len(cells):
        name = cells[heads.name].strip()
    if name and name.casefold() != known.names[person_id].casefold():
        found.tell(OTHER_NAME, line=line, code=number, name=name)
        return None
    return person_id


def by_person(changes: Iterable[Change]) -> dict[int, list[Change]]:
    """Return what changes of each person."""
    found: dict[int, list[Change]] = {}
    for change in changes:
        found.setdefault(change.person_id, []).append(change)
    return found


def still_so(changes: Iterable[Change], level: Callable[[int, int], int]) -> bool:
    """Tell whether every level is still what it was when the sheet was looked at."""
    return all(level(change.person_id, change.domain_id) == change.before for change in changes)
