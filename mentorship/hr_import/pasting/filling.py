"""A pasted list made whole: a number for who has none, an address that several share, words that are no role. Pure."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from mentorship.hr_import.pasting.rules import EMAIL, FAMILY, GIVEN, NAME, NUMBER, ROLE, Pasted, first_free
from mentorship.hr_import.reading import names
from mentorship.hr_import.reading.mapping import Mapping as Settled
from mentorship.hr_import.reading.mapping import learned
from mentorship.hr_import.reading.spellings import ROLES, plain

NEW, SKIP = "new", "skip"
NOBODY, FIRST = "nobody", "first"
_HINTS = (
    (("mentor", "senior", "meester", "opleider"), "senior"),
    (("leerling", "junior", "bbl", "stagiair", "aankomend", "trainee"), "junior"),
    (("leid", "chef", "manag", "voorman", "hoofd", "lead"), "manager"),
)
"""Parts of a word, and the role that it likely stands for."""
Cells = dict[str, str]


@dataclass(frozen=True)
class Answers:
    """What was chosen for all alike: numbers, shared addresses, and the role of each word."""

    no_number: str = NEW
    shared: str = NOBODY
    roles: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Filled:
    """The people of a list, ready to be read, and what was proposed for that."""

    people: list[Cells] = field(default_factory=list)
    without_number: list[str] = field(default_factory=list)
    proposed: dict[int, str] = field(default_factory=dict)
    shared: dict[str, int] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)


def filled(found: Pasted, columns: Sequence[str], here: Mapping[str, Sequence[str]], answers: Answers) -> Filled:
    """Return a list made whole. `here`: the numbers of who is here, by the key of their name."""
    made = Filled()
    rows = [_cells(row, columns) for row in found.rows]
    _settle_addresses(
        made,
        rows,
        answers.shared,
    )
    _settle_numbers(
        made,
        rows,
        here,
        answers.no_number,
    )
    if ROLE in columns:
        made.words = dict(_words(rows))
    return made


def _cells(row: Sequence[str], columns: Sequence[str]) -> Cells:
    cells = {}
    for column, cell in zip(
        columns,
        row,
        strict=True,
    ):
        if column:
            cells[column] = cell
    return cells


def name_of(cells: Mapping[str, str]) -> str:
    """Return the name in a row, as it stands there."""
    parts = (cells.get(GIVEN, ""), cells.get("Voorvoegsel", ""), cells.get(FAMILY, ""))
    return cells.get(NAME) or " ".join(filter(None, parts))


def _settle_addresses(made: Filled, rows: Sequence[Cells], shared: str) -> None:
    """Leave out an address that several have, for all of them or for all but the first."""
    count = Counter(cells[EMAIL].casefold() for cells in rows if cells.get(EMAIL))
    made.shared = {email: many for email, many in count.items() if many > 1}
    seen: set[str] = set()
    for cells in rows:
        email = cells.get(EMAIL, "").casefold()
        if email not in made.shared:
            continue
        if shared == NOBODY or email in seen:
            cells[EMAIL] = ""
        seen.add(email)


def _settle_numbers(made: Filled, rows: Sequence[Cells], here: Mapping[str, Sequence[str]], no_number: str) -> None:
    """Give who has no number the one they have here, else a new one, or leave them out."""
    taken = {number for numbers in here.values() for number in numbers}
    taken.update(cells.get(NUMBER, "") for cells in rows)
    free = first_free(taken)
    left = defaultdict(list, {key: list(numbers) for key, numbers in here.items()})
    for cells in rows:
        if not cells.get(NUMBER):
            name = name_of(cells)
            known = left[names.key(*names.split(name))]
            if known:
                cells[NUMBER] = known.pop(0)
            else:
                made.without_number.append(name)
                if no_number == SKIP:
                    continue
                cells[NUMBER] = str(free)
                made.proposed[len(made.people)] = str(free)
                free += 1
        made.people.append(cells)


def _words(rows: Sequence[Cells]) -> Counter[str]:
    """Count the words that are no role that is known."""
    found: Counter[str] = Counter()
    for cells in rows:
        word = cells.get(ROLE, "")
        if word and plain(word) not in ROLES:
            found[word] += 1
    return found


def likely_role(word: str) -> str:
    """Return the role that a word likely stands for, "" for none."""
    written = plain(word)
    for parts, role in _HINTS:
        if any(part in written for part in parts):
            return role
    return ""


def as_file(people: Sequence[Cells], columns: Collection[str]) -> bytes:
    """Return people as a file of an export."""
    used = [NUMBER, *(column for column in dict.fromkeys(columns) if column and column != NUMBER)]
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=";",
        lineterminator="\n",
    )
    writer.writerow(used)
    for cells in people:
        writer.writerow([cells.get(column, "") for column in used])
    return text.getvalue().encode()


def settled(words: Mapping[str, int], roles: Mapping[str, str], answers: Mapping[str, str]) -> Settled:
    """Return what was said about the words of a list, and to what was asked."""
    meant = {word: roles.get(word, likely_role(word)) for word in words}
    return learned(
        Settled(),
        roles=meant,
        answers=dict(answers),
    )
