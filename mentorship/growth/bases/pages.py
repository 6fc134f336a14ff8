"""Doors: what builds on what, for the coordinator."""

from __future__ import annotations

from flask import Blueprint

from mentorship.base.i18n import gettext, ngettext
from mentorship.growth import queries
from mentorship.growth.bases import actions
from mentorship.growth.bases.forms import BaseForm
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.profiles import queries as known
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("bases", __name__, url_prefix="/growth/bases")


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """List what builds on what."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    titles = known.domain_names(db())
    rows = []
    for domain_id, bases in queries.bases(db()).items():
        rows += [(domain_id, base_id, titles[domain_id], titles[base_id]) for base_id in bases]
    return render_form(
        "growth/bases/index.html",
        wrong,
        heading=ngettext(
            "%(num)s domain builds on another",
            "%(num)s domains build on another",
            len({row[0] for row in rows}),
        ),
        rows=sorted(rows, key=lambda row: (row[2].casefold(), row[3].casefold())),
        domains=[(domain.id, domain.title) for domain in known.domains(db())],
    )


@blueprint.post("")
@guard.allow(access.COORDINATE)
def add() -> Page:
    """Say that a domain is learned after another one."""
    fields = sent()
    try:
        form = BaseForm.read(fields)
        actions.build_on(db(), guard.actor(), form.domain, form.base, now())
    except MISTAKES as failure:
        return _index(mistake(failure, fields))
    return done(gettext("Saved."), "bases.index")


@blueprint.post("/remove")
@guard.allow(access.COORDINATE)
def remove() -> Page:
    """Say that a domain is not learned after another one any more."""
    form = BaseForm.read(sent())
    actions.not_build_on(db(), guard.actor(), form.domain, form.base, now())
    return done(gettext("Saved."), "bases.index")
