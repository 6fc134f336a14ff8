"""Doors: the audit log, and the same as a file."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response

from mentorship.base import audit, security
from mentorship.base.db import open_session
from mentorship.base.lists import Listing, View
from mentorship.operations.trail import files, listed, queries
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.web import lists
from mentorship.web.page import Page, paging, render
from mentorship.web.request import apart, db, engine, now

blueprint = Blueprint("trail", __name__, url_prefix="/trail")
DOORS = lists.Doors("trail.index", "trail.export", "trail.export")


def _view() -> tuple[Listing, View]:
    listing = listed.listing(*queries.kinds(db()))
    return listing, lists.read(listing)


@blueprint.get("")
@guard.allow(access.ADMINISTER)
def index() -> Page:
    """Show who decided what, the newest first."""
    listing, view = _view()
    number = queries.count(db(), view, now())
    turned = paging(number)
    part = view.rows(turned.offset, turned.size)
    rows = queries.shown(db(), part, now())
    ids = listed.people_of(rows)
    persons = people.persons(db(), ids)
    return render(
        "operations/trail/index.html",
        list=lists.page(listing, view, turned, DOORS),
        found=[listed.in_words(row, persons) for row in rows],
    )


@blueprint.get("/audit.ndjson")
@guard.allow(access.ADMINISTER, again=True)
def export() -> Response:
    """Offer all rows that the view shows as a file; that somebody took it along is recorded first."""
    _listing, view = _view()
    chosen = {name: list(values) for name, values in view.filters.items() if values}
    with apart() as opened:
        me = guard.actor().person_id
        audit.record(
            opened,
            now(),
            me,
            "export audit log",
            "audit",
            None,
            chosen=chosen,
            searched=bool(view.text),
        )
        security.note_once_done(opened, "audit.exported", person=me)
    opens = partial(open_session, engine(), read_only=True)
    found = queries.every(opens, view, now())
    answer = Response(
        files.lines(found),
        content_type="application/x-ndjson",
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="audit.ndjson"'
    return answer
