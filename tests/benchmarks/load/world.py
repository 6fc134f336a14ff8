"""The organisation under load: 30,000 people on twelve sites in shifts, 10,000 duos, two years of what they answered.

People and what they offer are written row by row; what is very many (answers, hours) the database makes itself.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session

from mentorship.base.db import UtcDateTime
from mentorship.checkins import balance
from mentorship.mentor_requests.models import MentorRequest, Need
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.models import Mentorship
from mentorship.people.actions import renew_sort_keys
from mentorship.people.models import Person, PersonRole, Site
from mentorship.profiles.models import Capacity, Domain, Expertise
from mentorship.profiles.rosters.models import Roster, RosterDay, Shift, WorkTime
from mentorship.programme.models import Programme
from tests.benchmarks.search import DUOS, LEADERS, PEOPLE, WAITING, person

SITES, DOMAINS, ROSTERS, COORDINATORS = 12, 24, 15, 2
SINCE = timedelta(weeks=104)
EARLY, LATER = (2, 4, 6, 8), 5
"""After how many weeks a side is asked at first, and every how many then."""
CHECK_INS = """
INSERT INTO check_in (mentorship_id, side, person_id, set_id, due_on, opened_at, status, closed_at, note, note_shared,
                      help_from, closing)
SELECT m.id, s.side, CASE s.side WHEN 'junior' THEN m.junior_id ELSE m.mentor_id END, 1, a.due_on, a.at, 'answered',
       a.at, '', :no, '[]', :no
FROM mentorship m CROSS JOIN asked a CROSS JOIN sides s"""
ANSWERS = """
INSERT INTO check_in_answer (check_in_id, key, value)
SELECT c.id, q.key, CASE WHEN c.mentorship_id % 50 = 0 THEN 1 + (c.id * 31 + q.n * 17) % 3
                         ELSE 3 + (c.id * 31 + q.n * 17) % 3 END
FROM check_in c JOIN questions q ON q.side = c.side"""
HOURS = """
INSERT INTO worked_week (mentor_id, mentorship_id, week, hours, words, noted_by, noted_at)
SELECT m.mentor_id, m.id, w.week, 1 + (m.id + w.n) % 4, '', m.mentor_id, w.at
FROM mentorship m CROSS JOIN weeks w WHERE (m.id + w.n) % 7 > 0"""
HELPERS = {
    "asked": "due_on DATE, at TIMESTAMP WITH TIME ZONE",
    "sides": "side VARCHAR(10)",
    "questions": "side VARCHAR(10), key VARCHAR(40), n INTEGER",
    "weeks": "week DATE, n INTEGER, at TIMESTAMP WITH TIME ZONE",
}
Row = dict[str, object]


def write(session: Session, now: datetime) -> None:
    """Write the organisation as it is at a moment."""
    rng = random.Random(1)
    _programme(session, now)
    _rosters(session)
    session.execute(sa.insert(Person), [_person(number, rng) for number in range(1, PEOPLE + 1)])
    renew_sort_keys(session)
    session.execute(sa.insert(PersonRole), list(_roles()))
    works = [{"person_id": n, "roster_id": _place(n) % ROSTERS + 1, "remote": False} for n in range(1, PEOPLE + 1)]
    session.execute(sa.insert(WorkTime), works)
    offer = {"places": 2, "hours": Decimal(4), "confirmed_hours": Decimal(4), "paused": False}
    session.execute(sa.insert(Capacity), [{"person_id": n, **offer} for n in mentors()])
    session.execute(sa.insert(Expertise), [_known(n) for n in mentors()])
    started = now.date() - SINCE
    session.execute(sa.insert(Mentorship), [_duo(n, started) for n in range(1, DUOS + 1)])
    _goals(session, now)
    _requests(session, now)
    _two_years(session, now)


def mentors() -> range:
    """The people who mentor, one a duo."""
    return range(LEADERS + 1, LEADERS + DUOS + 1)


def juniors() -> range:
    """The people who are mentored, one a duo."""
    return range(LEADERS + DUOS + 1, LEADERS + 2 * DUOS + 1)


def _programme(session: Session, now: datetime) -> None:
    settings = session.get_one(Programme, 1)
    settings.no_works_council, settings.dpia_on, settings.visibility = True, now.date(), "classes"
    session.add_all([Site(id=n, name=f"Vestiging {n}") for n in range(1, SITES + 1)])
    session.add_all([Domain(id=n, name=f"Vak {n}", remote=n % 6 == 0) for n in range(1, DOMAINS + 1)])
    session.flush()


def _rosters(session: Session) -> None:
    """Write crews on early, late and day shifts, of which those of one duo share the weekdays."""
    session.add_all([Shift(id=n, code=f"D{n}", begins=360 + 60 * n, ends=840 + 60 * n) for n in range(3)])
    session.flush()
    first = date(2026, 1, 5)
    session.add_all([Roster(id=n, name=f"Ploeg {n}", starts_on=first, days=7) for n in range(1, ROSTERS + 1)])
    session.flush()
    days = [RosterDay(roster_id=n, day=day, shift_id=n % 3) for n in range(1, ROSTERS + 1) for day in range(5)]
    session.add_all(days)


def _person(number: int, rng: random.Random) -> Row:
    """Return somebody of the search's benchmark on a site; one in five has no mail, and gets codes on paper."""
    email = None if number % 5 == 0 else f"{number}@example.nl"
    return {**person(number, rng), "site_id": _place(number) % SITES + 1, "email": email}


