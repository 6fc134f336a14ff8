"""Door: the page of a duo, for both sides and for who may see how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import Blueprint

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.figures import line as figure
from mentorship.base.i18n import decimal, gettext, percent
from mentorship.checkins import balance, standings, visibility
from mentorship.checkins import queries as check_ins
from mentorship.checkins import words as check_in_words
from mentorship.checkins.duo import queries, words
from mentorship.checkins.endings import queries as endings
from mentorship.checkins.signals import queries as signals
from mentorship.checkins.signals.viewers import pair_ties
from mentorship.checkins.visibility import HOURS_NOTED, LEARNED, THANKS, Ties
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.goals import queries as goals
from mentorship.mentorships.models import ACTIVE, ClosingWord, Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.profiles.words import LEVELS
from mentorship.programme import queries as programme
from mentorship.web.page import Page, render
from mentorship.web.request import db, now

blueprint = Blueprint("duo", __name__, url_prefix="/checkins/duo")
NO_VALUE = "–"


@dataclass(frozen=True)
class PastCheckIn:
    """One of one's own closed check-ins: its date, how it went, and the mean of its answers."""

    check_in_id: int
    asked_on: date
    state: str
    mean: str


@dataclass(frozen=True)
class Answers:
    """A question in the reader's language, and what was answered each time."""

    question: str
    given: Sequence[str]


@dataclass(frozen=True)
class LastWords:
    """What one side said at the end, as far as the reader may read it."""

    author: str
    reached: str
    thanks: str
    thanked: str


@blueprint.get("/<id:mentorship_id>")
@guard.allow(access.SEE_BALANCE, of=check_ins.pair_subject)
def show(mentorship_id: int) -> Page:
    """Show how a pair stands: to a side its own line of answers, to others the class at most."""
    found = mentorships.one(db(), mentorship_id)
    ties = _ties(found)
    side = ties.side
    sides = people.persons(db(), [found.mentor_id, found.junior_id])
    told = _own(found, side) if side else _others(found, ties)
    return render(
        "checkins/duo/show.html",
        mentorship=found,
        side=side,
        mentor=sides[found.mentor_id],
        junior=sides[found.junior_id],
        near=visibility.reads(LEARNED, ties),
        **_pair(found, ties),
        **_noted(found, ties),
        last_words=_last_words(found, ties, sides),
        **told,
    )


def _ties(found: Mentorship) -> Ties:
    """Return what the reader is to a pair."""
    me = guard.actor()
    below = []
    for person_id in (found.mentor_id, found.junior_id):
        if me.person_id in people.line_above(db(), person_id):
            below.append(person_id)
    return pair_ties(me, found, below)


def _pair(found: Mentorship, ties: Ties) -> dict[str, Any]:
    """Return what is no answer: the domain, the next dates, the goals."""
    pair_id = id_of(found)
    today = local_date(now())
    near = visibility.reads(LEARNED, ties)
    side = bool(ties.side)
    running = check_ins.duos(db(), [pair_id])
    days = []
    if running and near:
        days = queries.coming_days(running[0], today)
    learned = []
    if near:
        learned = goals.of_pair(db(), pair_id)
    return {
        "domain": profiles.domain_names(db())[found.domain_id],
        "next_on": check_ins.next_days(db(), running, today).get(pair_id),
        "days": days,
        "never_meets": side and found.status == ACTIVE and not days,
        "goals": learned,
        "levels": LEVELS,
        "way_to_the_pair": words.way_to_the_pair(side, found.status),
    }


def _noted(found: Mentorship, ties: Ties) -> dict[str, Any]:
    """Return the hours noted, which the mentor's own line sees too."""
    if not visibility.reads(HOURS_NOTED, ties):
        return {"shows_hours": False}
    weeks = []
    for week, spent in queries.hours_noted(db(), id_of(found)):
        weeks.append((week, _hours(spent)))
    running = found.status == ACTIVE
    return {
        "shows_hours": bool(weeks) or running,
        "weeks": weeks,
        "notes_hours": running and ties.side == MENTOR,
    }


def _hours(spent: Decimal) -> str:
    if spent:
        return decimal(spent)
    return gettext("not")


