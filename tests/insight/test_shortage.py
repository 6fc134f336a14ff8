"""Where places are short now: by domain and site, and what one place more brings is what comes of it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from mentorship.insight.shortage.rows import Short, shortages
from mentorship.matching import solve
from mentorship.mentor_requests.models import PlaceAsked
from mentorship.profiles.models import Capacity
from mentorship.rounds.waiting import queries
from tests.factories import Organisation, Screen
from tests.rounds.stage import counted

PAGE = "/insight/shortage"


@pytest.fixture
def made(session: Session, organisation: Organisation) -> Organisation:
    """Three in Assen ask for the one place of a welder there, one in Ede asks for what nobody passes on."""
    organisation.mentor("welder", "Lassen", site="Assen")
    for number in range(3):
        organisation.person(f"lasser{number}", "junior", site="Assen")
        organisation.asks(f"lasser{number}", "Lassen")
    organisation.person("alone", "junior", site="Ede")
    organisation.asks("alone", "Vonken")
    session.commit()
    return organisation


def found(session: Session, made: Organisation) -> list[Short]:
    return shortages(queries.today(session, made.now))


def test_what_is_short_is_what_the_best_round_leaves_and_a_place_brings_what_it_says(session: Session, made):
    weld, spark = found(session, made)
    assert (weld.domain_id, weld.site_id, weld.without) == (made.domains["Lassen"], made.sites["Assen"], 2)
    assert (spark.domain_id, spark.without, spark.gain, spark.helps) == (made.domains["Vonken"], 1, None, False)
    assert weld.gain and weld.gain.mentor_id == made.people["welder"] and weld.helps
    before = solve(queries.today(session, made.now).standing.problem).matched
    session.get_one(Capacity, made.people["welder"]).places += 1
    session.commit()
    after = solve(queries.today(session, made.now).standing.problem).matched
    assert weld.gain.requests == after - before == 1
    assert found(session, made)[0].without == 1


def test_the_page_asks_for_the_place_that_helps(visit, session: Session, made: Organisation):
    screen = Screen(visit("coordinator"), PAGE)
    assert screen.heading == "3 mensen vinden nu geen mentor"
    assert "helpt 1 mens meer aan een mentor" in screen.text
    assert "er is niemand bij wie alleen een plek ontbreekt" in screen.text
    box = visit("coordinator").get(f"{PAGE}/box").text
    assert "3 mensen vinden nu geen mentor" in box and "Lassen" in box
    assert 'data-later="/insight/shortage/box"' in visit("coordinator").get("/insight/workload").text
    assert "shortage" not in visit("manager").get("/insight/workload").text
    screen.press("Vraag Welder om een plek")
    assert session.scalars(sa.select(PlaceAsked.mentor_id)).all() == [made.people["welder"]]
    assert "Vraag Welder om een plek" not in Screen(visit("coordinator"), PAGE).names("button"), "asked once in a while"


def test_nothing_is_short_where_everybody_finds_a_mentor(visit, session: Session, organisation: Organisation):
    organisation.asks("junior")
    session.commit()
    assert Screen(visit("coordinator"), PAGE).heading == "Wie wacht, kan nu een mentor krijgen"
    assert "Er ontbreken geen plekken" in visit("coordinator").get(f"{PAGE}/box").text


def test_the_number_of_queries_does_not_grow(visit, session: Session, made: Organisation, engine: sa.Engine):
    def asked() -> int:
        client = visit("coordinator")
        with counted(engine) as statements:
            assert client.get(PAGE).status_code == 200
        return len(statements)

    before = asked()
    for number in range(12):
        made.person(f"more{number}", "junior", site="Assen")
        made.asks(f"more{number}", "Lassen" if number % 2 else "Vonken")
    session.commit()
    assert asked() <= before
