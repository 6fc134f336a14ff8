"""Doors: whom to tell about a weak spot. They name nobody who works here, so that anybody may read them."""

from __future__ import annotations

from flask import Blueprint, abort, request, url_for
from werkzeug.wrappers import Response

from mentorship.home.weakness import rules
from mentorship.home.weakness.words import ASKED, TO_TELL
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.page import Page, render
from mentorship.web.request import now, settings

blueprint = Blueprint("weakness", __name__)


@blueprint.get("/weakness")
@guard.allow(access.PUBLIC)
def index() -> Page:
    """Say whom to tell, what, and what we ask of whoever looks."""
    address = rules.reachable(settings(), now().date())
    return render(
        "home/weakness/index.html",
        address=address,
        contact=address.removeprefix("mailto:"),
        to_tell=TO_TELL,
        asked=ASKED,
    )


@blueprint.get("/.well-known/security.txt")
@guard.allow(access.PUBLIC)
def security_txt() -> Response:
    """Tell it in the form that finders look for; without a contact that holds there is no such file."""
    told = rules.security_txt(
        settings(),
        now().date(),
        url_for("weakness.index"),
        request.path,
    )
    if told is None:
        abort(404)
    return Response(told, content_type="text/plain; charset=utf-8")
