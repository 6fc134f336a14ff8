"""A list as a room declares it, and what of it somebody looks at: plain values, which queries take."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

Value = str | int | float | Decimal | date | bool | None
"""What a cell of a sheet can hold."""
PAGE_SIZE = 50
"""How many rows of a list one page has."""


@dataclass(frozen=True)
class Column:
    """A column: its (untranslated) title, and the plain value that stands for it in a sheet; without one, in none.

    A `fixed` one is always shown, a `hidden` one only when asked for. `parts` stand in a sheet in place of the whole.
    """

    key: str
    title: str
    value: Callable[[Any], Value] | None = None
    sorts: bool = False
    number: bool = False
    share: bool = False
    fixed: bool = False
    hidden: bool = False
    parts: tuple[Column, ...] = ()


@dataclass(frozen=True)
class Filter:
    """Something to choose by: its title, and its options as (value, text), both translated; one of them or several."""

    key: str
    title: str
    options: Sequence[tuple[str, str]]
    several: bool = True


@dataclass(frozen=True)
class Listing:
    """A list: its name, (untranslated) title and columns, what it is chosen by, and how it is sorted at first.

    `search` says, translated, what words are looked for in; a list without it is not searched. `foot` is a sentence
    (untranslated) that goes with its rows onto paper and into sheets.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    search: str = ""
    sort: str = ""
    descending: bool = False
    foot: str = ""

    def shown_at_first(self) -> tuple[str, ...]:
        """Return the columns that are shown when none are asked for."""
        shown = [column.key for column in self.columns if not column.hidden]
        return tuple(shown)

    def sorts(self) -> tuple[str, ...]:
        """Return what the list can be sorted by."""
        sorting = [column.key for column in self.columns if column.sorts]
        return tuple(sorting)


@dataclass(frozen=True)
class View:
    """What of a list is looked at: words to search, what was chosen, the order, the columns, and which rows."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    descending: bool = False
    columns: tuple[str, ...] = ()
    offset: int = 0
    limit: int | None = None

    @property
    def narrowed(self) -> bool:
        """Tell whether less than everything is looked at."""
        return bool(self.text) or any(self.filters.values())

    def chosen(self, key: str) -> tuple[str, ...]:
        """Return what was chosen in a filter; nothing when everything goes."""
        return self.filters.get(key, ())

    def one(self, key: str) -> str:
        """Return what was chosen in a filter of which one goes at a time; "" when nothing was."""
        chosen = self.chosen(key)
        return chosen[0] if chosen else ""

    def ids(self, key: str) -> list[int]:
        """Return what was chosen in a filter whose values are ids."""
        return [int(value) for value in self.chosen(key)]

    def rows(self, offset: int, limit: int | None) -> View:
        """Return the same view of some rows."""
        return replace(self, offset=offset, limit=limit)


def known(filter_: Filter, wanted: Collection[str]) -> tuple[str, ...]:
    """Return those of the wanted values that a filter offers, in its own order; what cannot be is left out."""
    found = []
    for value, _ in filter_.options:
        if value in wanted:
            found.append(value)
    most = None if filter_.several else 1
    return tuple(found[:most])


def shown_columns(listing: Listing, view: View) -> list[Column]:
    """Return the columns that a view shows, in the order of the list."""
    found = []
    for column in listing.columns:
        if column.fixed or column.key in view.columns:
            found.append(column)
    return found


def sheet_columns(listing: Listing, view: View) -> list[Column]:
    """Return the columns of the sheet of what a view shows."""
    found: list[Column] = []
    for column in shown_columns(listing, view):
        if column.parts:
            found += column.parts
        elif column.value is not None:
            found.append(column)
    return found
