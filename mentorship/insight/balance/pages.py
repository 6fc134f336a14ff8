"""Doors: how the running pairs stand, as a page, and as a box that the coordinator's desk asks for."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Blueprint, request, url_for

from mentorship.base.figures.field import KINDS, UNKNOWN, Field, Group, field
from mentorship.base.i18n import gettext
from mentorship.checkins.words import CLASS_MEANING, CLASSES
from mentorship.insight.balance import queries, words
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.page import Page, paging, render
from mentorship.web.request import db, now

blueprint = Blueprint("balance", __name__, url_prefix="/insight/balance")


def _field(counts: Counter[str], chosen: str = "") -> Field:
    groups = {}
    for kind in (*KINDS, UNKNOWN):
        values: dict[str, Any] = {"class": kind}
        address = url_for("balance.index", _anchor="duos", **values)
        groups[kind] = Group(
            gettext(CLASSES[kind]),
            gettext(CLASS_MEANING[kind]),
            counts[kind],
            href="" if kind == chosen or not counts[kind] else address,
        )
    return field(groups)


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """Show the field of classes, and the pairs of the class that was chosen."""
    found = queries.classes(db(), guard.actor(), now())
    counts = Counter(found.values())
    own = queries.has_own(db(), guard.actor())
    nothing = words.nothing(own)
    chosen = request.args.get("class", "")
    if chosen not in CLASSES:
        chosen = ""
    ids = [pair_id for pair_id, kind in found.items() if kind == chosen]
    pages = paging(len(ids))
    duos = queries.duos(db(), ids)
    last = pages.offset + pages.size
    heading = nothing
    if found:
        heading = words.finding(counts, len(found))
    return render(
        "insight/balance/index.html",
        heading=heading,
        nothing=nothing,
        field=_field(counts, chosen),
        total=len(found),
        chosen=chosen,
        list_title=words.of_class(gettext(CLASSES[chosen]), len(ids)) if chosen else "",
        duos=duos[pages.offset : last],
        paging=pages,
    )


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