def _last_words(found: Mentorship, ties: Ties, sides: dict[int, Person]) -> list[LastWords]:
    """Return what was said at the end: the thanks to the two sides only."""
    if not visibility.reads(LEARNED, ties):
        return []
    thanks = visibility.reads(THANKS, ties)
    mentor = sides[found.mentor_id]
    readable = endings.readable_words(
        db(),
        id_of(found),
        thanks=thanks,
    )
    said = []
    for word in readable:
        author = _author(found, word, sides)
        last = LastWords(
            author=author.name,
            reached=word.reached,
            thanks=word.thanks if thanks else "",
            thanked=gettext(
                "%(junior)s thanks %(mentor)s",
                junior=author.name,
                mentor=mentor.name,
            ),
        )
        said.append(last)
    return said


def _author(found: Mentorship, word: ClosingWord, sides: dict[int, Person]) -> Person:
    if word.side == JUNIOR:
        return sides[found.junior_id]
    return sides[found.mentor_id]


def _own(pair: Mentorship, side: str) -> dict[str, Any]:
    """Return what a side sees of itself, and what the other shares."""
    me = guard.actor()
    pair_id = id_of(pair)
    history = check_ins.history(db(), pair_id, side)
    own = []
    for row, answers in history:
        settled = standings.settled(row, answers)
        own.append(settled)
    line = standings.points(own)
    title = words.LINE_TITLES[balance.trend(line)]
    answered = queries.answered(history)
    waiting = []
    for row in check_ins.waiting(db(), me.person_id):
        if row.mentorship_id == pair_id:
            waiting.append(row.id)
    other = JUNIOR if side == MENTOR else MENTOR
    return {
        "line": figure.line(_as_asked(line, history)),
        "line_title": gettext(title),
        "own": _closed(history, own),
        "dates": [row.asked_on for row, _ in answered],
        "asked": _by_question(answered),
        "waiting": waiting,
        "notes": check_ins.shared_notes(db(), pair_id, other),
        "noticed": _noticed(pair_id),
    }


def _as_asked(line: Sequence[balance.Point], history: queries.History) -> list[balance.Point]:
    """Return a line by the days on which was asked, as people read them."""
    asked_on = {row.due_on: row.asked_on for row, _ in history}
    return [(asked_on[day], value) for day, value in line]


def _closed(history: queries.History, own: Sequence[balance.SettledCheckIn]) -> list[PastCheckIn]:
    """Return one's own closed check-ins, the newest first."""
    found = []
    for (row, _), settled in zip(history, own, strict=True):
        mean = NO_VALUE
        if settled.index is not None:
            mean = percent(settled.index)
        state = gettext(check_in_words.STATUS_NAMES[row.status])
        asked = PastCheckIn(
            check_in_id=id_of(row),
            asked_on=row.asked_on,
            state=state,
            mean=mean,
        )
        found.append(asked)
    found.reverse()
    return found


def _by_question(answered: queries.History) -> list[Answers]:
    found = []
    for question in queries.by_question(db(), answered):
        given = []
        for answer in question.answers:
            step = _step(answer)
            given.append(step)
        text = check_in_words.in_own_language(question.words)
        answers = Answers(text, given)
        found.append(answers)
    return found


def _step(answer: int | str | None) -> str:
    if answer is None:
        return gettext("n/a")
    if answer == "":
        return NO_VALUE
    return str(answer)


def _noticed(pair_id: int) -> int:
    """Count the signals of this pair that come from one's own answers or from when the two meet."""
    number = 0
    me = guard.actor()
    for seen in signals.visible(db(), me, now()):
        if seen.own and seen.row.mentorship_id == pair_id:
            number += 1
    return number


def _others(pair: Mentorship, ties: Ties) -> dict[str, Any]:
    """Return what the line and the coordinator see: the class, where the programme's visibility allows it."""
    counts = visibility.told_class(ties, programme.visibility(db()))
    if counts is None:
        return {"standing": None}
    pair_id = id_of(pair)
    name = standings.standings(
        db(),
        [pair_id],
        now(),
        counts,
    )[pair_id]
    return {
        "standing": gettext(check_in_words.CLASSES[name]),
        "standing_anchor": name.replace("_", "-"),
        "standing_means": gettext(check_in_words.CLASS_MEANING[name]),
    }
