"""Doors: the confidants of the sites, for the coordinator to name."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, ngettext
from mentorship.checkins.confidants import actions, queries, words
from mentorship.checkins.confidants.cards import PostCard
from mentorship.checkins.confidants.cards import card as post_card
from mentorship.checkins.confidants.forms import ConfidantForm, StandInForm
from mentorship.checkins.confidants.queries import Held
from mentorship.checkins.confidants.rules import WHOLE
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.sites import queries as sites
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("confidants", __name__, url_prefix="/checkins/confidants")
NAMED = "named"
"""What a mistake is about that was made in naming one; else it is the id of a post."""


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """List the confidants."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    held = queries.held(db())
    naming = wrong.of(NAMED)
    return render_form(
        "checkins/confidants/index.html",
        wrong,
        heading=_heading(held),
        opened=bool(naming) or not held,
        naming=naming,
        places=_places(),
        cards=_cards(held, wrong),
    )


def _heading(held: Sequence[Held]) -> str:
    if not held:
        return gettext("Nobody can be asked in confidence yet")
    return ngettext("%(num)s confidant", "%(num)s confidants", len(held))


def _places() -> list[tuple[int, str]]:
    """Return for whom there can be a confidant: a site, or everybody whose site has none."""
    places = [(WHOLE, words.place(None))]
    for site in sites.open_sites(db()):
        places.append((id_of(site), site.name))
    return places


def _cards(held: Sequence[Held], wrong: Mistake) -> list[tuple[PostCard, Mistake]]:
    """Return the posts as they stand on the page, each with what is wrong in its form."""
    found = []
    for one in held:
        mine = wrong.of(str(one.row.id))
        card = post_card(one, local_date(now()), mine.values)
        found.append((card, mine))
    return found


@blueprint.post("")
@guard.allow(access.COORDINATE)
def appoint() -> Page:
    """Name the confidant of a site."""
    fields = sent()
    try:
        form = ConfidantForm.read(fields)
        made = actions.appoint(
            db(),
            guard.actor(),
            form.site,
            form.confidant,
            now(),
        )
    except MISTAKES as failure:
        return _index(mistake(failure, fields, NAMED))
    name = people.persons(db(), [made.person_id])[made.person_id].name
    return done(gettext("%(name)s is the confidant now.", name=name), "confidants.index")


@blueprint.post("/<id:confidant_id>/let-go")
@guard.allow(access.COORDINATE, of=queries.post_subject)
def let_go(confidant_id: int) -> Response:
    """Have no confidant there any more."""
    actions.let_go(db(), guard.actor(), confidant_id, now())
    return done(gettext("Removed. What was asked of them stays with them alone."), "confidants.index")


@blueprint.post("/<id:confidant_id>/stand-in")
@guard.allow(access.COORDINATE, of=queries.post_subject)
def stand_in(confidant_id: int) -> Page:
    """Have another asked instead, from a day until a day."""
    fields = sent()
    try:
        form = StandInForm.read(fields)
        actions.name_stand_in(
            db(),
            guard.actor(),
            confidant_id,
            form.stand_in,
            form.first,
            form.until,
            now(),
        )
    except MISTAKES as failure:
        return _index(mistake(failure, fields, str(confidant_id)))
    return done(gettext("Saved."), "confidants.index", _anchor=f"c{confidant_id}")


@blueprint.post("/<id:confidant_id>/end")
@guard.allow(access.COORDINATE, of=queries.post_subject)
def end_stand_in(confidant_id: int) -> Response:
    """Have the confidant asked themselves again."""
    actions.end_stand_in(db(), guard.actor(), confidant_id, now())
    return done(gettext("Saved."), "confidants.index", _anchor=f"c{confidant_id}")
