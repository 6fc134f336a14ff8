"""Doors that need nobody signed in: the page without a connection, and what a phone installs the service by."""

from __future__ import annotations

import json

from flask import Blueprint, Response, current_app, send_from_directory, url_for

from mentorship.base.i18n import gettext, locale
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.page import Page, render

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
