"""What the sections of somebody's page show, as they stand or as they were typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlmodel import Session

from mentorship.base.i18n import decimal, gettext, joined, ngettext
from mentorship.insight.person import queries, words
from mentorship.insight.person.actions import NAME, ROLES, WORK
from mentorship.insight.person.queries import Working
from mentorship.people import access, rules
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.models import LANGUAGES, Person
from mentorship.people.models import ROLES as EVERY_ROLE
from mentorship.people.sites.queries import open_sites
from mentorship.people.words import LANGUAGE_NAMES, TITLES
from mentorship.profiles import queries as profiles
from mentorship.profiles.models import EXPERTISE, PLACES, ROSTER
from mentorship.profiles.queries import Profile
from mentorship.profiles.rosters import patterns
from mentorship.profiles.sections import domains_to_add, options
from mentorship.profiles.words import LEVELS, domain_options

Options = Sequence[tuple[object, str]]


OVERVIEW, DETAILS = "overview", "details"
"""The tab that opens by itself to who coordinates, and to others."""


@dataclass(frozen=True)
class Tab:
    """A view of a person, with how much there is in it."""

    key: str
    title: str
    url: str
    here: bool
    count: int | None = None


@dataclass(frozen=True)
class Sight:
    """What a reader may see and do on somebody's page."""

    coordinates: bool
    rosters: bool
    codes: bool

    @property
    def first(self) -> str:
        """The tab that opens by itself."""
        return OVERVIEW if self.coordinates else DETAILS


def sight_of(actor: Actor) -> Sight:
    """Return what somebody may see and do on another's page."""
    return Sight(
        coordinates=access.COORDINATE.allows(actor),
        rosters=access.KEEP_ROSTERS.allows(actor),
        codes=access.GIVE_CODES.allows(actor),
    )


@dataclass(frozen=True)
class Typed:
    """What was sent of one section and is not right; nothing when all is."""

    section: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """A section that can be changed: what it tells folded, what its fields hold, and how it stood when shown."""

    key: str
    answer: str
    values: Mapping[str, Any]
    errors: Mapping[str, str]
    seen: str

    @property
    def open(self) -> bool:
        """Tell whether it was sent and is not right."""
        return bool(self.errors)


@dataclass(frozen=True)
class Reader:
    """Makes the sections of one person for one reader."""

    session: Session
    actor: Actor
    person: Person
    typed: Typed
    now: datetime

    @cached_property
    def managers(self) -> list[Person]:
        """Who appraises the person."""
        return queries.managers_of(self.session, self.person)

    def _section(self, key: str, answer: str, values: Mapping[str, Any]) -> Section:
        typed = self.typed if self.typed.section == key else Typed()
        stands = queries.stands(self.session, self.person.id or 0, key, self.now)
        return Section(
            key=key,
            answer=answer,
            values={**values, **typed.values},
            errors=typed.errors,
            seen=rules.mark(stands),
        )

    def who(self, roles: Iterable[str]) -> dict[str, Any]:
        """Return the sections on who somebody is, where they work and what they may."""
        held = set(roles)
        mine = rules.may_give(self.actor)
        return {
            NAME: self._name(),
            WORK: self._work(),
            ROLES: self._section(ROLES, _titles(held) or gettext("none"), {"roles": sorted(held)}),
            "role_choices": _named([role for role in EVERY_ROLE if role in mine], TITLES),
            "other_roles": _titles(held - mine),
            "other_managers": words.also_managed_by(self.managers, self.person.manager_id),
            "sites": _rows(open_sites(self.session, also=self.person.site_id)),
            "language_choices": _named(LANGUAGES, LANGUAGE_NAMES),
        }

    def _name(self) -> Section:
        person = self.person
        values = {
            "given_name": person.given_name,
            "infix": person.infix,
            "family_name": person.family_name,
        }
        return self._section(NAME, person.name, values)

    def _work(self) -> Section:
        person = self.person
        first = [one.number for one in self.managers if one.id == person.manager_id]
        site = people.site_names(self.session)[person.site_id]
        parts = [site, person.department, words.managed_by(self.managers)]
        values = {
            "site_id": person.site_id,
            "department": person.department,
            "manager": "".join(first),
            "email": person.email or "",
            "languages": person.languages.split(","),
        }
        return self._section(WORK, " · ".join(filter(None, parts)), values)

    def when(self, working: Working) -> dict[str, Any]:
        """Return the section on the roster."""
        answer = working.roster or gettext("No roster yet")
        return {
            ROSTER: self._section(ROSTER, answer, {"roster_id": working.roster_id or ""}),
            "rosters": [("", gettext("none yet")), *_rows(patterns.rosters(self.session))],
        }

    def what(self, profile: Profile) -> dict[str, Any]:
        """Return the sections on what somebody can and offers."""
        offer = profile.capacity
        places = {
            "places": offer.places,
            "hours": decimal(offer.hours),
        }
        told = ngettext(
            "%(num)s place, hours a week: %(hours)s",
            "%(num)s places, hours a week: %(hours)s",
            offer.places,
            hours=decimal(offer.hours),
        )
        addable = domains_to_add(profiles.domains(self.session), profile.expertise)
        return {
            EXPERTISE: self._section(EXPERTISE, gettext("a domain and how well"), {}),
            PLACES: self._section(PLACES, told, places),
            "addable": [("", gettext("Choose a domain")), *domain_options(addable)],
            "levels": [("", gettext("How well?")), *options(LEVELS)],
        }


def _titles(roles: Iterable[str]) -> str:
    named = [gettext(TITLES[role]) for role in EVERY_ROLE if role in set(roles)]
    return joined(named)


def _named(keys: Iterable[str], titles: Mapping[str, str]) -> Options:
    return [(key, gettext(titles[key])) for key in keys]


def _rows(rows: Iterable[Any]) -> list[tuple[object, str]]:
    return [(row.id, row.name) for row in rows]
