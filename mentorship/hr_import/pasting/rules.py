"""A pasted text -> its cells and columns, whatever parts them, with or without a line of headings. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.hr_import.reading.kinds import PEOPLE, folded
from mentorship.hr_import.reading.spellings import ROLES, plain
from mentorship.hr_import.reading.tables import Table, text_tables

NUMBER, NAME, GIVEN, FAMILY = "Medewerkernummer", "Naam", "Roepnaam", "Achternaam"
SITE, ROLE, EMAIL = "Vestiging", "Rol", "E-mail werk"
COLUMNS = (
    NAME,
    GIVEN,
    "Voorvoegsel",
    FAMILY,
    NUMBER,
    SITE,
    "Afdeling",
    ROLE,
    "Leidinggevende",
    EMAIL,
    "Talen",
    "Rooster",
)
"""What a column can be."""
MOST_ROWS = 3_000
MOST_COLUMNS = 40
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NUMBER = re.compile(r"[A-Za-z]{0,3}[-. ]?\d{1,12}")


@dataclass(frozen=True)
class Pasted:
    """The headings of a list ("" where it has none), and its rows, all as wide."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    headed: bool


def readable(text: str) -> str:
    """Return a text with a space for every character that cannot be shown."""
    return _UNREADABLE.sub(" ", text)


def check_readable(text: str) -> None:
    """Refuse a text with characters that cannot be shown."""
    if _UNREADABLE.search(text):
        raise Refused(N_("This text has characters that cannot be stored."), field="text")


def parted(text: str) -> Pasted:
    """Return the cells of a pasted text."""
    ways = text_tables(
        "",
        "",
        text,
    )
    best = max(ways, key=_weight)
    return pasted(best)


def _weight(table: Table) -> tuple[int, int, bool]:
    """Return what a way to part a text is worth: known headings; else tabs or semicolons on most of the lines."""
    lines = [cells for _, cells in table.records(0, None) if cells]
    if not lines:
        return 0, 0, False
    known = _known(lines[0])
    sign = getattr(
        table,
        "delimiter",
        "",
    )
    several = 0
    if sign in ("\t", ";"):
        several = sum(len(cells) > 1 for cells in lines)
    return known, several, sign == "\t"


def _known(cells: Sequence[str]) -> int:
    return sum(folded(cell) in PEOPLE.columns for cell in cells)


def pasted(table: Table) -> Pasted:
    """Return the cells of a table, without empty lines."""
    lines = []
    for _, cells in table.records(0, None):
        if cells is not None:
            lines.append([" ".join(cell.split()) for cell in cells[:MOST_COLUMNS]])
        if len(lines) > MOST_ROWS + 1:
            raise Refused(
                N_("This list is longer than %(most)s people. Read it in as a file."),
                "text",
                most=MOST_ROWS,
            )
    if not lines:
        raise Refused(N_("Paste at least one name."), field="text")
    width = max(map(len, lines))
    whole = [tuple(cells + [""] * (width - len(cells))) for cells in lines]
    if _known(whole[0]):
        return Pasted(
            whole[0],
            tuple(whole[1:]),
            headed=True,
        )
    return Pasted(
        ("",) * width,
        tuple(whole),
        headed=False,
    )


def written(found: Pasted) -> str:
    """Return a list as it would be pasted from a sheet."""
    lines = [found.headings, *found.rows] if found.headed else list(found.rows)
    return "\n".join("\t".join(cells) for cells in lines)


def likely(found: Pasted, sites: Collection[str]) -> list[str]:
    """Return what each column is, by its heading or else by what stands in it; "" for none. `sites`: casefolded."""
    taken: set[str] = set()
    columns = []
    for at, heading in enumerate(found.headings):
        if found.headed:
            _, column = PEOPLE.columns.get(folded(heading), (0, ""))
        else:
            column = _by_content(
                [row[at] for row in found.rows],
                sites,
                taken,
            )
        if column in taken or column not in COLUMNS:
            column = ""
        taken.add(column)
        columns.append(column)
    return columns


def _by_content(cells: Sequence[str], sites: Collection[str], taken: Collection[str]) -> str:
    """Return what most of these cells look like."""
    full = list(filter(None, cells))
    looks: tuple[tuple[str, Callable[[str], object]], ...] = (
        (EMAIL, lambda cell: "@" in cell),
        (NUMBER, _NUMBER.fullmatch),
        (SITE, lambda cell: cell.casefold() in sites),
        (ROLE, lambda cell: plain(cell) in ROLES),
    )
    for column, fits in looks:
        fitting = list(filter(fits, full))
        if 2 * len(fitting) > len(full):
            return column
    return NAME if full and NAME not in taken else ""


def check_columns(columns: Collection[str]) -> None:
    """Refuse a list in which no column holds a name."""
    if NAME in columns:
        return
    if GIVEN in columns and FAMILY in columns:
        return
    raise Refused(N_("Say which column holds the names."), field="column")


def first_free(numbers: Collection[str]) -> int:
    """Return the first number to propose: after the highest there is, from 9001 on."""
    highest = 9000
    for number in numbers:
        if number.isdecimal() and len(number) < 10:
            highest = max(highest, int(number))
    return highest + 1
