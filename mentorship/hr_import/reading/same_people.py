"""Who of the file is who here, where the number alone does not say so: asked, so that nobody is doubled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from mentorship.base.i18n import N_
from mentorship.hr_import.reading import names, values
from mentorship.hr_import.reading.cells import tidied
from mentorship.hr_import.reading.export import Known, KnownPerson, Remark
from mentorship.hr_import.reading.questions import BACK, ERASED, GONE, OTHER, RENUMBERED, RETURNED, SAME, ZEROS, Asked
from mentorship.hr_import.reading.sheets import Row, Sheet


@dataclass
class SamePeople:
    """What was settled: `numbers` of the file that stand for one here, new numbers here, and who came back."""

    numbers: dict[str, str] = field(default_factory=dict)
    renumbered: dict[str, str] = field(default_factory=dict)
    returned: list[str] = field(default_factory=list)
    left_alone: set[str] = field(default_factory=set)

    def known(self, known: Known) -> Known:
        """Return who is known, by the numbers that they have from now on."""
        if not self.renumbered:
            return known
        people: dict[str, KnownPerson] = {}
        for person in known.people.values():
            manager = person.manager and self.renumbered.get(person.manager, person.manager)
            number = self.renumbered.get(person.number, person.number)
            others = tuple(self.renumbered.get(other, other) for other in person.others_above)
            people[number.casefold()] = replace(
                person,
                number=number,
                manager=manager,
                others_above=others,
            )
        return replace(known, people=people)


@dataclass(frozen=True)
class _InFile:
    """What a row says of who somebody is."""

    number: str
    name: str
    email: str
    site: str

    @classmethod
    def of(cls, row: Row) -> _InFile:
        cells = row.cells
        whole = cells.get("Naam", "")
        if "Achternaam" in cells:
            whole = " ".join((cells.get("Roepnaam", ""), cells.get("Voorvoegsel", ""), cells["Achternaam"]))
        elif whole:
            whole = " ".join(names.split(tidied(whole)))
        return cls(
            values.number(tidied(cells.get("Medewerkernummer", ""))),
            names.key(whole),
            tidied(cells.get("E-mail werk", "")).lower(),
            tidied(cells.get("Vestiging", "")).casefold(),
        )


@dataclass(frozen=True)
class _About:
    """What the questions are about: who is known, whom to ask, and what was settled so far."""

    known: Known
    asked: Asked
    settled: SamePeople


def settle(sheet: Sheet | None, known: Known, asked: Asked) -> SamePeople:
    """Find whom to ask about, and return what was answered, or else is likely."""
    settled = SamePeople()
    if sheet is None:
        return settled
    there: dict[str, Row] = {}
    for row in sheet.rows:
        number = values.number(tidied(row.cells.get("Medewerkernummer", "")))
        there.setdefault(number.casefold(), row)
    about = _About(
        known,
        asked,
        settled,
    )
    _ask_erased(there, about)
    _ask_returned(there, about)
    new = _new(there, about)
    if new and known.people:
        absent = {key: person for key, person in known.people.items() if key not in there and not person.left}
        _ask_numbers(
            new,
            absent,
            about,
        )
    return settled


def _new(there: Mapping[str, Row], about: _About) -> list[Row]:
    """Return the rows of who is not known here, and may come in."""
    found = []
    for number, row in there.items():
        known = number in about.known.people or number in about.settled.left_alone
        if number and not known:
            found.append(row)
    return found


def _ask_erased(there: Mapping[str, Row], about: _About) -> None:
    """Ask about who is new here but was before, and had everything erased: they do not come back by themselves."""
    new = there.keys() - about.known.people.keys() - {""}
    for key, seal in sorted(about.known.erased(new).items()):
        answer = about.asked.ask(
            ERASED,
            seal,  # what is answered is kept, and the number of who was erased is not
            Remark(N_("%(number)s had everything erased, and is in the export."), {"number": key}),
            GONE,
        )
        if answer != BACK:
            about.settled.left_alone.add(key)


def _ask_returned(there: Mapping[str, Row], about: _About) -> None:
    for key, person in about.known.people.items():
        if person.left and key in there:
            says = Remark(N_("%(number)s left, and is in the export."), {"number": person.number})
            answer = about.asked.ask(
                RETURNED,
                person.number,
                says,
                GONE,
            )
            if answer == BACK:
                about.settled.returned.append(person.number)
            else:
                about.settled.left_alone.add(key)


def _ask_numbers(new: Iterable[Row], absent: Mapping[str, KnownPerson], about: _About) -> None:
    without_zeros = _unique((key.lstrip("0"), person) for key, person in absent.items())
    by_name: dict[str, list[KnownPerson]] = defaultdict(list)
    for person in absent.values():
        by_name[person.name].append(person)
    taken: set[str] = set()
    for row in new:
        said = _InFile.of(row)
        short = said.number.casefold().lstrip("0")
        same = without_zeros.get(short)
        kind = ZEROS
        if same is None or same.number in taken:
            named = by_name.get(said.name, ())
            kind = RENUMBERED
            same = _first_fitting(
                said,
                named,
                about.known,
                taken,
            )
        if same is not None:
            taken.add(same.number)
            _ask_number(
                kind,
                said,
                same,
                about,
            )


def _ask_number(kind: str, said: _InFile, person: KnownPerson, about: _About) -> None:
    """Ask whether a new number is of somebody here; leave it to the number that has its zeros."""
    likely = SAME if person.name == said.name else OTHER
    says = Remark(
        N_("%(new)s in the file, %(old)s here."),
        {"new": said.number, "old": person.number},
    )
    answer = about.asked.ask(
        kind,
        said.number,
        says,
        likely,
    )
    if answer != SAME:
        return
    if kind == ZEROS and len(said.number) < len(person.number):
        about.settled.numbers[said.number.casefold()] = person.number
    else:
        about.settled.renumbered[person.number] = said.number


def _first_fitting(
    said: _InFile,
    people: Iterable[KnownPerson],
    known: Known,
    taken: Collection[str],
) -> KnownPerson | None:
    for person in people:
        if (
            said.name
            and person.number not in taken
            and _fits(
                said,
                person,
                known,
            )
        ):
            return person
    return None


def _fits(said: _InFile, person: KnownPerson, known: Known) -> bool:
    """Tell whether a row of the same name may be about somebody: the same address, or the same site and no other."""
    if said.email and person.email:
        return said.email == person.email
    site = known.sites.get(said.site, said.site)
    return not said.site or site.casefold() == person.site.casefold()


def _unique(found: Iterator[tuple[str, KnownPerson]]) -> dict[str, KnownPerson]:
    """Return what leads to one person alone."""
    unique: dict[str, KnownPerson | None] = {}
    for key, person in found:
        unique[key] = None if key in unique else person
    return {key: person for key, person in unique.items() if person is not None}
