"""Doors: conversation cards by phase, for everybody, to read and to print."""

from __future__ import annotations

from flask import Blueprint, abort

from mentorship.mentorships.conversations import words
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.page import Page, render

blueprint = Blueprint("conversations", __name__, url_prefix="/conversations")


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show the four phases."""
    return render("mentorships/conversations/index.html", phases=words.PHASES)


@blueprint.get("/<id:phase_id>")
@guard.allow(access.SIGNED_IN)
def show(phase_id: int) -> Page:
    """Show the cards of a phase, each to be cut out."""
    found = words.BY_NUMBER.get(phase_id)
    if found is None:
        abort(404)
    return render(
        "mentorships/conversations/show.html",
        phase=found,
        heading=words.heading(found),
        others=[one for one in words.PHASES if one is not found],
    )
