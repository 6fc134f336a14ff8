"""What stands around the rows of a list: its heads, filters, tabs and columns, each with where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from flask import url_for

from mentorship.base.i18n import gettext, integer
from mentorship.base.lists import Filter, Listing, View, shown_columns
from mentorship.web.list_links import Links


class Kept(Protocol):
    """A view that somebody gave a name."""

    id: int | None
    name: str
    query: str


@dataclass(frozen=True)
class Preset:
    """A view that everybody has: its title, translated, what it chooses, and how many rows it has if that is known."""

    title: str
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    count: int | None = None
    waits: bool = False


@dataclass(frozen=True)
class Link:
    """Something to choose, where it leads, and whether it is chosen now."""

    text: str
    address: str
    here: bool = False


@dataclass(frozen=True)
class Head:
    """The head of a column; an address when one can sort by it, `sorted` as screen readers are told."""

    key: str
    title: str
    number: bool
    address: str = ""
    sorted: str = ""

    @property
    def icon(self) -> str:
        """Return the arrow that says how the list is sorted by it; none when it is not."""
        arrows = {"ascending": "arrow-up", "descending": "arrow-down"}
        return arrows.get(self.sorted, "")


@dataclass(frozen=True)
class Chip:
    """A filter: what can be chosen, what was chosen in words, and the way to let go of it."""

    title: str
    options: list[Link]
    chosen: str = ""
    cleared: str = ""


@dataclass(frozen=True)
class Tab:
    """A view to go to; `saved` is the id of one that the reader gave a name."""

    title: str
    url: str
    count: int | None
    here: bool
    saved: int | None = None
    waits: bool = False


@dataclass(frozen=True)
class Choice:
    """A column that can be shown or not."""

    key: str
    title: str
    shown: bool


def heads(links: Links) -> list[Head]:
    """Return the heads of the columns that are shown."""
    found = []
    view = links.view
    for column in shown_columns(links.listing, view):
        head = Head(column.key, gettext(column.title), column.number)
        if column.sorts:
            direction = "descending" if view.descending else "ascending"
            head = replace(
                head,
                address=links.sorting(column.key),
                sorted=direction if view.sort == column.key else "none",
            )
        found.append(head)
    return found


def orders(links: Links) -> list[Link]:
    """Return what the list can be sorted by, for where the heads are not shown."""
    found = []
    for column in links.listing.columns:
        if column.sorts:
            here = links.view.sort == column.key
            link = Link(gettext(column.title), links.sorting(column.key), here)
            found.append(link)
    return found


def chip(links: Links, one: Filter) -> Chip:
    """Return a filter with what each of its options leads to."""
    chosen = links.view.chosen(one.key)
    options = []
    texts = []
    for value, text in one.options:
        here = value in chosen
        if here:
            texts.append(text)
        then = _toggled(one, chosen, value)
        address = links.choosing(one.key, then)
        option = Link(text, address, here)
        options.append(option)
    if not chosen:
        return Chip(one.title, options)
    said = texts[0]
    if len(texts) > 1:
        said = gettext("%(number)s chosen", number=integer(len(texts)))
    return Chip(one.title, options, said, links.choosing(one.key, ()))


def _toggled(one: Filter, chosen: tuple[str, ...], value: str) -> tuple[str, ...]:
    """Return what is chosen after a value is chosen too, or let go of."""
    if value in chosen:
        return tuple(other for other in chosen if other != value)
    if one.several:
        return (*chosen, value)
    return (value,)


def tabs(links: Links, query: str, total: int, presets: Sequence[Preset], saved: Iterable[Kept]) -> list[Tab]:
    """Return the views to go to: those that everybody has, then those that the reader gave a name."""
    own = _own(links, query, total, saved)
    named = any(tab.here for tab in own)
    chosen = _chosen(links.view)
    plain = not named and not links.view.text
    found = []
    for preset in presets:
        view = replace(
            links.view,
            text="",
            filters=preset.filters,
        )
        tab = Tab(
            preset.title,
            links.to(view),
            preset.count,
            here=plain and chosen == preset.filters,
            waits=preset.waits,
        )
        found.append(tab)
    return found + own


def _own(links: Links, query: str, total: int, saved: Iterable[Kept]) -> list[Tab]:
    """Return the views that the reader gave a name; how many rows one has is known of the one shown."""
    whole = url_for(links.doors.page, **links.doors.at)
    found = []
    for kept in saved:
        here = kept.query == query
        tab = Tab(
            kept.name,
            f"{whole}?{kept.query}",
            total if here else None,
            here,
            kept.id,
        )
        found.append(tab)
    return found


def _chosen(view: View) -> dict[str, tuple[str, ...]]:
    """Return the filters of a view in which something was chosen."""
    found = {}
    for key, values in view.filters.items():
        if values:
            found[key] = values
    return found


def choices(listing: Listing, view: View) -> list[Choice]:
    """Return the columns that can be shown or not."""
    found = []
    for column in listing.columns:
        if not column.fixed:
            choice = Choice(
                column.key,
                gettext(column.title),
                column.key in view.columns,
            )
            found.append(choice)
    return found
