"""Doors: who has which certificate until when; confirming, removing, and saying that one saw it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext
from mentorship.base.lists import Listing, View
from mentorship.growth.certificates import actions, listed, queries, words
from mentorship.growth.certificates.forms import BackForm, TickedForm
from mentorship.growth.certificates.listed import Listed
from mentorship.growth.certificates.models import Certificate
from mentorship.growth.certificates.queries import Whose
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.access import Subject
from mentorship.people.account import guard
from mentorship.people.views.queries import saved
from mentorship.web import lists
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, paging, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("certificates", __name__, url_prefix="/growth/certificates")

DOORS = lists.Doors(
    "certificates.index",
    "certificates.csv",
    "certificates.xlsx",
)


def certificate_subject(session: Any, certificate_id: int) -> Subject | None:
    """Return whose certificate it is."""
    found = session.get(
        Certificate,
        certificate_id,
    )
    if found is None:
        return None
    return Subject(frozenset({found.person_id}))


def _whose() -> Whose:
    me = guard.actor()
    line = (
        None
        if me.has(
            access.COORDINATOR,
            access.HR,
        )
        else me.person_id
    )
    return Whose(
        line,
        local_date(now()),
    )


def _listing() -> Listing:
    kinds = [
        (str(kind), title)
        for kind, title in sorted(
            queries.titles(db()).items(),
            key=lambda item: item[1],
        )
    ]
    sites = [(str(site.id), site.name) for site in people.sites(db())]
    return listed.listing(
        kinds,
        sites,
    )


@blueprint.get("")
@guard.allow(access.SEE_CERTIFICATES)
def index() -> Page:
    """List who has which certificate, what ends first on top."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    whose = _whose()
    listing = _listing()
    view = lists.read(listing)
    pages = paging(
        queries.count(
            db(),
            whose,
            view,
        )
    )
    found = _lines(
        whose,
        view.rows(
            pages.offset,
            pages.size,
        ),
    )
    everything = queries.count(
        db(),
        whose,
        View(),
    )
    soon = _count(
        whose,
        "state",
        queries.SOON,
    )
    me = guard.actor()
    return render_form(
        "growth/certificates/index.html",
        wrong,
        list=lists.page(
            listing,
            view,
            pages,
            DOORS,
            _presets(
                whose,
                everything,
                soon,
            ),
            saved(
                db(),
                me.person_id,
                listing.key,
            ),
        ),
        found=found,
        heading=words.heading(
            everything,
            soon,
        ),
        everything=everything,
        keeps=access.KEEP_CERTIFICATES.allows(me),
        kinds=access.COORDINATE.allows(me),
        me=me.person_id,
    )


def _lines(whose: Whose, view: View) -> list[Listed]:
    return [
        listed.listed(
            line,
            whose.today,
        )
        for line in queries.lines(
            db(),
            whose,
            view,
        )
    ]


def _count(whose: Whose, key: str, value: str) -> int:
    return queries.count(
        db(),
        whose,
        View(filters={key: (value,)}),
    )


def _presets(whose: Whose, everything: int, soon: int) -> list[lists.Preset]:
    return [
        lists.Preset(
            gettext("All certificates"),
            {},
            everything,
        ),
        lists.Preset(
            gettext("Ends within three months"),
            {"state": (queries.SOON,)},
            soon,
        ),
        lists.Preset(
            gettext("Expired"),
            {"state": (queries.ENDED,)},
            _count(
                whose,
                "state",
                queries.ENDED,
            ),
        ),
        lists.Preset(
            gettext("To confirm"),
            {"said": (queries.TOLD,)},
            _count(
                whose,
                "said",
                queries.TOLD,
            ),
        ),
    ]


def _sheet() -> tuple[Listing, View, list[Listed]]:
    whose = _whose()
    listing = _listing()
    view = lists.read(listing)
    return (
        listing,
        view,
        _lines(
            whose,
            view,
        ),
    )


@blueprint.get("/certificates.csv")
@guard.allow(access.SEE_CERTIFICATES)
def csv() -> Response:
    """Offer what is seen as CSV."""
    listing, view, rows = _sheet()
    return lists.csv(
        listing,
        view,
        rows,
        "certificates",
    )


@blueprint.get("/certificates.xlsx")
@guard.allow(access.SEE_CERTIFICATES)
def xlsx() -> Response:
    """Offer what is seen as a workbook."""
    listing, view, rows = _sheet()
    return lists.xlsx(
        listing,
        view,
        rows,
        "certificates",
    )


@blueprint.post("/confirm")
@guard.allow(access.KEEP_CERTIFICATES)
def confirm() -> Page:
    """Confirm the ticked certificates that people noted themselves."""
    fields = sent("certificate")
    try:
        form = TickedForm.read(fields)
        number = actions.confirm(
            db(),
            guard.actor(),
            form.certificate,
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
        words.confirmed(number),
        "certificates.index",
    )


@blueprint.post("/<id:certificate_id>/remove")
@guard.allow(access.REMOVE_CERTIFICATE, of=certificate_subject)
def remove(certificate_id: int) -> Page:
    """Remove a certificate of one's own, or of somebody."""
    form = BackForm.read(sent())
    actions.remove(
        db(),
        guard.actor(),
        certificate_id,
        now(),
    )
    return done(
        gettext("Removed."),
        "held.mine" if form.back == "mine" else "certificates.index",
    )


@blueprint.post("/<id:certificate_id>/seen")
@guard.allow(access.OWN, of=certificate_subject)
def seen(certificate_id: int) -> Page:
    """Say that one saw that a certificate of one's own ends."""
    actions.see(
        db(),
        guard.actor(),
        certificate_id,
        now(),
    )
    return done(
        gettext("Saved."),
        "held.mine",
    )
