"""Doors: which kinds of certificate there are, for the coordinator."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, joined
from mentorship.growth.certificate_kinds import actions, words
from mentorship.growth.certificate_kinds.forms import KindForm
from mentorship.growth.certificates import queries
from mentorship.growth.certificates.models import CertificateKind
from mentorship.people import access
from mentorship.people.access import Subject
from mentorship.people.account import guard
from mentorship.profiles import queries as known
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint(
    "certificate_kinds",
    __name__,
    url_prefix="/growth/certificate-kinds",
)


def kind_subject(session: Any, kind_id: int) -> Subject | None:
    """Return whose a kind of certificate is: nobody's."""
    return (
        Subject()
        if session.get(
            CertificateKind,
            kind_id,
        )
        is not None
        else None
    )


def _domains() -> list[tuple[object, str]]:
    return [("", gettext("none")), *[(domain.id, domain.title) for domain in known.domains(db())]]


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """List the kinds of certificate."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    found = queries.kinds(db())
    retired = queries.kinds(
        db(),
        retired=True,
    )
    held = queries.holders(db())
    titles = known.domain_names(db())
    told = {}
    for kind in [*found, *retired]:
        key = id_of(kind)
        told[key] = words.kind(
            kind,
            held.get(
                key,
                0,
            ),
            titles,
        )
    return render_form(
        "growth/certificate_kinds/index.html",
        wrong,
        heading=words.heading(len(found)),
        found=found,
        retired=retired,
        told=told,
        domains=_domains(),
        usual=joined([one.title for one in actions.lacking(db())]),
        opened=bool(wrong) or request.args.get("open") == "add",
    )


@blueprint.post("")
@guard.allow(access.COORDINATE)
def add() -> Page:
    """Add a kind of certificate."""
    fields = sent()
    try:
        form = KindForm.read(fields)
        actions.add(
            db(),
            guard.actor(),
            form.words,
            now(),
        )
    except MISTAKES as failure:
        return _index(
            mistake(
                failure,
                fields,
            )
        )
    return done(
        gettext("Saved."),
        "certificate_kinds.index",
    )


@blueprint.post("/start")
@guard.allow(access.COORDINATE)
def start() -> Page:
    """Add the usual kinds that are not there yet."""
    number = actions.start(
        db(),
        guard.actor(),
        now(),
    )
    return done(
        words.started(number),
        "certificate_kinds.index",
    )


@blueprint.get("/<id:kind_id>")
@guard.allow(
    access.COORDINATE,
    of=kind_subject,
)
def show(kind_id: int) -> Page:
    """Show a kind of certificate, to change it."""
    return _show(kind_id)


def _show(kind_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    kind = db().get_one(
        CertificateKind,
        kind_id,
    )
    held = queries.holders(db()).get(
        kind_id,
        0,
    )
    values = {
        "name": kind.name,
        "name_en": kind.name_en,
        "domain": kind.domain_id or "",
        "months": kind.months or "",
        "entitles": kind.entitles,
    }
    return render_form(
        "growth/certificate_kinds/show.html",
        wrong,
        kind=kind,
        known=values,
        domains=_domains(),
        held=held,
        told=words.kind(
            kind,
            held,
            known.domain_names(db()),
        ),
    )


@blueprint.post("/<id:kind_id>")
@guard.allow(
    access.COORDINATE,
    of=kind_subject,
)
def change(kind_id: int) -> Page:
    """Say what a kind of certificate is called, how long it is valid, and what it entitles to."""
    fields = sent()
    try:
        form = KindForm.read(fields)
        actions.change(
            db(),
            guard.actor(),
            kind_id,
            form.words,
            now(),
        )
    except MISTAKES as failure:
        return _show(
            kind_id,
            mistake(
                failure,
                fields,
            ),
        )
    return done(
        gettext("Saved."),
        "certificate_kinds.index",
    )


@blueprint.post("/<id:kind_id>/retire")
@guard.allow(
    access.COORDINATE,
    of=kind_subject,
)
def retire(kind_id: int) -> Page:
    """Take a kind of certificate out of use."""
    actions.retire(
        db(),
        guard.actor(),
        kind_id,
        True,
        now(),
    )
    return done(
        gettext("No longer in use. Who has it keeps it."),
        "certificate_kinds.index",
    )


@blueprint.post("/<id:kind_id>/again")
@guard.allow(
    access.COORDINATE,
    of=kind_subject,
)
def again(kind_id: int) -> Page:
    """Use a kind of certificate again."""
    actions.retire(
        db(),
        guard.actor(),
        kind_id,
        False,
        now(),
    )
    return done(
        gettext("In use again."),
        "certificate_kinds.index",
    )


@blueprint.post("/<id:kind_id>/remove")
@guard.allow(
    access.COORDINATE,
    of=kind_subject,
)
def remove(kind_id: int) -> Page:
    """Remove a kind of certificate that nobody has."""
    actions.remove(
        db(),
        guard.actor(),
        kind_id,
        now(),
    )
    return done(
        gettext("Removed."),
        "certificate_kinds.index",
    )
