"""Doors: one person, in tabs: what they do now, when they work, what they can, their duos and requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext
from mentorship.checkins.words import CLASSES
from mentorship.insight.person import queries, words
from mentorship.insight.person.queries import Programme
from mentorship.mentorships.words import STATUS_NAMES
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.models import ROLES, Person
from mentorship.people.words import TITLES
from mentorship.profiles import sections
from mentorship.programme.queries import programme
from mentorship.web.page import Page, render
from mentorship.web.request import db, now, settings

blueprint = Blueprint("person", __name__, url_prefix="/insight/person")

FIRST = "overview"


@dataclass(frozen=True)
class Tab:
    """A view of a person, with how much there is in it."""

    key: str
    title: str
    url: str
    here: bool
    count: int | None = None


@blueprint.get("/<id:person_id>")
@guard.allow(access.SEE_PEOPLE, of=people.person_subject)
def show(person_id: int) -> Page:
    """Show one person; what they do in the programme to the coordinator alone."""
    me = guard.actor()
    coordinates = access.COORDINATE.allows(me)
    person = people.persons(db(), [person_id])[person_id]
    found = queries.of_person(db(), me, person_id, now()) if coordinates else None
    tabs = _tabs(person_id, found)
    held = people.roles_of(db(), person_id)
    roles = [role for role in ROLES if role in held]
    active = people.is_active(db(), person_id)
    return render(
        "insight/person/show.html",
        person=person,
        active=active,
        tabs=tabs,
        tab=next(tab for tab in tabs if tab.here),
        finding=words.finding(person, found, roles, active=active),
        brief=_brief(person, roles, found),
        roles=[gettext(TITLES[role]) for role in roles],
        found=found,
        known=_known(found),
        **_buttons(person, active=active),
        classes=CLASSES,
        statuses=STATUS_NAMES,
        request_states=words.REQUEST_STATES,
    )


def _buttons(person: Person, *, active: bool) -> dict[str, Any]:
    """Return what the reader can do for somebody from here."""
    me = guard.actor()
    subject = people.person_subject(db(), id_of(person))
    for_anybody = access.COORDINATE.allows(me)
    return {
        "makes_code": access.GIVE_CODES.allows(me) and (for_anybody or not active),
        "says_away": access.SAY_WHO_IS_AWAY.allows(me, subject),
        "mails_code": settings().mails and bool(person.email),
    }


def _brief(person: Person, roles: list[str], found: Programme | None) -> str:
    managers = people.persons(db(), [person.manager_id])
    site = people.site_names(db())[person.site_id]
    return words.brief(
        roles,
        ", ".join(filter(None, [site, person.department])),
        found.roster if found else "",
        managers.get(person.manager_id or 0),
    )


def _known(found: Programme | None) -> dict[str, object]:
    if found is None:
        return {}
    return sections.as_seen(
        found.profile,
        programme(db()),
        local_date(now()),
    )


def _tabs(person_id: int, found: Programme | None) -> list[Tab]:
    titles: list[tuple[str, str, int | None]] = [(FIRST, gettext("Overview"), None)]
    if found is not None:
        running = sum(duo.runs for duo in found.duos)
        titles += [
            ("roster", gettext("Roster"), None),
            ("knows", gettext("Can do"), len(found.profile.expertise)),
            ("duos", gettext("Pairs"), running),
            ("requests", gettext("Mentor requests"), len(found.asked)),
        ]
    wanted = request.args.get("tab", FIRST)
    if wanted not in {key for key, _title, _count in titles}:
        wanted = FIRST
    tabs = []
    for key, title, count in titles:
        tab = Tab(
            key=key,
            title=title,
            url=url_for("person.show", person_id=person_id, tab=None if key == FIRST else key),
            here=key == wanted,
            count=count,
        )
        tabs.append(tab)
    return tabs
