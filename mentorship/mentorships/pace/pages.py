"""Doors: by when goals are meant to be reached, how long that takes here, and more time for them."""

from __future__ import annotations

from flask import Blueprint

from mentorship.base.clock import local_date
from mentorship.base.i18n import day, gettext, ngettext
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships import words as pair_words
from mentorship.mentorships.forms import WeeksForm
from mentorship.mentorships.goals import dates, paces, pages, planning, queries, rules, trail
from mentorship.mentorships.goals.calendars import calendar
from mentorship.mentorships.goals.forms import DateForm, read_dates
from mentorship.mentorships.goals.models import Goal
from mentorship.mentorships.pace import planner, slowing, words
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.looks.guard import goals_shown
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("pace", __name__)


@blueprint.get("/mentorships/<id:mentorship_id>/goals/pace")
@guard.allow(access.SEE_PAIR, of=mentorships.subject)
@goals_shown
def show(mentorship_id: int) -> Page:
    """Show how long the steps that are left take here, and what days follow from it."""
    return _show(mentorship_id)


def _show(mentorship_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    pair = mentorships.one(db(), mentorship_id)
    side = pair.side_of(guard.actor().person_id)
    persons = people.persons(db(), [pair.mentor_id, pair.junior_id])
    days = calendar(db(), pair, side, local_date(now()))
    states = queries.of_pair(db(), mentorship_id) if pair.runs else []
    goals = planner.planned(states, paces.taken(db(), now()), days)
    start = dates.starts(days)
    return render_form(
        "mentorships/pace/show.html",
        wrong,
        mentorship=pair,
        who=trail.who(side, persons[pair.mentor_id], persons[pair.junior_id]),
        heading=words.heading(goals),
        goals=words.shown(goals, start),
        scale=words.scale_said(goals, start),
        changing=side is not None and rules.can_change(pair.status),
        dated=planning.has_dates(db(), mentorship_id),
        ways=pair_words.slower(),
    )


@blueprint.post("/mentorships/<id:mentorship_id>/goals/pace")
@guard.allow(access.OWN, of=mentorships.subject)
def use_dates(mentorship_id: int) -> Page:
    """Choose the days of all goals in one go."""
    fields = sent()
    try:
        chosen = read_dates(fields)
        changed = planning.use_dates(
            db(),
            guard.actor(),
            mentorship_id,
            chosen,
            now(),
        )
    except MISTAKES as failure:
        return _show(mentorship_id, mistake(failure, fields, "dates"))
    said = ngettext(
        "%(num)s goal has another day now.",
        "%(num)s goals have another day now.",
        changed,
    )
    if not changed:
        said = gettext("These were the days already.")
    return done(said, "pace.show", mentorship_id=mentorship_id)


@blueprint.post("/mentorships/<id:mentorship_id>/goals/pace/slower")
@guard.allow(access.OWN, of=mentorships.subject)
def slower(mentorship_id: int) -> Page:
    """Give all goals with a day more time."""
    fields = sent()
    try:
        weeks = WeeksForm.read(fields).weeks
        slowing.slow(
            db(),
            guard.actor(),
            mentorship_id,
            weeks,
            now(),
        )
    except MISTAKES as failure:
        return _show(mentorship_id, mistake(failure, fields, "slower"))
    said = ngettext(
        "The goals get %(num)s week more. The other one hears it, and who plans the work.",
        "The goals get %(num)s weeks more. The other one hears it, and who plans the work.",
        weeks,
    )
    return done(said, "pace.show", mentorship_id=mentorship_id)


@blueprint.post("/goals/<id:goal_id>/pace")
@guard.allow(access.OWN, of=queries.goal_sides)
def set_date(goal_id: int) -> Page:
    """Choose by when a goal is meant to be reached, or that no day is meant."""
    fields = sent()
    pair_id = db().get_one(Goal, goal_id).mentorship_id
    try:
        due_on = DateForm.read(fields).due_on
        planning.set_date(
            db(),
            guard.actor(),
            goal_id,
            due_on,
            now(),
        )
    except MISTAKES as failure:
        wrong = mistake(failure, fields, f"date-{goal_id}")
        return pages.show_again(pair_id, wrong)
    said = gettext("No day is meant for this goal any more.")
    if due_on is not None:
        said = gettext("You mean to reach this goal by %(day)s.", day=day(due_on))
    return pages.back(pair_id, said, goal_id)
