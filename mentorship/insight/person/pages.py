"""Doors: one person, in tabs: who they are, when they work, what they can, their duos and requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar

from flask import Blueprint, request, url_for
from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.forms import Form
from mentorship.base.i18n import gettext
from mentorship.checkins.words import CLASSES
from mentorship.growth.handover import queries as handover
from mentorship.growth.path.queries import chosen
from mentorship.insight.person import actions, queries, words
from mentorship.insight.person.queries import Programme, Working
from mentorship.insight.person.sections import DETAILS, OVERVIEW, Reader, Sight, Tab, Typed, sight_of
from mentorship.mentorships.words import STATUS_NAMES
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.account import guard
from mentorship.people.account.queries import cards_out
from mentorship.people.forms import NameForm, PersonForm, RolesForm
from mentorship.people.identity_provider.queries import linked_at
from mentorship.people.looks.guard import shows
from mentorship.people.looks.models import PROFILE
from mentorship.people.models import ROLES, Person
from mentorship.people.words import TITLES
from mentorship.profiles import sections as profile_sections
from mentorship.profiles.filled import queries as filled
from mentorship.profiles.filled import words as filled_words
from mentorship.profiles.forms import ExpertiseForm, GivenRosterForm, PlacesForm
from mentorship.profiles.models import EXPERTISE, PLACES, ROSTER
from mentorship.programme.queries import programme
from mentorship.rounds.roster.asking import parting
from mentorship.web.confirm import confirm, confirmation
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now, settings

blueprint = Blueprint("person", __name__, url_prefix="/insight/person")

WHEN, KNOWS = "roster", "knows"
TAB_OF = {
    actions.NAME: DETAILS,
    actions.WORK: DETAILS,
    actions.ROLES: DETAILS,
    ROSTER: WHEN,
    EXPERTISE: KNOWS,
    PLACES: KNOWS,
}
"""In which tab each section stands."""
SectionForm = TypeVar("SectionForm", bound=Form)


@blueprint.get("/<id:person_id>")
@guard.allow(access.SEE_PEOPLE, of=people.person_subject)
@shows(PROFILE)
def show(person_id: int) -> Page:
    """Show one person; what they do in the programme to the coordinator alone."""
    return _show(person_id)


def _show(person_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    me = guard.actor()
    sight = sight_of(me)
    person = people.persons(db(), [person_id])[person_id]
    found = queries.of_person(db(), me, person_id, now()) if sight.coordinates else None
    working = queries.working(db(), person_id, now()) if sight.rosters else None
    held = people.roles_of(db(), person_id)
    roles = [role for role in ROLES if role in held]
    reader = _reader(person, wrong)
    active = people.is_active(db(), person_id)
    tabs = _tabs(person_id, sight, found, TAB_OF.get(wrong.about, ""))
    return render_form(
        "insight/person/show.html",
        wrong,
        tabs=tabs,
        tab=next(tab for tab in tabs if tab.here),
        finding=words.finding(person, found, roles, active=active),
        found=found,
        working=working,
        **_buttons(person, sight, active=active),
        marks=_marks(person_id, sight),
        **_told(reader, roles, working, active=active),
        **_sections(reader, roles, found, working),
    )


def _buttons(person: Person, sight: Sight, *, active: bool) -> dict[str, object]:
    """Return what the reader can do for somebody from here."""
    subject = people.person_subject(db(), id_of(person))
    here = person.left_on is None
    administers = access.ADMINISTER.allows(guard.actor())
    return {
        "makes_code": here and sight.codes and (sight.coordinates or not active),
        "pairs": here and sight.coordinates,
        "shows_path": sight.coordinates and bool(chosen(db(), id_of(person), shown=True)),
        "hands_over": sight.coordinates and handover.is_known(db(), person),
        "says_away": here and access.SAY_WHO_IS_AWAY.allows(guard.actor(), subject),
        "mails_code": settings().mails and bool(person.email),
        "signs_out": active and administers,
        "linked_at": linked_at(db(), id_of(person)) if administers else None,
    }


def _told(reader: Reader, roles: list[str], working: Working | None, *, active: bool) -> dict[str, object]:
    """Return what the page says of somebody, and the words for it."""
    person_id = id_of(reader.person)
    return {
        "person": reader.person,
        "active": active,
        "card_on": cards_out(db(), [person_id], now()).get(person_id),
        "brief": _brief(reader, roles, working),
        "roles": [gettext(TITLES[role]) for role in roles],
        "classes": CLASSES,
        "statuses": STATUS_NAMES,
        "request_states": words.REQUEST_STATES,
    }


def _marks(person_id: int, sight: Sight) -> list[str]:
    if not sight.rosters:
        return []
    return filled_words.of_other(filled.marks(db(), person_id))


def _reader(person: Person, wrong: Mistake) -> Reader:
    typed = Typed(wrong.about, wrong.values, wrong.errors)
    return Reader(
        db(),
        guard.actor(),
        person,
        typed,
        now(),
    )


def _sections(
    reader: Reader,
    roles: list[str],
    found: Programme | None,
    working: Working | None,
) -> dict[str, object]:
    shown: dict[str, object] = {"s": reader.who(roles)}
    if working is not None:
        shown["when"] = reader.when(working)
    if found is not None:
        shown["what"] = reader.what(found.profile)
        shown["known"] = profile_sections.as_seen(
            found.profile,
            programme(db()),
            local_date(now()),
        )
    return shown


def _brief(reader: Reader, roles: list[str], working: Working | None) -> str:
    person = reader.person
    site = people.site_names(db())[person.site_id]
    return words.brief(
        roles,
        ", ".join(filter(None, [site, person.department])),
        working.roster if working else "",
        reader.managers,
    )


def _tabs(person_id: int, sight: Sight, found: Programme | None, sent_from: str) -> list[Tab]:
    titles = list(_titles(sight, found))
    wanted = sent_from or request.args.get("tab", sight.first)
    if wanted not in {key for key, _title, _count in titles}:
        wanted = sight.first
    tabs = []
    for key, title, count in titles:
        tab = Tab(
            key=key,
            title=title,
            url=url_for("person.show", person_id=person_id, tab=None if key == sight.first else key),
            here=key == wanted,
            count=count,
        )
        tabs.append(tab)
    return tabs


def _titles(sight: Sight, found: Programme | None) -> Iterator[tuple[str, str, int | None]]:
    """Yield the key and title of each tab that a reader has, and how much there is in it."""
    if sight.coordinates:
        yield OVERVIEW, gettext("Overview"), None
    yield DETAILS, gettext("Details"), None
    if sight.rosters:
        yield WHEN, gettext("Roster"), None
    if found is not None:
        running = sum(duo.runs for duo in found.duos)
        yield KNOWS, gettext("Can do"), len(found.profile.expertise)
        yield "duos", gettext("Pairs"), running
        yield "requests", gettext("Mentor requests"), len(found.asked)


def _save(
    person_id: int,
    section: str,
    form: type[SectionForm],
    save: Callable[[Session, Actor, int, SectionForm, datetime], None],
    lists: tuple[str, ...] = (),
) -> Page:
    """Read one section of somebody's page and save it; on an error show the page with what was typed."""
    fields = sent(*lists)
    seen = fields.pop("seen", "")
    try:
        read = form.read(fields)
        actions.hold(db(), person_id, section, seen, now())
        save(db(), guard.actor(), person_id, read, now())
    except MISTAKES as failure:
        return _show(person_id, mistake(failure, fields, section))
    return done(
        gettext("Saved."),
        "person.show",
        person_id=person_id,
        tab=TAB_OF[section],
        _anchor=section,
    )


