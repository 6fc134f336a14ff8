"""Door: how the match works. It names nobody to who is not signed in; to one of a pair it shows their own as well."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from mentorship.home.how import words
from mentorship.mentorships import explanation
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.models import OCCUPYING, Mentorship
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.account import guard
from mentorship.profiles import queries as profiles
from mentorship.programme.queries import programme
from mentorship.web.page import Page, render
from mentorship.web.request import db

blueprint = Blueprint("how", __name__, url_prefix="/how")


@blueprint.get("")
@guard.allow(access.PUBLIC)
def index() -> Page:
    """Say who can be whose mentor, what counts and how much, what never counts, and what people decide."""
    settings = programme(db())
    return render(
        "home/how/index.html",
        rules=words.rules(),
        places=words.places(settings.hours_per_pair, settings.confirm_hours),
        parts=words.parts(settings.weights),
        floor=words.floor(settings.floor),
        spread=words.spread(settings.spread),
        waiting=words.waiting(settings.waiting),
        never=words.NEVER,
        announcing=words.announcing(settings.objection_days),
        people=words.PEOPLE,
        example=_example(guard.actor_or_none()),
    )


def _example(actor: Actor | None) -> dict[str, Any] | None:
    """Return the reader's own pair as the example, with what they may read of why; None for who has none."""
    if actor is None or not actor.shows_own(None):
        return None
    for pair in reversed(mentorships.of_person(db(), actor.person_id)):
        if pair.status in OCCUPYING and pair.explanation.get("parts"):
            return _explained(pair, actor.person_id)
    return None


def _explained(pair: Mentorship, me: int) -> dict[str, Any]:
    titles = profiles.titles_of_names(db())
    side = pair.side_of(me)
    other = pair.other_of(me)
    told = explanation.why(
        pair.explanation,
        titles,
        side=side,
    )
    return {
        "other": people.persons(db(), [other])[other],
        "verdict": told["verdict"],
        "parts": told["parts"],
    }
