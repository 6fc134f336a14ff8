"""How long trying something takes with 3,000 open requests, on SQLite: python -m tests.benchmarks.what_if."""

from __future__ import annotations

import sys

from sqlmodel import Session

from mentorship.profiles.models import Expertise
from tests.benchmarks.direct import COORDINATOR, LEADERS, MENTORS, NOW, PEOPLE, WAITING, build, spent
from tests.benchmarks.figures import table
from tests.benchmarks.pages import served, signed_in

FIRST = LEADERS + 1
COULD = LEADERS + MENTORS + WAITING + 1
"""The first of those who could be mentors, and offer no place."""
OTHERS = 300


def planted(session: Session) -> None:
    """Write the organisation of pairing at once, with colleagues who could be mentors."""
    build(session)
    for number in range(OTHERS):
        known = {"domain_id": number % 24 + 1, "level": 4, "willing": True}
        session.add(Expertise(person_id=COULD + number, **known))


def tried() -> list[tuple[str, str]]:
    """Return what is tried: nothing, a pause, more places, and twenty changes of every kind."""
    many = [f"pause={FIRST + number}" for number in range(5)]
    many += [f"places={FIRST + number}:{number % 4}" for number in range(10, 16)]
    many += [f"mentor={COULD + number}:2" for number in range(5)]
    many += [f"away={FIRST + number}:2026-11-02:2026-12-02" for number in range(20, 24)]
    return [
        ("nothing", ""),
        ("a pause", f"pause={FIRST}"),
        ("more places", f"places={FIRST}:4"),
        ("one more mentor", f"mentor={COULD}:2"),
        ("20 changes", "&".join(many)),
    ]


def main() -> int:
    """Print a line for each thing that is tried."""
    rows = []
    with served(planted, NOW) as app:
        client = signed_in(app, app.extensions["mentorship_engine"], COORDINATOR)
        for name, query in tried():
            status, once, again = spent(client, f"/insight/what-if?{query}")
            rows.append([name, str(status), f"{once:.0f}", f"{again:.0f}"])
    title = f"{PEOPLE} people, {WAITING} open requests, {MENTORS} mentors; ms of the processor"
    table(title, ["tried", "status", "first", "median after"], rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
