"""Doors: how mixed a team is, for its manager and the coordinator."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext
from mentorship.growth.teams import queries, rules, words
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.people.models import Person
from mentorship.profiles.queries import domain_names
from mentorship.profiles.words import LEVELS
from mentorship.web.page import Page, render
from mentorship.web.request import db

blueprint = Blueprint("teams", __name__, url_prefix="/growth/teams")


@blueprint.get("")
@guard.allow(access.SEE_MATRIX)
def index() -> Page:
    """Show the spread of levels in a team, and who could learn what from whom."""
    coordinates = guard.actor().has(access.COORDINATOR)
    leaders = queries.leaders(db()) if coordinates else []
    leader = _leader(leaders) if coordinates else db().get_one(Person, guard.actor().person_id)
    if leader is None:
        return render("growth/teams/none.html")
    whole = queries.of_team(db(), id_of(leader))
    shown = {id_of(person) for person in whole} if coordinates else queries.showing(db(), whole)
    team = [person for person in whole if person.id in shown]
    return render(
        "growth/teams/index.html",
        brief=words.brief(leader.name, len(team)),
        leaders=[(person.id, person.name) for person in leaders],
        leader=leader,
        levels=[gettext(word) for word in LEVELS],
        kept=words.kept(len(whole) - len(team)) if len(whole) > len(team) else "",
        **_found(team, whole=coordinates),
    )


def _found(team: list[Person], *, whole: bool) -> dict[str, Any]:
    """Return the spread of the domains of a team (or of what its jobs ask alone), and who could learn from whom."""
    members = queries.members(db(), team, whole=whole)
    found = rules.lessons(members)
    names = {id_of(person): person.name for person in team}
    titles = domain_names(db())
    return {
        "heading": words.heading(found, len(team)),
        "spreads": [(titles[one.domain_id], one) for one in rules.spreads(members)],
        "lessons": [words.lesson(one, names, titles) for one in found],
    }


def _leader(leaders: list[Person]) -> Person | None:
    """Return the manager that the address asks for, else the first."""
    asked = request.args.get("team", "")
    for person in leaders:
        if str(person.id) == asked:
            return person
    return leaders[0] if leaders else None
