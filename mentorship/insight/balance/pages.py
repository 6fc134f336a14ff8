"""Door: how the running pairs stand, as a box that the coordinator's desk asks for."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Blueprint, url_for

from mentorship.base.figures.field import KINDS, UNKNOWN, Field, Group, field
from mentorship.base.i18n import gettext
from mentorship.checkins.words import CLASS_MEANING, CLASSES
from mentorship.insight.balance import queries, words
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.page import Page, render
from mentorship.web.request import db, now

blueprint = Blueprint("balance", __name__, url_prefix="/insight/balance")


def _field(counts: Counter[str]) -> Field:
    """Return the field, each group of which leads to its pairs."""
    groups = {}
    for kind in (*KINDS, UNKNOWN):
        values: dict[str, Any] = {"class": kind}
        groups[kind] = Group(
            gettext(CLASSES[kind]),
            gettext(CLASS_MEANING[kind]),
            counts[kind],
            href=url_for("duos.index", **values) if counts[kind] else "",
        )
    return field(groups)


@blueprint.get("/box")
@guard.allow(access.COORDINATE)
def box() -> Page:
    """Show the same field as a box, for the desk."""
    found = queries.classes(db(), guard.actor(), now())
    counts = Counter(found.values())
    return render(
        "insight/balance/box.html",
        title=words.finding(counts, len(found)),
        field=_field(counts),
        total=len(found),
    )