def _place(number: int) -> int:
    """Return by what somebody's site and crew are chosen: for the two of a duo the same, but for one in fifty."""
    duo = number - LEADERS
    if not DUOS < duo <= 2 * DUOS:
        return duo
    return duo - DUOS + (duo % 50 == 0)


def _roles() -> Iterator[Row]:
    for number in range(1, PEOPLE + 1):
        yield {"person_id": number, "role": "manager" if number <= LEADERS else "junior"}
    for number in mentors():
        yield {"person_id": number, "role": "senior"}
    for number in range(2, 2 + COORDINATORS):
        yield {"person_id": number, "role": "coordinator"}


def _known(number: int) -> Row:
    return {"person_id": number, "domain_id": _domain(number - LEADERS), "level": 4, "willing": True}


def _domain(duo: int) -> int:
    return duo % DOMAINS + 1


def _duo(number: int, started: date) -> Row:
    return {
        "id": number,
        "mentor_id": LEADERS + number,
        "junior_id": LEADERS + DUOS + number,
        "domain_id": _domain(number),
        "origin": "import",
        "status": "active",
        "round_name": "",
        "explanation": {},
        "started_on": started,
    }


def _goals(session: Session, now: datetime) -> None:
    """Give each duo a goal of three steps, of which up to two were confirmed."""
    began = now - SINCE
    goals, claims = [], []
    for number in range(1, DUOS + 1):
        levels = {"start_level": 0, "target_level": 3, "words": ""}
        goals.append({"id": number, "mentorship_id": number, "domain_id": _domain(number), "made_at": began, **levels})
        for level in range(1, number % 3 + 1):
            at = began + timedelta(weeks=20 * level + number % 9)
            seen = {"status": "confirmed", "evidence": "zelf gedaan, goed gezien", "mentor_at": at, "settled_at": at}
            claims.append({"goal_id": number, "level": level, "claimed_at": at, **seen})
    session.execute(sa.insert(Goal), goals)
    session.execute(sa.insert(LevelClaim), claims)


def _requests(session: Session, now: datetime) -> None:
    first = LEADERS + 2 * DUOS
    asked, needs = [], []
    for number in range(1, WAITING + 1):
        since = now - timedelta(days=number % 200)
        row = {"id": number, "person_id": first + number, "status": "open", "goal": "", "waited": number % 3}
        asked.append(row | {"created_at": since, "changed_at": since})
        levels = {"current_level": 0, "target_level": 3, "importance": 3}
        needs.append({"request_id": number, "domain_id": _domain(number), "position": 1, **levels})
    session.execute(sa.insert(MentorRequest), asked)
    session.execute(sa.insert(Need), needs)


def _two_years(session: Session, now: datetime) -> None:
    """Let the database make what was asked, answered and noted in two years; sequences follow."""
    for name, columns in HELPERS.items():
        session.execute(sa.text(f"CREATE TEMPORARY TABLE {name} ({columns})"))
    _fill(session, "asked", [{"due_on": at.date(), "at": at} for at in _asked(now)])
    _fill(session, "sides", [{"side": side} for side in balance.QUESTIONS])
    keys = [
        {"side": side, "key": key, "n": n} for side, all_ in balance.QUESTIONS.items() for n, key in enumerate(all_)
    ]
    # of those outside the index two are asked in turn; here nobody was asked them
    _fill(session, "questions", [row for row in keys if row["key"] not in balance.OUTSIDE])
    monday = now.date() - timedelta(days=now.weekday())
    weeks = [{"week": monday - timedelta(weeks=n), "n": n, "at": now - timedelta(weeks=n)} for n in range(1, 104)]
    _fill(session, "weeks", weeks)
    session.execute(sa.text(CHECK_INS), {"no": False})
    session.execute(sa.text(ANSWERS))
    session.execute(sa.text(HOURS))
    for name in HELPERS:
        session.execute(sa.text(f"DROP TABLE {name}"))
    if session.get_bind().dialect.name == "postgresql":
        for table in ("site", "domain", "shift", "roster", "person", "mentorship", "goal", "mentor_request"):
            highest = f"(SELECT max(id) FROM {table})"
            session.execute(sa.text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {highest})"))


def _questions() -> Iterator[Row]:
    """Yield the questions of the index; those beside it were asked of nobody here."""
    for side, keys in balance.QUESTIONS.items():
        for number, key in enumerate(keys):
            if key not in balance.OUTSIDE:
                yield {"side": side, "key": key, "n": number}


def _asked(now: datetime) -> list[datetime]:
    """Return when each side was asked: at first every two weeks, then every five; the last less than five ago."""
    weeks = [*EARLY, *range(EARLY[-1] + LATER, SINCE.days // 7, LATER)]
    return [now - SINCE + timedelta(weeks=n) for n in weeks]


def _fill(session: Session, table: str, rows: list[Row]) -> None:
    columns = [sa.column(name, _type(value)) for name, value in rows[0].items()]
    session.execute(sa.insert(sa.table(table, *columns)), rows)


def _type(value: object) -> sa.types.TypeEngine[object]:
    if isinstance(value, datetime):
        return UtcDateTime()
    if isinstance(value, date):
        return sa.Date()
    return sa.Integer() if isinstance(value, int) else sa.String()
