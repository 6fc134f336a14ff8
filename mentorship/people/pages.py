"""Doors: the list of people, one person's details and roles, activation codes to print or to mail."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import N_, gettext, ngettext
from mentorship.base.lists import Listing, View
from mentorship.people import access, actions, directory, listed, queries, rules
from mentorship.people.account import actions as accounts
from mentorship.people.account import guard
from mentorship.people.account.rules import CODE_DAYS
from mentorship.people.cards import activation_cards
from mentorship.people.forms import CodesForm, PersonForm, RolesForm
from mentorship.people.models import LANGUAGES, ROLES, Person
from mentorship.people.sites.queries import open_sites
from mentorship.people.views.models import SavedView
from mentorship.people.views.queries import saved
from mentorship.people.words import LANGUAGE_NAMES, TITLES
from mentorship.web import lists
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, choices, done, paging, render, render_form, sent
from mentorship.web.request import db, now, public_address, settings, typed_address

blueprint = Blueprint("people", __name__, url_prefix="/people")


DOORS = lists.Doors("people.index", "people.csv", "people.xlsx")


@blueprint.get("")
@guard.allow(access.SEE_PEOPLE)
def index() -> Page:
    """List people, searched by name, site, role, or still without an account."""
    listing = directory.listing(queries.sites(db()))
    view = lists.read(listing)
    pages = paging(listed.count_people(db(), view))
    staff = listed.staff(db())
    unable = listed.UNABLE_TO_SIGN_IN.filters
    presets = [
        lists.Preset(gettext("Everybody"), {}, staff.people),
        lists.Preset(gettext("Without account"), unable, staff.without_account),
    ]
    return render(
        "people/index.html",
        list=lists.page(listing, view, pages, DOORS, presets, _saved(listing)),
        found=listed.list_people(db(), view.rows(pages.offset, pages.size)),
        heading=directory.heading(staff),
        titles=TITLES,
        may_print=access.GIVE_CODES.allows(guard.actor()),
        mails=settings().mails,
    )


def _saved(listing: Listing) -> list[SavedView]:
    return saved(db(), guard.actor().person_id, listing.key)


def _listed() -> tuple[Listing, View, list[listed.ListedPerson]]:
    listing = directory.listing(queries.sites(db()))
    view = lists.read(listing)
    return listing, view, listed.list_people(db(), view)


@blueprint.get("/people.csv")
@guard.allow(access.SEE_PEOPLE)
def csv() -> Response:
    """Download the people that the list shows, all pages of it."""
    return lists.csv(*_listed(), gettext("people"))


@blueprint.get("/people.xlsx")
@guard.allow(access.SEE_PEOPLE)
def xlsx() -> Response:
    """Download the same as a workbook."""
    return lists.xlsx(*_listed(), gettext("people"))


@blueprint.post("/activation-codes")
@guard.allow(access.GIVE_CODES)
def codes() -> Page:
    """Make activation codes and show them once, ready to print."""
    issued = accounts.issue_codes(db(), guard.actor(), _chosen(), now())
    return _cards(issued)


@blueprint.post("/invitations")
@guard.allow(access.GIVE_CODES)
def invite() -> Page:
    """Make activation codes and mail them; those of people without an address are shown once, ready to print."""
    if not settings().mails:
        raise Refused(N_("No mail server is set up, so nothing can be mailed. Print the codes instead."))
    chosen = set(_chosen())
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


def _chosen() -> list[int]:
    chosen: list[int] = []
    with suppress(Invalid):
        chosen = CodesForm.read(sent("person")).person
    if not chosen:
        raise Refused(N_("Choose at least one person, and at most 500 at once."))
    return chosen


def _cards(issued: Mapping[int, str], said: str = "") -> Page:
    activation = public_address(url_for("account.activate"))
    return render(
        "people/codes.html",
        found=activation_cards(db(), issued, activation),
        last_day=local_date(now()) + timedelta(days=CODE_DAYS - 1),
        address=typed_address("/activate"),
        said=said,
    )


@blueprint.get("/<id:person_id>/details")
@guard.allow(access.SEE_PEOPLE, of=queries.person_subject)
def details(person_id: int) -> Page:
    """Show what can be changed of one person: details and roles."""
    return _details(person_id)


def _details(person_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    found = queries.persons(db(), [person_id])[person_id]
    manager = _manager(found)
    held = queries.roles_of(db(), person_id)
    mine = rules.may_give(guard.actor())
    known = {
        "site_id": found.site_id,
        "manager": manager.number if manager else "",
        "email": found.email or "",
        "languages": found.languages.split(","),
    }
    return render_form(
        "people/details.html",
        wrong,
        person=found,
        manager=manager,
        others=[role for role in ROLES if role in held and role not in mine],
        values={**known, **wrong.values},
        sites=open_sites(db(), also=found.site_id),
        role_choices=choices([role for role in ROLES if role in mine], TITLES),
        held=[role for role in ROLES if role in held],
        titles=TITLES,
        language_choices=choices(LANGUAGES, LANGUAGE_NAMES),
    )


def _manager(person: Person) -> Person | None:
    if person.manager_id is None:
        return None
    return queries.persons(db(), [person.manager_id])[person.manager_id]


@blueprint.post("/<id:person_id>/details")
@guard.allow(access.MANAGE_PEOPLE, of=queries.person_subject)
def change(person_id: int) -> Page:
    """Change where a person works, their manager, languages and address."""
    fields = sent("languages")
    try:
        form = PersonForm.read(fields)
        actions.change_person(
            db(),
            guard.actor(),
            person_id,
            site_id=form.site_id,
            manager=form.manager,
            languages=form.languages,
            email=form.email,
            now=now(),
        )
    except MISTAKES as failure:
        return _details(person_id, mistake(failure, fields))
    return done(gettext("Saved."), "people.details", person_id=person_id)


@blueprint.post("/<id:person_id>/roles")
@guard.allow(access.MANAGE_PEOPLE, of=queries.person_subject)
def roles(person_id: int) -> Response:
    """Give a person exactly the roles ticked, of those that the actor may give; it counts on their next request."""
    actor = guard.actor()
    form = RolesForm.read(sent("roles"))
    others = queries.roles_of(db(), person_id) - rules.may_give(actor)
    actions.set_roles(
        db(),
        actor,
        person_id,
        others.union(form.roles),
        now(),
    )
    return done(gettext("Saved."), "people.details", person_id=person_id)
