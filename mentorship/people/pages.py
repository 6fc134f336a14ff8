"""Doors: the list of people, one person's details and roles, activation codes to print or to mail."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, request
from werkzeug.wrappers import Response

from mentorship.base.errors import Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import N_, gettext, ngettext
from mentorship.people import access, actions, queries
from mentorship.people.account import actions as account_actions
from mentorship.people.account import guard
from mentorship.people.account.rules import CODE_DAYS, spaced
from mentorship.people.forms import CodesForm, PersonForm, RolesForm
from mentorship.people.models import LANGUAGES, ROLES
from mentorship.people.words import LANGUAGE_NAMES, TITLES
from mentorship.web.page import Page, done, paging, render, sent
from mentorship.web.request import db, now, settings

blueprint = Blueprint("people", __name__, url_prefix="/people")


@blueprint.get("")
@guard.allow(access.SEE_PEOPLE)
def index() -> Page:
    """List people, searched by name, site, role, or still without an account."""
    text = request.args.get("q", "")[:100].replace("\0", "")
    site = request.args.get("site", "")
    site_id = int(site) if site.isdecimal() and len(site) < 10 else None
    role = request.args.get("role") if request.args.get("role") in ROLES else None
    waiting = request.args.get("account") == "none"
    pages = paging(queries.count_people(db(), text, site_id, role, waiting))
    found = queries.list_people(db(), text, site_id, role, waiting, pages.offset, pages.size)
    return render(
        "people/index.html",
        found=found,
        paging=pages,
        sites=queries.sites(db()),
        roles=ROLES,
        titles=TITLES,
        mails=settings().mails,
        search={"q": text, "site": str(site_id or ""), "role": role or "", "account": "none" if waiting else ""},
    )


@blueprint.post("/activation-codes")
@guard.allow(access.COORDINATE)
def codes() -> Page:
    """Make activation codes and show them once, ready to print."""
    return _cards(account_actions.issue_codes(db(), guard.actor(), _chosen(), now()))


@blueprint.post("/invitations")
@guard.allow(access.COORDINATE)
def invite() -> Page:
    """Make activation codes and mail them; those of people without an address are shown once, ready to print."""
    if not settings().mails:
        raise Refused(N_("No mail server is set up, so nothing can be mailed. Print the codes instead."))
    chosen = _chosen()
    left = account_actions.invite(db(), guard.actor(), chosen, settings().link("/account/activate"), now())
    number = len(set(chosen)) - len(left)
    said = ngettext("%(num)s invitation goes out by mail.", "%(num)s invitations go out by mail.", number)
    return _cards(left, said) if left else done(said, "people.index")


def _chosen() -> list[int]:
    try:
        form = CodesForm.read(sent("person"))
    except Invalid:
        form = None
    if form is None or not form.person:
        raise Refused(N_("Choose at least one person, and at most 500 at once."))
    return form.person


def _cards(issued: Mapping[int, str], said: str = "") -> Page:
    people = queries.persons(db(), issued)
    cards = sorted(((people[i], spaced(code)) for i, code in issued.items()), key=lambda card: card[0].sort_name)
    return render("people/codes.html", cards=cards, days=CODE_DAYS, host=request.host_url, said=said)


@blueprint.get("/<id:person_id>")
@guard.allow(access.SEE_PEOPLE, of=queries.person_subject)
def person(person_id: int) -> Page:
    """Show and change one person."""
    return _person(person_id)


def _person(person_id: int, status: int = 200, errors: dict[str, str] | None = None, values: object = None) -> Page:
    found = queries.persons(db(), [person_id])[person_id]
    manager = queries.persons(db(), [found.manager_id]).get(found.manager_id or 0)
    mine = {
        "site_id": found.site_id,
        "manager": manager.number if manager else "",
        "email": found.email or "",
        "languages": found.languages.split(","),
        "roles": queries.roles_of(db(), person_id),
    }
    return render(
        "people/person.html",
        status,
        person=found,
        manager=manager,
        mails=settings().mails and found.email,
        values={**mine, **dict(values or {})},  # type: ignore[call-overload]
        errors=errors or {},
        sites=queries.sites(db()),
        roles=ROLES,
        titles=TITLES,
        languages=LANGUAGES,
        language_names=LANGUAGE_NAMES,
    )


@blueprint.post("/<id:person_id>")
@guard.allow(access.SEE_PEOPLE, of=queries.person_subject)
def change(person_id: int) -> Page:
    """Change where a person works, their manager, languages and address."""
    try:
        form = PersonForm.read(sent("languages"))
    except Invalid as failure:
        return _person(person_id, 422, failure.errors, failure.values)
    manager = queries.person_by_login(db(), form.manager) if form.manager else None
    if form.manager and manager is None:
        return _person(person_id, 422, {"manager": gettext("Nobody has this personnel number.")}, form.model_dump())
    if all(site.id != form.site_id for site in queries.sites(db())):
        return _person(person_id, 422, {"site_id": gettext("Choose one of the options.")}, form.model_dump())
    try:
        actions.change_person(
            db(),
            guard.actor(),
            person_id,
            site_id=form.site_id,
            manager_id=manager.id if manager else None,
            languages=",".join(form.languages),
            email=form.email,
            now=now(),
        )
    except Refused as refusal:
        field = refusal.field or "manager"
        return _person(person_id, 422, {field: str(refusal)}, form.model_dump())
    return done(gettext("Saved."), "people.person", person_id=person_id)


@blueprint.post("/<id:person_id>/roles")
@guard.allow(access.ADMINISTER, of=queries.person_subject)
def roles(person_id: int) -> Response:
    """Give a person exactly the roles ticked; it counts on their next request."""
    actions.set_roles(db(), guard.actor(), person_id, RolesForm.read(sent("roles")).roles, now())
    return done(gettext("Saved."), "people.person", person_id=person_id)
