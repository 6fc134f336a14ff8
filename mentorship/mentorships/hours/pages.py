"""Doors: "Did you work together?", for whoever mentors: a week with each junior, as planned, and other guiding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import Blueprint, request

from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import day, decimal, gettext, ngettext
from mentorship.mentorships.hours import actions, queries, rules, words
from mentorship.mentorships.hours.forms import OtherForm, PlannedForm, read_week
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.models import Person
from mentorship.people.tablet import guard as tablets
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("hours", __name__, url_prefix="/mentorships/hours")

RECENT = 2
"""How many weeks stand open on the page; those before them are folded."""
WEEK, OTHER, PLANNED = "week", "other", "planned"
"""The forms of the page."""


@dataclass(frozen=True)
class JuniorLine:
    """One junior in a week to note, as the form shows it: with what was noted, foreseen or typed."""

    key: str
    id: str
    name: str
    worked: str
    hours: str


@dataclass(frozen=True)
class WeekCard:
    """A week to note, and what was wrong with it."""

    monday: date
    has_passed: bool
    lines: Sequence[JuniorLine]
    errors: Mapping[str, str]


@dataclass(frozen=True)
class NotedLine:
    """What was noted for a week: with whom, how long; a pair that runs can be changed."""

    week: date
    whom: str
    hours: str
    can_change: bool


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
@tablets.on_tablet
def index() -> Page:
    """Show the weeks to note, and what was noted."""
    return _show(_date(request.args.get("week")))


def _date(text: object) -> date | None:
    """Read a day as the page itself wrote it; None for anything else."""
    try:
        return date.fromisoformat(str(text)[:20])
    except ValueError:
        return None


def _show(change: date | None = None, wrong: Mistake = NOTHING_WRONG) -> Page:
    """Show the page, with the week to `change`; after a mistake with what was typed, in the form that it is about."""
    me = guard.actor().person_id
    today = local_date(now())
    pairs = queries.led(db(), me)
    junior_ids = [pair.junior_id for pair in pairs]
    persons = people.persons(db(), junior_ids)
    juniors = {pair.id: persons[pair.junior_id] for pair in pairs}
    cards = queries.cards(db(), me, today, change)
    shown = [_card(card, persons, _typed(card, change, wrong)) for card in cards]
    noted = queries.noted(db(), me, today)
    return render_form(
        "mentorships/hours/index.html",
        wrong,
        guides=bool(pairs),
        heading=words.heading(cards, guides=bool(pairs)),
        recent=shown[:RECENT],
        older=shown[RECENT:],
        older_open=_is_among(change, shown[RECENT:]),
        planned=[card.monday for card in cards if card.can_be_planned],
        weeks=[_week_of(monday) for monday in rules.weeks_open(today)],
        noted=[_noted(row, juniors) for row in noted],
    )


def _is_among(monday: date | None, cards: Sequence[WeekCard]) -> bool:
    """Tell whether a week is one of these."""
    return any(card.monday == monday for card in cards)


def _typed(card: queries.WeekToNote, change: date | None, wrong: Mistake) -> Mistake:
    """Return what was typed in the form of one week."""
    if card.monday != change:
        return NOTHING_WRONG
    return wrong.of(WEEK)


def _card(card: queries.WeekToNote, persons: Mapping[int, Person], typed: Mistake) -> WeekCard:
    lines = []
    for line in card.lines:
        key = str(line.mentorship_id)
        shown = JuniorLine(
            key=key,
            id=f"w{card.monday}-{key}",
            name=persons[line.junior_id].name,
            worked=typed.values.get(f"worked-{key}", _worked(line)),
            hours=typed.values.get(f"hours-{key}", decimal(line.hours)),
        )
        lines.append(shown)
    return WeekCard(
        monday=card.monday,
        has_passed=card.has_passed,
        lines=lines,
        errors=typed.errors,
    )


def _worked(line: queries.Line) -> str:
    """Return the answer that a form may fill in: whether they worked together."""
    if line.hours is None:
        return ""
    return "yes" if line.hours else "no"


def _week_of(monday: date) -> tuple[str, str]:
    """Return a week as an option of a select."""
    name = gettext("Week of %(day)s", day=day(monday))
    return monday.isoformat(), name


def _noted(row: WorkedWeek, juniors: Mapping[int | None, Person]) -> NotedLine:
    junior = juniors.get(row.mentorship_id)
    if junior is not None:
        whom = junior.name
    elif row.mentorship_id is not None:
        whom = gettext("a pair that is not running now")
    elif row.words:
        whom = gettext("other mentoring") + f" ({row.words})"
    else:
        whom = gettext("other mentoring")
    hours = gettext("not worked together")
    if row.hours:
        hours = ngettext("%(num)s hour", "%(num)s hours", row.hours)
    return NotedLine(
        week=row.week,
        whom=whom,
        hours=hours,
        can_change=junior is not None,
    )


@blueprint.post("")
@guard.allow(access.SIGNED_IN)
@tablets.on_tablet
def note() -> Page:
    """Note one week with each junior."""
    fields = sent()
    try:
        week, pairs = read_week(fields)
        for pair_id, given in sorted(pairs.items()):
            worked = given.worked == "yes"
            actions.note_week(
                db(),
                guard.actor(),
                pair_id,
                week,
                worked,
                given.hours,
                now(),
            )
    except MISTAKES as failure:  # of a week with two juniors both are noted or neither
        change = _date(fields.get("week"))
        return _show(change, _wrong(failure, fields, WEEK))
    return done(gettext("Saved."), "hours.index")


@blueprint.post("/planned")
@guard.allow(access.SIGNED_IN)
@tablets.on_tablet
def planned() -> Page:
    """Note the weeks that are over as the rosters foresaw them."""
    fields = sent("week")
    try:
        weeks = PlannedForm.read(fields).week
        actions.note_planned(db(), guard.actor(), weeks, now())
    except MISTAKES as failure:
        return _show(wrong=_wrong(failure, fields, PLANNED))
    return done(gettext("Saved."), "hours.index")


@blueprint.post("/other")
@guard.allow(access.SIGNED_IN)
@tablets.on_tablet
def other() -> Page:
    """Note other guiding in one week."""
    fields = sent()
    try:
        form = OtherForm.read(fields)
        actions.note_other(
            db(),
            guard.actor(),
            form.week,
            form.hours,
            form.words,
            now(),
        )
    except MISTAKES as failure:
        return _show(wrong=_wrong(failure, fields, OTHER))
    return done(gettext("Saved."), "hours.index")


def _wrong(failure: Invalid | Refused, fields: Mapping[str, Any], form: str) -> Mistake:
    """Return what the page is shown again with; what has no field to say it beside is said of the whole."""
    wrong = mistake(failure, fields, form)
    has_place = set(wrong.errors) - {""}
    if form != OTHER:
        has_place.discard("week")
    if isinstance(failure, Refused) or len(has_place) == len(wrong.errors):
        return wrong
    sentence = gettext("This form no longer fits the page, so nothing was saved. Look again below.")
    return replace(wrong, errors={**wrong.errors, "": sentence})
