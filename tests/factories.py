"""A small organisation for tests: two sites, two lines, somebody in every role."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import TreeBuilder

import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.home.agreements.actions import arrange
from mentorship.mentor_requests.models import MentorRequest, Need
from mentorship.mentorships.models import Mentorship
from mentorship.people.access import Actor
from mentorship.people.models import Person, PersonRole, Site
from mentorship.people.queries import roles_of
from mentorship.profiles.models import Capacity, Domain, Expertise
from mentorship.profiles.rosters.models import Roster, RosterDay, Shift, WorkTime
from mentorship.programme.models import Programme
from tests.client import InspectingClient

NO_HOLIDAYS = "-"
"""A region without public holidays: what is tested falls on no closed day, unless it says so."""


@dataclass
class Organisation:
    """What was made, by name."""

    session: Session
    now: datetime
    people: dict[str, int] = field(default_factory=dict)
    domains: dict[str, int] = field(default_factory=dict)
    sites: dict[str, int] = field(default_factory=dict)
    rosters: dict[str, int] = field(default_factory=dict)

    def in_session(self, session: Session, now: datetime) -> Organisation:
        """The same organisation, which is in another database too, to be seen and added to through its session."""
        names = {field.name: dict(getattr(self, field.name)) for field in fields(self)[2:]}
        return Organisation(session, now, **names)

    def site(self, name: str) -> int:
        if name not in self.sites:
            row = Site(name=name, region=NO_HOLIDAYS)
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
            request_id=request.id,
            position=1,
            domain_id=self.domain(domain),
            current_level=current,
            target_level=target,
            importance=3,
        )
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
            junior_accepted=values.pop("junior_accepted", False if status == "refused" else both),
            proposed_at=values.pop("proposed_at", self.now),
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
        settings.objection_days = 0  # what is tested of rounds begins where they are published
        self.session.flush()

    def agree(self) -> None:
        """Let everything be agreed as it stands; until somebody does, every change holds at once."""
        version = self.session.get_one(Programme, 1).version
        arrange(self.session, self.actor("coordinator"), version, {"council_reference": "OR-7"}, (), self.now)
        self.session.commit()

    def speak(self, locale: str) -> None:
        """Let everybody read in one language."""
        self.session.execute(sa.update(Person).values(locale=locale))
        self.session.commit()

    def actor(self, key: str) -> Actor:
        """Who a person is as an actor."""
        person_id = self.people[key]
        return Actor(person_id, roles_of(self.session, person_id), key)


def small_organisation(session: Session, now: datetime) -> Organisation:
    """Two lines under one director, juniors and seniors in both; coordinator, hr and admin in neither."""
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
    made.person("hr", "hr")
    made.person("admin", "admin")
    made.person("nobody")
    made.set_up()
    return made


class _Tree(HTMLParser):
    """Builds the tree of a page; the client saw to it that the page is valid."""

    VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "use"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self._builder = TreeBuilder()
        self.handle_data = self._builder.data  # type: ignore[method-assign]
        self.feed(text)
        self.close()
        self.root = self._builder.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in self.VOID:
            self._builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self._builder.end(tag)


class Screen:
    """What somebody sees: they follow links, fill in fields and press buttons by the words on them."""

    def __init__(self, client: InspectingClient, url: str = "/") -> None:
        self.client = client
        self.open(url)

    def open(self, url: str) -> Screen:
        return self._show(self.client.get(url))

    def _show(self, answer: Any) -> Screen:
        while answer.status_code == 303:
            answer = self.client.follow(answer)
        self.status, self.path = answer.status_code, answer.request.path
        self.tree = _Tree(answer.text).root
        self.text = words_of(next(e for e in self.tree.iter("main")))
        self._above = {child: parent for parent in self.tree.iter() for child in parent}
        return self

    @property
    def heading(self) -> str:
        """What stands above the page."""
        return words_of(next(e for e in self.tree.iter("h1")))

    def rows(self) -> list[list[str]]:
        """Return the words in the cells of every table row with data: not of what is folded, or open below a row."""
        folded = {row for e in self.tree.iter("details") if e.get("class") == "chart-table" for row in e.iter("tr")}
        found = [row for body in self.tree.iter("tbody") for row in body.iter("tr") if row not in folded]
        rows = [row for row in found if "below" not in (row.get("class") or "").split()]
        for row in rows:
            for face in [e for e in row.iter("span") if "face" in (e.get("class") or "").split()]:
                face.text = ""  # initials beside a name
        return [[words_of(cell) for cell in row if cell.tag in ("td", "th")] for row in rows]

    def names(self, tag: str) -> list[str]:
        """Return the names of all links ("a") or buttons ("button")."""
        return [_name(e) for e in self.tree.iter(tag)]

    def _find(self, tag: str, name: str) -> Any:
        found = [e for e in self.tree.iter(tag) if _name(e) == name]
        found = found or [e for e in self.tree.iter(tag) if _name(e).startswith(name)]
        assert len(found) == 1, f"{len(found)} of {tag} {name!r} at {self.path}: {self.names(tag)}"
        return found[0]

    def tap(self, name: str) -> Screen:
        """Follow a link."""
        return self.open(self._find("a", name).get("href").split("#")[0])

    def press(self, name: str, /, **typed: Any) -> Screen:
        """Press a button after typing into its form; None clears a tick."""
        button, fields = self._find("button", name), {**self.fields(name), **typed}
        if button.get("name"):
            fields[button.get("name")] = button.get("value")
        form = self._form(button)
        fields["from_page"] = next(e.get("value") for e in form.iter("input") if e.get("name") == "from_page")
        fields = {key: value for key, value in fields.items() if value is not None}
        return self._show(self.client.post(button.get("formaction") or form.get("action"), fields))

    def _form(self, button: Any) -> Any:
        if target := button.get("form"):
            return next(f for f in self.tree.iter("form") if f.get("id") == target)
        while button.tag != "form":
            button = self._above[button]
        return button

    def fields(self, name: str) -> dict[str, Any]:
        """Return what stands in the form of a button; a field that is there more than once as a list."""
        form = self._form(self._find("button", name))
        inside = [e for e in form.iter() if not e.get("form")]
        outside = [e for e in self.tree.iter() if form.get("id") and e.get("form") == form.get("id")]
        found: dict[str, list[Any]] = {}
        for element in [*inside, *outside]:
            value = _value(element)
            if element.get("name") and value is not None and element.get("name") not in ("csrf_token", "from_page"):
                found.setdefault(element.get("name"), []).append(value)
        return {key: values if len(values) > 1 else values[0] for key, values in found.items()}


def words_of(element: Any) -> str:
    """Return the text of an element as one line."""
    return " ".join(" ".join(element.itertext()).split())


def _name(element: Any) -> str:
    return element.get("aria-label") or words_of(element)


def _value(element: Any) -> str | None:
    """Return what a browser would send for a field; None when it sends nothing."""
    if element.tag == "textarea":
        return element.text or ""
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [o for o in options if o.get("selected") is not None] or options[:1]
        return chosen[0].get("value") if chosen else None
    if element.tag != "input" or (element.get("type") in ("checkbox", "radio") and element.get("checked") is None):
        return None
    return element.get("value") or ("on" if element.get("type") == "checkbox" else "")
