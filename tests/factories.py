"""A small organisation for tests: two sites, two lines, somebody in every role."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import Session, select

from mentorship.mentor_requests.models import MentorRequest, Need
from mentorship.mentorships.models import Mentorship
from mentorship.people.access import Actor
from mentorship.people.models import Person, PersonRole, Site
from mentorship.people.queries import roles_of
from mentorship.profiles.models import Capacity, Domain, Expertise, Roster, RosterDay, Shift, WorkTime
from mentorship.programme.models import Programme


@dataclass
class Organisation:
    """What was made, by name."""

    session: Session
    now: datetime
    people: dict[str, int] = field(default_factory=dict)
    domains: dict[str, int] = field(default_factory=dict)
    sites: dict[str, int] = field(default_factory=dict)
    rosters: dict[str, int] = field(default_factory=dict)

    def site(self, name: str) -> int:
        if name not in self.sites:
            row = Site(name=name)
            self.session.add(row)
            self.session.flush()
            self.sites[name] = row.id or 0
        return self.sites[name]

    def domain(self, name: str, **values: Any) -> int:
        if name not in self.domains:
            row = Domain(name=name, **values)
            self.session.add(row)
            self.session.flush()
            self.domains[name] = row.id or 0
        return self.domains[name]

    def roster(self, name: str = "DAG", cycle: str = "DDDDD--", starts_on: date = date(2026, 1, 5)) -> int:
        """A roster of shift letters: D day, V early, L late, N night."""
        if name not in self.rosters:
            times = {"D": (450, 975), "V": (360, 840), "L": (840, 1320), "N": (1320, 1800)}
            row = Roster(name=name, starts_on=starts_on, days=len(cycle))
            self.session.add(row)
            self.session.flush()
            for day, letter in enumerate(cycle):
                if letter == "-":
                    continue
                shift = self.session.exec(select(Shift).where(Shift.code == letter)).first()
                if shift is None:
                    shift = Shift(code=letter, begins=times[letter][0], ends=times[letter][1])
                    self.session.add(shift)
                    self.session.flush()
                self.session.add(RosterDay(roster_id=row.id or 0, day=day, shift_id=shift.id or 0))
            self.rosters[name] = row.id or 0
        return self.rosters[name]

    def person(self, key: str, *roles: str, manager: str | None = None, site: str = "Ede", **values: Any) -> int:
        """A person called after `key`, with a roster, in a line."""
        row = Person(
            number=values.pop("number", f"n-{key}"),
            given_name=values.pop("given_name", key.capitalize()),
            family_name=values.pop("family_name", "Proef"),
            site_id=self.site(site),
            manager_id=self.people[manager] if manager else None,
            **{k: v for k, v in values.items() if k in Person.model_fields},
        )
        self.session.add(row)
        self.session.flush()
        assert row.id is not None
        self.people[key] = row.id
        for role in roles:
            self.session.add(PersonRole(person_id=row.id, role=role))
        roster = values.get("roster", "DAG")
        if roster:
            self.session.add(
                WorkTime(person_id=row.id, roster_id=self.roster(roster), remote=values.get("remote", False))
            )
        self.session.flush()
        return row.id

    def can(self, key: str, domain: str, level: int = 4, *, willing: bool = True) -> None:
        """Give a person expertise."""
        row = Expertise(person_id=self.people[key], domain_id=self.domain(domain), level=level, willing=willing)
        self.session.add(row)
        self.session.flush()

    def offers(self, key: str, places: int = 1, hours: float = 8, confirmed: float | None = 8, **values: Any) -> None:
        """Let a person offer places."""
        row = Capacity(
            person_id=self.people[key],
            places=places,
            hours=Decimal(str(hours)),
            confirmed_hours=None if confirmed is None else Decimal(str(confirmed)),
            **values,
        )
        self.session.add(row)
        self.session.flush()

    def mentor(self, key: str, domain: str = "Pneumatiek", places: int = 1, level: int = 4, **values: Any) -> int:
        """A senior with expertise and places."""
        person_id = self.person(key, "senior", **values)
        self.can(key, domain, level)
        self.offers(key, places)
        return person_id

    def asks(self, key: str, domain: str = "Pneumatiek", current: int = 0, target: int = 3, goal: str = "") -> int:
        """Let a person ask for a mentor; return the request's id."""
        request = MentorRequest(person_id=self.people[key], created_at=self.now, changed_at=self.now, goal=goal)
        self.session.add(request)
        self.session.flush()
        assert request.id is not None
        need = Need(
            request_id=request.id, position=1, domain_id=self.domain(domain), current_level=current,
            target_level=target, importance=3,
        )  # fmt: skip
        self.session.add(need)
        self.session.flush()
        return request.id

    def pair(self, mentor: str, junior: str, status: str = "proposed", **values: Any) -> int:
        """A mentorship between two people."""
        both = True if status in ("active", "paused", "ended") else None
        row = Mentorship(
            mentor_id=self.people[mentor],
            junior_id=self.people[junior],
            domain_id=self.domain(values.pop("domain", "Pneumatiek")),
            origin=values.pop("origin", "direct"),
            status=status,
            mentor_accepted=both,
            junior_accepted=both,
            proposed_at=self.now,
            **values,
        )
        self.session.add(row)
        self.session.flush()
        return row.id or 0

    def set_up(self) -> None:
        """Complete the programme's set-up, so that rounds can be published."""
        settings = self.session.get_one(Programme, 1)
        settings.works_council_on = (self.now - timedelta(days=9)).date()
        settings.dpia_on = (self.now - timedelta(days=9)).date()
        settings.visibility = "classes"
        self.session.flush()

    def actor(self, key: str) -> Actor:
        """Who a person is as an actor."""
        person_id = self.people[key]
        return Actor(person_id, roles_of(self.session, person_id), key)


def small_organisation(session: Session, now: datetime) -> Organisation:
    """Two lines under one director, juniors and seniors in both; coordinator and admin in neither."""
    made = Organisation(session, now)
    made.domain("Pneumatiek")
    made.domain("PLC-programmering", remote=True)
    made.person("director", "manager")
    made.person("manager", "manager", manager="director")
    made.person("other_manager", "manager", manager="director")
    made.mentor("senior", manager="manager", places=2)
    made.mentor("other_senior", manager="other_manager", places=2)
    made.person("junior", "junior", manager="manager")
    made.person("other_junior", "junior", manager="other_manager")
    made.person("coordinator", "coordinator")
    made.person("admin", "admin")
    made.person("nobody")
    made.set_up()
    return made
