"""A coordinator at work: each verb in a transaction of its own, as requests to the service are."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from mentorship.base import settled
from mentorship.base.audit import AuditRow
from mentorship.base.db import open_session
from mentorship.mentorships import actions as mentorships
from mentorship.mentorships.models import Mentorship
from mentorship.people.access import Actor
from mentorship.profiles.models import Wish
from mentorship.rounds import actions, queries
from mentorship.rounds.announcing import actions as announcing
from mentorship.rounds.models import Round, RoundOverride, RoundUnmatched
from mentorship.rounds.review import actions as decisions
from mentorship.rounds.solving import solve_round
from mentorship.rounds.standing import seen_by_request
from tests.factories import Organisation

Outcome = Any


def at_once(*jobs: Callable[[], Any]) -> list[Outcome]:
    """Run each job in its own thread, all let go at the same moment; return what each returned or raised."""
    outcomes: list[Outcome] = [None] * len(jobs)
    gate = threading.Barrier(len(jobs))

    def run(place: int, job: Callable[[], Any]) -> None:
        gate.wait(30)
        try:
            outcomes[place] = job()
        except Exception as error:
            outcomes[place] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def in_the_middle(engine: sa.Engine, first: Callable[[Session], Any], second: Callable[[], Any]) -> Outcome:
    """Do `first`, start `second` in a thread, and commit `first` once `second` waits for it (or did not need to).

    Returns what `second` returned or raised: the worst interleaving, every time.
    """
    outcome: list[Outcome] = []

    def run() -> None:
        try:
            outcome.append(second())
        except Exception as error:
            outcome.append(error)

    thread = threading.Thread(target=run)
    with open_session(engine) as session:
        first(session)
        session.flush()
        thread.start()
        if engine.dialect.name == "postgresql":
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
                held_up = sa.text(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    " AND wait_event_type = 'Lock'"
                )
                while thread.is_alive() and not watching.scalar(held_up):
                    pass
        session.commit()  # on SQLite the second has waited at its begin
    thread.join(60)
    return outcome[0]


@contextmanager
def counted(engine: sa.Engine) -> Iterator[list[str]]:
    """Collect the statements that the database gets within the block, from a process that knows nothing yet."""
    found: list[str] = []
    settled.forget()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


@dataclass
class Stage:
    """The small organisation, its coordinator, and what they do with a round."""

    engine: sa.Engine
    organisation: Organisation
    now: datetime

    def __post_init__(self) -> None:
        self.coordinator = Actor(self.organisation.people["coordinator"], frozenset({"coordinator"}), "coordinator")

    def act(self, verb: Callable[..., Any], *args: Any, **values: Any) -> Any:
        """Do one verb and commit."""
        with open_session(self.engine) as session:
            session.expire_on_commit = False
            done = verb(session, *args, **values)
            session.commit()
            return done

    def read(self, query: Callable[..., Any], *args: Any, **values: Any) -> Any:
        """Read with nothing left open."""
        with open_session(self.engine, read_only=True) as session:
            found = query(session, *args, **values)
            session.expunge_all()
            return found

    def person(self, key: str) -> int:
        return self.organisation.people[key]

    def actor(self, key: str) -> Actor:
        return Actor(self.person(key), frozenset({"junior", "senior"}), key)

    def cast(self) -> tuple[int, int]:
        """Two juniors ask, each wishing for a mentor of their own; return both requests."""
        made = self.organisation
        first = made.asks("junior", goal="zelfstandig storingen verhelpen")
        second = made.asks("other_junior", goal="leren meten")
        for junior, mentor in (("junior", "senior"), ("other_junior", "other_senior")):
            made.session.add(Wish(person_id=made.people[junior], other_id=made.people[mentor], wanted=True))
        made.session.commit()
        return first, second

    def open(self, name: str = "Najaarsronde", sites: tuple[int, ...] = ()) -> int:
        opened: Round = self.act(actions.open_round, self.coordinator, name=name, site_ids=sites, now=self.now)
        assert opened.id is not None
        return opened.id

    def round(self, round_id: int) -> Round:
        found: Round = self.read(lambda session: session.get_one(Round, round_id))
        return found

    def ask(self, round_id: int, now: datetime | None = None) -> None:
        version = self.round(round_id).version
        self.act(actions.ask_to_solve, self.coordinator, round_id, version, now or self.now)

    def solve(self, round_id: int, now: datetime | None = None) -> Round:
        """Have a round solved as it stands and return it."""
        if self.round(round_id).status != "solving":  # as it is after a decision
            self.ask(round_id, now)
        assert solve_round(self.engine, round_id, now or self.now)
        return self.round(round_id)

    def solved(self) -> int:
        """A round over everybody, solved."""
        round_id = self.open()
        assert self.solve(round_id).status == "solved"
        return round_id

    def decide(self, round_id: int, request_id: int, mentor: str, kind: str | None) -> None:
        self.decide_all(round_id, [(request_id, self.person(mentor))], kind)

    def seen(self, round_id: int, request_id: int) -> str:
        """What a page shows now of what was decided about a request."""
        return seen_by_request(self.read(queries.overrides, round_id)).get(request_id, "")

    def decide_all(self, round_id: int, pairs: Iterable[tuple[int, int]], kind: str | None) -> None:
        """Decide on pairs (request, mentor) at once, as a page shows them now."""
        asked = [decisions.Asked(request, mentor, self.seen(round_id, request)) for request, mentor in pairs]
        self.act(decisions.decide, self.coordinator, round_id, asked, kind=kind, now=self.now)

    def publish(self, round_id: int, version: int | None = None) -> int:
        version = version or self.round(round_id).version
        number: int = self.act(announcing.publish, self.coordinator, round_id, version, self.now)
        return number

    def answer(self, key: str, mentorship_id: int, accept: bool, now: datetime | None = None) -> Mentorship:
        found: Mentorship = self.act(mentorships.answer, self.actor(key), mentorship_id, accept, now or self.now)
        return found

    def pairs(self, round_id: int) -> dict[int, int]:
        """Who got whom: request -> mentor."""
        return {p.request_id: p.mentor_id for p in self.read(queries.pairs, round_id)}

    def unmatched(self, round_id: int) -> list[RoundUnmatched]:
        query = select(RoundUnmatched).where(RoundUnmatched.round_id == round_id)
        found: list[RoundUnmatched] = self.read(lambda session: list(session.exec(query)))
        return found

    def overrides(self, round_id: int) -> set[tuple[int, int, str]]:
        found: list[RoundOverride] = self.read(queries.overrides, round_id)
        return {(o.request_id, o.mentor_id, o.kind) for o in found}

    def mentorships(self) -> list[Mentorship]:
        query = select(Mentorship).order_by(col(Mentorship.id))
        found: list[Mentorship] = self.read(lambda session: list(session.exec(query)))
        return found

    def audit(self, verb: str) -> list[AuditRow]:
        query = select(AuditRow).where(AuditRow.verb == verb).order_by(col(AuditRow.id))
        found: list[AuditRow] = self.read(lambda session: list(session.exec(query)))
        return found

    def change(self, table: Any, key: Any, **values: Any) -> None:
        """Change a row behind everybody's back, as another verb would."""

        def write(session: Session) -> None:
            row = session.get_one(table, key)
            for name, value in values.items():
                setattr(row, name, value)

        self.act(write)
