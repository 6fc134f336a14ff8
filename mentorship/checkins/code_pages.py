"""Doors: codes on paper for who has no mail; made by their line or the coordinator, typed by who got one."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, abort, redirect, request

from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import N_, gettext
from mentorship.checkins import code_actions, code_queries, link_pages
from mentorship.checkins.due import MISSED_AFTER_DAYS
from mentorship.checkins.forms import CodeForm
from mentorship.mentorships import queries as mentorships
from mentorship.people import access, guard
from mentorship.people import actions as accounts
from mentorship.people import queries as people
from mentorship.people.forms import CodesForm
from mentorship.people.rules import CODE_DAYS, code_digest, spaced
from mentorship.web.page import Page, invalid, paging, render, sent
from mentorship.web.request import db, now, short_session

blueprint = Blueprint("check_in_codes", __name__)


@blueprint.get("/check-ins/codes")
@guard.allow(access.HAND_OUT_CODES)
def index() -> Page:
    """List who has no mail and a check-in waiting."""
    site = request.args.get("site", "")
    site_id = int(site) if site.isdecimal() and len(site) < 10 else None
    pages = paging(code_queries.count(db(), guard.actor(), site_id))
    return render(
        "checkins/codes.html",
        found=code_queries.listed(db(), guard.actor(), site_id, now(), pages.offset, pages.size),
        paging=pages,
        sites=people.sites(db()),
        search={"site": str(site_id or "")},
        days=CODE_DAYS,
    )


@blueprint.post("/check-ins/codes")
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
        "checkins/slips.html",
        slips=sorted(slips, key=lambda slip: (slip[0].sort_name, slip[0].id, slip[3])),
        passed_over=len(set(chosen)) - len({asked.person_id for asked, _ in made}),
        host=request.host_url,
    )


@blueprint.get("/c")
@guard.allow(access.PUBLIC)
def enter() -> Page:
    """Ask for the code from a slip."""
    return render("checkins/code.html", values={}, errors={})


@blueprint.post("/c")
@guard.allow(access.PUBLIC)
def open_check_in() -> Page:
    """Go to the one check-in that a code opens; failures are remembered in a transaction of their own."""
    try:
        form = CodeForm.read(sent())
    except Invalid as failure:
        return invalid("checkins/code.html", failure.errors, failure.values)
    address, name = request.remote_addr or "", f"check-in code {form.code}"
    if not accounts.may_try(db(), name, address, now()):
        abort(429)
    found = code_queries.opened_by(db(), form.code, now())
    if found is None:
        db().rollback()  # a session cookie, even a dead one, opened it for writing: SQLite has one writer
        with short_session() as opened:
            accounts.note_failure(opened, name, address, now())
            opened.commit()
        return invalid("checkins/code.html", {"": gettext(link_pages.WRONG)}, {"code": form.code})
    return redirect(link_pages.address(code_digest(form.code)), 303)
