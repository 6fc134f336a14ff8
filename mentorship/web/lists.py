"""A list on a page: the view that the address asks for, the links that change it, and its sheets to download."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Response, url_for

from mentorship.base import sheets
from mentorship.base.i18n import gettext, integer, said
from mentorship.base.lists import Column, Listing, View, sheet_columns
from mentorship.web import list_parts
from mentorship.web.list_links import Doors, Links, asked, read, tidy, view_values
from mentorship.web.list_parts import Chip, Choice, Head, Kept, Link, Preset, Tab
from mentorship.web.page import Paging, download

__all__ = ["Doors", "ListPage", "Preset", "csv", "page", "read", "tidy", "view_values", "xlsx"]
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class ListPage:
    """One page of a list, with every link on it."""

    key: str
    name: str
    search: str
    view: View
    paging: Paging
    counted: str
    heads: list[Head]
    orders: list[Link]
    chips: list[Chip]
    tabs: list[Tab]
    choices: list[Choice]
    kept: list[tuple[str, str]]
    searched: list[tuple[str, str]]
    whole: str
    csv: str
    xlsx: str
    query: str
    before: str
    after: str
    columns: Mapping[str, Column]
    foot: str

    def said(self, key: str, row: Any) -> str:
        """Return the plain value of a column as the reader writes it."""
        value = self.columns[key].value
        return said(value(row)) if value is not None else ""

    @property
    def title(self) -> str:
        """Return the name of the list, and which page of it this is when there are more."""
        if self.paging.pages == 1:
            return self.name
        return gettext(
            "%(list)s, page %(page)s of %(pages)s",
            list=self.name,
            page=integer(self.paging.page),
            pages=integer(self.paging.pages),
        )

    @property
    def order(self) -> str:
        """Return by what the list is sorted."""
        found = [link.text for link in self.orders if link.here]
        return found[0] if found else ""

    @property
    def next_rows(self) -> int:
        """Return how many rows the next page has."""
        shown = self.paging.offset + self.paging.size
        rest = self.paging.total - shown
        return min(self.paging.size, rest)

    @property
    def saved(self) -> int | None:
        """Return the id of the saved view that is shown, if it is one."""
        found = [tab.saved for tab in self.tabs if tab.here]
        return found[0] if found else None

    @property
    def can_save(self) -> bool:
        """Tell whether this view is none that stands in the tabs already."""
        return bool(self.query) and not any(tab.here for tab in self.tabs)


def page(
    listing: Listing,
    view: View,
    paging: Paging,
    doors: Doors,
    presets: Sequence[Preset] = (),
    saved: Iterable[Kept] = (),
) -> ListPage:
    """Return one page of a list; the first preset is everything."""
    links = Links(listing, doors, view)
    query = urlencode(asked(listing, view), doseq=True)
    heads = list_parts.heads(links)
    return ListPage(
        key=listing.key,
        name=gettext(listing.title),
        search=listing.search,
        view=view,
        paging=paging,
        counted=_counted(view, paging.total, presets),
        heads=heads,
        orders=list_parts.orders(links),
        chips=[list_parts.chip(links, one) for one in listing.filters if one.options],
        tabs=list_parts.tabs(links, query, paging.total, presets, saved),
        choices=list_parts.choices(listing, view),
        kept=links.fields("columns"),
        searched=links.fields("q"),
        whole=url_for(doors.page, **doors.at),
        csv=links.sheet(doors.csv),
        xlsx=links.sheet(doors.xlsx),
        query=query,
        before=links.to(view, page=paging.before) if paging.before else "",
        after=links.to(view, page=paging.after) if paging.after else "",
        columns={column.key: column for column in listing.columns},
        foot=_foot(listing),
    )


def _counted(view: View, total: int, presets: Sequence[Preset]) -> str:
    everything = presets[0].count if presets else None
    if everything is None or not view.narrowed:
        return integer(total)
    return gettext(
        "%(some)s of %(all)s",
        some=integer(total),
        all=integer(everything),
    )


def csv(listing: Listing, view: View, rows: Iterable[Any], name: str) -> Response:
    """Offer what a view shows, all pages of it, as CSV."""
    columns = sheet_columns(listing, view)
    heads = [gettext(column.title) for column in columns]
    values = _values(listing, view, rows)
    made = sheets.to_csv(heads, values, _foot(listing))
    return download(made, f"{name}.csv")


def xlsx(listing: Listing, view: View, rows: Iterable[Any], name: str) -> Response:
    """Offer what a view shows, all pages of it, as a workbook."""
    heads = []
    for column in sheet_columns(listing, view):
        head = sheets.Head(gettext(column.title), column.share)
        heads.append(head)
    title = gettext(listing.title)
    values = _values(listing, view, rows)
    made = sheets.to_xlsx(title, heads, values, _foot(listing))
    return download(made, f"{name}.xlsx", XLSX_TYPE)


def _foot(listing: Listing) -> str:
    return gettext(listing.foot) if listing.foot else ""


def _values(listing: Listing, view: View, rows: Iterable[Any]) -> Iterable[list[Any]]:
    columns = sheet_columns(listing, view)
    for row in rows:
        yield [column.value(row) for column in columns if column.value is not None]
