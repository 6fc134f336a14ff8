"""Doors: by when a goal is meant to be reached."""

from __future__ import annotations

from flask import Blueprint

from mentorship.base.i18n import day, gettext
from mentorship.mentorships.goals import pages, planning, queries
from mentorship.mentorships.goals.forms import DateForm
from mentorship.mentorships.goals.models import Goal
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.mistakes import MISTAKES, mistake
from mentorship.web.page import Page, sent
from mentorship.web.request import db, now

blueprint = Blueprint("pace", __name__)


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
