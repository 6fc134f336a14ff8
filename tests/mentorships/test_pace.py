"""How long a step takes here: of enough people, of steps of one level, and half of them between what is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.base.db import open_session
from mentorship.mentorships.goals import paces
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.goals.paces import Pace, Step
from tests.factories import Organisation, Screen
from tests.rounds.stage import counted

WEEK = timedelta(weeks=1)


def of(*weeks: float, domain: int = 1, level: int = 2, first: int = 0) -> list[Step]:
    return [Step(first + number, domain, level, one) for number, one in enumerate(weeks)]


def test_of_fewer_than_five_people_nothing_is_told():
    four = of(4, 5, 6, 7)
    assert paces.pace(four, 1, 2) is None
    assert paces.pace([*four, Step(3, 1, 2, 9.0)], 1, 2) is None, "the fifth step is of the fourth person"
    assert paces.pace(of(4, 5, 6, 7, 8), 1, 3) is None, "another level"


def test_half_of_the_steps_lie_between_what_is_told():
    assert paces.pace(of(2, 4, 6, 8, 10), 1, 2) == Pace(4, 8, 5, True)
    assert paces.pace(of(2.2, 4.2, 6.2, 8.2, 10.2), 1, 2) == Pace(4, 9, 5, True)
    assert paces.pace(of(*[0.1] * 5), 1, 2) == Pace(0, 1, 5, True)


def test_where_too_few_took_it_in_a_domain_all_domains_count():
    here, elsewhere = of(2, 3), of(10, 11, 12, domain=2, first=5)
    assert paces.pace(here + elsewhere, 1, 2) == Pace(3, 11, 5, False)


def test_a_step_is_counted_from_the_level_before_and_a_jump_is_none(now):
    def row(goal: int, level: int, weeks: float, start: int = 0):
        return goal, goal, 1, start, now, level, now + weeks * WEEK

    found = paces.steps([row(1, 1, 3), row(2, 2, 8), row(1, 2, 7), row(2, 3, 9), row(3, 3, 5, start=2)])
    assert [(step.junior_id, step.level, step.weeks) for step in found] == [(1, 1, 3), (1, 2, 4), (2, 3, 1), (3, 3, 5)]


@pytest.fixture
def learned(session: Session, organisation: Organisation) -> int:
    """Five others reached their first level in 3, 4, 5, 6 and 7 weeks; a pair that has a goal too."""
    made = organisation
    for number in range(5):
        made.mentor(f"guide{number}")
        made.person(f"learner{number}", "junior")
        pair = made.pair(f"guide{number}", f"learner{number}", "active")
        settled = made.now - (20 - number) * WEEK
        goal = Goal(
            mentorship_id=pair,
            domain_id=made.domains["Pneumatiek"],
            start_level=0,
            target_level=3,
            made_at=settled - (3 + number) * WEEK,
        )
        session.add(goal)
        session.flush()
        claim = {"claimed_at": settled, "mentor_at": settled, "settled_at": settled, "evidence": "Dat zag ik gebeuren."}
        session.add(LevelClaim(goal_id=goal.id or 0, level=1, status="confirmed", **claim))
    pair = made.pair("senior", "junior", "active")
    values = {"domain_id": made.domains["Pneumatiek"], "start_level": 0, "target_level": 3, "made_at": made.now}
    session.add(Goal(mentorship_id=pair, **values))
    session.commit()
    return pair


def test_both_read_it_at_their_goal(visit, learned: int):
    for key in ("junior", "senior", "coordinator"):
        text = Screen(visit(key), f"/mentorships/{learned}/goals").text
        assert "De helft van wie deze stap zette, had daar 4 tot 6 weken voor nodig." in text, key
        assert "Dat zijn 5 stappen in dit vakgebied; wie nog onderweg is, telt nog niet mee." in text


def test_it_takes_one_query_however_many_goals(visit, session: Session, learned: int, engine: sa.Engine, organisation):
    def asked() -> int:
        client = visit("junior")
        with counted(engine) as statements:
            assert client.get(f"/mentorships/{learned}/goals").status_code == 200
        return len(statements)

    before = asked()
    for name in ("Lassen", "Vonken"):
        values = {"domain_id": organisation.domain(name), "start_level": 0, "target_level": 3}
        session.add(Goal(mentorship_id=learned, made_at=organisation.now, **values))
    session.commit()
    assert asked() <= before


def test_a_step_that_is_taken_counts_at_once(session: Session, learned: int, engine: sa.Engine, organisation):
    def told() -> int:
        with open_session(engine, read_only=True) as reading:
            return len(paces.taken(reading, organisation.now))

    assert (told(), told()) == (5, 5)
    goal = session.exec(select(Goal.id).where(Goal.mentorship_id == learned)).one()
    seen = {"status": "confirmed", "evidence": "Dat zag ik gebeuren.", "mentor_at": organisation.now}
    moments = {"claimed_at": organisation.now, "settled_at": organisation.now - WEEK}
    session.add(LevelClaim(goal_id=goal or 0, level=1, **seen, **moments))
    session.commit()
    assert told() == 6
