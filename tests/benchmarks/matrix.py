"""How long the training matrix takes, 2,000 people by 60 domains: python -m tests.benchmarks.matrix."""

from __future__ import annotations

import random
import statistics
import sys

import sqlalchemy as sa
from sqlmodel import Session

from mentorship.growth.models import JobHeld, JobLevel, JobProfile
from mentorship.profiles.models import Domain, Expertise
from tests.benchmarks.figures import table
from tests.benchmarks.pages import TIMES, WHO, organisation, served, signed_in, spent
from tests.benchmarks.search import NOW, PEOPLE

WORKS, ASKS, GOAL = 2_000, 60, 300
FIRST = PEOPLE - WORKS
PAGES = (
    "/growth/matrix",
    "/growth/matrix?sort=order&order=down",
    "/growth/matrix?page=40",
    "/growth/matrix?lacks={domain}",
    "/growth/matrix?{columns}",
    "/growth/matrix/matrix.xlsx",
)


def written(session: Session) -> None:
    """Write the organisation of the pages, and a job in which many work."""
    organisation(session)
    known = session.scalar(sa.select(sa.func.max(Domain.id))) or 0
    session.execute(sa.insert(Domain), [_domain(known + number) for number in range(1, ASKS + 1)])
    session.add(JobProfile(id=1, name="Monteur"))
    session.flush()
    asked = range(known + 1, known + ASKS + 1)
    session.execute(sa.insert(JobLevel), [{"profile_id": 1, "domain_id": one, "level": 3} for one in asked])
    rng = random.Random(3)
    people = range(FIRST, FIRST + WORKS)
    session.execute(
        sa.insert(JobHeld), [{"person_id": one, "profile_id": 1, "since": NOW.date(), "shown": True} for one in people]
    )
    levels = [
        {"person_id": person, "domain_id": domain, "level": rng.randint(1, 5), "willing": False}
        for person in people
        for domain in asked
        if rng.random() < 0.7
    ]
    session.execute(sa.insert(Expertise), levels)


def _domain(number: int) -> dict[str, object]:
    words = dict.fromkeys(("name_en", "explanation", "explanation_en"), "")
    return {"id": number, "name": f"Vakgebied {number}", "critical": False, "remote": False, **words}


def main() -> int:
    """Print a line a page; 1 where the median of one is over the goal."""
    rows = []
    slow = False
    with served(written, NOW) as app:
        engine = app.extensions["mentorship_engine"]
        client = signed_in(app, engine, WHO["coordinator"])
        with engine.connect() as connection:
            domain = connection.scalar(sa.text("SELECT max(id) FROM domain"))
        every = "&".join(f"columns=d{domain - number}" for number in range(ASKS))
        for path in PAGES:
            times, status = spent(client, path.format(domain=domain, columns=every))
            middle = statistics.median(times)
            slow = slow or (middle > GOAL and not path.endswith("xlsx"))
            rows.append([path, str(status), f"{middle:.1f}", f"{times[int(TIMES * 0.95) - 1]:.1f}"])
    title = f"{WORKS} people, {ASKS} domains; {TIMES} loads a page; ms of the processor; goal {GOAL}"
    table(title, ["page", "status", "median", "95 %"], rows)
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
