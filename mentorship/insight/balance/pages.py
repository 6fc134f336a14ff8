"""Doors: how the running pairs stand, as a box that a coordinator's or a manager's desk asks for."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from mentorship.base.figures.field import KINDS, UNKNOWN, Field, Group, field
from mentorship.base.i18n import gettext
from mentorship.checkins.words import CLASS_MEANING, CLASSES
from mentorship.insight.balance import queries, words
from mentorship.insight.balance.queries import Classes
from mentorship.insight.duos.guard import kept_sides
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.programme.queries import visibility
from mentorship.programme.rules import AGGREGATES
from mentorship.programme.rules import CLASSES as SEE_SIDES
from mentorship.web.page import Page, render
from mentorship.web.request import db, now

blueprint = Blueprint("balance", __name__, url_prefix="/insight/balance")


def _field(found: Classes) -> Field:
    """Return the field, each group of which leads to its pairs."""
    groups = {}
    for kind in (*KINDS, UNKNOWN):
        values: dict[str, Any] = {"class": kind}
        groups[kind] = Group(
            gettext(CLASSES[kind]),
            gettext(CLASS_MEANING[kind]),
            found.counts[kind],
            changed=found.came[kind],
            href=url_for("duos.index", **values) if found.counts[kind] else "",
        )
    return field(groups)


@blueprint.get("/box")
@guard.allow(access.COORDINATE)
def box() -> Page:
    """Show the same field as a box, for the desk."""
    found = queries.classes(
        db(),
        guard.actor(),
        now(),
        kept_sides(),
    )
    total = found.counts.total()
    return render(
        "insight/balance/box.html",
        title=words.finding(found.counts, total),
        field=_field(found),
        total=total,
        moves=words.moves(found.moves),
    )


@blueprint.get("/line")
@guard.allow(access.HAVE_TEAM)
def line() -> Page:
    """Show how the juniors and the mentors of one's own team stand, or why that is not shown."""
    chosen = visibility(db()).chosen
    if chosen != SEE_SIDES:
        return render(
            "insight/balance/closed.html",
            title=words.CLOSED_TITLE,
            why=words.closed(chosen),
            groups_url=url_for("published.index") if chosen == AGGREGATES else "",
        )
    found = queries.line_sides(
        db(),
        guard.actor(),
        now(),
        kept_sides(),
    )
    return render(
        "insight/balance/line.html",
        title=words.of_line(found),
        bars=words.bars(found),
    )
