"""The same two again: after a good ending, when both name each other and nothing else stands between them."""

from __future__ import annotations

import pytest

from mentorship.mentorships import queries
from mentorship.mentorships.models import Mentorship
from mentorship.profiles.models import Wish
from tests.rounds.stage import Stage

SIDES = ("senior", "junior")


def name(stage: Stage, who: str, whom: str, *, wanted: bool = True) -> None:
    made = stage.organisation
    made.session.add(Wish(person_id=made.people[who], other_id=made.people[whom], wanted=wanted))
    made.session.commit()


def ended(stage: Stage, how: str, *sides: str) -> None:
    made = stage.organisation
    made.pair(*(sides or SIDES), "ended", ended_on=stage.now.date(), ended_as=how)
    made.session.commit()


def are_apart(stage: Stage) -> bool:
    apart = stage.read(queries.apart)
    return (
        tuple(stage.person(key) for key in SIDES) in apart or tuple(stage.person(key) for key in SIDES[::-1]) in apart
    )


@pytest.mark.parametrize("how", ["reached", "time", "changed"])
def test_after_a_good_ending_both_have_to_name_each_other(stage: Stage, how: str):
    ended(stage, how)
    assert are_apart(stage)
    name(stage, "junior", "senior")
    assert are_apart(stage), "one of the two is not both"
    name(stage, "senior", "junior")
    assert not are_apart(stage)
    request_id = stage.organisation.asks("junior")
    stage.organisation.session.commit()
    assert stage.pairs(stage.solved()) == {request_id: stage.person("senior")}


@pytest.mark.parametrize("how", ["", "not_fitting"])
def test_after_another_ending_they_stay_apart(stage: Stage, how: str):
    ended(stage, how)
    name(stage, "junior", "senior")
    name(stage, "senior", "junior")
    assert are_apart(stage)


@pytest.mark.parametrize(("status", "how"), [("ended", "not_fitting"), ("ended", ""), ("refused", ""), ("active", "")])
@pytest.mark.parametrize("sides", [SIDES, SIDES[::-1]])
def test_what_else_stands_between_them_stays(stage: Stage, status: str, how: str, sides: tuple[str, str]):
    """They ended well once; another time they ended otherwise or refused each other, or they run, either way round."""
    for who, whom in (SIDES, SIDES[::-1]):
        name(stage, who, whom)
    ended(stage, "reached")
    assert not are_apart(stage)
    stage.organisation.pair(*sides, status, ended_as=how, origin="import")
    stage.organisation.session.commit()
    assert are_apart(stage)


def test_a_block_stays_a_block_after_a_good_ending(stage: Stage):
    ended(stage, "reached")
    name(stage, "senior", "junior")
    name(stage, "junior", "senior", wanted=False)
    assert are_apart(stage)


def test_that_one_of_the_two_left_and_came_back_says_nothing_of_the_pair(stage: Stage):
    made = stage.organisation
    pair = made.pair(*SIDES, "ended", ended_on=stage.now.date(), by_leaving=True)
    made.session.commit()
    assert not are_apart(stage)
    stage.change(Mentorship, pair, by_leaving=False)
    assert are_apart(stage)


def test_a_proposal_waits_for_who_did_not_say_yes_yet(stage: Stage):
    pair = stage.organisation.pair(*SIDES)
    stage.organisation.session.commit()

    def waits_for() -> set[str]:
        return {key for key in SIDES if stage.read(queries.unanswered, stage.person(key))}

    assert waits_for() == {"senior", "junior"}
    stage.answer("senior", pair, True)
    assert waits_for() == {"junior"}
    stage.answer("junior", pair, True)
    assert waits_for() == set()


def test_what_a_mentor_leads_is_what_runs_and_theirs(stage: Stage):
    made = stage.organisation
    runs = made.pair("senior", "junior", "active")
    made.pair("other_senior", "other_junior", "active")
    made.pair("senior", "other_junior", "ended", ended_on=stage.now.date())
    made.session.commit()
    assert [pair.id for pair in stage.read(queries.led_by, [stage.person("senior")])] == [runs]
