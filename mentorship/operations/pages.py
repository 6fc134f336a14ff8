"""Doors: whether the service lives, and how its timed work stands."""

from __future__ import annotations

from hmac import compare_digest

from flask import Blueprint, abort, request
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import text
from werkzeug.wrappers import Response

from mentorship.operations.metrics import figures
from mentorship.operations.queries import health as timed_work
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.request import db, now, settings

blueprint = Blueprint("operations", __name__)


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
    said = request.headers.get("Authorization", "")
    wanted = f"Bearer {token}"
    if not compare_digest(said.encode(), wanted.encode()):
        return Response(
            "A token is needed.\n",
            status=401,
            headers={"WWW-Authenticate": "Bearer"},
            content_type="text/plain; charset=utf-8",
        )
    found = timed_work(db(), now(), backs_up=settings().backs_up)
    return Response(figures(found), content_type=CONTENT_TYPE_LATEST)
