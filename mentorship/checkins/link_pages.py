"""Doors without signing in: a signed link, or a code on paper, opens one person's one check-in and nothing else.

Whoever holds it reads only what this same browser gave, kept in its own session: not what its author saved elsewhere.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, abort, session, url_for

from mentorship.base import links
from mentorship.base.forms import Invalid
from mentorship.base.i18n import N_, gettext
from mentorship.checkins import code_queries, pages
from mentorship.checkins.forms import AnswerForm
from mentorship.checkins.models import OPEN, CheckIn
from mentorship.checkins.rules import LINK_LASTS, LINK_PURPOSE
from mentorship.people import access, guard
from mentorship.people.models import Person
from mentorship.people.rules import CODE_DAYS
from mentorship.web.page import Page, done, render, sent
from mentorship.web.request import choose_locale, db, now, settings

blueprint = Blueprint("check_in_links", __name__, url_prefix="/c")
CODE_PURPOSE, CODE_LASTS = "check-in code", timedelta(days=CODE_DAYS)
GIVEN_HERE, REMEMBERED = "given_here", 5
WRONG = N_(
    "This code opens no check-in. It may be too old, replaced by a newer one, or the check-in is closed. Check what"
    " you typed, or ask for a new slip."
)


class Replaced(Exception):
    """The code that this address came from does not stand any more."""


@blueprint.errorhandler(Replaced)
def replaced(_error: Replaced) -> Page:
    """Say so, and ask for the newer code."""
    return render("checkins/code.html", 409, errors={"": gettext(WRONG)}, values={})


def address(code_hash: str) -> str:
    """Return the address that a code on paper opens; it works as long as the code itself."""
    return url_for("check_in_links.show", token=links.sign(settings(), CODE_PURPOSE, code_hash, now()))


def given_here(check_in_id: int) -> dict[str, str]:
    """Return the answers to a check-in that this browser gave, by question."""
    kept: dict[int, dict[str, str]] = dict(session.get(GIVEN_HERE, []))
    return kept.get(check_in_id, {})


def remember(check_in_id: int, given: AnswerForm) -> None:
    """Keep an answer in this browser's own session: the cookie holds the last few check-ins only."""
    answers = {**given_here(check_in_id), given.key: given.value}
    others = [one for one in session.get(GIVEN_HERE, []) if one[0] != check_in_id]
    session[GIVEN_HERE] = [*others, [check_in_id, answers]][-REMEMBERED:]


def forget(check_in_id: int) -> None:
    """Drop from this browser's session what it gave to a check-in that closed."""
    session[GIVEN_HERE] = [one for one in session.get(GIVEN_HERE, []) if one[0] != check_in_id]


def _opened(token: str) -> CheckIn | None:
    """Return the open check-in of a link; None when it was closed. A link that is not ours leads nowhere."""
    number = links.read(settings(), LINK_PURPOSE, token, now(), LINK_LASTS)
    found = db().get(CheckIn, number) if isinstance(number, int) else _of_code(token)
    if found is None:
        abort(404)
    choose_locale(db().get_one(Person, found.person_id).locale)
    return found if found.status == OPEN else None


def _of_code(token: str) -> CheckIn | None:
    """Return the check-in of an address that a code on paper opened, while the code itself stands."""
    code_hash = links.read(settings(), CODE_PURPOSE, token, now(), CODE_LASTS)
    if not isinstance(code_hash, str):
        return None
    found = code_queries.of_code(db(), code_hash, now())
    if found is None:
        raise Replaced
    return found


def _form(found: CheckIn, token: str, status: int = 200, errors: object = None, values: object = None) -> Page:
    urls = {name: url_for(f"check_in_links.{name}", token=token) for name in ("send", "answer", "skip")}
    return pages.form(found.id or 0, urls, status, errors, values, given=given_here(found.id or 0))


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
    remember(found.id or 0, pages.save_one(found.id or 0))
    return "", 204


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
    forget(found.id or 0)
    return done(gettext("Sent. Thank you!"), "check_in_links.show", token=token)


@blueprint.post("/<token>/skip")
@guard.allow(access.PUBLIC)
def skip(token: str) -> Page:
    """Skip the check-in."""
    found = _opened(token)
    if found is None:
        return _closed(409)
    try:
        pages.skip_one(found.id or 0)
    except Invalid as failure:
        return _form(found, token, 422, failure.errors)
    forget(found.id or 0)
    return done(gettext("Skipped. That is fine: it counts for nothing."), "check_in_links.show", token=token)
