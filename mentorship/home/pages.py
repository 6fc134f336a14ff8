"""Doors: one's own desk, whether the service lives, and how its timed work stands."""

from __future__ import annotations

from flask import Blueprint

from mentorship.home import queries
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.profiles.words import LEVELS
from mentorship.web.page import Page, render
from mentorship.web.request import db, now

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show what waits for this person."""
    return render("home/index.html", desk=queries.desk(db(), guard.actor(), now()), levels=LEVELS)
