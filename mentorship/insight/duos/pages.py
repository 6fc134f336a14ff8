"""Doors: all pairs that one may see, one of them beside the list, and what is seen as a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_, gettext, integer
from mentorship.base.lists import Listing, View
from mentorship.checkins.balance import IN_BALANCE
from mentorship.insight.duos import panel, queries, words
from mentorship.insight.duos.forms import ActForm, TickedForm
from mentorship.insight.duos.guard import as_asked
from mentorship.insight.duos.panel import Panel
from mentorship.insight.duos.rows import Row
from mentorship.insight.duos.shown import Shown
from mentorship.mentorships.models import ENDED, PROPOSED
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.people.looks.guard import look_at
from mentorship.people.looks.models import DUO
from mentorship.people.views.queries import saved
from mentorship.web import lists
from mentorship.web.list_links import Links
from mentorship.web.page import Page, Paging, form_page, paging, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("duos", __name__, url_prefix="/duos")

DOORS = lists.Doors("duos.index", "duos.csv", "duos.xlsx")
BESIDE = "pair", "how", "weeks"
"""The columns that stay while a pair is open beside the list."""


@blueprint.get("")
@guard.allow(access.SEE_DUOS)
def index() -> Page:
    """List the pairs that one may see, perhaps with one of them beside."""
    shown = as_asked()
    pages = paging(shown.total)
    ids = shown.part(pages.offset, pages.size)
    found = shown.rows(ids, now())
    opened = _opened(shown)
    links = Links(shown.listing, DOORS, shown.view)
    told = shown.stands.counts
    return render(
        "insight/duos/index.html",
        list=_list(shown, pages, beside=opened is not None),
        found=found,
        open_id=opened.pair_id if opened else None,
        panel=opened,
        beside=_beside(shown, opened, links) if opened else None,
        addresses={id_of(row.pair): _address(row, links, pages.page) for row in found},
        any_here=shown.counts.total() > 0,
        has_classes=IN_BALANCE in shown.stands.kinds,
        everybody=shown.scope.everybody,
        heading=words.heading(shown.counts, told, len(shown.stands.apart)),
        brief=words.brief(shown.counts, shown.scope.everybody),
        may_write=access.COORDINATE.allows(guard.actor()),
        shown=shown.total,
    )


def _list(shown: Shown, pages: Paging, *, beside: bool) -> lists.ListPage:
    """Return the list with its views; beside a pair that is open it has the room for fewer columns."""
    kept = saved(db(), guard.actor().person_id, shown.listing.key)
    made = lists.page(
        shown.listing,
        shown.view,
        pages,
        DOORS,
        _presets(shown),
        kept,
    )
    if not beside:
        return made
    heads = [head for head in made.heads if head.key in BESIDE]
    return replace(made, heads=heads)


def _presets(shown: Shown) -> list[lists.Preset]:
    """Return the views that everybody has, with how many stand in each."""
    counts = shown.counts
    line = {"line": (words.OWN,)} if shown.view.chosen("line") else {}
    found = [
        lists.Preset(
            gettext("All pairs"),
            line,
            shown.standing,
        ),
        lists.Preset(
            gettext("Asks attention"),
            line | {"view": (words.ATTENTION,)},
            len(shown.stands.asking),
        ),
        lists.Preset(
            gettext("Long not together"),
            line | {"view": (words.APART,)},
            len(shown.stands.apart),
        ),
        lists.Preset(
            gettext("Nearly done"),
            line | {"view": (queries.ENDING,)},
            shown.scope.count(shown.scope.ending),
        ),
    ]
    for status in (PROPOSED, ENDED):
        if status in shown.scope.statuses:
            preset = lists.Preset(
                gettext(words.TABS[status]),
                line | {"status": (status,)},
                counts[status],
            )
            found.append(preset)
    return found


def _address(row: Row, links: Links, page: int) -> str:
    """Return where a pair opens: beside the list, but one's own on its own page."""
    if row.own:
        return url_for("mentorships.show", mentorship_id=row.pair.id)
    return _open(links, id_of(row.pair), page)


