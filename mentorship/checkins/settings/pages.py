"""Doors: whether, how often and what both sides are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response

from mentorship.base.errors import Conflict
from mentorship.base.i18n import gettext, ngettext
from mentorship.checkins.settings import actions, queries, standard
from mentorship.checkins.settings.forms import QuestionsForm, SettingsForm, StandardForm, field_of
from mentorship.checkins.settings.models import QuestionSet
from mentorship.checkins.words import in_own_language
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.programme import words as programme_words
from mentorship.programme.consent import queries as consent
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("settings", __name__, url_prefix="/checkins/settings")
SETTINGS, QUESTIONS = "settings", "questions"
"""Which of the two forms on the page it is about."""


@dataclass(frozen=True)
class Wording:
    """A question in one language: the field that holds it, what that is called, and its words."""

    field: str
    title: str
    text: str


@dataclass(frozen=True)
class Side:
    """The questions to one side, each in both languages, and how many are asked; opened when some are not right."""

    title: str
    number: str
    opened: bool
    questions: Sequence[Sequence[Wording]]


@dataclass(frozen=True)
class ByForm:
    """The question to pairs that work as with a driving instructor, to each side, and how it stands."""

    set_id: int
    words: Sequence[tuple[str, str]]
    asked: bool
    waits: bool


def _page(wrong: Mistake = NOTHING_WRONG) -> Page:
    newest = queries.newest_set(db())
    typed = wrong.values if wrong.about == QUESTIONS else {}
    return render_form(
        "checkins/settings/index.html",
        wrong,
        heading=_heading(),
        values=_settings(wrong),
        lacking=queries.lacking(db()),
        agreed=consent.present(db()) is not None,
        set_id=typed.get("set_id", newest.id),
        standard=queries.is_standard(newest),
        by_form=_by_form(newest, typed),
        sides=[
            _side(
                side,
                keys,
                newest.questions[side],
                typed,
            )
            for side, keys in queries.offered(db()).items()
        ],
    )


def _by_form(newest: QuestionSet, typed: Mapping[str, Any]) -> ByForm:
    """Return the question about the driving instructor: its words, and whether it is asked or waits."""
    waiting = consent.waiting(db()).get(QUESTIONS)
    words = []
    for side, title in ((JUNIOR, gettext("To the junior")), (MENTOR, gettext("To the mentor"))):
        text = in_own_language(standard.of_form(side))
        words.append((title, text))
    return ByForm(
        typed.get("set_id", newest.id),
        words,
        asked=queries.form_is_asked(db(), newest),
        waits=standard.asks_form(waiting or newest.questions),
    )


def _heading() -> str:
    if queries.lacking(db()):
        return gettext("Nobody is asked how it goes now")
    kept = queries.settings(db())
    return gettext(
        "Each side is asked how it goes: at least %(days)s days apart at first, %(later)s later",
        days=kept.days,
        later=kept.later_days,
    )


def _settings(wrong: Mistake) -> dict[str, Any]:
    """Return what the form of the settings is filled with: what was typed there, else what holds."""
    known = queries.settings(db()).model_dump()
    if wrong.about != SETTINGS:
        return known
    ticked = wrong.values.get("running") == "true"
    return {
        **known,
        **wrong.values,
        "running": ticked,
    }


def _side(side: str, keys: Sequence[str], asked: Sequence[Mapping[str, str]], typed: Mapping[str, Any]) -> Side:
    """Return what the form of the questions shows of one side."""
    known = {question["key"]: question for question in asked}
    questions = []
    for number, key in enumerate(keys, start=1):
        wordings = []
        for language, name in (("nl", gettext("Dutch")), ("en", gettext("English"))):
            field = field_of(side, key, language)
            text = known.get(key, {}).get(language, "")
            wording = Wording(
                field=field,
                title=gettext("%(language)s, question %(number)s", language=name, number=number),
                text=typed.get(field, text),
            )
            wordings.append(wording)
        questions.append(wordings)
    title = gettext("To the mentor")
    if side == JUNIOR:
        title = gettext("To the junior")
    return Side(
        title,
        ngettext("%(num)s question", "%(num)s questions", len(known)),
        bool(typed),
        questions,
    )


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """Show the settings and the questions."""
    return _page()


@blueprint.post("")
@guard.allow(access.COORDINATE)
def change() -> Page:
    """Save the settings."""
    fields = sent()
    try:
        form = SettingsForm.read(fields)
        waits = actions.change_settings(
            db(),
            guard.actor(),
            form.version,
            running=form.running,
            days=form.days,
            later_days=form.later_days,
            now=now(),
        )
    except Conflict:
        raise
    except MISTAKES as failure:
        return _page(mistake(failure, fields, about=SETTINGS))
    return _wanted(waits, gettext("The settings are saved."))


@blueprint.post("/questions")
@guard.allow(access.COORDINATE)
def questions() -> Page:
    """Ask other questions from now on."""
    fields = sent()
    try:
        form = QuestionsForm.read(QuestionsForm.nested(fields))
        asked = form.questions(queries.offered(db()))
        waits = actions.change_questions(
            db(),
            guard.actor(),
            form.set_id,
            asked,
            now(),
        )
    except Conflict:
        raise
    except MISTAKES as failure:
        return _page(mistake(failure, fields, about=QUESTIONS))
    said = gettext("From now on these questions are asked; what was asked before keeps its own.")
    return _wanted(waits, said)


def _wanted(waits: bool, said: str) -> Response:
    """Answer what was wanted: that it waits until it is agreed to, or else what is said of it."""
    if waits:
        return done(programme_words.waits(), "agreements.index")
    return done(said, "settings.index")


@blueprint.post("/standard")
@guard.allow(access.COORDINATE)
def take_standard() -> Response:
    """Ask the standard questions from now on."""
    form = StandardForm.read(sent())
    waits = actions.take_standard(
        db(),
        guard.actor(),
        form.set_id,
        now(),
    )
    said = gettext("From now on the standard questions are asked; what was asked before keeps its own.")
    return _wanted(waits, said)


@blueprint.post("/by-form")
@guard.allow(access.COORDINATE)
def put_forward() -> Response:
    """Put the question about the driving instructor forward."""
    form = StandardForm.read(sent())
    waits = actions.put_forward(
        db(),
        guard.actor(),
        form.set_id,
        now(),
    )
    said = gettext("From now on it is asked of the pairs that work like that.")
    if consent.agreed(db()) is None:
        said = gettext("It is asked of the pairs that work like that once it was agreed to.")
    return _wanted(waits, said)
