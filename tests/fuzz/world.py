"""What is fuzzed: the demo with something in every state, and whoever of it asks."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session
from werkzeug.routing import Rule

from mentorship import tables
from mentorship.base import links
from mentorship.checkins.links.rules import LINK_PURPOSE
from mentorship.demo.build import build
from mentorship.home.calendar.actions import make as make_calendar
from mentorship.people.account.actions import start_session
from mentorship.people.models import ROLES, Person, PersonRole
from mentorship.web import request as web_request
from tests.browser.cast import CAREFUL, HALFWAY, complete
from tests.conftest import make_app

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
TABLES = {
    "away_id": "away",
    "certificate_id": "certificate",
    "check_in_id": "check_in",
    "claim_id": "level_claim",
    "course_id": "course",
    "code_id": "activation_code",
    "confidant_id": "confidant",
    "draft_id": "import_draft",
    "goal_id": "goal",
    "import_id": "taken_import",
    "kind_id": "certificate_kind",
    "wave_id": "pulse_wave",
    "consent_id": "consent",
    "mail_id": "outbox",
    "message_id": "message",
    "mentorship_id": "mentorship",
    "person_id": "person",
    "privacy_id": "privacy_request",
    "feed_id": "planning_feed",
    "note_id": "round_note",
    "profile_id": "job_profile",
    "question_id": "quick_question",
    "request_id": "mentor_request",
    "roster_id": "roster",
    "round_id": "round",
    "shift_id": "shift",
    "sign_in_id": "sign_in",
    "signal_id": "signal",
    "site_id": "site",
    "stand_in_id": "stand_in",
    "tablet_id": "tablet",
    "text_id": "kept_text",
    "training_id": "training",
    "undo_id": "undo",
    "view_id": "saved_view",
}
"""Where the rows stand that an id in an address means."""
EVERYTHING = "every role"


@dataclass
class Caller:
    """Somebody with a cookie, and the token that a page gave them."""

    name: str
    person_id: int | None
    cookie: str = ""
    token: str = ""


@dataclass
class World:
    """A filled database behind the application, and who asks."""

    app: Flask
    engine: sa.Engine
    now: datetime
    people: dict[str, int] = field(default_factory=dict)
    ids: dict[str, list[int]] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)
    fault: str = ""
    """The last one there was."""
    callers: dict[int | None, Caller] = field(default_factory=dict)

    def rules(self) -> list[Rule]:
        """Every address there is, in order."""
        return sorted(self.app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))

    def caller(self, person_id: int | None) -> Caller:
        """Return somebody, signed in."""
        if person_id not in self.callers:
            self.callers[person_id] = self._enter(person_id)
        return self.callers[person_id]

    def _enter(self, person_id: int | None) -> Caller:
        client = self.app.test_client()
        if person_id is not None:
            with Session(self.engine) as session:
                person = session.get_one(Person, person_id)
                secret = start_session(session, person, "fuzz", 12, self.now)
                session.commit()
            with client.session_transaction() as cookie:
                cookie["_user_id"] = secret
        page = client.get("/account/sign-in" if person_id is None else "/account")
        token = TOKEN.search(page.text)
        kept = client.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        name = next((name for name, number in self.people.items() if number == person_id), "others")
        return Caller(
            "nobody" if person_id is None else name,
            person_id,
            f"leermaat={kept.value}" if kept else "",
            token[1] if token else "",
        )

    def look_around(self) -> None:
        """Learn which ids there are."""
        with Session(self.engine) as session:
            for name, table in TABLES.items():
                found = session.scalars(sa.select(tables.metadata.tables[table].c.id)).all()
                self.ids[name] = sorted(found)

    def watch(self) -> None:
        """Note which views are reached, past the gate and the token, and where faults were."""

        def note(fault: Any) -> None:
            kind, error, trace = fault
            place = traceback.extract_tb(trace)[-1]
            self.fault = f"{kind.__name__} {str(error)[:200]} at {place.filename}:{place.lineno}"

        self.app.log_exception = note  # type: ignore[method-assign]
        for endpoint, view in list(self.app.view_functions.items()):
            self.app.view_functions[endpoint] = _noting(view, endpoint, self.reached)


def _noting(view: Callable[..., Any], endpoint: str, reached: set[str]) -> Callable[..., Any]:
    def noted(**named: Any) -> Any:
        reached.add(endpoint)
        return view(**named)

    noted.access = getattr(view, "access", None)  # type: ignore[attr-defined]
    return noted


class _Forgetful(Session):
    """Writes everything to the database, where it may be refused, and then takes it back."""

    def commit(self) -> None:
        self.flush()
        self.rollback()


@contextmanager
def forgetting() -> Iterator[None]:
    """Have each request leave the data as they were, until the block ends."""
    before = web_request.open_session

    def opened(engine: sa.Engine, *, read_only: bool = False) -> Session:
        options = engine.execution_options(mentorship_read_only=True) if read_only else engine
        return _Forgetful(options)

    web_request.open_session = opened
    try:
        yield
    finally:
        web_request.open_session = before


def demo_world(engine: sa.Engine, url: str, now: datetime) -> World:
    """Fill an empty database with the demo, and say who of it asks."""
    build(engine, now)
    app = make_app(engine, url, now)
    world = World(app, engine, now)
    with Session(engine) as session:
        cast = complete(session, now)
        numbers = {row.number: row.id for row in session.scalars(sa.select(Person))}
        for role, number in cast.numbers.items():
            world.people[role] = numbers[number] or 0
        last = max(person_id or 0 for person_id in numbers.values())
        taken = set(world.people.values())
        free = next(person_id for person_id in range(last, 0, -1) if person_id not in taken)
        session.execute(sa.delete(PersonRole).where(PersonRole.person_id == free))
        session.add_all([PersonRole(person_id=free, role=role) for role in ROLES])
        world.people[EVERYTHING] = free
        for role in ("junior", "senior", "coordinator"):
            world.secrets.append(make_calendar(session, world.people[role], now))
        settings = app.extensions["mentorship_settings"]
        for check_in in (cast.ids["open"], cast.ids["sent"], 10**9):
            world.tokens.append(links.sign(settings, LINK_PURPOSE, check_in, now))
        session.commit()
    for name in (HALFWAY, CAREFUL):  # they have a second step before them; a session of before is none
        world.people.pop(name, None)
    world.look_around()
    world.watch()
    return world
