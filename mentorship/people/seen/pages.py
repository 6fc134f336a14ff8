"""Doors: everybody sees who looked at them."""

from __future__ import annotations

from flask import Blueprint

from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.looks import queries
from mentorship.people.seen import words
from mentorship.web.page import Page, paging, render
from mentorship.web.request import db

blueprint = Blueprint("seen", __name__, url_prefix="/seen")


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show who looked at one's own pages, when."""
    me = guard.actor().person_id
    turned = paging(queries.count(db(), me))
    found = queries.at(
        db(),
        me,
        turned.offset,
        turned.size,
    )
    viewers = {look.viewer_id for look, _ in found}
    roles = people.roles_of_many(db(), viewers)
    return render(
        "people/seen/index.html",
        finding=words.finding(turned.total),
        rows=[words.row(look, viewer, roles) for look, viewer in found],
        paging=turned,
    )
