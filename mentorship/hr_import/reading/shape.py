"""How the lines of a table are cut into the cells of rows, by column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.export import Remark
from mentorship.hr_import.reading.kinds import FileSpec
from mentorship.hr_import.reading.sheets import Row, shown
from mentorship.hr_import.reading.tables import Cells

_QUOTES = Remark(N_("The quotation marks in this row do not match."))
_ONE_COLUMN = N_("This row has one column, not %(expected)s.")
_COLUMNS = N_("This row has %(found)s columns, not %(expected)s.")
_CUT_SHORT = N_("This row has %(found)s columns, not %(expected)s: it says nothing of the others.")


@dataclass(frozen=True)
class Shape:
    """How wide a row is, and where each column stands in it."""

    source: str
    width: int
    places: tuple[tuple[str, int], ...]
    key_place: int
    needed: int
    """A row with so many cells has those that its kind cannot do without."""

    @classmethod
    def of(cls, spec: FileSpec, places: Mapping[str, int], source: str, width: int) -> Shape:
        """Return how rows under headings of one kind are cut."""
        required = []
        for column in spec.required:
            instead = spec.instead.get(column, "")
            place = places.get(column, places.get(instead))
            required.append(place or 0)
        return cls(
            source,
            width,
            tuple(places.items()),
            key_place=required[0],
            needed=max(required) + 1,
        )

    def row(self, line: int, cells: Cells | None) -> Row:
        """Return one row; cells beyond the last heading may be there when they are empty."""
        if cells is None:
            return Row(
                line,
                "",
                {},
                _QUOTES,
                self.source,
            )
        width = self.width
        key = cells[self.key_place] if self.key_place < len(cells) else ""
        if len(key) > 40 or not key.isprintable():
            key = shown(key)
        if len(cells) != width:
            return self._uneven(
                line,
                key.strip(),
                cells,
            )
        by_column = {column: cells[place] for column, place in self.places}
        return Row(
            line,
            key.strip(),
            by_column,
            None,
            self.source,
        )

    def _uneven(self, line: int, key: str, cells: Cells) -> Row:
        count = len(cells)
        params = {"found": count, "expected": self.width}
        if count == 1 and self.width > 1:
            return Row(
                line,
                key,
                {},
                Remark(_ONE_COLUMN, params),
                self.source,
            )
        beyond = "".join(cells[self.width :]).strip()
        if beyond or count < self.needed:
            return Row(
                line,
                key,
                {},
                Remark(_COLUMNS, params),
                self.source,
            )
        by_column = {column: cells[place] for column, place in self.places if place < count}
        short = len(by_column) < len(self.places)
        note = Remark(_CUT_SHORT, params) if short else None
        return Row(
            line,
            key,
            by_column,
            None,
            self.source,
            note,
        )
