"""Door: the accessibility statement. It names nobody, so that it can be read before signing in, too."""

from __future__ import annotations

from flask import Blueprint

from mentorship.home.accessibility.words import LEFT, TESTED
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.page import Page, render

blueprint = Blueprint("accessibility", __name__, url_prefix="/accessibility")


@blueprint.get("")
@guard.allow(access.PUBLIC)
def index() -> Page:
    """Say for whom the service was made, what was tested, what is not good yet, and whom to tell."""
    return render(
        "home/accessibility/index.html",
        tested=TESTED,
        left=LEFT,
    )
