"""Doors: the roster that somebody works by, and another one from a day on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.looks.guard import shows
from mentorship.people.looks.models import ROSTER
from mentorship.profiles import own
from mentorship.profiles import queries as profiles
from mentorship.profiles.filled.actions import give_roster
from mentorship.profiles.rosters import patterns, queries, rules
from mentorship.rounds.person_roster import words
from mentorship.rounds.person_roster.forms import FromForm
from mentorship.rounds.roster.asking import parting
from mentorship.rounds.roster.effects import Change
from mentorship.web.confirm import confirm, confirmation
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("person_roster", __name__, url_prefix="/person-roster")


@blueprint.get("/<id:person_id>")
@guard.allow(access.CHOOSE_ROSTER, of=people.person_subject)
@shows(ROSTER)
def show(person_id: int) -> Page:
    """Show by which roster somebody works."""
    return _show(person_id)


def _show(person_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    today = local_date(now())
    found = patterns.rosters(db())
    names = {id_of(roster): roster.name for roster in found}
    pieces = queries.roster_pieces(db(), [person_id]).get(person_id, rules.UNSAID)
    held = words.held(pieces, names, today)
    person = people.persons(db(), [person_id])[person_id]
    is_own = guard.actor().person_id == person_id
    known = {
        "roster_id": rules.holding(pieces, today.toordinal()) or "",
        "from_day": today.isoformat(),
    }
    return render_form(
        "rounds/person_roster/show.html",
        wrong,
        person=person,
        heading=words.heading(held, person.name, own=is_own),
        trail=_trail(person_id, person.name, is_own),
        held=held,
        strip=own.strip(db(), person_id, profiles.days_off(db(), person_id), today),
        choices=[("", gettext("no roster")), *names.items()],
        values={**known, **wrong.values},
    )


def _trail(person_id: int, name: str, is_own: bool) -> list[tuple[str, str]]:
    """Return the way here: one's own profile, or the page of somebody."""
    if is_own:
        return [(gettext("Profile"), url_for("profiles.index") + "#time")]
    return [
        (gettext("People"), url_for("people.index")),
        (name, url_for("person.show", person_id=person_id)),
    ]


@blueprint.post("/<id:person_id>")
@guard.allow(access.CHOOSE_ROSTER, of=people.person_subject)
@shows(ROSTER)
def choose(person_id: int) -> Page:
    """Let somebody work by another roster from a day on, once it is known what that does."""
    fields = sent()
    try:
        form = FromForm.read(fields)

        def carry_out() -> None:
            give_roster(
                db(),
                guard.actor(),
                [person_id],
                form.roster_id,
                now(),
                form.from_day,
            )

        asked = None if form.confirmed else _asked(person_id, form, carry_out, fields)
        if asked is not None:
            return asked
        carry_out()
    except MISTAKES as failure:
        return _show(person_id, mistake(failure, fields))
    return done(gettext("Saved."), "person_roster.show", person_id=person_id)


def _asked(person_id: int, form: FromForm, change: Change, fields: dict[str, Any]) -> Page | None:
    """Return the page that says which duos this parts, from the day on which it holds; None where it parts none."""
    first = max(form.from_day, local_date(now()))
    asked = parting(db(), guard.actor(), {person_id}, first, change)
    if asked is None:
        return None
    action = url_for("person_roster.choose", person_id=person_id)
    back = url_for("person_roster.show", person_id=person_id)
    return confirm(confirmation(asked, action, back, {**fields, "confirmed": "true"}))