@blueprint.post("/<id:person_id>/name")
@guard.allow(access.MANAGE_PEOPLE, of=people.person_subject)
@shows(PROFILE)
def name(person_id: int) -> Page:
    """Correct a name."""
    return _save(person_id, actions.NAME, NameForm, actions.save_name)


@blueprint.post("/<id:person_id>/work")
@guard.allow(access.MANAGE_PEOPLE, of=people.person_subject)
@shows(PROFILE)
def work(person_id: int) -> Page:
    """Change where a person works, their manager, languages and address."""
    told = db().get_one(Person, person_id).email or ""
    if sent().get("email", told).strip().lower() != told:
        guard.be_sure()  # codes go to the address
    return _save(person_id, actions.WORK, PersonForm, actions.save_work, ("languages",))


@blueprint.post("/<id:person_id>/roles")
@guard.allow(access.MANAGE_PEOPLE, of=people.person_subject, again=True)
@shows(PROFILE)
def roles(person_id: int) -> Page:
    """Give a person exactly the roles ticked, of those that the reader may give; it counts on their next request."""
    return _save(person_id, actions.ROLES, RolesForm, actions.save_roles, ("roles",))


@blueprint.post("/<id:person_id>/roster")
@guard.allow(access.KEEP_ROSTERS, of=people.person_subject)
@shows(PROFILE)
def roster(person_id: int) -> Page:
    """Let a person work by a roster, once it is known which duos that parts."""
    return _asked(person_id) or _save(person_id, ROSTER, GivenRosterForm, actions.save_roster)


def _asked(person_id: int) -> Page | None:
    """Return the page that asks about the duos that the roster sent would part; None: save it, or say what is wrong."""
    fields = sent()
    try:
        form = GivenRosterForm.read({name: value for name, value in fields.items() if name != "seen"})
        if form.confirmed:
            return None

        def change() -> None:
            actions.save_roster(db(), guard.actor(), person_id, form, now())

        asked = parting(db(), guard.actor(), {person_id}, local_date(now()), change)
    except MISTAKES:
        return None
    if asked is None:
        return None
    back = url_for("person.show", person_id=person_id, tab=WHEN)
    return confirm(confirmation(asked, request.path, back, {**fields, "confirmed": "true"}))


@blueprint.post("/<id:person_id>/expertise")
@guard.allow(access.COORDINATE, of=people.person_subject)
@shows(PROFILE)
def expertise(person_id: int) -> Page:
    """Fill in what a person can."""
    lists = "domain", "level", "willing", "remove"
    return _save(person_id, EXPERTISE, ExpertiseForm, actions.save_skills, lists)


@blueprint.post("/<id:person_id>/places")
@guard.allow(access.COORDINATE, of=people.person_subject)
@shows(PROFILE)
def places(person_id: int) -> Page:
    """Fill in what a person offers as a mentor."""
    return _save(person_id, PLACES, PlacesForm, actions.save_places)
