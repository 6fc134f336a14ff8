"""Doors: the list of people, one person's details and roles, activation codes to print or to mail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_, gettext, ngettext
from mentorship.base.lists import Listing, View
from mentorship.people import access, directory, listed, queries, reprint
from mentorship.people.account import actions as accounts
from mentorship.people.account import guard
from mentorship.people.account.queries import cards_out
from mentorship.people.account.rules import CODE_DAYS
from mentorship.people.cards import activation_cards
from mentorship.people.guard import keepers, ticked
from mentorship.people.views.models import SavedView
from mentorship.people.views.queries import saved
from mentorship.people.words import TITLES
from mentorship.web import lists
from mentorship.web.confirm import Confirmation, Other, confirm
from mentorship.web.page import Page, done, paging, render, sent
from mentorship.web.request import db, now, public_address, settings, typed_address

blueprint = Blueprint("people", __name__, url_prefix="/people")


DOORS = lists.Doors("people.index", "people.csv", "people.xlsx")


@blueprint.get("")
@guard.allow(access.SEE_PEOPLE)
def index() -> Page:
    """List people, searched by name, site, role, or still without an account."""
    listing = directory.listing(queries.sites(db()))
    view = lists.read(listing)
    staff = listed.staff(db())
    fitting = listed.count_people(db(), view) if view.narrowed else staff.people
    pages = paging(fitting)
    unable = listed.UNABLE_TO_SIGN_IN.filters
    presets = [
        lists.Preset(gettext("Everybody"), {}, staff.people),
        lists.Preset(gettext("Without account"), unable, staff.without_account),
    ]
    found = listed.list_people(db(), view.rows(pages.offset, pages.size))
    inactive = [id_of(line.person) for line in found if not line.active]
    return render(
        "people/index.html",
        list=lists.page(listing, view, pages, DOORS, presets, _saved(listing)),
        found=found,
        cards=cards_out(db(), inactive, now()),
        heading=directory.heading(staff),
        titles=TITLES,
        alone=staff.people < 2,
        may_print=access.GIVE_CODES.allows(guard.actor()),
        mails=settings().mails,
        may_write=access.COORDINATE.allows(guard.actor()),
    )


def _saved(listing: Listing) -> list[SavedView]:
    return saved(db(), guard.actor().person_id, listing.key)


def _listed() -> tuple[Listing, View, list[listed.ListedPerson]]:
    listing = directory.listing(queries.sites(db()))
    view = lists.read(listing)
    return listing, view, listed.list_people(db(), view)


@blueprint.get("/people.csv")
@guard.allow(access.SEE_PEOPLE, again=True)
def csv() -> Response:
    """Download the people that the list shows, all pages of it."""
    return lists.csv(*_listed(), gettext("people"))


@blueprint.get("/people.xlsx")
@guard.allow(access.SEE_PEOPLE, again=True)
def xlsx() -> Response:
    """Download the same as a workbook."""
    return lists.xlsx(*_listed(), gettext("people"))


@blueprint.post("/activation-codes")
@guard.allow(access.GIVE_CODES, again=True)
def codes() -> Page:
    """Make activation codes and show them once, ready to print; ask first when an earlier card would die by it."""
    fields = sent("person")
    sure = fields.pop("sure", None) is not None
    chosen = ticked(fields)
    asked = None if sure else reprint.ask(db(), chosen, now())
    if asked is not None:
        return confirm(_reprinting(asked, chosen))
    issued = accounts.issue_codes(
        db(),
        guard.actor(),
        chosen,
        now(),
        keepers(chosen),
    )
    return _cards(issued)


def _reprinting(asked: reprint.Reprint, chosen: list[int]) -> Confirmation:
    address = url_for("people.codes")
    other = None
    if asked.without:
        other = Other(
            asked.others,
            asked.other_button,
            address,
            {"person": asked.without},
        )
    return Confirmation(
        asked.title,
        asked.consequences,
        asked.button,
        action=address,
        back=url_for("people.index"),
        fields={"person": chosen, "sure": "true"},
        named=gettext("Who has a card already"),
        names=asked.names,
        other=other,
    )


@blueprint.post("/invitations")
@guard.allow(access.GIVE_CODES, again=True)
def invite() -> Page:
    """Make activation codes and mail them; those of people without an address are shown once, ready to print."""
    if not settings().mails:
        raise Refused(N_("No mail server is set up, so nothing can be mailed. Print the codes instead."))
    chosen = set(ticked(sent("person")))
    activation = settings().link("/account/activate")
    left = accounts.invite(db(), guard.actor(), chosen, activation, now())
    said = ngettext(
        "%(num)s invitation goes out by mail.",
        "%(num)s invitations go out by mail.",
        len(chosen) - len(left),
    )
    if left:
        return _cards(left, said)
    return done(said, "people.index")


def _cards(issued: Mapping[int, str], said: str = "") -> Page:
    activation = public_address(url_for("account.activate"))
    return render(
        "people/codes.html",
        found=activation_cards(db(), issued, activation),
        last_day=local_date(now()) + timedelta(days=CODE_DAYS - 1),
        address=typed_address("/activate"),
        told_at=typed_address("/notice"),
        said=said,
    )
