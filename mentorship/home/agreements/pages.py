"""Doors: what was agreed, for everybody; entering it and what waits, for the coordinator."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from mentorship.base.errors import Conflict
from mentorship.base.i18n import gettext
from mentorship.home.agreements import actions, parts, words
from mentorship.home.agreements.forms import ConsentForm, SightForm, UrgentForm
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.programme.consent import queries, rules
from mentorship.programme.consent.models import Consent
from mentorship.programme.consent.words import by_group
from mentorship.programme.queries import earlier_periods
from mentorship.programme.queries import programme as settings_of
from mentorship.programme.words import visibilities
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render, render_form, sent
from mentorship.web.request import db, now, settings

blueprint = Blueprint("agreements", __name__, url_prefix="/agreements")

TICKED = "true"
CONSENT, SIGHT, URGENT = "consent", "sight", "urgent"
"""Which form of the page it is about."""


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show what was agreed."""
    return _page()


def _page(wrong: Mistake = NOTHING_WRONG) -> Page:
    consent = queries.present(db())
    coordinates = access.COORDINATE.allows(guard.actor())
    if consent is None:
        return render_form(
            "home/agreements/none.html",
            wrong,
            heading=words.heading(None),
            to_do=coordinates,
        )
    held = _held(consent)
    shown: dict[str, Any] = {}
    if coordinates:
        shown = _to_decide(wrong)
        held = [one for one in held if one not in shown["changes"]]
    return render_form(
        "home/agreements/index.html",
        wrong,
        heading=words.heading(consent),
        note=words.note(consent),
        groups=by_group(consent.snapshot),
        versions=words.versions(queries.history(db())),
        held=held,
        to_decide=coordinates,
        **shown,
    )


def _held(consent: Consent) -> list[words.Change]:
    proposal = queries.proposal(db())
    if proposal is None:
        return []
    return words.held_before(consent.snapshot, proposal.urgent)


def _to_decide(wrong: Mistake) -> dict[str, Any]:
    """Return what the page shows to the coordinator besides."""
    standing = parts.standing(db(), settings())
    assert standing is not None, "something was agreed"
    changes = words.changes(standing)
    found = settings_of(db())
    known = {
        "dpia_on": found.dpia_on,
        "no_works_council": TICKED if found.no_works_council else "",
        "visibility": found.visibility,
    }
    return {
        "changes": changes,
        "finding": words.waiting(changes),
        "waits": bool(standing.waits),
        "may_narrow": bool(rules.narrower(standing.present, standing.waits)),
        "effect": words.effect(found.no_works_council),
        "seen": actions.mark(db(), parts.systems(settings())),
        "values": {**known, **wrong.values},
        "visibilities": visibilities(found.visibility, earlier_periods(db())),
        "about": wrong.about,
    }


@blueprint.get("/<id:consent_id>")
@guard.allow(access.SIGNED_IN, of=queries.subject)
def show(consent_id: int) -> Page:
    """Show what was agreed at one time, and what that changed."""
    consent = db().get_one(Consent, consent_id)
    earlier = queries.before(db(), consent_id)
    changed = []
    if earlier is not None:
        changed = words.changed(earlier.snapshot, consent.snapshot)
    return render(
        "home/agreements/show.html",
        heading=words.title(consent),
        note=words.note(consent),
        first=earlier is None,
        changed=changed,
        held=words.held_before(consent.snapshot, consent.urgent),
        groups=by_group(consent.snapshot),
        fingerprint=consent.hash,
    )


@blueprint.post("")
@guard.allow(access.COORDINATE, again=True)
def enter() -> Page:
    """Enter what was agreed."""
    fields = sent()
    try:
        form = ConsentForm.read(fields)
        actions.enter(
            db(),
            guard.actor(),
            form.agreed,
            form.seen,
            parts.systems(settings()),
            now(),
        )
    except Conflict:
        raise
    except MISTAKES as failure:
        return _page(mistake(failure, fields, about=CONSENT))
    return done(gettext("It holds from now on. Everybody reads it on their own page."), "agreements.index")


@blueprint.post("/sight")
@guard.allow(access.COORDINATE, again=True)
def sight() -> Page:
    """Propose that managers see otherwise."""
    fields = sent()
    try:
        form = SightForm.read(fields)
        waits = actions.choose_visibility(db(), guard.actor(), form.visibility, now())
    except MISTAKES as failure:
        return _page(mistake(failure, fields, about=SIGHT))
    if waits:
        return done(gettext("Proposed. It waits until it is agreed to."), "agreements.index")
    return done(gettext("It holds as it was agreed."), "agreements.index")


@blueprint.post("/urgent")
@guard.allow(access.COORDINATE, again=True)
def urgent() -> Page:
    """Let at once what only takes away."""
    fields = sent()
    try:
        form = UrgentForm.read(fields)
        actions.narrow(db(), guard.actor(), form.reason, now())
    except MISTAKES as failure:
        return _page(mistake(failure, fields, about=URGENT))
    return done(gettext("It holds from now on, and stays here until it is agreed to."), "agreements.index")


@blueprint.post("/withdraw")
@guard.allow(access.COORDINATE)
def withdraw() -> Page:
    """Take back what waits."""
    actions.withdraw(db(), guard.actor(), now())
    return done(gettext("Withdrawn. What was agreed goes on to hold."), "agreements.index")
