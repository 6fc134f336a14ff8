"""Doors without signing in: a signed link, or a code on paper, opens one person's one check-in and nothing else.

Whoever holds it reads only what this same browser gave, kept in its own session: not what its author saved elsewhere.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from mentorship.base import links
from mentorship.base.db import id_of
from mentorship.base.errors import Conflict, Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import N_, gettext
from mentorship.checkins import actions as check_ins
from mentorship.checkins import pages, promises
from mentorship.checkins.asking import on_slip
from mentorship.checkins.endings.forms import read_reply
from mentorship.checkins.forms import AnswerForm, shown_closing
from mentorship.checkins.links import actions, opening, queries, rules, words
from mentorship.checkins.links.forms import CodeForm
from mentorship.checkins.links.guard import forget, given_here, remember
from mentorship.checkins.links.opening import Opened
from mentorship.checkins.models import OPEN
from mentorship.checkins.queries import asked as questions_of
from mentorship.checkins.visibility import SIDES
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.addresses.queries import is_given_unseen
from mentorship.people.forms import CodesForm
from mentorship.people.models import Person
from mentorship.people.throttle import guard as throttle
from mentorship.people.throttle.rules import SLIP
from mentorship.programme.queries import programme
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, paging, render, render_form, sent
from mentorship.web.request import choose_locale, db, now, public_address, settings, typed_address

blueprint = Blueprint("links", __name__, url_prefix="/links")


@blueprint.errorhandler(rules.Replaced)
def replaced(error: rules.Replaced) -> Page:
    """Say that the code behind an address does not stand any more, and ask for the newer one."""
    return _ask_code(mistake(error, {}))


def _opened(token: str) -> Opened | None:
    """Return what an address opens; None when it was closed. One that is not ours leads nowhere."""
    found = opening.of_token(
        db(),
        settings(),
        token,
        now(),
    )
    if found is None:
        abort(404)
    author = db().get_one(Person, found.check_in.person_id)
    choose_locale(author.locale)
    if found.check_in.status != OPEN:
        return None
    if found.slip_by_id is None and is_given_unseen(db(), found.check_in.person_id):
        abort(_sign_in_once(found))
    return found


def _sign_in_once(opened: Opened) -> Response:
    """Let who has another address by another sign in first: nobody knows yet who reads what is mailed there."""
    page = url_for("checkins.show", check_in_id=opened.check_in.id)
    if guard.actor_or_none() is not None:
        return redirect(page, 303)
    flash(gettext("Your e-mail address was changed by somebody else. Sign in once, and links work again."), "info")
    address = url_for("account.sign_in", next=page)
    return redirect(address, 303)


def _form(opened: Opened, token: str, wrong: Mistake = NOTHING_WRONG, skipping: str = "") -> Page:
    found = opened.check_in
    urls = {
        "send": url_for("links.send", token=token),
        "answer": url_for("links.answer", token=token),
        "skip": url_for("links.skip", token=token),
        "out": "",
    }
    asked = questions_of(db(), found)
    if opened.slip_by_id is not None:
        asked = replace(asked, questions=on_slip(asked.questions))
    way_on = pages.WayOn(
        lost=gettext("Kept on this phone, but not saved: this page was open too long."),
        name=gettext("Open it again"),
        address=url_for("links.show", token=token),
    )
    given = given_here(id_of(found))
    return pages.to_answer(
        asked,
        urls,
        way_on,
        given,
        wrong,
        skipping,
        slip_by=opened.slip_by_id,
    )


def _closed(status: int = 200) -> Page:
    """Thank; what was answered is not shown to whoever holds the link."""
    return render("checkins/links/closed.html", status)


@blueprint.get("/<token>")
@guard.allow(access.PUBLIC)
def show(token: str) -> Page:
    """Show the form that this link opens."""
    found = _opened(token)
    if found is None:
        return _closed()
    return _form(found, token)


@blueprint.post("/<token>/answer")
@guard.allow(access.PUBLIC)
def answer(token: str) -> Page:
    """Save one answer as it is given."""
    found = _opened(token)
    if found is None:
        return _closed(409)
    check_in_id = id_of(found.check_in)
    form = AnswerForm.read(sent())
    check_ins.save_answers(db(), check_in_id, form.answer())
    actions.note_begun(found)
    remember(check_in_id, form)
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
        reply = read_reply(fields)
        if found.slip_by_id is not None:
            rules.check_alone(reply)
        check_ins.send_shown(
            db(),
            id_of(found.check_in),
            reply,
            now(),
        )
    except Conflict:
        raise
    except MISTAKES as failure:
        return _form(found, token, mistake(failure, fields))
    _close(found)
    return done(gettext("Sent. Thank you!"), "links.show", token=token)


def _close(opened: Opened) -> None:
    """Note by whose slip it closed, and forget what this browser gave."""
    actions.note_closed(db(), opened, now())
    forget(id_of(opened.check_in))


@blueprint.post("/<token>/skip")
@guard.allow(access.PUBLIC)
def skip(token: str) -> Page:
    """Skip the check-in; asks first when that throws away what this browser gave."""
    found = _opened(token)
    if found is None:
        return _closed(409)
    fields = sent("help_from")
    lost = pages.thrown_away(given_here(id_of(found.check_in)), fields)
    if lost:
        return _form(found, token, Mistake(values=fields), lost)
    me = guard.actor_or_none()
    try:
        check_ins.skip_shown(
            db(),
            None if me is None else me.person_id,
            id_of(found.check_in),
            shown_closing(fields),
            now(),
        )
    except Conflict:
        raise
    except MISTAKES as failure:
        return _form(found, token, mistake(failure, fields))
    _close(found)
    return done(gettext("Skipped. That is fine; it is not held against you."), "links.show", token=token)


@blueprint.get("/codes")
@guard.allow(access.HAND_OUT_CODES)
def codes() -> Page:
    """List who has no mail and a check-in waiting."""
    me = guard.actor()
    site_id = _site_wanted()
    turned = paging(queries.count(db(), me, now(), site_id))
    return render(
        "checkins/links/codes.html",
        heading=words.heading(turned.total),
        found=queries.listed(
            db(),
            me,
            site_id,
            now(),
            turned.offset,
            turned.size,
        ),
        paging=turned,
        sites=people.sites(db()),
        search={"site": str(site_id or "")},
    )


def _site_wanted() -> int | None:
    """Read from the URL of which site people are listed."""
    wanted = request.args.get("site", "")
    if wanted.isdecimal() and len(wanted) < 10:
        return int(wanted) or None
    return None


@blueprint.post("/codes")
@guard.allow(access.HAND_OUT_CODES, again=True)
def make() -> Page:
    """Make codes for the people ticked and show them once, ready to print."""
    me = guard.actor()
    chosen = _people_ticked()
    if not queries.reaches(db(), me, chosen):
        abort(404)  # who is in another line looks like who does not exist
    made = actions.make(db(), me, chosen, now())
    served = {asked.person_id for asked, _ in made}
    return render(
        "checkins/links/slips.html",
        slips=queries.slips(db(), made, now()),
        sees={side: promises.in_short(side, programme(db()).visibility) for side in SIDES},
        passed_over=len(chosen) - len(served),
        opening=public_address(url_for("links.enter")),
        address=typed_address("/c"),
    )


def _people_ticked() -> set[int]:
    try:
        chosen = CodesForm.read(sent("person")).person
    except Invalid:
        chosen = []
    if not chosen:
        raise Refused(N_("Choose at least one person, and at most 500 at once."))
    return set(chosen)


@blueprint.get("")
@guard.allow(access.PUBLIC)
def enter() -> Page:
    """Ask for the code from a slip; whoever scanned it finds it filled in."""
    return _ask_code(NOTHING_WRONG, request.args.get("code", ""))


def _ask_code(wrong: Mistake, code: str = "") -> Page:
    values = {"code": code[:40], **wrong.values}
    return render_form(
        "checkins/links/code.html",
        wrong,
        values=values,
    )


@blueprint.post("")
@guard.allow(access.PUBLIC)
def open_check_in() -> Page:
    """Go to the one check-in that a code opens; the try is counted first, in a transaction of its own."""
    fields = sent()
    try:
        form = CodeForm.read(fields)
        tried = throttle.book(SLIP, form.code)
        if opening.opened_by(db(), form.code, now()) is None:
            raise Refused(rules.NO_CHECK_IN)
    except MISTAKES as failure:
        return _ask_code(mistake(failure, fields))
    throttle.was_right(tried)
    token = links.sign(
        settings(),
        rules.CODE_PURPOSE,
        opening.kept_of(db(), form.code),
        now(),
    )
    address = url_for("links.show", token=token)
    return redirect(address, 303)
