"""How long the pages take that keep what they worked out: python -m tests.benchmarks.kept.

With 3,000 open requests and two years behind them: 12,000 requests in all. At first, at once after a change, and while
nothing changes; ms of the processor, on SQLite.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from datetime import timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from mentorship.base.db import open_session
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.models import Mentorship
from mentorship.people.access import Actor
from mentorship.profiles.actions import set_places
from tests.benchmarks.direct import COORDINATOR, MENTORS, NOW, PEOPLE, TIMES, WAITING, spent
from tests.benchmarks.figures import table
from tests.benchmarks.pages import served, signed_in
from tests.benchmarks.what_if import FIRST, planted

PAST, GUIDED, RUNS = 9_000, 5_000, 7
"""So many requests of before, of so many people; one in so many pairs runs."""
WEEKS = 8
PAGES = ("/waiting", "/insight/shortage", "/insight/what-if", "/insight/outcomes")
Row = dict[str, Any]


def with_past(session: Session) -> None:
    """Write the organisation of trying something, with who asked before, their pairs, steps and hours."""
    planted(session)
    rng = random.Random(5)
    numbers = range(1, PAST + 1)
    asked = {number: NOW - timedelta(days=rng.randint(1, 700)) for number in numbers}
    session.execute(sa.insert(MentorRequest), [_request(number, asked[number]) for number in numbers])
    pairs = [_pair(number, asked[number], rng) for number in numbers]
    session.execute(sa.insert(Mentorship), pairs)
    session.execute(sa.insert(Goal), [_goal(number, asked[number]) for number in numbers])
    session.execute(sa.insert(LevelClaim), [_step(number, asked[number], rng) for number in numbers])
    running = [pair for pair in pairs if pair["status"] == "active"]
    session.execute(sa.insert(WorkedWeek), [_week(pair, back) for pair in running for back in range(1, WEEKS + 1)])


def _whose(number: int) -> int:
    return PEOPLE - number % GUIDED


def _request(number: int, since: Any) -> Row:
    row = {"id": WAITING + number, "person_id": _whose(number), "status": "placed", "goal": ""}
    return row | {"created_at": since, "changed_at": since, "waited": 0}


def _pair(number: int, since: Any, rng: random.Random) -> Row:
    begun = since.date() + timedelta(days=rng.randint(0, 60))
    runs = number % RUNS == 0
    row = {"id": number, "request_id": WAITING + number, "domain_id": number % 24 + 1, "explanation": {}}
    row |= {"mentor_id": FIRST + number % MENTORS, "junior_id": _whose(number), "origin": "round", "round_name": ""}
    row |= {"mentor_accepted": True, "junior_accepted": True, "proposed_at": since, "started_on": begun}
    if runs:
        return row | {"status": "active", "ended_on": None, "ended_as": ""}
    ended = begun + timedelta(days=rng.randint(30, 200))
    return row | {"status": "ended", "ended_on": ended, "ended_as": rng.choice(("reached", "time", "not_fitting"))}


def _goal(number: int, since: Any) -> Row:
    row = {"id": number, "mentorship_id": number, "domain_id": number % 24 + 1, "words": "", "made_at": since}
    return row | {"start_level": 1, "target_level": 3, "dropped_at": None}


def _step(number: int, since: Any, rng: random.Random) -> Row:
    row = {"goal_id": number, "level": 2 + number % 2, "status": "confirmed", "evidence": "-"}
    return row | {"claimed_at": since, "mentor_at": since, "settled_at": since + timedelta(days=rng.randint(9, 400))}


def _week(pair: Row, back: int) -> Row:
    monday = NOW.date() - timedelta(days=NOW.weekday(), weeks=back)
    row = {"mentor_id": pair["mentor_id"], "mentorship_id": pair["id"], "noted_by": pair["mentor_id"]}
    return row | {"week": monday, "hours": Decimal(2), "noted_at": NOW, "words": ""}


def change(engine: sa.Engine, number: int) -> None:
    """Let a mentor change their places, as they do it themselves."""
    with open_session(engine) as session:
        mentor = Actor(FIRST + number, frozenset({"senior"}))
        set_places(session, mentor, 1 + number % 3, Decimal(6), NOW)
        session.commit()


def main() -> int:
    """Print a line a page."""
    rows = []
    with served(with_past, NOW) as app:
        engine = app.extensions["mentorship_engine"]
        client = signed_in(app, engine, COORDINATOR)
        for path in PAGES:
            status, once, again = spent(client, path)
            after = []
            for number in range(TIMES):
                change(engine, number)
                began = time.process_time()
                client.get(path)
                after.append((time.process_time() - began) * 1000)
            rows.append([path, str(status), f"{once:.0f}", f"{statistics.median(after):.0f}", f"{again:.0f}"])
    title = f"{PEOPLE} people, {WAITING} open requests of {WAITING + PAST}, {MENTORS} mentors; ms of the processor"
    table(title, ["page", "status", "first", "after a change", "else"], rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
