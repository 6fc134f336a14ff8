"""Doors: the page without a connection, what a phone installs the service by, and what one's own phone may keep."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, current_app, jsonify, send_from_directory, url_for

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, locale, time_of_day
from mentorship.checkins import queries as check_ins
from mentorship.checkins import titles
from mentorship.home.offline import queries
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.people.account import queries as account
from mentorship.people.sessions import guard as sessions
from mentorship.web.page import Page, render
from mentorship.web.request import db, now

blueprint = Blueprint("offline", __name__, url_prefix="/offline")
ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-whole-512.png", "512x512", "maskable"),
)
"""The pictures that the build draws of our icon."""


@blueprint.get("")
@guard.allow(access.PUBLIC)
def index() -> Page:
    """Say what still works; the browser keeps this page, so nothing on it is anybody's."""
    return render("home/offline/index.html")


@blueprint.get("/manifest.webmanifest")
@guard.allow(access.PUBLIC)
def manifest() -> Response:
    """Tell a phone how the service is called and drawn on its screen."""
    told = {
        "id": "/",
        "name": "Leermaat",
        "short_name": "Leermaat",
        "description": gettext("Mentors and juniors, and how it goes between them"),
        "lang": locale(),
        "start_url": url_for("home.index"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#f5f7fb",
        "theme_color": "#4263eb",
        "icons": _icons(),
    }
    return Response(
        json.dumps(told),
        mimetype="application/manifest+json",
    )


def _icons() -> list[dict[str, str]]:
    found = []
    for name, sizes, purpose in ICONS:
        icon = {
            "src": url_for("static", filename=name),
            "sizes": sizes,
            "type": "image/png",
            "purpose": purpose,
        }
        found.append(icon)
    return found


@blueprint.get("/worker.js")
@guard.allow(access.PUBLIC)
def worker() -> Response:
    """Send the script that answers when there is no connection, for every page of the service."""
    folder = current_app.static_folder or ""
    answer = send_from_directory(folder, "js/worker.js")
    answer.headers["Service-Worker-Allowed"] = "/"
    return answer


@dataclass(frozen=True)
class ShiftLine:
    """A stretch of time together, as it stands on the page."""

    day: date
    title: str
    site: str


@blueprint.get("/own")
@guard.allow(access.SIGNED_IN)
def own() -> Page:
    """Show what one reads without a connection, if one lets one's own phone keep it."""
    me = guard.actor().person_id
    return render(
        "home/offline/own.html",
        kept_at=now(),
        check_ins=_check_ins(me),
        shifts=_shifts(me),
    )


def _check_ins(person_id: int) -> list[tuple[str, str]]:
    """Return what each open check-in asks, and where."""
    asked = titles.waiting(db(), person_id)
    return [(title, _address(check_in_id)) for check_in_id, title in asked]


def _address(check_in_id: int) -> str:
    return url_for("checkins.show", check_in_id=check_in_id)


def _shifts(person_id: int) -> list[ShiftLine]:
    found = []
    for shift in queries.shifts(db(), person_id, now()):
        begin = shift.together.begin
        time = f"{time_of_day(begin)}–{time_of_day(shift.together.end)}"
        line = ShiftLine(
            local_date(begin),
            gettext("%(time)s with %(name)s", time=time, name=shift.with_whom),
            shift.site,
        )
        found.append(line)
    return found


@blueprint.get("/own.json")
@guard.allow(access.SIGNED_IN)
def own_list() -> Response:
    """Tell the browser which pages its owner may let it keep, and for how long: until the session ends, used or not."""
    me = guard.actor()
    pages = [url_for("offline.own")]
    for check_in in check_ins.waiting(db(), me.person_id):
        pages.append(_address(id_of(check_in)))
    unused = sessions.limits().of(me.roles)
    left = min(account.session_end(db(), me.sign_in_id) - now(), unused)
    return jsonify(
        reader=str(me.person_id),
        seconds=int(left.total_seconds()),
        pages=pages,
    )
