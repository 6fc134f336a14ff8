"""Doors: add somebody by hand."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from mentorship.base.i18n import gettext
from mentorship.people import access, rules
from mentorship.people.account import guard
from mentorship.people.joining import actions, queries
from mentorship.people.joining.forms import NewcomerForm
from mentorship.people.models import LANGUAGES, ROLES
from mentorship.people.sites.queries import open_sites
from mentorship.people.words import LANGUAGE_NAMES, TITLES
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, choices, done, options, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("joining", __name__, url_prefix="/joining")

AGAIN = "again"
"""The button that adds somebody and goes on with the next."""


@blueprint.get("")
@guard.allow(access.MANAGE_PEOPLE)
def new() -> Page:
    """Ask who is new."""
    return _ask()


def _ask(wrong: Mistake = NOTHING_WRONG) -> Page:
    mine = rules.may_give(guard.actor())
    known: dict[str, Any] = {
        "number": queries.proposed_number(db()),
        "site_id": request.args.get("site", ""),
        "languages": ["nl"],
        "roles": [],
    }
    return render_form(
        "people/joining/new.html",
        wrong,
        values={**known, **wrong.values},
        sites=options(open_sites(db())),
        number_help=_number_help(known["number"]),
        asks_name="sure" in wrong.errors,
        role_choices=choices([role for role in ROLES if role in mine], TITLES),
        language_choices=choices(LANGUAGES, LANGUAGE_NAMES),
    )


def _number_help(proposed: str) -> str:
    if not proposed:
        return ""
    return gettext("This one is free. Has your company given one already? Use that.")


@blueprint.post("")
@guard.allow(access.MANAGE_PEOPLE)
def add() -> Page:
    """Add somebody, and show them, or ask for the next."""
    fields = sent("languages", "roles")
    again = fields.pop(AGAIN, None) is not None
    try:
        newcomer = NewcomerForm.read(fields)
        if access.POWERFUL.intersection(newcomer.roles):
            guard.be_sure()
        person = actions.add_person(
            db(),
            guard.actor(),
            newcomer.newcomer(),
            now(),
            sure=newcomer.sure,
        )
    except MISTAKES as failure:
        return _ask(mistake(failure, fields))
    said = gettext("%(name)s is added.", name=person.name)
    if again:
        return done(said, "joining.new", site=person.site_id)
    return done(said, "person.show", person_id=person.id)
