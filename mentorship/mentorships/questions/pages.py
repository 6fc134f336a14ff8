"""Doors: find somebody who can explain something, ask them a quick question, and answer one."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, request, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, long_day
from mentorship.mentorships.questions import actions, queries, rules, shown, words
from mentorship.mentorships.questions.forms import ALONG, QUESTION, AskForm, DayForm
from mentorship.mentorships.questions.models import NO, OPEN, YES, QuickQuestion
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.profiles.contact.queries import Reach, reach
from mentorship.profiles.findable import queries as findable
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render, render_form, searched, sent
from mentorship.web.request import apart, db, now

blueprint = Blueprint("questions", __name__, url_prefix="/questions")


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show in which domains how many colleagues can, and who of them may be found."""
    actor = guard.actor()
    typed = searched()
    found = shown.find(
        db(),
        actor,
        typed,
        _domain(),
        local_date(now()),
    )
    return render(
        "mentorships/questions/index.html",
        q=typed,
        found=found,
        back=url_for("questions.index", q=typed or None, domain=_domain(), _anchor="names"),
        guides=access.GUIDE.allows(actor),
        can_be_found=access.GUIDE.allows(actor) and findable.can_choose(db(), actor.person_id),
        asks=access.ASK.allows(actor),
        is_found=findable.may_be_found(db(), actor.person_id),
    )


def _domain() -> int | None:
    """Return which domain the address names."""
    return request.args.get("domain", type=int)


@blueprint.get("/ask/<id:person_id>")
@guard.allow(access.SIGNED_IN, of=people.person_subject)
def form(person_id: int) -> Page:
    """Show what one can ask somebody who may be found; who may not is like who is not there."""
    if not findable.is_found(db(), guard.actor().person_id, person_id, local_date(now())):
        abort(404)
    return _form(person_id)


