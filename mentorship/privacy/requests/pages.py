"""Doors: ask something of one's data and see how it stands; carry requests out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint
from sqlmodel import Session
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.account import guard
from mentorship.privacy.notice.sentences import ANSWERED
from mentorship.privacy.requests import actions, queries, words
from mentorship.privacy.requests.forms import AnswerForm, AskForm, CorrectForm, ObjectForm, ReasonForm
from mentorship.privacy.requests.models import AGAINST, CORRECT, ERASE, OBJECT, PrivacyRequest
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, paging, render, render_form, sent
from mentorship.web.request import db, now

Answering = Callable[[Session, Actor, int, str, datetime], object]
"""A verb with which an administrator answers a request: by what, and the words for who asked."""
blueprint = Blueprint("requests", __name__, url_prefix="/privacy/requests")


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show what one can ask of one's data, and how what one asked stands."""
    found = queries.of_person(db(), guard.actor().person_id)
    return render(
        "privacy/requests/index.html",
        asked=[(one, _row(one)) for one in found],
        answered=gettext(ANSWERED),
    )


def _row(found: PrivacyRequest) -> words.Row:
    ids = [found.asker_id]
    return words.row(
        found,
        people.persons(db(), ids),
        local_date(now()),
    )


@blueprint.get("/erase")
@guard.allow(access.SIGNED_IN)
def erase() -> Page:
    """Say what erasing does, and ask for it."""
    return _erase()


def _erase(wrong: Mistake = NOTHING_WRONG) -> Page:
    return render_form(
        "privacy/requests/erase.html",
        wrong,
        consequences=words.erased(),
        answered=gettext(ANSWERED),
    )


@blueprint.post("/erase")
@guard.allow(access.SIGNED_IN, again=True)
def ask_erase() -> Page:
    """Ask to be erased."""
    fields = sent()
    try:
        form = AskForm.read(fields)
        return _asked(
            ERASE,
            "",
            form.words,
        )
    except MISTAKES as failure:
        return _erase(mistake(failure, fields))


def _asked(kind: str, about: str, said: str) -> Response:
    actions.ask(
        db(),
        guard.actor(),
        kind,
        about,
        said,
        now(),
    )
    told = gettext("Asked. You read here how it stands.")
    return done(f"{told} {gettext(ANSWERED)}", "requests.index")


@blueprint.get("/object")
@guard.allow(access.SIGNED_IN)
def object_to() -> Page:
    """Say against what one can object, and what then happens."""
    return _object_to()


def _object_to(wrong: Mistake = NOTHING_WRONG) -> Page:
    return render_form(
        "privacy/requests/object.html",
        wrong,
        against=[(key, gettext(words.ABOUT[key])) for key in AGAINST],
        consequences=[gettext(text) for text in words.OBJECTED.values()],
    )


@blueprint.post("/object")
@guard.allow(access.SIGNED_IN)
def ask_object() -> Page:
    """Object to something."""
    fields = sent()
    try:
        form = ObjectForm.read(fields)
        return _asked(
            OBJECT,
            form.about,
            form.words,
        )
    except MISTAKES as failure:
        return _object_to(mistake(failure, fields))


@blueprint.get("/correct")
@guard.allow(access.SIGNED_IN)
def correct() -> Page:
    """Lead to where one corrects it oneself, and ask for the rest."""
    return _correct()


def _correct(wrong: Mistake = NOTHING_WRONG) -> Page:
    return render_form(
        "privacy/requests/correct.html",
        wrong,
    )


@blueprint.post("/correct")
@guard.allow(access.SIGNED_IN)
def ask_correct() -> Page:
    """Ask that something is corrected."""
    fields = sent()
    try:
        form = CorrectForm.read(fields)
        return _asked(
            CORRECT,
            "",
            form.words,
        )
    except MISTAKES as failure:
        return _correct(mistake(failure, fields))


@blueprint.post("/<id:privacy_id>/withdraw")
@guard.allow(access.OWN, of=queries.subject)
def withdraw(privacy_id: int) -> Response:
    """Withdraw what one asked."""
    found = actions.withdraw(
        db(),
        guard.actor(),
        privacy_id,
        now(),
    )
    return done(words.withdrawal(found), "requests.index")


@blueprint.get("/all")
@guard.allow(access.ADMINISTER)
def all_of_them() -> Page:
    """Show every request, with until when it has to be answered."""
    turned = paging(queries.count(db()))
    found = queries.listed(
        db(),
        turned.offset,
        turned.size,
    )
    askers = people.persons(db(), [one.asker_id for one in found])
    today = local_date(now())
    return render(
        "privacy/requests/all.html",
        finding=words.finding(queries.count(db(), only_open=True)),
        rows=[words.row(one, askers, today) for one in found],
        paging=turned,
    )


@blueprint.get("/all/<id:privacy_id>")
@guard.allow(access.ADMINISTER, of=queries.subject)
def show(privacy_id: int) -> Page:
    """Show one request, and what carrying it out does."""
    return _show(privacy_id)


def _show(privacy_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    found = db().get_one(PrivacyRequest, privacy_id)
    asker = people.persons(db(), [found.asker_id]).get(found.asker_id or 0)
    return render_form(
        "privacy/requests/show.html",
        wrong,
        asked=found,
        row=_row(found),
        asker=asker,
        does=words.does(found, asker),
        own=found.asker_id == guard.actor().person_id,
    )


@blueprint.post("/all/<id:privacy_id>/carry-out")
@guard.allow(access.ADMINISTER, of=queries.subject, again=True)
def carry_out(privacy_id: int) -> Page:
    """Carry a request out, after it was said what that does."""
    fields = sent()
    try:
        form = AnswerForm.read(fields)
        _answer(privacy_id, actions.carry_out, form.answer)
    except MISTAKES as failure:
        return _show(privacy_id, mistake(failure, fields))
    return done(gettext("Done."), "requests.all_of_them")


def _answer(privacy_id: int, verb: Answering, words_for_them: str) -> None:
    verb(
        db(),
        guard.actor(),
        privacy_id,
        words_for_them,
        now(),
    )


@blueprint.post("/all/<id:privacy_id>/refuse")
@guard.allow(access.ADMINISTER, of=queries.subject, again=True)
def refuse(privacy_id: int) -> Page:
    """Refuse a request with a reason."""
    return _with_reason(privacy_id, actions.refuse, gettext("Refused, with your reason."))


@blueprint.post("/all/<id:privacy_id>/extend")
@guard.allow(access.ADMINISTER, of=queries.subject, again=True)
def extend(privacy_id: int) -> Page:
    """Take two months more, with a reason."""
    return _with_reason(privacy_id, actions.extend, gettext("Extended by two months, with your reason."))


def _with_reason(privacy_id: int, verb: Answering, said: str) -> Page:
    fields = sent()
    try:
        form = ReasonForm.read(fields)
        _answer(privacy_id, verb, form.reason)
    except MISTAKES as failure:
        return _show(privacy_id, mistake(failure, fields))
    return done(said, "requests.all_of_them")
