"""Doors: the coordinator's domains and rosters."""

from __future__ import annotations

from flask import Blueprint

from mentorship.base.errors import Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext
from mentorship.people import access, guard
from mentorship.profiles import actions, queries, roster_actions
from mentorship.profiles.forms import DomainForm, RosterForm
from mentorship.profiles.shapes import SHAPES
from mentorship.web.page import Page, done, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("setup", __name__)


@blueprint.get("/domains")
@guard.allow(access.COORDINATE)
def domains() -> Page:
    """List the domains."""
    return render("profiles/domains.html", domains=queries.domains(db()), errors={}, values={})


@blueprint.post("/domains")
@guard.allow(access.COORDINATE)
def set_domain() -> Page:
    """Add or change a domain."""
    fields = sent()
    try:
        form = DomainForm.read(fields)
        actions.set_domain(
            db(), guard.actor(), form.id, name=form.name, critical=form.critical, remote=form.remote, now=now()
        )
    except Invalid as failure:
        return render("profiles/domains.html", 422, domains=queries.domains(db()), errors=failure.errors, values=fields)
    except Refused as refusal:
        errors = {"name": str(refusal)}
        return render("profiles/domains.html", 422, domains=queries.domains(db()), errors=errors, values=fields)
    return done(gettext("Saved."), "setup.domains")


def _rosters(status: int = 200, errors: object = None, values: object = None) -> Page:
    cycles = sorted(queries.roster_cycles(db()).values(), key=lambda pair: pair[0].name)
    return render(
        "profiles/rosters.html",
        status,
        cycles=cycles,
        shifts=queries.shifts(db()),
        users=queries.roster_users(db()),
        shapes=SHAPES,
        errors=errors or {},
        values=values or {},
    )


@blueprint.get("/rosters")
@guard.allow(access.COORDINATE)
def rosters() -> Page:
    """List the rosters with their cycles."""
    return _rosters()


@blueprint.post("/rosters")
@guard.allow(access.COORDINATE)
def add_roster() -> Page:
    """Add a roster from a ready-made shape."""
    fields = sent()
    try:
        form = RosterForm.read(fields)
        me = guard.actor()
        roster_actions.add_roster(db(), me, name=form.name, shape=form.shape, starts_on=form.starts_on, now=now())
    except Invalid as failure:
        return _rosters(422, failure.errors, fields)
    except Refused as refusal:
        return _rosters(422, {"name": str(refusal)}, fields)
    return done(gettext("Saved."), "setup.rosters")