def _form(person_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    me = guard.actor().person_id
    known = people.persons(db(), [person_id, me])
    other = known[person_id]
    domain_id = _domain()
    return render_form(
        "mentorships/questions/ask.html",
        wrong,
        other=other,
        site=people.site_names(db())[other.site_id],
        domain=profiles.domain_names(db()).get(domain_id or 0, ""),
        values={"what": ALONG, "domain": domain_id or "", **wrong.values},
        whats=_whats(),
        shows=_shows(reach(db(), known[me])),
        back=url_for("questions.index", domain=domain_id),
    )


def _whats() -> list[tuple[str, str]]:
    return [
        (ALONG, gettext("Walk along for one shift")),
        (QUESTION, gettext("Just a question")),
    ]


def _shows(mine: Reach) -> str:
    """Say what the other reads of how one is reached, once the answer is yes."""
    told = ", ".join(filter(None, (mine.phone, mine.email)))
    if not told:
        return gettext("After a yes you find each other at work: you show no number or mail address.")
    return gettext("After a yes the other sees, as you chose in your profile: %(told)s.", told=told)


@blueprint.post("/ask/<id:person_id>")
@guard.allow(access.SIGNED_IN, of=people.person_subject)
def ask(person_id: int) -> Page:
    """Ask somebody a quick question."""
    fields = sent()
    try:
        asked = AskForm.read(fields)
        actions.ask(
            db(),
            guard.actor(),
            person_id,
            now(),
            words=asked.words,
            along=asked.what == ALONG,
            domain_id=asked.domain,
        )
    except MISTAKES as failure:
        wrong = mistake(failure, fields)
        if not findable.is_found(db(), guard.actor().person_id, person_id, local_date(now())):
            abort(404)
        return _form(person_id, wrong)
    name = people.persons(db(), [person_id])[person_id].given_name
    return done(gettext("%(name)s has your question.", name=name), "questions.index", _anchor="mine")


@blueprint.get("/<id:question_id>")
@guard.allow(access.OWN, of=queries.subject)
def show(question_id: int) -> Page:
    """Show a question to one of the two: what was asked, and what can be said."""
    return _show(question_id)


def _show(question_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    found = queries.one(db(), question_id)
    me = guard.actor().person_id
    _note_seen(found, me)
    today = local_date(now())
    known = people.persons(db(), [found.asker_id, found.asked_id])
    other = known[found.other_of(me)]
    return render_form(
        "mentorships/questions/show.html",
        wrong,
        question=found,
        asker=known[found.asker_id],
        other=other,
        site=people.site_names(db())[other.site_id],
        domain=profiles.domain_names(db()).get(found.domain_id or 0, ""),
        what=words.what(found),
        standing=words.standing(found, me, other.given_name, today),
        **_answering(found, known[me], today),
        reach=reach(db(), other) if found.status == YES else None,
        **_moves(found, me, today),
    )


def _moves(found: QuickQuestion, me: int, today: date) -> dict[str, bool]:
    """Return what one of the two can still do, beside answering."""
    asked_it = found.asker_id == me
    return {
        "can_withdraw": asked_it and found.status == OPEN,
        "can_call_off": rules.can_be_called_off(found.status, found.day, today, by_asked=not asked_it),
        "asks_on": asked_it and found.status in (NO, YES),
    }


def _answering(found: QuickQuestion, mine: Person, today: date) -> dict[str, Any]:
    """Return what an answer is given from, for who can still give one."""
    if found.status != OPEN or found.asked_id != mine.id or rules.is_over(found.asked_at, now()):
        return {"answers": False}
    return {
        "answers": True,
        "days": _days(found, today) if found.along else [],
        "shows": _shows(reach(db(), mine)),
    }


def _days(found: QuickQuestion, today: date) -> list[tuple[str, str]]:
    """Return the days to choose from, as options."""
    return [(each.isoformat(), long_day(each)) for each in queries.days(db(), found, today)]


def _note_seen(found: QuickQuestion, me: int) -> None:
    """Note that who asked reads the answer, the first time."""
    if found.asker_id != me or found.seen_at is not None or found.answered_at is None:
        return
    question_id = id_of(found)
    with apart() as opened:  # where nothing may be read otherwise: a reader would keep the writer waiting
        actions.see(opened, question_id, now())


@blueprint.post("/<id:question_id>/yes")
@guard.allow(access.OWN, of=queries.subject)
def yes(question_id: int) -> Page:
    """Say yes, to a shift along with the day."""
    fields = sent()
    try:
        day = DayForm.read(fields).day
        found = actions.answer(db(), guard.actor(), question_id, now(), day=day, said_yes=True)
    except MISTAKES as failure:
        return _show(question_id, mistake(failure, fields))
    name = _asker(found).given_name
    return done(gettext("%(name)s reads that you said yes.", name=name), "questions.show", question_id=question_id)


def _asker(found: QuickQuestion) -> Person:
    return db().get_one(Person, found.asker_id)


@blueprint.post("/<id:question_id>/no")
@guard.allow(access.OWN, of=queries.subject)
def no(question_id: int) -> Response:
    """Say no thanks."""
    found = actions.answer(db(), guard.actor(), question_id, now(), said_yes=False)
    name = _asker(found).given_name
    return done(gettext("Good. %(name)s reads: not this time.", name=name), "home.index")


@blueprint.post("/<id:question_id>/withdraw")
@guard.allow(access.OWN, of=queries.subject)
def withdraw(question_id: int) -> Response:
    """Take one's own question back."""
    actions.withdraw(db(), guard.actor(), question_id, now())
    return done(gettext("Your question is withdrawn."), "questions.index", _anchor="mine")


@blueprint.post("/<id:question_id>/off")
@guard.allow(access.OWN, of=queries.subject)
def call_off(question_id: int) -> Response:
    """Say that a shift along does not go ahead."""
    actions.call_off(db(), guard.actor(), question_id, now())
    return done(gettext("The shift along is called off."), "questions.show", question_id=question_id)
