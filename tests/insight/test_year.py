"""A year ahead: what is known today, month by month, and whom the coordinator expects."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from mentorship.insight.year import queries
from mentorship.insight.year.rules import Offer, ahead, months
from mentorship.people.models import Person
from mentorship.profiles.models import Capacity
from tests.factories import Organisation, Screen
from tests.rounds.stage import counted

PAGE = "/insight/year"
TODAY = date(2026, 11, 23)


def test_the_months_begin_today_and_then_on_the_first():
    found = months(TODAY)
    assert found[0] == TODAY and found[1] == date(2026, 12, 1) and found[-1] == date(2027, 11, 1)
    assert len(found) == len(set(found)) == 13


@pytest.mark.parametrize("seed", range(30))
def test_each_month_is_what_counting_that_day_gives(seed: int):
    rng = random.Random(seed)

    def some_day() -> date | None:
        return rng.choice((None, TODAY + timedelta(days=rng.randrange(0, 500))))

    offers = [Offer(rng.randrange(4), some_day(), some_day()) for _ in range(20)]
    ends = [some_day() for _ in range(30)]
    days = months(TODAY)
    expected = {day: rng.randrange(5) for day in days[1:] if rng.random() < 0.5}
    found = ahead(TODAY, offers, ends, 7, expected)
    asking = 7
    for number, month in enumerate(found):
        day = days[number]
        asking += expected.get(day, 0)
        assert month.asking == asking
        assert month.places == sum(o.places for o in offers if (o.since or day) <= day and (o.until or day) >= day)
        assert month.running == len([end for end in ends if (end or day) >= day])
        assert month.over == month.places - month.running - asking
    # whoever ends or leaves does so in one month, or after the year
    last = date(2027, 12, 1)
    assert sum(month.ends for month in found) == len([end for end in ends if end and end < last])
    assert sum(month.leavers for month in found) == len([o for o in offers if o.until and o.until < last])


def test_it_counts_leavers_pauses_ends_and_requests(session: Session, organisation: Organisation):
    made = organisation
    made.mentor("guide", places=3, site="Assen")
    made.mentor("resting", places=2, site="Assen")
    made.person("learner", "junior", site="Assen")
    made.pair("guide", "learner", "active", expected_end=date(2027, 2, 10))
    made.person("asker", "junior", site="Assen")
    made.asks("asker")
    guide = session.get_one(Person, made.people["guide"])
    guide.last_day = date(2027, 6, 30)
    resting = session.get_one(Capacity, made.people["resting"])
    resting.paused, resting.paused_until = True, date(2026, 12, 31)
    session.commit()
    found = queries.year(session, TODAY, made.sites["Assen"])
    assert [month.places for month in found.months] == [3, 3, 5, 5, 5, 5, 5, 5, 2, 2, 2, 2, 2]
    assert [month.running for month in found.months] == [1, 1, 1, 1, *[0] * 9]
    assert [month.first.month for month in found.months if month.ends] == [2]
    assert [month.first.month for month in found.months if month.leavers] == [6]
    assert {month.asking for month in found.months} == {1} and found.endless == 0
    assert queries.year(session, TODAY, made.sites["Ede"]).months[0].asking == 0
    nobody = made.domain("Vonken")
    session.commit()
    assert queries.year(session, TODAY, None, nobody).months[0].places == 0


def test_whom_one_expects_counts_from_that_month_and_is_taken_back(visit, session: Session, organisation: Organisation):
    made = organisation
    screen = Screen(visit("coordinator"), PAGE)
    sent = {"month": "2027-02-01", "site": made.sites["Ede"], "domain": made.domains["Pneumatiek"], "number": "40"}
    screen = screen.press("Opslaan", **sent)
    assert "40 nieuwkomers voor Pneumatiek, Ede" in screen.text
    assert "feb 2027" in screen.heading and "plekken te weinig" in screen.heading
    session.expire_all()
    row = queries.expected(session)[0]
    assert (row.month, row.number) == (date(2027, 2, 1), 40)
    session.rollback()
    Screen(visit("coordinator"), "/undo").press("Terugdraaien")
    assert "nieuwkomers voor" not in Screen(visit("coordinator"), PAGE).text
    Screen(visit("coordinator"), PAGE).press("Opslaan", **sent)
    Screen(visit("coordinator"), PAGE).press("Haal weg")
    session.expire_all()
    assert queries.expected(session) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "1000"},
        {"number": "-1"},
        {"number": "veel"},
        {"month": "2026-11-01"},
        {"month": "2028-01-01"},
        {"month": "2027-02-02"},
        {"site": "999"},
        {"domain": "999"},
    ],
)
def test_what_cannot_be_is_refused(visit, session: Session, organisation: Organisation, wrong: dict[str, str]):
    made = organisation
    sent = {"month": "2027-02-01", "site": made.sites["Ede"], "domain": made.domains["Pneumatiek"], "number": "4"}
    answer = visit("coordinator").post(PAGE, {**sent, **wrong})
    assert answer.status_code in (409, 422)
    assert queries.expected(session) == []


def test_it_is_for_the_coordinator(visit):
    for who in ("junior", "senior", "manager", "director", "hr", "admin", "nobody"):
        assert visit(who).get(PAGE).status_code == 403
    assert "Een jaar vooruit" in Screen(visit("coordinator"), "/insight/workload").names("a")
    assert "Een jaar vooruit" not in Screen(visit("manager"), "/insight/workload").names("a")


def test_the_number_of_queries_does_not_grow(visit, session: Session, organisation: Organisation, engine: sa.Engine):
    def asked() -> int:
        client = visit("coordinator")
        with counted(engine) as statements:
            assert client.get(PAGE).status_code == 200
        return len(statements)

    before = asked()
    for number in range(9):
        organisation.mentor(f"more{number}")
        organisation.person(f"learner{number}", "junior")
        organisation.pair(f"more{number}", f"learner{number}", "active")
    session.commit()
    assert asked() <= before
