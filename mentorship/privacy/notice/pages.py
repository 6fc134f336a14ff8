"""Doors: the notice to oneself, that one read it, and what holds for everybody before signing in."""

from __future__ import annotations

from flask import Blueprint

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.people.models import Person
from mentorship.people.tablet import guard as tablets
from mentorship.privacy.notice import actions, queries, sentences
from mentorship.privacy.notice.forms import ReadForm
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("notice", __name__, url_prefix="/notice")


@blueprint.get("")
@guard.allow(access.PUBLIC)
@tablets.on_tablet
def index() -> Page:
    """Say what is kept and who sees it: to who is signed in by name, else what holds for everybody."""
    me = guard.actor_or_none()
    if me is None:
        return _show(None)
    return _show(db().get_one(Person, me.person_id))


@blueprint.get("/everybody")
@guard.allow(access.PUBLIC)
def everybody() -> Page:
    """Say what holds for everybody, to be printed and handed out with the first code."""
    return _show(None)


def _show(person: Person | None, wrong: Mistake = NOTHING_WRONG) -> Page:
    today = local_date(now())
    own_device = tablets.here() is None
    standing = queries.standing(db(), person, today) if person else queries.READ
    came: list[str] = []
    went: list[str] = []
    last = None
    if person is not None and standing == queries.CHANGED:
        came, went = queries.changed(db(), person, today)
        last = queries.last_shown(db(), person.id or 0)
    unread = standing != queries.READ and own_device
    return render_form(
        "privacy/notice/index.html",
        wrong,
        sections=sentences.sections(db(), person, today),
        person=person,
        seen=sentences.version(db(), person, today) if person and unread else "",
        own_device=own_device,
        came=came,
        went=went,
        last=last,
    )


@blueprint.post("/read")
@guard.allow(access.SIGNED_IN)
def read() -> Page:
    """Note that one read it, so that a change is told; when it changed meanwhile, show it anew."""
    person = db().get_one(Person, guard.actor().person_id)
    fields = sent()
    try:
        form = ReadForm.read(fields)
        actions.note_read(db(), person, form.seen, now())
    except MISTAKES as failure:
        return _show(person, mistake(failure, fields))
    return done(gettext("You read it. When it changes, that stands on your page."), "home.index")
