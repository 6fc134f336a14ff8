"""Doors: the coordinator's domains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Blueprint, request

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, integer, ngettext
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.profiles import queries
from mentorship.profiles.domains import actions
from mentorship.profiles.domains.forms import TEXTS, TICKS, DomainForm, DomainsForm, mark
from mentorship.profiles.models import Domain
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("domains", __name__, url_prefix="/domains")

ADDED = "added"
"""What a mistake is about that was made in adding a domain; else it is the id of a row, or the whole table."""


@dataclass(frozen=True)
class DomainRow:
    """A domain in the list: what it is, how it was shown, and how it stands in the form."""

    id: int
    title: str
    told: str
    was: str
    values: Mapping[str, Any]
    errors: Mapping[str, str] = field(default_factory=dict)


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """List the domains."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    adding = wrong.about == ADDED
    rows = _rows(NOTHING_WRONG if adding else wrong)
    return render_form(
        "profiles/domains/index.html",
        wrong,
        heading=_heading(),
        opened=adding or not rows or request.args.get("open") == "add",
        rows=rows,
        added=wrong if adding else NOTHING_WRONG,
        about_rows=bool(wrong) and not adding,
    )


def _heading() -> str:
    found = queries.domains(db())
    if not found:
        return gettext("No domains yet")
    critical = sum(domain.critical for domain in found)
    return ngettext(
        "%(num)s domain, %(critical)s critical",
        "%(num)s domains, %(critical)s critical",
        len(found),
        critical=integer(critical),
    )


def _rows(wrong: Mistake) -> list[DomainRow]:
    places = {key: place for place, key in enumerate(wrong.values.get("domain", ()))}
    found = []
    for domain in queries.domains(db()):
        row = _as_it_is(domain)
        key = str(domain.id)
        if key in places:
            errors = wrong.errors if wrong.about == key else {}
            row = _as_typed(row, wrong.values, places[key], errors)
        found.append(row)
    return found


def _as_it_is(domain: Domain) -> DomainRow:
    known = _known(domain)
    return DomainRow(
        id=id_of(domain),
        title=domain.title,
        told=_told(domain),
        was=mark(known),
        values=known,
    )


def _known(domain: Domain) -> dict[str, Any]:
    return {key: getattr(domain, key) for key in (*TEXTS, *TICKS)}


def _as_typed(row: DomainRow, typed: Mapping[str, Any], place: int, errors: Mapping[str, str]) -> DomainRow:
    """Return a row with what was typed in it; where the form came without it, as it is."""
    cells = {"was": row.was, **row.values}
    for key in ("was", *TEXTS):
        column = typed.get(key, ())
        if place < len(column):
            cells[key] = column[place]
    for key in TICKS:
        cells[key] = str(row.id) in typed.get(key, ())
    was = cells.pop("was")
    return replace(row, values=cells, was=was, errors=errors)


def _told(domain: Domain) -> str:
    words = [domain.told]
    if domain.critical:
        words.append(gettext("critical"))
    if domain.remote:
        words.append(gettext("can be learned remotely"))
    return " · ".join(filter(None, words))


def _set(domain_id: int | None, fields: Mapping[str, Any]) -> None:
    form = DomainForm.read(fields)
    actions.set_domain(db(), guard.actor(), domain_id, now(), **form.model_dump())


def _now(domain_id: int) -> dict[str, Any]:
    """Return how a domain is now, others' changes since the page was shown included."""
    domain = db().get(Domain, domain_id)
    if domain is None:
        return dict.fromkeys(TEXTS, "-")  # the verb says that it is gone
    return _known(domain)


@blueprint.post("")
@guard.allow(access.COORDINATE)
def add() -> Page:
    """Add a domain."""
    fields = sent()
    try:
        _set(None, fields)
    except MISTAKES as failure:
        return _index(mistake(failure, fields, ADDED))
    return done(gettext("Saved."), "domains.index")


@blueprint.post("/change")
@guard.allow(access.COORDINATE)
def change() -> Page:
    """Change every domain that is no longer as it was shown: all of them, or after a mistake none."""
    fields = sent("domain", "was", *TEXTS, *TICKS)
    about = ""
    try:
        form = DomainsForm.read(fields)
        for domain_id, changes in form.changed().items():
            about = str(domain_id)
            _set(domain_id, _now(domain_id) | changes)
    except MISTAKES as failure:
        return _index(mistake(failure, fields, about))
    return done(gettext("Saved."), "domains.index")
