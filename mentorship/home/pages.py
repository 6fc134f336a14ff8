"""Door: one's own desk."""

from __future__ import annotations

from flask import Blueprint

from mentorship.home import queries
from mentorship.mentorships.words import STATUS_NAMES
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.profiles.words import LEVELS
from mentorship.rounds import words as round_words
from mentorship.web.page import Page, render
from mentorship.web.request import db, now

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show what waits for this person."""
    actor = guard.actor()
    return render(
        "home/index.html",
        desk=queries.desk(db(), actor, now()),
        first_name=actor.name.split(" ")[0],
        levels=LEVELS,
        duo_names=STATUS_NAMES,
        round_words=round_words,
    )
