"""Doors: the coordinator's domains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, integer, ngettext
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.profiles import queries
from mentorship.profiles.domains import actions
from mentorship.profiles.domains.forms import DomainForm, DomainsForm, mark
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
    name: str
    critical: bool
    remote: bool
    error: str = ""


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
    typed = wrong.values
    ids = typed.get("domain", ())
    was = dict(zip(ids, typed.get("was", ()), strict=False))
    names = dict(zip(ids, typed.get("name", ()), strict=False))
    found = []
    for domain in queries.domains(db()):
        key = str(domain.id)
        if key not in was or key not in names:
            found.append(_as_it_is(domain))
            continue
        errors = wrong.errors if wrong.about == key else {}
        row = DomainRow(
            id=id_of(domain),
            title=domain.name,
            told=_told(domain),
            was=was[key],
            name=names[key],
            critical=key in typed.get("critical", ()),
            remote=key in typed.get("remote", ()),
            error=errors.get("name", ""),
        )
        found.append(row)
    return found


def _as_it_is(domain: Domain) -> DomainRow:
    return DomainRow(
        id=id_of(domain),
        title=domain.name,
        told=_told(domain),
        was=mark(domain.name, domain.critical, domain.remote),
        name=domain.name,
        critical=domain.critical,
        remote=domain.remote,
    )


def _told(domain: Domain) -> str:
    words = []
    if domain.critical:
        words.append(gettext("critical"))
    if domain.remote:
        words.append(gettext("can be learned remotely"))
    return ", ".join(words)


def _set(domain_id: int | None, fields: dict[str, Any]) -> None:
    form = DomainForm.read(fields)
    actions.set_domain(
        db(),
        guard.actor(),
        domain_id,
        name=form.name,
        critical=form.critical,
        remote=form.remote,
        now=now(),
    )


def _now(domain_id: int) -> dict[str, Any]:
    """Return how a domain is now, others' changes since the page was shown included."""
    domain = db().get(Domain, domain_id)
    if domain is None:
        return {"name": "-"}  # the verb says that it is gone
    return {
        "name": domain.name,
        "critical": domain.critical,
        "remote": domain.remote,
    }


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
    fields = sent("domain", "was", "name", "critical", "remote")
    about = ""
    try:
        form = DomainsForm.read(fields)
        for domain_id, changes in form.changed().items():
            about = str(domain_id)
            _set(domain_id, _now(domain_id) | changes)
    except MISTAKES as failure:
        return _index(mistake(failure, fields, about))
    return done(gettext("Saved."), "domains.index")
