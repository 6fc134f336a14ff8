"""Doors without signing in: a signed link, or a code on paper, opens one person's one check-in and nothing else.

Whoever holds it reads only what this same browser gave, kept in its own session: not what its author saved elsewhere.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, abort, redirect, request, session, url_for

from mentorship.base import links
from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import N_, gettext
from mentorship.checkins import pages
from mentorship.checkins.due import MISSED_AFTER_DAYS
from mentorship.checkins.forms import AnswerForm
from mentorship.checkins.links import actions as code_actions
from mentorship.checkins.links import queries as code_queries
from mentorship.checkins.links.forms import CodeForm
from mentorship.checkins.links.rules import LINK_LASTS, LINK_PURPOSE
from mentorship.checkins.models import OPEN, CheckIn
from mentorship.mentorships import queries as mentorships
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import actions as account_actions
from mentorship.people.account import guard
from mentorship.people.account import queries as account_queries
from mentorship.people.account.rules import CODE_DAYS, code_digest, spaced
from mentorship.people.forms import CodesForm
from mentorship.people.models import Person
from mentorship.web.page import Page, done, invalid, paging, render, sent
from mentorship.web.request import choose_locale, db, now, settings, short_session

blueprint = Blueprint("links", __name__, url_prefix="/links")
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
    return render("checkins/links/code.html", 409, errors={"": gettext(WRONG)}, values={})


def address_of(code_hash: str) -> str:
    """Return the address that a code on paper opens; it works as long as the code itself."""
    return url_for("links.show", token=links.sign(settings(), CODE_PURPOSE, code_hash, now()))


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
    urls = {name: url_for(f"links.{name}", token=token) for name in ("send", "answer", "skip")}
    return pages.form(found.id or 0, urls, status, errors, values, given=given_here(found.id or 0))


def _closed(status: int = 200) -> Page:
    """Thank; what was answered is not shown to whoever holds the link."""
    return render("checkins/links/closed.html", status)


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
    return done(gettext("Sent. Thank you!"), "links.show", token=token)


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
    return done(gettext("Skipped. That is fine: it counts for nothing."), "links.show", token=token)


@blueprint.get("/codes")
@guard.allow(access.HAND_OUT_CODES)
def codes() -> Page:
    """List who has no mail and a check-in waiting."""
    site = request.args.get("site", "")
    site_id = int(site) if site.isdecimal() and len(site) < 10 else None
    pages = paging(code_queries.count(db(), guard.actor(), site_id))
    return render(
        "checkins/links/codes.html",
        found=code_queries.listed(db(), guard.actor(), site_id, now(), pages.offset, pages.size),
        paging=pages,
        sites=people.sites(db()),
        search={"site": str(site_id or "")},
        days=CODE_DAYS,
    )


@blueprint.post("/codes")
@guard.allow(access.HAND_OUT_CODES)
def make() -> Page:
    """Make codes for the people ticked and show them once, ready to print."""
    try:
        chosen = CodesForm.read(sent("person")).person
    except Invalid:
        chosen = []
    if not chosen:
        raise Refused(N_("Choose at least one person, and at most 500 at once."))
    if not code_queries.reaches(db(), guard.actor(), chosen):
        abort(404)  # who is in another line looks like who does not exist
    made = code_actions.make(db(), guard.actor(), chosen, now())
    pairs = mentorships.by_id(db(), {asked.mentorship_id for asked, _ in made})
    both = [i for pair in pairs.values() for i in (pair.mentor_id, pair.junior_id)]
    known, last = people.persons(db(), both), local_date(now()) + timedelta(days=CODE_DAYS)
    slips = []
    for asked, code in made:
        pair = pairs[asked.mentorship_id]
        other = pair.mentor_id if asked.person_id == pair.junior_id else pair.junior_id
        until = min(last, local_date(asked.opened_at) + timedelta(days=MISSED_AFTER_DAYS - 1))
        slips.append((known[asked.person_id], known[other], spaced(code), until))
    return render(
        "checkins/links/slips.html",
        slips=sorted(slips, key=lambda slip: (slip[0].sort_name, slip[0].id, slip[3])),
        passed_over=len(set(chosen)) - len({asked.person_id for asked, _ in made}),
        host=request.host_url,
    )


@blueprint.get("")
@guard.allow(access.PUBLIC)
def enter() -> Page:
    """Ask for the code from a slip."""
    return render("checkins/links/code.html", values={}, errors={})


@blueprint.post("")
@guard.allow(access.PUBLIC)
def open_check_in() -> Page:
    """Go to the one check-in that a code opens; failures are remembered in a transaction of their own."""
    try:
        form = CodeForm.read(sent())
    except Invalid as failure:
        return invalid("checkins/links/code.html", failure.errors, failure.values)
    address, name = request.remote_addr or "", f"check-in code {form.code}"
    if not account_queries.may_try(db(), name, address, now()):
        abort(429)
    found = code_queries.opened_by(db(), form.code, now())
    if found is None:
        db().rollback()  # a session cookie, even a dead one, opened it for writing: SQLite has one writer
        with short_session() as opened:
            account_actions.note_failure(opened, name, address, now())
            opened.commit()
        return invalid("checkins/links/code.html", {"": gettext(WRONG)}, {"code": form.code})
    return redirect(address_of(code_digest(form.code)), 303)
