"""Who reports to whom, and whose address it is: what can be told only when all people are read."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace

from mentorship.base.i18n import N_
from mentorship.hr_import.reading import names, values
from mentorship.hr_import.reading.cells import CAPITALS, WORD, Cells
from mentorship.hr_import.reading.export import Known, PersonRecord, Remark
from mentorship.hr_import.reading.gathering import Leftovers, TakenRow
from mentorship.hr_import.reading.kinds import PEOPLE
from mentorship.hr_import.reading.lines import circles
from mentorship.hr_import.reading.rows import Named
from mentorship.hr_import.reading.spellings import is_dash, plain

COLUMN = "Leidinggevende"
THROUGH_OTHERS = N_("This person reports to themselves, through others.")
_BETWEEN = re.compile(r"[,;/|&+\n]| en | and ")
_NOBODY = frozenset(("", "geen", "none", "nobody", "nvt", "n.v.t.", "0"))
_WORD = re.compile(r"[\w.-]+")

People = dict[Hashable, TakenRow[PersonRecord]]
"""The accepted rows by casefolded number, in the order of the file."""


@dataclass
class Line:
    """The people of an export while it is settled who is above whom."""

    leftovers: Leftovers
    people: People
    known: Known
    named: Named
    headings: Mapping[str, str]

    def settle(self) -> None:
        """Give everybody who is above them; set aside who is above themselves through others."""
        by_name: dict[str, str | None] | None = None
        above: dict[str, list[str]] = {}
        for key, taken in self.people.items():
            text = taken.record.manager
            if text is None:
                continue
            found = self._exactly(text)
            if found is None:
                by_name = by_name or self._by_name()
                found = self._several(
                    taken,
                    text,
                    by_name,
                )
            above[str(key)] = found
        self._drop_circles(above)
        for key, managers in above.items():
            if key in self.people:
                self.people[key] = self._under(self.people[key], managers)

    def _exactly(self, text: str) -> list[str] | None:
        """Return the one manager that a cell names by number, None when it says something else."""
        number = self.named.numbers.get(text.casefold(), text)
        found = self.named.people.get(number.casefold())
        return None if found is None else [found]

    def _by_name(self) -> dict[str, str | None]:
        """Return numbers by name, None for a name that several people have."""
        found: dict[str, str | None] = {}
        everybody = {person.number: person.name for person in self.known.people.values()}
        for taken in self.people.values():
            person = taken.record
            everybody[person.number] = names.key(
                person.given_name,
                person.infix,
                person.family_name,
            )
        for number, name in everybody.items():
            found[name] = None if name in found else number
        return found

    def _several(self, taken: TakenRow[PersonRecord], text: str, by_name: Mapping[str, str | None]) -> list[str]:
        """Return the managers that a cell names, by number or name; say which it names that are not known."""
        alone = self._one(text, by_name)
        if alone is not None:
            return [alone]
        found = []
        for part in _BETWEEN.split(text):
            written = part.strip()
            if plain(written) in _NOBODY or is_dash(written):
                continue
            number = self._one(written, by_name)
            if number is None:
                cells = Cells({}, self.headings)
                self.leftovers.fill(
                    PEOPLE,
                    taken.row,
                    COLUMN,
                    self.leftovers.unknown(
                        cells,
                        COLUMN,
                        written,
                    ),
                )
            else:
                found.append(number)
        return found

    def _one(self, text: str, by_name: Mapping[str, str | None]) -> str | None:
        """Return the number of whom a text names: by number, by name, or by both."""
        people = self.named.people
        meant = values.number(text).casefold()
        meant = self.named.numbers.get(meant, meant).casefold()
        number = people.get(meant) or people.get(meant.lstrip("0"))
        if number is None and any(letter.isdigit() for letter in text):
            words = [word.casefold() for word in _WORD.findall(text)]
            inside = [people[word] for word in words if word in people]
            if len(inside) == 1 and not _BETWEEN.search(text):
                return inside[0]
        return number or by_name.get(names.key(text))

    def _drop_circles(self, above: Mapping[str, Iterable[str]]) -> None:
        lines: dict[str, list[str]] = {}
        for key, person in self.known.people.items():
            if person.manager or person.others_above:
                lines[key] = _folded((person.manager, *person.others_above), key)
        for number in map(str, self.people):
            lines[number] = _folded(above.get(number, ()), number)
        in_circle = circles(lines)
        for number in [number for number in map(str, self.people) if number in in_circle]:
            taken = self.people.pop(number)
            self.leftovers.set_aside(
                PEOPLE,
                taken.row,
                Remark(THROUGH_OTHERS),
            )
            if number not in self.known.people:
                del self.named.people[number]

    def _under(self, taken: TakenRow[PersonRecord], managers: Iterable[str]) -> TakenRow[PersonRecord]:
        """Write a person under their managers, as those are written here or on their own row."""
        record = taken.record
        there = self._there(taken, managers)
        first = there[0] if there else None
        mended = [*taken.tidied]
        if first is not None and first != record.manager:
            same = first.casefold() == str(record.manager).casefold()
            kind = CAPITALS if same else WORD
            mended.append(kind)
            self.leftovers.tidied[PEOPLE.name, kind] += 1
        if first == record.manager and len(there) < 2:
            return taken
        under = replace(
            record,
            manager=first,
            others_above=tuple(there[1:]),
        )
        return replace(
            taken,
            record=under,
            tidied=mended,
        )

    def _there(self, taken: TakenRow[PersonRecord], managers: Iterable[str]) -> list[str]:
        """Return the managers who are there, without oneself; say of the others why they are not above somebody."""
        cells = Cells({}, self.headings)
        there = []
        for number in dict.fromkeys(managers):
            why = None
            if number == taken.record.number:
                why = cells.broken(N_("%(column)s is their own number: nobody was filled in."), COLUMN)
            elif number.casefold() not in self.named.people:
                why = self.leftovers.unknown(
                    cells,
                    COLUMN,
                    number,
                )
            if why is None:
                there.append(number)
            else:
                self.leftovers.fill(
                    PEOPLE,
                    taken.row,
                    COLUMN,
                    why,
                )
        return there


def _folded(numbers: Iterable[str | None], but: str) -> list[str]:
    found = [number.casefold() for number in numbers if number]
    return [number for number in found if number != but]
