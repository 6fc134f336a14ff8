"""Doors: one's own desk, whether the service lives, and how its timed work stands."""

from __future__ import annotations

from hmac import compare_digest

from flask import Blueprint, abort, request
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import text
from werkzeug.wrappers import Response

from mentorship.base.health import health as timed_work
from mentorship.home import queries
from mentorship.home.metrics import figures
from mentorship.people import access, guard
from mentorship.profiles.words import LEVELS
from mentorship.web.page import Page, render
from mentorship.web.request import db, now, settings

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show what waits for this person."""
    return render("home/index.html", desk=queries.desk(db(), guard.actor(), now()), levels=LEVELS)


@blueprint.get("/healthz")
@guard.allow(access.PUBLIC)
def health() -> Response:
    """Answer when the service and its database live."""
    db().execute(text("SELECT 1"))
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/metrics")
@guard.allow(access.PUBLIC)
def metrics() -> Response:
    """Tell how the timed work stands to who sends the token of the settings; without one there is no such page."""
    token = settings().metrics_token.get_secret_value()
    if not token:
        abort(404)
    if not compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()):
        return Response("A token is needed.\n", 401, {"WWW-Authenticate": "Bearer"}, content_type="text/plain")
    return Response(figures(timed_work(db(), now())), content_type=CONTENT_TYPE_LATEST)
