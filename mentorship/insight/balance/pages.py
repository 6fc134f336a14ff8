"""Doors: how the running pairs stand, as a page, and as a box that the coordinator's desk asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for

from mentorship.base.db import id_of
from mentorship.base.figures.field import KINDS, UNKNOWN, Field, Group, field
from mentorship.base.i18n import gettext, integer
from mentorship.checkins.signals import queries as signals
from mentorship.checkins.signals.words import title
from mentorship.checkins.words import CLASS_MEANING, CLASSES
from mentorship.insight.balance import queries, words
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.people.looks.guard import look_at
from mentorship.people.looks.models import DUO
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


@dataclass(frozen=True)
class SignalLine:
    """What a signal is called, as its reader may know it, and where it stands."""

    title: str
    address: str


@dataclass(frozen=True)
class Opened:
    """A pair that is open beside its list: its place there, the way to those around it, and what was noticed."""

    duo: queries.Duo
    place: str
    before: str
    after: str
    signals: list[SignalLine]


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """Show the field of classes, the pairs of the class that was chosen, and one of them beside."""
    found = queries.classes(db(), guard.actor(), now())
    counts = Counter(found.values())
    own = queries.has_own(db(), guard.actor())
    nothing = words.nothing(own)
    chosen = request.args.get("class", "")
    if chosen not in CLASSES:
        chosen = ""
    return render(
        "insight/balance/index.html",
        heading=words.finding(counts, len(found)) if found else nothing,
        nothing=nothing,
        field=_field(counts, chosen),
        total=len(found),
        chosen=chosen,
        **_listed(chosen, [pair_id for pair_id, kind in found.items() if kind == chosen]),
    )


def _listed(chosen: str, ids: list[int]) -> dict[str, Any]:
    """Return the list of the class that was chosen, and the pair of it that is open."""
    if not chosen:
        return {"list_title": "", "opened": None}
    pages = paging(len(ids))
    duos = queries.duos(db(), ids)
    last = pages.offset + pages.size
    shown = duos[pages.offset : last]
    name = gettext(CLASSES[chosen])
    return {
        "list_title": words.of_class(name, len(ids)),
        "duos": shown,
        "links": {duo.mentorship_id: _address(chosen, duo.mentorship_id, pages.page) for duo in shown},
        "paging": pages,
        "opened": _opened(chosen, duos, pages.size),
        "close": _address(chosen, None, pages.page),
        "stands": name,
        "meaning": gettext(CLASS_MEANING[chosen]),
    }


def _address(chosen: str, open_id: int | None, page: int) -> str:
    """Return where the list of a class stands, with one of its pairs open."""
    values: dict[str, Any] = {"class": chosen, "open": open_id}
    if page > 1:
        values["page"] = page
    return url_for("balance.index", _anchor="duos", **values)


def _opened(chosen: str, duos: Sequence[queries.Duo], size: int) -> Opened | None:
    """Return the pair that the address wants open; None where it is not in the list."""
    ids = [str(duo.mentorship_id) for duo in duos]
    wanted = request.args.get("open", "")
    if wanted not in ids:
        return None
    at = ids.index(wanted)
    seen = duos[at]
    both = frozenset((id_of(seen.junior), id_of(seen.mentor)))
    look_at(guard.actor(), both, DUO)

    def beside(place: int) -> str:
        if not 0 <= place < len(duos):
            return ""
        return _address(chosen, duos[place].mentorship_id, place // size + 1)

    return Opened(
        duo=seen,
        place=gettext("%(place)s of %(all)s", place=integer(at + 1), all=integer(len(duos))),
        before=beside(at - 1),
        after=beside(at + 1),
        signals=_signals(duos[at]),
    )


def _signals(duo: queries.Duo) -> list[SignalLine]:
    found = []
    for seen in signals.visible(db(), guard.actor(), now(), mentorship_id=duo.mentorship_id):
        number = seen.row.id
        address = url_for("signals.index", open=number, _anchor=f"signal-{number}")
        line = SignalLine(title(seen.shown.kind, own=seen.own), address)
        found.append(line)
    return found


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
