"""Doors: the rosters, for the coordinator and hr."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, request, url_for

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, ngettext
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.profiles.rosters import actions, patterns, strip
from mentorship.profiles.rosters.days import STEP
from mentorship.profiles.rosters.forms import RosterForm
from mentorship.profiles.rosters.models import Roster
from mentorship.profiles.rosters.ready_made import SHAPES
from mentorship.profiles.rosters.strip import CycleDay
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("rosters", __name__, url_prefix="/rosters")


@dataclass(frozen=True)
class ListedRoster:
    """A line of the list of rosters."""

    name: str
    url: str
    note: str
    starts_on: date
    cycle: list[CycleDay]
    more: str
    by_week: bool
    people: int


@dataclass(frozen=True)
class ListedShift:
    """A shift with its times as on a clock, and the kind that it is drawn as."""

    kind: str
    code: str
    times: str


@blueprint.get("")
@guard.allow(access.KEEP_ROSTERS)
def index() -> Page:
    """List the rosters with their cycles."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    found = _rosters()
    return render_form(
        "profiles/rosters/index.html",
        wrong,
        heading=_heading(found),
        opened=bool(wrong) or not found or request.args.get("open") == "add",
        rosters=found,
        shifts=_shifts(),
        shapes=[(key, gettext(shape.title)) for key, shape in SHAPES.items()],
    )


def _heading(found: list[ListedRoster]) -> str:
    if not found:
        return gettext("No rosters yet")
    people = sum(roster.people for roster in found)
    rosters = ngettext("%(num)s roster", "%(num)s rosters", len(found))
    return ngettext(
        "%(num)s person works by %(rosters)s",
        "%(num)s people work by %(rosters)s",
        people,
        rosters=rosters,
    )


def _rosters() -> list[ListedRoster]:
    users = patterns.roster_users(db(), local_date(now()))
    found = []
    for cycle in patterns.cycles(db()):
        roster = cycle.roster
        line = ListedRoster(
            name=roster.name,
            url=url_for("roster.show", roster_id=roster.id),
            note=_note(roster),
            starts_on=roster.starts_on,
            cycle=strip.cycle(cycle.shifts[:STEP]),
            more=_more(roster.days - STEP),
            by_week=roster.days % 7 == 0,
            people=users.get(id_of(roster), 0),
        )
        found.append(line)
    return found


def _more(number: int) -> str:
    """Return how many days of a roster are not drawn."""
    if number <= 0:
        return ""
    return ngettext("and %(num)s more day", "and %(num)s more days", number)


def _note(roster: Roster) -> str:
    """Return what is not as with most rosters."""
    said = []
    if not roster.repeats:
        said.append(gettext("dated days"))
    if roster.runs_on:
        said.append(gettext("works on closed days"))
    if roster.is_default:
        said.append(gettext("for who has no roster"))
    return ", ".join(said)


def _shifts() -> list[ListedShift]:
    known = patterns.shifts(db()).values()
    found = []
    for shift in sorted(known, key=lambda shift: shift.begins or 0):
        blocks = strip.blocks_of([shift])
        line = ListedShift(
            kind=strip.kind_of(blocks),
            code=shift.code,
            times=" – ".join(_clock(minutes) for block in blocks for minutes in block),
        )
        found.append(line)
    return found


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour % 24:02}:{minute:02}"


@blueprint.post("")
@guard.allow(access.KEEP_ROSTERS)
def add() -> Page:
    """Add a roster from a ready-made shape."""
    fields = sent()
    try:
        form = RosterForm.read(fields)
        actions.add_roster(
            db(),
            guard.actor(),
            name=form.name,
            shape=form.shape,
            starts_on=form.starts_on,
            now=now(),
        )
    except MISTAKES as failure:
        return _index(mistake(failure, fields))
    return done(gettext("Saved."), "rosters.index")
