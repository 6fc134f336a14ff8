"""Two who publish, announce, pair or change places at once: one waits for the other, and never each for the other.

Every verb takes rounds before requests before places, and each of those by id. Whoever waits then holds nothing that
comes after what it waits for, so that no ring can close.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict, Refused
from mentorship.leaving import actions as leaving
from mentorship.mentor_requests.models import MentorRequest
from mentorship.people.models import Person
from mentorship.profiles import actions as profiles
from mentorship.profiles.models import Capacity
from mentorship.programme.models import Programme
from mentorship.rounds.announcing import actions as announcing
from mentorship.rounds.direct import actions as direct
from mentorship.rounds.models import RoundPair
from mentorship.rounds.waiting import actions as waiting_list
from mentorship.rounds.waiting.standing import Gain
from tests.rounds.locks import in_one_order, is_free, rows_taken, waits_for
from tests.rounds.stage import Stage, at_once

DAYS = 5


@pytest.fixture
def asked(stage: Stage) -> list[int]:
    """Requests of which the mentors come in another order, and the worst pair stands first in the list in neither."""
    made = stage.organisation
    found = [made.asks("junior"), made.asks("other_junior")]
    made.session.commit()
    return found


def solved(stage: Stage, asked: list[int], *, turned: bool = False) -> int:
    """A round in which the order of its pairs is that of neither requests nor mentors, or is that of both."""
    round_id = stage.solved()
    mentors = sorted((stage.person("senior"), stage.person("other_senior")), reverse=not turned)
    scores = {asked[0]: 900_000, asked[1]: 400_000} if turned else {asked[0]: 400_000, asked[1]: 900_000}

    def write(session: Any) -> None:
        for request_id, mentor_id in zip(asked, mentors, strict=True):
            pair = session.get_one(RoundPair, (round_id, request_id))
            pair.mentor_id, pair.score = mentor_id, scores[request_id]

    stage.act(write)
    return round_id


def publish(stage: Stage, round_id: int) -> Callable[[], Any]:
    return partial(stage.publish, round_id, stage.round(round_id).version)


def announce(stage: Stage, round_id: int) -> Callable[[], Any]:
    stage.change(Programme, 1, objection_days=DAYS)
    version = stage.round(round_id).version
    return partial(stage.act, announcing.announce, stage.coordinator, round_id, version, stage.now)


def publish_by_itself(stage: Stage, round_id: int) -> Callable[[], Any]:
    announce(stage, round_id)()
    until = stage.round(round_id).objections_until
    return partial(stage.act, announcing.publish_over, round_id, until)


VERBS = [publish, announce, publish_by_itself]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("verb", VERBS)
def test_a_round_takes_what_it_needs_in_one_order(stage: Stage, asked: list[int], verb: Any, turned: bool):
    round_id = solved(stage, asked, turned=turned)
    act = verb(stage, round_id)
    with rows_taken(stage.engine) as taken:
        act()
    mentors = sorted((stage.person("senior"), stage.person("other_senior")))
    wanted = [("round", round_id), *(("mentor_request", one) for one in asked), *(("capacity", one) for one in mentors)]
    assert list(dict.fromkeys(taken)) == wanted and in_one_order(taken)


def test_whom_nobody_was_found_for_is_taken_in_the_same_turn(stage: Stage, asked: list[int]):
    """Those left over are counted at publishing, so another round over them has to wait as well."""
    made = stage.organisation
    made.mentor("third", "Lassen")
    made.person("early", "junior")
    early = made.asks("early", "Hydrauliek")
    made.session.commit()
    round_id = solved(stage, asked)
    assert [row.request_id for row in stage.unmatched(round_id)] == [early]
    stage.change(MentorRequest, early, goal="kom als laatste")
    with rows_taken(stage.engine) as taken:
        stage.publish(round_id)
    requests = [key for table, key in dict.fromkeys(taken) if table == "mentor_request"]
    assert requests == sorted([*asked, early])


def test_one_newcomer_takes_the_request_and_then_the_place(stage: Stage, asked: list[int]):
    with rows_taken(stage.engine) as taken:
        pair_at_once(stage, asked[1], "senior")
    place = ("capacity", stage.person("senior"))
    assert taken == [("mentor_request", asked[1]), place, place], "held while it is looked at, and then taken"


def pair_at_once(stage: Stage, request_id: int, mentor: str, junior: str = "other_junior") -> Any:
    verb = partial(direct.propose, request_id=request_id)
    return stage.act(verb, stage.coordinator, stage.person(junior), stage.person(mentor), stage.now)


@pytest.mark.parametrize("turned", [False, True])
def test_two_coordinators_publish_two_rounds_over_the_same_people(stage: Stage, asked: list[int], turned: bool):
    one, other = solved(stage, asked), solved(stage, asked, turned=turned)
    outcomes = at_once(publish(stage, one), publish(stage, other))
    assert sorted(type(outcome) for outcome in outcomes if outcome != 2) == [Conflict], outcomes
    assert sorted(stage.round(each).status for each in (one, other)) == ["published", "solved"]
    assert len(stage.mentorships()) == 2


def test_a_round_a_newcomer_and_a_change_of_places_at_once(stage: Stage, asked: list[int]):
    """Each is done, or told that it came second; none is told that the database stopped it."""
    round_id = solved(stage, asked)
    senior = stage.actor("senior")
    outcomes = at_once(
        publish(stage, round_id),
        lambda: pair_at_once(stage, asked[0], "senior", "junior"),
        lambda: stage.act(profiles.set_places, senior, 3, 9, stage.now),
    )
    strange = [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, Conflict)]
    assert not strange
    pairs = stage.mentorships()
    assert len({pair.request_id for pair in pairs}) == len(pairs), "no request twice"
    published = stage.round(round_id).status == "published"
    assert len(pairs) == (2 if published else 1)
    assert stage.read(lambda session: session.get_one(Capacity, senior.person_id)).places == 3


def kept_back(stage: Stage) -> bool:
    """Whether one who waits can be looked at: SQLite lets nobody in while one writes, so nobody waits half-way."""
    return stage.engine.dialect.name == "postgresql"


@pytest.mark.parametrize("verb", VERBS[:2])
def test_who_waits_for_the_first_request_holds_none_that_comes_after(stage: Stage, asked: list[int], verb: Any):
    act = verb(stage, solved(stage, asked))
    if not kept_back(stage):
        return
    _move_to_the_end(stage, MentorRequest, asked[0])
    with waits_for(stage.engine, MentorRequest, asked[0], act) as (_, outcome):
        assert is_free(stage.engine, MentorRequest, asked[1])
        assert is_free(stage.engine, Capacity, stage.person("senior"))
    assert outcome == [2]


@pytest.mark.parametrize("verb", VERBS[:2])
def test_who_waits_for_the_first_mentor_holds_no_other(stage: Stage, asked: list[int], verb: Any):
    act = verb(stage, solved(stage, asked))
    if not kept_back(stage):
        return
    first, last = sorted((stage.person("senior"), stage.person("other_senior")))
    _move_to_the_end(stage, Capacity, first)
    with waits_for(stage.engine, Capacity, first, act) as (_, outcome):
        assert is_free(stage.engine, Capacity, last)
        assert not any(is_free(stage.engine, MentorRequest, each) for each in asked), "requests come before places"
    assert outcome == [2]


def _move_to_the_end(stage: Stage, table: Any, key: int) -> None:
    """Write a row anew, so that PostgreSQL reads it last unless it is asked for an order."""
    (primary,) = sa.inspect(table).primary_key
    same = {"goal": "weer"} if table is MentorRequest else {"places": 2}
    stage.act(lambda session: session.execute(sa.update(table).where(primary == key).values(same)))


def asks_for_a_place(stage: Stage, request_id: int) -> Callable[[Session], Any]:
    gain = Gain(stage.person("senior"), request_id, 1, 1, 1)
    return lambda session: waiting_list.ask_place(session, stage.coordinator, gain, stage.now)


def says_a_last_day(stage: Stage, _request_id: int) -> Callable[[Session], Any]:
    yesterday = local_date(stage.now) - timedelta(days=1)
    return lambda session: leaving.set_last_day(
        session, stage.coordinator, stage.person("senior"), yesterday, stage.now
    )


@pytest.mark.parametrize("other", [asks_for_a_place, says_a_last_day])
def test_who_names_a_person_does_not_wait_for_who_is_at_work_on_them(stage: Stage, asked: list[int], other: Any):
    """Those hold the person and then want the request or the round; a round has both and its proposals name the person.

    Whoever comes second is told so at most.
    """
    act = publish(stage, solved(stage, asked))
    verb = other(stage, asked[0])
    told: list[Refused] = []
    with waits_for(stage.engine, Person, stage.person("senior"), act) as (session, outcome):
        try:
            verb(session)
        except Refused as refused:
            told.append(refused)
            session.rollback()
    assert outcome == [2] or [type(one) for one in outcome] == [Conflict], outcome
    assert outcome == [2] or not told, "one of both is done"
