"""A team's week: who guides whom as the rosters plan it, whoever is away; the right people, and never a query a row."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session

from mentorship.base import settled
from mentorship.base.clock import local_date
from mentorship.insight.week import queries, rules
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.hours.rules import week_of
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person
from mentorship.profiles.away.models import Away
from mentorship.profiles.closed_days.models import ClosedDay
from tests.factories import Organisation, Screen


def running(made: Organisation) -> None:
    """One pair in a line, and one over two lines, all day shifts from Monday to Friday."""
    made.pair("senior", "junior", "active", started_on=made.now.date() - timedelta(weeks=20))
    made.pair("other_senior", "junior", "active", started_on=made.now.date() - timedelta(weeks=20))
    made.speak("en")


def monday(made: Organisation) -> date:
    return week_of(local_date(made.now))


def test_who_guides_whom_on_which_shift(visit, organisation: Organisation):
    made = organisation
    running(made)
    screen = Screen(visit("manager"), "/week?week=1")
    assert screen.heading.startswith("1 mentor and 1 junior with a pair in week ")
    rows = {row[0].split()[0]: row for row in screen.rows()}
    assert rows.keys() == {"Junior", "Senior"}, "of the pair over two lines the side of this line"
    assert rows["Senior"][1] == "07:30–16:15 mentor of Junior Proef 07:30–16:15, 0.5 h"
    assert rows["Senior"][6:8] == ["free", "free"]
    assert rows["Senior"][8] == "2 h as mentor"
    assert "learns from Senior Proef" in rows["Junior"][1] and "learns from Other_senior Proef" in rows["Junior"][1]
    assert rows["Junior"][8] == "4 h as junior"
    other = Screen(visit("other_manager"), "/week?week=1")
    assert [row[0].split()[0] for row in other.rows()] == ["Other_senior"]
    assert "n-senior" not in other.text, "nobody of another line but whom theirs guide"


def test_a_manager_sees_the_line_and_a_coordinator_any_team_or_site(visit, organisation: Organisation):
    made = organisation
    running(made)
    team = f"/week?team={made.people['other_manager']}"

    def names(who: str, page: str) -> set[str]:
        return {row[0].split()[0] for row in Screen(visit(who), page).rows()}

    assert names("coordinator", "/week") == {"Junior", "Senior", "Other_senior"}
    assert names("coordinator", team) == {"Other_senior"}
    assert names("director", "/week") == {"Junior", "Senior", "Other_senior"}
    assert names("manager", team) == {"Junior", "Senior"}, "a team of another line cannot be asked for"
    assert names("coordinator", "/week?side=guides") == {"Senior", "Other_senior"}
    assert names("coordinator", "/week?q=n-junior") == {"Junior"}
    for key in ("junior", "senior", "hr", "admin"):
        assert visit(key).get("/week").status_code == 403


def test_nobody_is_away_in_it(visit, session: Session, organisation: Organisation):
    """Page, paper and sheet are the same to the letter, whoever is away, was or will be."""
    made = organisation
    running(made)
    pages = [
        f"{page}?week={offset}"
        for page in ("/week", "/week/paper", "/week/week.csv")
        for offset in range(-rules.BACK, rules.AHEAD + 1)
    ]
    client = visit("manager")
    before = [words(client, page) for page in pages]
    for key in ("junior", "senior"):
        for weeks in (-3, 0, 2):
            first = monday(made) + timedelta(weeks=weeks)
            last = first + timedelta(days=9)
            session.add(Away(person_id=made.people[key], first_day=first, last_day=last))
    session.commit()
    assert [words(client, page) for page in pages] == before


def words(client, page: str) -> object:
    answer = client.get(page)
    if answer.mimetype == "text/csv":
        return answer.data
    screen = Screen(client, page)
    return screen.heading, screen.text, screen.rows()


def test_a_closed_day_is_nobodys_shift(visit, session: Session, organisation: Organisation):
    made = organisation
    running(made)
    closed = monday(made) + timedelta(weeks=1, days=1)
    session.add(ClosedDay(site_id=made.sites["Ede"], day=closed, closed=True))
    session.commit()
    (row,) = Screen(visit("manager"), "/week?week=1&side=guides").rows()
    assert row[2] == "free"
    assert row[8] == "2 h as mentor", "the hours go to the days that are left"


def test_what_runs_when(organisation: Organisation):
    made = organisation
    today = local_date(made.now)
    running(made)
    made.session.execute(sa.text("DELETE FROM mentorship"))
    pairs = [
        made.pair("senior", "junior", "proposed"),
        made.pair("other_senior", "junior", "active", started_on=monday(made) + timedelta(days=9)),
        made.pair("senior", "other_junior", "paused", paused_until=monday(made) + timedelta(days=14)),
        made.pair("other_senior", "other_junior", "ended", ended_on=monday(made) - timedelta(days=5)),
    ]
    person_ids = list(made.people.values())
    mondays = [monday(made) + timedelta(weeks=n) for n in range(-2, 4)]
    plan = queries.plan(made.session, person_ids, mondays, today)
    days: dict[int, list[date]] = {pair: [] for pair in pairs}
    for (person_id, day), meetings in plan.meetings.items():
        for one in meetings:
            if one.pair.junior_id == person_id:
                days[one.pair.id or 0].append(day)
    assert not days[pairs[0]], "a proposal is no pair"
    assert min(days[pairs[1]]) == monday(made) + timedelta(days=9)
    assert min(days[pairs[2]]) == monday(made) + timedelta(days=14), "paused until then"
    assert max(days[pairs[3]]) < monday(made) - timedelta(days=5), "over from the day it ended on"


def test_nothing_is_planned_after_a_last_day(visit, session: Session, organisation: Organisation):
    made = organisation
    running(made)
    wednesday = monday(made) + timedelta(weeks=1, days=2)
    session.get_one(Person, made.people["junior"]).last_day = wednesday
    session.commit()
    (row,) = Screen(visit("manager"), "/week?week=1&side=guides").rows()
    assert "mentor of" in row[3] and "mentor of" not in row[4]


def test_what_was_logged_stands_beside_what_was_planned(visit, session: Session, organisation: Organisation):
    made = organisation
    running(made)
    pair_id = session.scalar(sa.text("SELECT min(id) FROM mentorship"))
    senior = made.people["senior"]
    for weeks, hours in ((1, "1.5"), (2, "0"), (9, "7")):
        week = monday(made) - timedelta(weeks=weeks)
        session.add(
            WorkedWeek(
                mentor_id=senior,
                mentorship_id=pair_id,
                week=week,
                hours=Decimal(hours),
                noted_by=senior,
                noted_at=made.now,
            )
        )
    session.commit()
    rows = {row[0].split()[0]: row for row in Screen(visit("manager"), "/week").rows()}
    assert rows["Senior"][9] == "1.5 h of 4 in 2 weeks logged"
    assert rows["Junior"][9] == "–"
    other = Screen(visit("other_manager"), "/week")
    assert "in 2 weeks logged" not in other.text


def test_the_sheet_has_a_row_a_shift(visit, organisation: Organisation):
    made = organisation
    running(made)
    answer = visit("manager").get("/week/week.csv?week=1")
    found = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    rows = [row for row in found if row["Number"] == "n-senior"]
    first = monday(made) + timedelta(weeks=1)
    assert [row["Day"] for row in rows] == [(first + timedelta(days=n)).isoformat() for n in range(5)]
    assert rows[0]["With"] == "Junior Proef" and rows[0]["Together"] == "07:30–16:15"
    assert sum(Decimal(row["Hours planned"]) for row in rows) == 2
    assert visit("manager").get("/week/week.xlsx").status_code == 200


def test_weeks_are_turned_and_odd_ones_are_this_week(visit, organisation: Organisation):
    made = organisation
    running(made)
    screen = Screen(visit("manager"), "/week")
    assert "This week" not in screen.names("a")
    number = screen.heading
    assert screen.tap("Next week").heading != number
    assert screen.tap("This week").heading == number
    for odd in ("99", "-5", "x", "1.5", "%D9%A3"):
        assert Screen(visit("manager"), f"/week?week={odd}").heading == number
    assert "Next week" not in Screen(visit("manager"), f"/week?week={rules.AHEAD}").names("a")
    assert "Week before" not in Screen(visit("manager"), f"/week?week=-{rules.BACK}").names("a")


def test_nobody_yet(visit, organisation: Organisation):
    organisation.speak("en")
    screen = Screen(visit("manager"), "/week")
    assert screen.heading.startswith("Nobody has a pair in week")
    assert "their shifts together stand here" in screen.text
    assert "Nothing fits this view" in Screen(visit("manager"), "/week?q=zzz").text
    assert "Nothing fits this view" in Screen(visit("manager"), "/week/paper").text


def test_queries_do_not_grow_with_the_people(visit, engine: sa.Engine, session: Session, organisation: Organisation):
    made, client = organisation, visit("manager")
    pages = ("/week", "/week/paper", "/week/week.csv")
    asked: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *a: asked.append(a[2]))

    def counts() -> list[int]:
        found = []
        settled.forget()
        for page in pages:
            asked.clear()
            assert client.get(page).status_code == 200
            found.append(len(asked))
        return found

    def grow(first: int, last: int) -> None:
        for n in range(first, last):
            made.mentor(f"m{n}", manager="manager")
            made.person(f"j{n}", "junior", manager="manager")
            made.pair(f"m{n}", f"j{n}", "active", started_on=made.now.date() - timedelta(days=50))
        session.commit()

    grow(0, 1)
    few = counts()
    grow(1, 40)
    assert counts() == few


def test_nothing_is_planned_from_the_day_on_which_a_pair_ends(visit, organisation: Organisation):
    made = organisation
    made.pair("senior", "junior", "active", started_on=made.now.date() - timedelta(weeks=20))
    made.session.commit()
    pair = made.session.exec(sa.select(Mentorship)).scalar_one()
    pair.ends_on = monday(made) + timedelta(weeks=1, days=2)
    made.session.commit()
    made.speak("en")
    rows = {row[0].split()[0]: row for row in Screen(visit("manager"), "/week?week=1").rows()}
    planned = ["mentor of" in day for day in rows["Senior"][1:6]]
    assert planned == [True, True, False, False, False]
    assert Screen(visit("manager"), "/week?week=2").rows() == []
