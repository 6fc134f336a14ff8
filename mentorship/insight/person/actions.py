"""Verbs on one person, a section of their page at a time; `hold` first refuses what another changed meanwhile."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.db import locked
from mentorship.checkins.signals import handing
from mentorship.insight.person import queries
from mentorship.people import actions as people
from mentorship.people import queries as people_queries
from mentorship.people import rules
from mentorship.people.access import Actor
from mentorship.people.forms import NameForm, PersonForm, RolesForm
from mentorship.people.models import Person
from mentorship.profiles.filled import actions as filled
from mentorship.profiles.forms import ExpertiseForm, GivenRosterForm, PlacesForm

NAME, WORK, ROLES = "name", "work", "roles"


def hold(session: Session, person_id: int, section: str, seen: str, now: datetime) -> None:
    """Let nobody else change somebody now, and refuse when somebody did since the section was shown."""
    locked(session, Person, person_id)
    rules.check_seen(seen, queries.stands(session, person_id, section, now))


def save_name(session: Session, actor: Actor, person_id: int, form: NameForm, now: datetime) -> None:
    """Correct somebody's name."""
    people.rename_person(
        session,
        actor,
        person_id,
        given_name=form.given_name,
        infix=form.infix,
        family_name=form.family_name,
        now=now,
    )


def save_work(session: Session, actor: Actor, person_id: int, form: PersonForm, now: datetime) -> None:
    """Change where somebody works, for whom, and how they are reached."""
    people.change_person(
        session,
        actor,
        person_id,
        site_id=form.site_id,
        department=form.department,
        manager=form.manager,
        languages=form.languages,
        email=form.email,
        now=now,
    )
    handing.of_lines(session, [person_id], now)


def save_roles(session: Session, actor: Actor, person_id: int, form: RolesForm, now: datetime) -> None:
    """Give somebody exactly the roles ticked, of those that the actor may give."""
    others = people_queries.roles_of(session, person_id) - rules.may_give(actor)
    people.set_roles(
        session,
        actor,
        person_id,
        others.union(form.roles),
        now,
    )
    # who gave up a role may not take it back by oneself, so there is nothing to undo
    handing.of_owner(session, person_id, now, undone=person_id != actor.person_id)


def save_roster(session: Session, actor: Actor, person_id: int, form: GivenRosterForm, now: datetime) -> None:
    """Let somebody work by a roster from today on."""
    filled.give_roster(
        session,
        actor,
        [person_id],
        form.roster_id,
        now,
    )


def save_skills(session: Session, actor: Actor, person_id: int, form: ExpertiseForm, now: datetime) -> None:
    """Fill in what somebody can."""
    filled.give_expertise(
        session,
        actor,
        person_id,
        form.levels(),
        form.remove,
        now,
    )


def save_places(session: Session, actor: Actor, person_id: int, form: PlacesForm, now: datetime) -> None:
    """Fill in what somebody offers as a mentor."""
    filled.give_places(
        session,
        actor,
        person_id,
        form.places,
        form.hours,
        now,
    )
