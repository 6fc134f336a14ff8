"""Doors: the coordinator's domains and rosters."""

from __future__ import annotations

from flask import Blueprint

from mentorship.base.errors import Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.profiles import queries
from mentorship.profiles.domains import actions as domain_actions
from mentorship.profiles.domains.forms import DomainForm
from mentorship.web.page import Page, done, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("domains", __name__, url_prefix="/domains")


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """List the domains."""
    return render("profiles/domains/index.html", domains=queries.domains(db()), errors={}, values={})


@blueprint.post("")
@guard.allow(access.COORDINATE)
def change() -> Page:
    """Add or change a domain."""
    fields = sent()
    try:
        form = DomainForm.read(fields)
        domain_actions.set_domain(
            db(), guard.actor(), form.id, name=form.name, critical=form.critical, remote=form.remote, now=now()
        )
    except Invalid as failure:
        return render(
            "profiles/domains/index.html", 422, domains=queries.domains(db()), errors=failure.errors, values=fields
        )
    except Refused as refusal:
        errors = {"name": str(refusal)}
        return render("profiles/domains/index.html", 422, domains=queries.domains(db()), errors=errors, values=fields)
    return done(gettext("Saved."), "domains.index")
