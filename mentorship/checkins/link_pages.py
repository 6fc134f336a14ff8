"""Doors without signing in: a signed link opens one person's one check-in, to answer it and nothing else.

Whoever holds the link reads what was saved only in the browser in which it was given.
"""

from __future__ import annotations

from flask import Blueprint, abort, session, url_for

from mentorship.base import links
from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext
from mentorship.checkins import actions, pages
from mentorship.checkins.models import OPEN, CheckIn
from mentorship.checkins.rules import LINK_LASTS, LINK_PURPOSE
from mentorship.people import access, guard
from mentorship.people.models import Person
from mentorship.web.page import Page, done, render, sent
from mentorship.web.request import choose_locale, db, now, settings

blueprint = Blueprint("check_in_links", __name__, url_prefix="/c")
GIVEN_HERE, REMEMBERED = "check_ins", 20


def remember(check_in_id: int) -> None:
    """Note in this browser's own session that it saved an answer to a check-in."""
    others = [number for number in session.get(GIVEN_HERE, []) if number != check_in_id]
    session[GIVEN_HERE] = [*others, check_in_id][-REMEMBERED:]


def given_here(check_in_id: int) -> bool:
    """Tell whether this browser saved an answer to a check-in."""
    return check_in_id in session.get(GIVEN_HERE, [])


def _opened(token: str) -> CheckIn | None:
    """Return the open check-in of a link; None when it was closed. A link that is not ours leads nowhere."""
    number = links.read(settings(), LINK_PURPOSE, token, now(), LINK_LASTS)
    found = db().get(CheckIn, number) if isinstance(number, int) else None
    if found is None:
        abort(404)
    choose_locale(db().get_one(Person, found.person_id).locale)
    return found if found.status == OPEN else None


def _form(found: CheckIn, token: str, status: int = 200, errors: object = None, values: object = None) -> Page:
    urls = {name: url_for(f"check_in_links.{name}", token=token) for name in ("send", "answer", "skip")}
    return pages.form(found.id or 0, urls, status, errors, values, saved=given_here(found.id or 0))


def _closed(status: int = 200) -> Page:
    """Thank; what was answered is not shown to whoever holds the link."""
    return render("checkins/closed.html", status)


@blueprint.get("/<token>")
@guard.allow(access.PUBLIC)
def show(token: str) -> Page:
    """Show the form that this link opens."""
    found = _opened(token)
    return _form(found, token) if found else _closed()


@blueprint.post("/<token>/answer")
@guard.allow(access.PUBLIC)
def answer(token: str) -> Page:
    """Save one answer as it is given."""
    found = _opened(token)
    if found is None:
        return _closed(409)
    saved = pages.save_one(found.id or 0)
    remember(found.id or 0)
    return saved


@blueprint.post("/<token>")
@guard.allow(access.PUBLIC)
def send(token: str) -> Page:
    """Send the check-in with whatever was answered."""
    found = _opened(token)
    if found is None:
        return _closed(409)
    fields = sent("help_from")
    try:
        pages.send_all(found.id or 0, fields)
    except Invalid as failure:
        return _form(found, token, 422, failure.errors, fields)
    return done(gettext("Sent. Thank you!"), "check_in_links.show", token=token)


@blueprint.post("/<token>/skip")
@guard.allow(access.PUBLIC)
def skip(token: str) -> Page:
    """Skip the check-in."""
    found = _opened(token)
    if found is None:
        return _closed(409)
    actions.skip(db(), found.id or 0, now())
    return done(gettext("Skipped. That is fine: it counts for nothing."), "check_in_links.show", token=token)