def _open(links: Links, pair_id: int | None, page: int) -> str:
    values: dict[str, Any] = {}
    if pair_id is not None:
        values["open"] = pair_id
    if page > 1:
        values["page"] = page
    return links.to(links.view, **values)


def _opened(shown: Shown) -> Panel | None:
    """Return the pair that the address wants open; None for one that the reader does not see."""
    wanted = request.args.get("open", "")
    if not wanted.isdecimal() or len(wanted) > 9:
        return None
    raised = shown.stands.signals.get(int(wanted), [])
    found = panel.panel(
        db(),
        shown.scope,
        int(wanted),
        raised,
        now(),
    )
    if found is not None and found.began:
        look_at(guard.actor(), panel.both_of(found), DUO)
    return found


def _beside(shown: Shown, opened: Panel, links: Links) -> dict[str, str]:
    """Return where the pair that is open stands in the list, and the way to those around it."""
    pages = paging(len(shown.ids))
    page = url_for("duo.show", mentorship_id=opened.pair_id)
    if opened.own or not opened.began:
        page = url_for("mentorships.show", mentorship_id=opened.pair_id)
    found = {
        "page": page,
        "close": _open(links, None, pages.page),
        "back": _open(links, opened.pair_id, pages.page),
        "place": "",
        "before": "",
        "after": "",
    }
    if opened.pair_id not in shown.ids:
        return found
    at = shown.ids.index(opened.pair_id)
    around = {"before": at - 1, "after": at + 1}
    for key, place in around.items():
        if 0 <= place < len(shown.ids):
            found[key] = _open(links, shown.ids[place], place // pages.size + 1)
    found["place"] = gettext("%(place)s of %(all)s", place=integer(at + 1), all=integer(len(shown.ids)))
    return found


def _sheet(ids: Sequence[int] | None = None) -> tuple[Listing, View, list[Row], str]:
    """Return what the list shows, all pages of it, or these pairs of it."""
    shown = as_asked()
    wanted = shown.ids if ids is None else ids
    return (
        shown.listing,
        shown.view,
        shown.rows(wanted, now()),
        gettext("pairs"),
    )


@blueprint.get("/duos.csv")
@guard.allow(access.SEE_DUOS, again=True)
def csv() -> Response:
    """Download the pairs that the list shows, all pages of it."""
    return lists.csv(*_sheet())


@blueprint.get("/duos.xlsx")
@guard.allow(access.SEE_DUOS, again=True)
def xlsx() -> Response:
    """Download the same as a workbook."""
    return lists.xlsx(*_sheet())


def _ticked() -> list[int]:
    return _some(TickedForm.read(sent("duo")))


def _some(form: TickedForm) -> list[int]:
    if not form.duo:
        raise Refused(N_("Choose at least one pair."))
    return form.duo


@blueprint.post("/ticked")
@guard.allow(access.SEE_DUOS)
def act() -> Response:
    """Go on with the pairs that were ticked to the page that asks what is to be done, and come back here."""
    form = ActForm.read(sent("duo"))
    asking = url_for(
        f"acting.ask_{form.act}",
        duo=_some(form),
        back=form_page() or url_for("duos.index"),
    )
    return redirect(asking, 303)


@blueprint.post("/ticked.csv")
@guard.allow(access.SEE_DUOS, again=True)
def ticked_csv() -> Response:
    """Download the pairs that were ticked: of those one sees."""
    return lists.csv(*_sheet(_ticked()))


@blueprint.post("/ticked.xlsx")
@guard.allow(access.SEE_DUOS, again=True)
def ticked_xlsx() -> Response:
    """Download the same as a workbook."""
    return lists.xlsx(*_sheet(_ticked()))
