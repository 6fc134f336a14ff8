"""Door: one's own desk, and whether the service lives."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import text
from werkzeug.wrappers import Response

from mentorship.home import queries
from mentorship.people import access, guard
from mentorship.web.page import Page, render
from mentorship.web.request import db, now

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show what waits for this person."""
    return render("home/index.html", desk=queries.desk(db(), guard.actor(), now()))


@blueprint.get("/healthz")
@guard.allow(access.PUBLIC)
def health() -> Response:
    """Answer when the service and its database live."""
    db().execute(text("SELECT 1"))
    return Response("ok\n", content_type="text/plain; charset=utf-8")
