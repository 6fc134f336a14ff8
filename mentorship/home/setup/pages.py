"""Doors: the guide from nothing to the first pair, a page for each step."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from mentorship.base.errors import Conflict
from mentorship.base.i18n import decimal, gettext
from mentorship.home.agreements import parts
from mentorship.home.agreements.actions import arrange
from mentorship.home.setup import actions, queries, rows, rules, words
from mentorship.home.setup.forms import DomainsForm, LineForm, OrganisationForm
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.models import HOME_REGION
from mentorship.people.rules import check_seen
from mentorship.people.sites.rules import REGIONS
from mentorship.people.sites.words import REGION_NAMES
from mentorship.profiles.rosters.patterns import default_name
from mentorship.programme.consent import queries as consent
from mentorship.programme.forms import AgreementsForm
from mentorship.programme.queries import earlier_periods
from mentorship.programme.queries import programme as settings_of
from mentorship.programme.words import visibilities
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, choices, done, render_form, sent
from mentorship.web.request import db, now, settings

blueprint = Blueprint("setup", __name__, url_prefix="/setup")

TICKED = "true"


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Response:
    """Go to the first step that is not done."""
    return redirect(url_for(_next()), 303)


def _next() -> str:
    return words.next_door(queries.stands(db(), now()))


def _step(key: str, wrong: Mistake, known: dict[str, Any], **shown: Any) -> Page:
    """Show one step, with the guide beside it."""
    return render_form(
        f"home/setup/{key}.html",
        wrong,
        guide=words.guide(queries.stands(db(), now()), key),
        values={**known, **wrong.values},
        **shown,
    )


@blueprint.post("/aside")
@guard.allow(access.COORDINATE)
def put_aside() -> Response:
    """Put the guide aside, or follow it again."""
    aside = sent().get("aside") == TICKED
    actions.put_aside(db(), guard.actor(), aside, now())
    if aside:
        return done(gettext("Put aside. You find them again at Programme."), "home.index")
    return done(gettext("They stand at Today again."), _next())


@blueprint.get("/organisation")
@guard.allow(access.COORDINATE)
def organisation() -> Page:
    """Ask what the organisation is called, and where it works."""
    return _organisation()


def _organisation(wrong: Mistake = NOTHING_WRONG) -> Page:
    found = settings_of(db())
    known = {
        "version": found.version,
        "organisation": found.organisation,
        "region": HOME_REGION,
    }
    return _step(
        rules.ORGANISATION,
        wrong,
        known,
        sites=people.sites(db()),
        regions=choices(REGIONS, REGION_NAMES),
    )


@blueprint.post("/organisation")
@guard.allow(access.COORDINATE)
def set_organisation() -> Page:
    """Save what the organisation is called, and add its sites."""
    fields = sent()
    try:
        form = OrganisationForm.read(fields)
        actions.set_programme(
            db(),
            guard.actor(),
            form.version,
            organisation=form.organisation,
            sites=form.names,
            region=form.region,
            now=now(),
        )
    except Conflict:
        raise
    except MISTAKES as failure:
        return _organisation(mistake(failure, fields))
    return done(gettext("Saved."), _next())


@blueprint.get("/agreements")
@guard.allow(access.COORDINATE)
def agreements() -> Page:
    """Ask what was agreed before anything is published."""
    return _agreements()


def _agreements(wrong: Mistake = NOTHING_WRONG) -> Page:
    found = settings_of(db())
    known = found.snapshot()
    known["no_works_council"] = TICKED if found.no_works_council else ""
    return _step(
        rules.AGREEMENTS,
        wrong,
        known,
        visibilities=visibilities(found.visibility, earlier_periods(db())),
        agreed_before=consent.present(db()) is not None,
    )


@blueprint.post("/agreements")
@guard.allow(access.COORDINATE, again=True)
def set_agreements() -> Page:
    """Save what was agreed; what is not known yet may wait."""
    fields = sent()
    try:
        form = AgreementsForm.read(fields)
        arrange(
            db(),
            guard.actor(),
            form.version,
            form.model_dump(exclude={"version"}),
            parts.systems(settings()),
            now(),
        )
    except Conflict:
        raise
    except MISTAKES as failure:
        return _agreements(mistake(failure, fields))
    return done(gettext("Saved."), _next())


@blueprint.get("/line")
@guard.allow(access.COORDINATE)
def line() -> Page:
    """Ask who leads whom, who is a mentor, who a junior."""
    return _line()


def _line(wrong: Mistake = NOTHING_WRONG) -> Page:
    me = guard.actor().person_id
    placed = queries.placed(db(), me)
    return _step(
        rules.LINE,
        wrong,
        {},
        rows=rows.line_rows(placed, wrong.values),
        seen=rows.mark_of(placed),
        leaders=rows.leader_choices(queries.leaders(db(), placed)),
        without=rows.without_leader(placed),
        more=people.count_here(db()) - 1 > len(placed),
    )


@blueprint.post("/line")
@guard.allow(access.COORDINATE)
def set_line() -> Page:
    """Save who leads whom, and the roles."""
    fields = sent(
        "person",
        "leader",
        "junior",
        "senior",
        "manager",
    )
    seen = fields.pop("seen", "")
    try:
        form = LineForm.read(fields)
        check_seen(seen, *rows.shown(queries.placed(db(), guard.actor().person_id)))
        actions.place(
            db(),
            guard.actor(),
            form.places(),
            now(),
        )
    except Conflict:
        raise
    except MISTAKES as failure:
        return _line(mistake(failure, fields))
    return done(gettext("Saved."), _next())


@blueprint.get("/domains")
@guard.allow(access.COORDINATE)
def domains() -> Page:
    """Ask which domains and rosters there are, and how many hours a pair needs."""
    return _domains()


def _domains(wrong: Mistake = NOTHING_WRONG) -> Page:
    found = settings_of(db())
    known = {
        "version": found.version,
        "hours_per_pair": decimal(found.hours_per_pair),
        "usual": default_name(db()),
    }
    return _step(
        rules.DOMAINS,
        wrong,
        known,
        **rows.to_tick(db(), wrong.values),
    )


@blueprint.post("/domains")
@guard.allow(access.COORDINATE)
def set_domains() -> Page:
    """Add domains and rosters, and save the hours."""
    fields = sent("domain", "shape")
    me = guard.actor()
    try:
        form = DomainsForm.read(fields)
        actions.set_hours(
            db(),
            me,
            form.version,
            form.hours_per_pair,
            now(),
        )
        actions.add_domains(
            db(),
            me,
            form.wanted,
            now(),
        )
        actions.add_rosters(
            db(),
            me,
            form.shape,
            now(),
        )
        actions.set_usual(
            db(),
            me,
            form.usual,
            now(),
        )
    except Conflict:
        raise
    except MISTAKES as failure:
        return _domains(mistake(failure, fields))
    return done(gettext("Saved."), _next())


@blueprint.get("/cards")
@guard.allow(access.COORDINATE)
def cards() -> Page:
    """Show who needs a card, and how far the mentors are."""
    return _step(
        rules.CARDS,
        NOTHING_WRONG,
        {},
        handing=rows.handing(queries.handing(db(), now())),
        mentors=rows.mentor_rows(queries.mentors(db())),
    )
