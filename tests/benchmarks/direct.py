"""How long pairing somebody at once takes with 3,000 open requests, on SQLite: python -m tests.benchmarks.direct."""

from __future__ import annotations

import random
import statistics
import sys
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlmodel import Session

from mentorship.mentor_requests.models import MentorRequest, Need
from mentorship.people.models import Person, PersonRole, Site
from mentorship.profiles.models import Capacity, Domain, Expertise
from mentorship.profiles.rosters.models import Roster, RosterDay, Shift, WorkTime
from mentorship.programme.models import Programme
from tests.benchmarks.figures import table
from tests.benchmarks.pages import served, signed_in

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
PEOPLE, WAITING, MENTORS = 10_000, 3_000, 1_500
SITES, DOMAINS, ROSTERS, LEADERS = 12, 24, 15, 300
COORDINATOR = 1
TIMES = 5


def build(session: Session) -> None:
    """Write an organisation in shifts on twelve sites, where two in three of those who wait can have a mentor."""
    rng = random.Random(3)
    settings = session.get_one(Programme, 1)
    settings.no_works_council, settings.dpia_on, settings.visibility = True, NOW.date(), "classes"
    settings.confirm_hours = False
    session.add_all([Site(id=n, name=f"S{n}") for n in range(1, SITES + 1)])
    session.add_all([Domain(id=n, name=f"D{n}", remote=n % 6 == 0) for n in range(1, DOMAINS + 1)])
    session.add(Shift(id=1, code="D", begins=450, ends=960))
    session.flush()
    session.add_all([Roster(id=n, name=f"R{n}", starts_on=date(2026, 1, n), days=7) for n in range(1, ROSTERS + 1)])
    session.flush()
    session.add_all([RosterDay(roster_id=n, day=d, shift_id=1) for n in range(1, ROSTERS + 1) for d in range(5)])
    people = [_person(n, rng) for n in range(1, PEOPLE + 1)]
    session.execute(sa.insert(Person), people)
    times = [{"person_id": n, "roster_id": n % ROSTERS + 1, "remote": False} for n in range(1, PEOPLE + 1)]
    session.execute(sa.insert(WorkTime), times)
    roles = [{"person_id": n, "role": "coordinator" if n == COORDINATOR else "manager"} for n in range(1, LEADERS + 1)]
    session.execute(sa.insert(PersonRole), roles)
    _mentors(session, rng)
    _requests(session, rng)


def _person(number: int, rng: random.Random) -> dict[str, object]:
    return {
        "id": number,
        "number": str(number),
        "given_name": "P",
        "infix": "",
        "family_name": str(number),
        "department": "",
        "site_id": rng.randint(1, SITES),
        "languages": "nl",
        "locale": "nl",
        "manager_id": None if number == COORDINATOR else (number - 1) % LEADERS + 1 if number > LEADERS else 1,
    }


def _mentors(session: Session, rng: random.Random) -> None:
    mentors = range(LEADERS + 1, LEADERS + MENTORS + 1)
    known = [
        {"person_id": n, "domain_id": domain, "level": 5, "willing": True}
        for n in mentors
        for domain in rng.sample(range(1, DOMAINS + 1), 3)
    ]
    session.execute(sa.insert(Expertise), known)
    offer = {"hours": Decimal(6), "confirmed_hours": Decimal(6), "paused": False}
    session.execute(sa.insert(Capacity), [{"person_id": n, "places": rng.randint(1, 2), **offer} for n in mentors])


def _requests(session: Session, rng: random.Random) -> None:
    first = LEADERS + MENTORS
    asked, needs = [], []
    for number in range(1, WAITING + 1):
        since = NOW - timedelta(days=number % 200)
        row = {"id": number, "person_id": first + number, "status": "open", "goal": ""}
        asked.append(row | {"created_at": since, "changed_at": since, "waited": number % 3})
        domain = rng.randint(1, DOMAINS)
        level = {"current_level": rng.randint(0, 1), "target_level": 3, "importance": 3}
        needs.append({"request_id": number, "domain_id": domain, "position": 1, **level})
    session.execute(sa.insert(MentorRequest), asked)
    session.execute(sa.insert(Need), needs)


def spent(client: FlaskClient, path: str) -> tuple[int, float, float]:
    """Return the status of a page, and its first and its median time afterwards in ms of the processor."""
    times = []
    for _ in range(TIMES + 1):
        began = time.process_time()
        status = client.get(path).status_code
        times.append((time.process_time() - began) * 1000)
    return status, times[0], statistics.median(times[1:])


def main() -> int:
    """Print a line a page."""
    rows = []
    with served(build, NOW) as app:
        client = signed_in(app, app.extensions["mentorship_engine"], COORDINATOR)
        first = LEADERS + MENTORS
        for path in ("/direct", f"/direct/{first + 1}", f"/direct/{first + 7}", f"/direct/{first + 900}", "/waiting"):
            status, once, again = spent(client, path)
            rows.append([path, str(status), f"{once:.0f}", f"{again:.0f}"])
    title = f"{PEOPLE} people, {WAITING} open requests, {MENTORS} mentors; ms of the processor"
    table(title, ["page", "status", "first", "median after"], rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
