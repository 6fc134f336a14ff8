"""One pass of the worker over 10,000 running duos: python -m tests.benchmarks.duos [DUOS]."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from mentorship import migrations
from mentorship.base.db import make_engine, open_session
from mentorship.checkins import actions, balance
from mentorship.checkins.models import Answer, CheckIn
from mentorship.checkins.signals import queries as signal_queries
from mentorship.checkins.signals import raising as signals
from mentorship.insight.overview import overview
from mentorship.mentorships.actions import set_failing
from mentorship.mentorships.models import Mentorship
from mentorship.people.access import Actor
from mentorship.people.models import Person, PersonRole, Site
from mentorship.profiles.models import Domain, Expertise
from mentorship.profiles.rosters.models import Roster, RosterDay, Shift, WorkTime
from mentorship.programme.models import Programme
from mentorship.reminders.actions import collect, own_shift
from mentorship.rounds import retest

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
ASKED = tuple(range(14, 14 * 13, 14))
"""Days ago on which every duo was asked, and answered: all that is looked back at."""
ROSTERS, LEADERS = 12, 1000


def build(session: Session, duos: int) -> None:
    """Write an organisation of two people a duo, each asked three times."""
    day = NOW.date()
    settings = session.get_one(Programme, 1)
    settings.no_works_council, settings.dpia_on, settings.visibility = True, day, "classes"
    session.add_all([Site(id=1, name="S"), Domain(id=1, name="D"), Shift(id=1, code="D", begins=450, ends=960)])
    session.flush()
    session.add_all([Roster(id=n, name=f"R{n}", starts_on=date(2026, 1, n), days=7) for n in range(1, ROSTERS + 1)])
    session.flush()
    session.add_all([RosterDay(roster_id=n, day=d, shift_id=1) for n in range(1, ROSTERS + 1) for d in range(5)])
    people = [
        {
            "id": n,
            "number": str(n),
            "given_name": "P",
            "infix": "",
            "family_name": str(n),
            "department": "",
            "site_id": 1,
            "languages": "nl",
            "locale": "nl",
            "manager_id": None if n <= LEADERS else n % LEADERS + 1,
            "email": f"{n}@example.nl",
        }
        for n in range(1, 2 * duos + 1)
    ]
    session.execute(sa.insert(Person), people)
    times = [{"person_id": p["id"], "roster_id": p["id"] % ROSTERS + 1, "remote": False} for p in people]
    session.execute(sa.insert(WorkTime), times)
    roles = [{"person_id": n, "role": "coordinator" if n == 1 else "manager"} for n in range(1, LEADERS + 1)]
    session.execute(sa.insert(PersonRole), roles)
    session.execute(
        sa.insert(Expertise),
        [{"person_id": 2 * n - 1, "domain_id": 1, "level": 4, "willing": n % 50 > 0} for n in range(1, duos + 1)],
    )
    pairs = [
        {
            "id": n,
            "mentor_id": 2 * n - 1,
            "junior_id": 2 * n,
            "domain_id": 1,
            "origin": "import",
            "status": "active",
            "round_name": "",
            "explanation": {},
            "started_on": day - timedelta(days=90),
        }
        for n in range(1, duos + 1)
    ]
    session.execute(sa.insert(Mentorship), pairs)
    _answers(session, duos)


def _answers(session: Session, duos: int) -> None:
    rng, rows, answers = random.Random(1), [], []
    for n in range(1, duos + 1):
        for ago in ASKED:
            for side, person in (("junior", 2 * n), ("mentor", 2 * n - 1)):
                due = NOW - timedelta(days=ago)
                rows.append(
                    {
                        "id": len(rows) + 1,
                        "mentorship_id": n,
                        "side": side,
                        "person_id": person,
                        "set_id": 1,
                        "due_on": due.date(),
                        "opened_at": due,
                        "status": "answered",
                        "closed_at": due,
                        "note": "",
                        "note_shared": False,
                        "help_from": [],
                        "closing": False,
                    }
                )
                answers += [
                    {"check_in_id": len(rows), "key": key, "value": rng.choice((2, 3, 4, 4, 5, 5, None))}
                    for key in balance.QUESTIONS[side]
                ]
    session.execute(sa.insert(CheckIn), rows)
    session.execute(sa.insert(Answer), answers)


def timed(engine: sa.Engine, title: str, work: Callable[[Session], object]) -> float:
    """Do a part of the pass in a transaction; print how long, and how many queries."""
    queries: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        queries.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    began = time.perf_counter()
    with open_session(engine) as session:
        work(session)
        session.commit()
    seconds = time.perf_counter() - began
    sa.event.remove(engine, "before_cursor_execute", note)
    print(f"{title:<32}{seconds:8.2f} s {len(queries):6} statements")
    return seconds


def main() -> None:
    """Build the organisation and go through one pass twice: what is due, and when nothing is."""
    duos = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'duo.db'}")
        migrations.upgrade(engine)
        with open_session(engine) as session:
            build(session, duos)
            session.commit()
        print(f"{duos:,} running duos, {2 * duos * len(ASKED):,} answered check-ins")
        for title in ("everything is due", "nothing is due"):
            total = timed(engine, f"{title}: open", lambda s: actions.open_due(s, NOW))
            total += timed(engine, f"{title}: close", lambda s: actions.close_missed(s, NOW))
            total += timed(engine, f"{title}: signals", lambda s: signals.evaluate(s, NOW))
            total += timed(engine, f"{title}: test again", lambda s: set_failing(s, retest.broken(s, NOW.date()), NOW))
            total += timed(engine, f"{title}: ask for mail", lambda s: collect(s, NOW, own_shift(s, NOW)))
            print(f"{title:<32}{total:8.2f} s in all; asked for: under 30")
        coordinator, manager = (Actor(n, frozenset({role})) for n, role in ((1, "coordinator"), (2, "manager")))
        for who in (coordinator, manager):
            title = f"what a {min(who.roles)}"
            timed(engine, f"{title} sees of signals", lambda s, who=who: signal_queries.visible(s, who, NOW))
            timed(engine, f"{title} reads each week", lambda s, who=who: overview(s, who, NOW))
        engine.dispose()


if __name__ == "__main__":
    main()
