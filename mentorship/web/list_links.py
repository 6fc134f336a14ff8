"""The view of a list in an address: read from it, and written into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import request, url_for

from mentorship.base.lists import Listing, View, known

LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Doors:
    """Where a list stands, where its sheets are, and what of the address is no view."""

    page: str
    csv: str
    xlsx: str
    at: Mapping[str, Any] = field(default_factory=dict)


def read(listing: Listing) -> View:
    """Return the view that the address asks for; what cannot be is left out."""
    args = request.args
    sort = listing.sort
    descending = listing.descending
    if args.get("sort") in listing.sorts():
        sort = args["sort"]
        descending = args.get("order") == "down"
    filters = {}
    for one in listing.filters:
        wanted = args.getlist(one.key)
        filters[one.key] = known(one, wanted)
    text = args.get("q", "") if listing.search else ""
    return View(
        text=text.replace("\0", "").strip()[:LONGEST_SEARCH],
        filters=filters,
        sort=sort,
        descending=descending,
        columns=_columns(listing),
    )


def _columns(listing: Listing) -> tuple[str, ...]:
    if "columns" not in request.args:
        return listing.shown_at_first()
    named = request.args.getlist("columns")
    wanted = ",".join(named).split(",")
    found = []
    for column in listing.columns:
        if column.key in wanted:
            found.append(column.key)
    return tuple(found)


def asked(listing: Listing, view: View) -> dict[str, Any]:
    """Return what of a view stands in an address: only what is not so by itself."""
    found: dict[str, Any] = {}
    if view.text:
        found["q"] = view.text
    for key, values in view.filters.items():
        if values:
            found[key] = list(values)
    order = view.sort, view.descending
    if order != (listing.sort, listing.descending):
        found["sort"] = view.sort
        if view.descending:
            found["order"] = "down"
    if view.columns != listing.shown_at_first():
        found["columns"] = ",".join(view.columns)
    return found


def view_values(listing: Listing) -> dict[str, Any]:
    """Return what of the address says which view and page of a list is asked for, to go back there after a form."""
    found = asked(listing, read(listing))
    page = request.args.get("page", "")
    if page.isdecimal():
        found["page"] = page[:6]
    return found


@dataclass(frozen=True)
class Links:
    """Makes the addresses of a list."""

    listing: Listing
    doors: Doors
    view: View

    def to(self, view: View, **more: Any) -> str:
        """Return the address of a view."""
        found = asked(self.listing, view) | more
        return url_for(self.doors.page, **self.doors.at, **found)

    def sheet(self, endpoint: str) -> str:
        """Return the address of the sheet of what is shown, all pages of it."""
        found = asked(self.listing, self.view)
        return url_for(endpoint, **self.doors.at, **found)

    def choosing(self, key: str, values: tuple[str, ...]) -> str:
        """Return the address of the same view with other values chosen in one filter."""
        filters = dict(self.view.filters)
        filters[key] = values
        chosen = replace(self.view, filters=filters)
        return self.to(chosen)

    def sorting(self, key: str) -> str:
        """Return the address of the same view sorted by a column, the other way round when it is already."""
        ascends = not self.view.descending
        turned = replace(
            self.view,
            sort=key,
            descending=ascends and self.view.sort == key,
        )
        return self.to(turned)

    def fields(self, *without: str) -> list[tuple[str, str]]:
        """Return the view as the hidden fields of a form that changes a part of it."""
        found = []
        for key, value in asked(self.listing, self.view).items():
            if key in without:
                continue
            values = value if isinstance(value, list) else [value]
            for one in values:
                found.append((key, one))
        return found


def tidy(query: str) -> str:
    """Return the view of an address as we would write it, whatever was sent."""
    return urlencode(parse_qsl(query, keep_blank_values=True))
