"""Doors: the coordinator's rosters."""

from __future__ import annotations

from flask import Blueprint

from mentorship.base.errors import Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.profiles.rosters import actions as roster_actions
from mentorship.profiles.rosters import queries as roster_queries
from mentorship.profiles.rosters.forms import RosterForm
from mentorship.profiles.rosters.ready_made import SHAPES
from mentorship.web.page import Page, done, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("rosters", __name__, url_prefix="/rosters")


def _index(status: int = 200, errors: object = None, values: object = None) -> Page:
    cycles = sorted(roster_queries.roster_cycles(db()).values(), key=lambda pair: pair[0].name)
    return render(
        "profiles/rosters/index.html",
        status,
        cycles=cycles,
        shifts=roster_queries.shifts(db()),
        users=roster_queries.roster_users(db()),
        shapes=SHAPES,
        errors=errors or {},
        values=values or {},
    )


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """List the rosters with their cycles."""
    return _index()


@blueprint.post("")
@guard.allow(access.COORDINATE)
def add() -> Page:
    """Add a roster from a ready-made shape."""
    fields = sent()
    try:
        form = RosterForm.read(fields)
        me = guard.actor()
        roster_actions.add_roster(db(), me, name=form.name, shape=form.shape, starts_on=form.starts_on, now=now())
    except Invalid as failure:
        return _index(422, failure.errors, fields)
    except Refused as refusal:
        return _index(422, {"name": str(refusal)}, fields)
    return done(gettext("Saved."), "rosters.index")
