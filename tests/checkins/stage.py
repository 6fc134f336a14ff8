"""Pairs that run and are asked how it goes; time passes as told, and everybody answers through their own pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.checkins import actions
from mentorship.checkins.confidants import actions as confidants
from mentorship.checkins.models import Answer, CheckIn
from mentorship.checkins.signals.models import Signal
from mentorship.mentorships.models import Mentorship
from mentorship.programme import actions as programme
from mentorship.programme.queries import programme as settings
from tests.client import InspectingClient
from tests.factories import Organisation, Screen
from tests.rounds.stage import Stage

JUNIOR_KEYS = ("progress", "own_work", "not_alone", "dare_to_ask")
JUNIOR_ASKED = (*JUNIOR_KEYS, "working_time", "quick_help")
"""What a junior is asked the first time: the fixed questions, and two of those that take turns."""
MENTOR_KEYS = ("hours_free", "own_job", "support", "go_on")


def plant(session: Session, made: Organisation, mentorship_id: int, key: str, **values: Any) -> int:
    """Put a check-in of one side of a pair in the database as it stands; return its id."""
    pair, person_id = session.get_one(Mentorship, mentorship_id), made.people[key]
    row = CheckIn(
        mentorship_id=mentorship_id,
        person_id=person_id,
        side="mentor" if pair.mentor_id == person_id else "junior",
        opened_at=made.now,
        **{"set_id": 1, "due_on": made.now.date(), **values},
    )
    session.add(row)
    session.flush()
    return row.id or 0


def cards_of(screen: Screen) -> list[str]:
    """The signals on their page, each as the words that say what it is; those on the line of another after it."""
    lines = [line for line in screen.tree.iter("li") if (line.get("id") or "").startswith("signal-")]
    found = []
    for line in lines:
        why = line.findall("./div/span")[2]
        found.append(why.find("span").text or "")
        found += [also.text or "" for also in why.iter("a")]
    return found


@dataclass
class Asking(Stage):
    """The stage with check-ins."""

    app: Flask

    @property
    def today(self) -> date:
        return local_date(self.now)

    def later(self, **time: float) -> datetime:
        """Let time pass, for the worker and on every page."""
        self.now += timedelta(**time)
        self.organisation.now = self.now
        self.app.config["CLOCK"] = lambda: self.now
        return self.now

    def start(self, mentor: str = "senior", junior: str = "junior", ago: int = 14, **values: Any) -> int:
        """A pair that runs since so many days: whether it is due today depends on the days."""
        values = {"status": "active", "started_on": self.today - timedelta(days=ago), **values}
        made = self.organisation.pair(mentor, junior, **values)
        self.organisation.session.commit()
        return made

    def open(self, now: datetime | None = None) -> int:
        """Let the worker open what is due; return how many were opened."""
        before = len(self.asked())
        self.act(actions.open_due, now or self.now)
        return len(self.asked()) - before

    def asked(self, key: str | None = None) -> list[CheckIn]:
        """Everything that was ever asked, of everybody or one person, the oldest first."""
        query = select(CheckIn).order_by(col(CheckIn.due_on), col(CheckIn.id))
        if key:
            query = query.where(CheckIn.person_id == self.person(key))
        found: list[CheckIn] = self.read(lambda session: list(session.exec(query)))
        return found

    def newest(self, key: str) -> CheckIn:
        return self.asked(key)[-1]

    def states(self, key: str) -> list[str]:
        return [row.status for row in self.asked(key)]

    def answers(self, check_in_id: int) -> dict[str, int | None]:
        query = select(Answer.key, Answer.value).where(Answer.check_in_id == check_in_id)
        found: dict[str, int | None] = self.read(lambda session: dict(session.exec(query).all()))
        return found

    def signals(self) -> list[tuple[str, str, str]]:
        """Which signals stand in the database: kind, side, about."""
        query = select(Signal).order_by(col(Signal.id))
        return [(s.kind, s.side, s.about) for s in self.read(lambda session: list(session.exec(query)))]

    def visit(self, key: str) -> InspectingClient:
        with Session(self.engine) as session:
            return InspectingClient(self.app, session, self.person(key))

    def screen(self, key: str, url: str = "/") -> Screen:
        return Screen(self.visit(key), url)

    def send(self, key: str, step: int | None, **fields: Any) -> Screen:
        """Answer the newest check-in of somebody with one step everywhere, and send it."""
        row = self.newest(key)
        keys = row.asked or (JUNIOR_KEYS if row.side == "junior" else MENTOR_KEYS)
        answers = {f"answer-{k}": "none" if step is None else str(step) for k in keys}
        screen = self.screen(key, f"/checkins/{row.id}").press("Versturen", **{**answers, **fields})
        assert "Verstuurd" in screen.text, screen.text
        return screen

    def twice(self, **steps: int) -> None:
        """Let people answer the newest check-in with one step everywhere, and the next in two weeks alike."""
        for key, step in steps.items():
            self.send(key, step)
        self.next_time()
        for key, step in steps.items():
            self.send(key, step)

    def next_time(self) -> None:
        """Two weeks later everybody is asked again."""
        self.later(days=14)
        assert self.open()

    def confide(self, key: str, site: int = 0) -> int:
        """Name the confidant of a site (0: of everybody whose site has none); return the post."""
        post = self.act(confidants.appoint, self.coordinator, site, f"n-{key}", self.now)
        found: int = post.id
        return found

    def asked_in_confidence(self, key: str) -> list[str]:
        """Who asks for somebody as a confidant, as their desk says."""
        screen = self.screen(key, "/checkins/asked")
        assert screen.status == 200
        return [
            name
            for name in (f"{who.capitalize()} Proef" for who in self.organisation.people)
            if f"{name} Wacht" in screen.text
        ]

    def cards(self, key: str) -> list[str]:
        """The signals that somebody sees, each as the words on its card."""
        screen = self.screen(key, "/signals")
        assert screen.status == 200
        return cards_of(screen)

    def choose(self, visibility: str | None) -> None:
        """Choose what managers see."""
        self.act(lambda session: session.execute(sa.text("UPDATE programme SET visibility = :v"), {"v": visibility}))

    def widen(self, visibility: str) -> None:
        """Choose what managers see as its page does, from now on."""
        self.act(programme.change, self.coordinator, self.read(settings).version, {"visibility": visibility}, self.now)
