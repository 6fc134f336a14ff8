"""Door: what our own words mean. It names nobody, so that it can be read before signing in, too."""

from __future__ import annotations

from flask import Blueprint

from mentorship.home.glossary.words import SUBJECTS
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.page import Page, render

blueprint = Blueprint("glossary", __name__, url_prefix="/glossary")


@blueprint.get("")
@guard.allow(access.PUBLIC)
def index() -> Page:
    """Show every word of ours with its meaning and an example."""
    return render("home/glossary/index.html", subjects=SUBJECTS)
