"""Doors: the pulse, for everybody whom the open wave asks."""

from __future__ import annotations

from flask import Blueprint

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.pulse import actions, queries, words
from mentorship.pulse.forms import PulseForm
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("pulse", __name__, url_prefix="/pulse")


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show the questions of the open wave, or that one took part, or that none is open."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    mine = queries.mine(db(), guard.actor().person_id, local_date(now()))
    questions = words.questions(wrong.values)
    return render_form(
        "pulse/index.html",
        wrong,
        mine=mine,
        until=words.until(mine.wave) if mine else "",
        counts_as=words.counts_as(mine) if mine else "",
        questions=questions,
        length=words.number_of_questions(len(questions)),
        promises=[gettext(promise) for promise in words.PROMISES],
        least=words.least(),
        not_excluded=gettext(words.NOT_EXCLUDED),
    )


@blueprint.post("")
@guard.allow(access.SIGNED_IN)
def answer() -> Page:
    """Take in somebody's answers."""
    fields = sent()
    try:
        said = PulseForm.read(fields).said()
        actions.answer(db(), guard.actor(), said, now())
    except MISTAKES as failure:
        return _index(mistake(failure, fields))
    return done(gettext("Thank you. Your answers are in, without your name."), "pulse.index")
