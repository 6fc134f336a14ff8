"""Doors: the shared tablets, and the cards for them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.forms import Invalid
from mentorship.base.i18n import day, gettext, moment, ngettext
from mentorship.base.secret_codes import filled_in
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.forms import CodesForm
from mentorship.people.guard import ticked
from mentorship.people.models import Tablet
from mentorship.people.tablet import actions, queries, rules
from mentorship.people.tablets import cards
from mentorship.people.tablets.forms import TabletForm
from mentorship.web.confirm import Confirmation, confirm
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, paging, render, render_form, searched, sent
from mentorship.web.request import db, now, public_address

blueprint = Blueprint("tablets", __name__, url_prefix="/tablets")


@dataclass(frozen=True)
class TabletLine:
    """A tablet as it is listed."""

    id: int
    name: str
    site: str
    told: str


@dataclass(frozen=True)
class CardLine:
    """Somebody's card as it is listed."""

    id: int
    name: str
    number: str
    made: str
    pin: str
    style: str


@blueprint.get("")
@guard.allow(access.KEEP_TABLETS)
def index() -> Page:
    """List the tablets."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    sites = people.site_names(db())
    found = [_line(tablet, sites) for tablet in queries.tablets(db())]
    heading = ngettext(
        "%(num)s shared tablet",
        "%(num)s shared tablets",
        len(found),
    )
    return render_form(
        "people/tablets/index.html",
        wrong,
        heading=heading if found else gettext("No shared tablets yet"),
        found=found,
        sites=people.sites(db()),
        cards=queries.count_cards(db(), ""),
        may_print=access.GIVE_CODES.allows(guard.actor()),
    )


def _line(tablet: Tablet, sites: Mapping[int, str]) -> TabletLine:
    told = gettext("not opened on a tablet yet")
    if tablet.seen_at is not None:
        told = gettext("last used %(moment)s", moment=moment(tablet.seen_at))
    return TabletLine(
        id=id_of(tablet),
        name=tablet.name,
        site=sites.get(tablet.site_id, ""),
        told=told,
    )


@blueprint.post("")
@guard.allow(access.KEEP_TABLETS, again=True)
def add() -> Page:
    """Add a tablet, and show once the code that enrols it."""
    fields = sent()
    try:
        form = TabletForm.read(fields)
        code = actions.add(
            db(),
            guard.actor(),
            form.name,
            form.site_id,
            now(),
        )
    except MISTAKES as failure:
        return _index(mistake(failure, fields))
    page = public_address(url_for("kiosk.enrol"))
    return render(
        "people/tablets/enrol.html",
        name=form.name,
        code=code,
        page=page,
        address=filled_in(page, code=code),
    )


@blueprint.get("/<id:tablet_id>/end")
@guard.allow(access.KEEP_TABLETS, of=queries.tablet_subject)
def ask_to_end(tablet_id: int) -> Page:
    """Ask whether a tablet is to open nothing any more."""
    tablet = db().get_one(Tablet, tablet_id)
    asked = Confirmation(
        gettext("End %(name)s?", name=tablet.name),
        (
            gettext("Cards open nothing on it any more, and who is signed in on it now is signed out."),
            gettext("To use it again you add it anew."),
        ),
        gettext("End this tablet"),
        action=url_for("tablets.end", tablet_id=tablet_id),
        back=url_for("tablets.index"),
        danger=True,
    )
    return confirm(asked)


@blueprint.post("/<id:tablet_id>/end")
@guard.allow(access.KEEP_TABLETS, of=queries.tablet_subject, again=True)
def end(tablet_id: int) -> Response:
    """Let a tablet open nothing any more."""
    actions.end(db(), guard.actor(), tablet_id, now())
    return done(gettext("This tablet opens nothing any more."), "tablets.index")


@blueprint.get("/cards")
@guard.allow(access.GIVE_CODES)
def list_cards() -> Page:
    """List who has a card, found by name."""
    text = searched()
    pages = paging(queries.count_cards(db(), text))
    found = queries.cards(
        db(),
        text,
        pages.offset,
        pages.size,
    )
    heading = ngettext(
        "%(num)s card for the tablet",
        "%(num)s cards for the tablet",
        pages.total,
    )
    return render(
        "people/tablets/cards.html",
        heading=heading,
        found=[_card(line) for line in found],
        paging=pages,
        search={"q": text},
    )


def _card(line: queries.CardLine) -> CardLine:
    card = line.card
    made = ""
    if card.made_at is not None:
        on = day(local_date(card.made_at))
        made = gettext("%(day)s, by %(name)s", day=on, name=line.maker or "?")
    pin, style = gettext("no PIN yet"), "warning"
    if card.wrong >= rules.MOST_WRONG:
        pin, style = gettext("sleeps: wrong PIN"), "danger"
    elif card.pin_hash:
        pin, style = gettext("PIN chosen"), "success"
    return CardLine(
        id=card.person_id,
        name=line.person.name,
        number=line.person.number,
        made=made,
        pin=pin,
        style=style,
    )


@blueprint.post("/cards")
@guard.allow(access.GIVE_CODES, again=True)
def make_cards() -> Page:
    """Make cards and show them once, ready to print; ask first when an earlier one would stop working."""
    fields = sent("person")
    sure = fields.pop("sure", None) is not None
    chosen = ticked(fields)
    asked = None if sure else cards.ask(db(), chosen)
    if asked is not None:
        return confirm(_anew(asked, chosen))
    made = actions.make_cards(db(), guard.actor(), chosen, now())
    page = public_address(url_for("kiosk.index"))
    return render("people/tablets/sheet.html", found=cards.printed(db(), made, page))


def _anew(asked: cards.Anew, chosen: list[int]) -> Confirmation:
    return Confirmation(
        asked.title,
        asked.consequences,
        asked.button,
        action=url_for("tablets.make_cards"),
        back=url_for("tablets.list_cards"),
        fields={"person": chosen, "sure": "true"},
        named=gettext("Who has a card for the tablet"),
        names=asked.names,
    )


@blueprint.post("/cards/revoke")
@guard.allow(access.GIVE_CODES)
def revoke() -> Response:
    """Let cards that were lost open nothing any more."""
    chosen: list[int] = []
    with suppress(Invalid):
        chosen = CodesForm.read(sent("person")).person
    number = actions.revoke(db(), guard.actor(), chosen, now())
    said = ngettext(
        "%(num)s card opens nothing any more.",
        "%(num)s cards open nothing any more.",
        number,
    )
    return done(said, "tablets.list_cards")
