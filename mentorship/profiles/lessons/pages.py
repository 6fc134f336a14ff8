"""Doors: short lessons for mentors, card by card and on paper; noting that one followed one.

Where one was is kept in the cookie of this sign-in, and in no table: a lesson is offered after what a mentor answered,
so a row of who opened which would tell of that answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, session
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.profiles import queries, trainings
from mentorship.profiles.lessons import words
from mentorship.profiles.lessons.cards import Lesson
from mentorship.web.page import Page, done, render
from mentorship.web.request import db, now

blueprint = Blueprint("lessons", __name__, url_prefix="/lessons")
PLACES = "lessons"
"""What the cookie calls the card that was opened last, by lesson."""


@dataclass(frozen=True)
class Line:
    """A lesson on the list: whether its reader noted it, and the card where they were."""

    lesson: Lesson
    followed: bool
    place: int


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show the five lessons."""
    noted = _noted()
    lines = [Line(one, one.number in noted, _place(one)) for one in words.LESSONS]
    return render("profiles/lessons/index.html", heading=words.heading(len(noted)), lines=lines, length=words.LENGTH)


@blueprint.get("/<id:lesson_id>")
@guard.allow(access.SIGNED_IN)
def show(lesson_id: int) -> Page:
    """Show the cards of a lesson, and the way on from where one was."""
    found = _one(lesson_id)
    place = _place(found)
    return render(
        "profiles/lessons/lesson.html",
        lesson=found,
        here=place,
        first=max(place, 1),
        begins=words.begins(place),
        **_noting(found),
    )


@blueprint.get("/<id:lesson_id>/<id:card_id>")
@guard.allow(access.SIGNED_IN)
def card(lesson_id: int, card_id: int) -> Page:
    """Show one card."""
    found = _one(lesson_id)
    if not 1 <= card_id <= len(found.cards):
        abort(404)
    session[PLACES] = {**_places(), str(found.number): card_id}
    is_last = card_id == len(found.cards)
    return render(
        "profiles/lessons/card.html",
        lesson=found,
        card=found.cards[card_id - 1],
        place=words.place(card_id, found),
        before=card_id - 1,
        after=0 if is_last else card_id + 1,
        following="" if is_last else found.cards[card_id].title,
        **_noting(found),
    )


@blueprint.get("/<id:lesson_id>/paper")
@guard.allow(access.SIGNED_IN)
def paper(lesson_id: int) -> Page:
    """Show all cards of a lesson under each other, to print."""
    return render("profiles/lessons/paper.html", lesson=_one(lesson_id))


@blueprint.post("/<id:lesson_id>/follow")
@guard.allow(access.GUIDE)
def follow(lesson_id: int) -> Response:
    """Note that one followed a lesson, among the courses for mentors; the same one again changes nothing."""
    found = _one(lesson_id)
    me = guard.actor()
    if found.number not in _noted():
        trainings.note_training(
            db(),
            me,
            me.person_id,
            title=words.noted_as()[found.number],
            followed_on=local_date(now()),
            now=now(),
        )
    return done(gettext("It stands among your training courses."), "lessons.show", lesson_id=found.number)


def _one(lesson_id: int) -> Lesson:
    found = words.BY_NUMBER.get(lesson_id)
    if found is None:
        abort(404)
    return found


def _noted() -> set[int]:
    """Return the lessons that the reader noted."""
    courses = queries.trainings(db(), guard.actor().person_id)
    return words.followed({course.title for course in courses})


def _noting(lesson: Lesson) -> dict[str, Any]:
    """Return whether the reader noted a lesson, and may."""
    me = guard.actor()
    guides = me.has(access.SENIOR) or queries.capacity(db(), me.person_id).places > 0
    return {"followed": lesson.number in _noted(), "guides": guides}


def _places() -> dict[str, int]:
    kept = session.get(PLACES, {})
    return kept if isinstance(kept, dict) else {}


def _place(lesson: Lesson) -> int:
    """Return the card of a lesson that was opened last here, 0 when none was."""
    number = _places().get(str(lesson.number), 0)
    return number if number in range(len(lesson.cards) + 1) else 0
