"""Why not that mentor: for each rule the one sentence that the coordinator reads, and nothing about nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

import pytest

from mentorship.mentor_requests import actions as requests
from mentorship.people.models import Person
from mentorship.profiles.models import Capacity, Domain, Wish
from mentorship.profiles.rosters.models import Roster, WorkTime
from mentorship.rounds.models import Round
from mentorship.rounds.review.why_not import SENTENCES
from tests.client import InspectingClient
from tests.factories import Screen, words_of
from tests.rounds.stage import Stage

Visit = Callable[[str | None], InspectingClient]
Prepare = Callable[[Stage, int, int], str]
THREE_IN_EIGHT_WEEKS = "DDD" + "-" * 53


def oneself(stage: Stage, *_: int) -> str:
    stage.organisation.can("junior", "Pneumatiek")
    stage.organisation.offers("junior")
    return "junior"


def a_beginner(stage: Stage, *_: int) -> str:
    stage.organisation.mentor("beginner", level=2)
    return "beginner"


def the_director(stage: Stage, *_: int) -> str:
    stage.organisation.can("director", "Pneumatiek")
    stage.organisation.offers("director")
    return "director"


def rather_not(stage: Stage, *_: int) -> str:
    made = stage.organisation
    made.session.add(Wish(person_id=made.people["senior"], other_id=made.people["junior"], wanted=False))
    return "senior"


def another_language(stage: Stage, *_: int) -> str:
    stage.change(Person, stage.person("senior"), languages="en,pl")
    return "senior"


def another_site(stage: Stage, *_: int) -> str:
    stage.organisation.mentor("far", site="Assen")
    return "far"


def no_roster(stage: Stage, *_: int) -> str:
    stage.organisation.mentor("loose", roster=None)
    return "loose"


def by_default_seldom(stage: Stage, *_: int) -> str:
    seldom = stage.organisation.roster("ZELDEN", THREE_IN_EIGHT_WEEKS)
    stage.organisation.mentor("loose", roster=None)
    stage.organisation.session.get_one(Roster, seldom).is_default = True
    return "loose"


def seldom_there(stage: Stage, *_: int) -> str:
    stage.organisation.roster("ZELDEN", THREE_IN_EIGHT_WEEKS)
    stage.organisation.mentor("seldom", roster="ZELDEN")
    return "seldom"


def too_few_hours(stage: Stage, *_: int) -> str:
    """At a distance, with two hours and a quarter in common in five weeks."""
    stage.change(Domain, stage.organisation.domains["Pneumatiek"], remote=True)
    stage.change(WorkTime, stage.person("junior"), remote=True)
    stage.organisation.roster("AF EN TOE", "L" + "-" * 34)
    stage.organisation.mentor("far", site="Assen", remote=True, roster="AF EN TOE")
    return "far"


def paused(stage: Stage, *_: int) -> str:
    stage.change(Capacity, stage.person("senior"), paused=True)
    return "senior"


def without_places(stage: Stage, *_: int) -> str:
    stage.organisation.person("master", "senior")
    stage.organisation.can("master", "Pneumatiek", 5)
    return "master"


def withdrawn(stage: Stage, _: int, request_id: int) -> str:
    stage.act(requests.withdraw, stage.actor("junior"), request_id, stage.now)
    return "senior"


def no_trainer(stage: Stage, _: int, request_id: int) -> str:
    stage.act(requests.ask_trainer, stage.actor("junior"), request_id, True, stage.now)
    return "senior"


def forbidden(stage: Stage, round_id: int, request_id: int) -> str:
    stage.decide(round_id, request_id, "senior", "forbid")
    stage.solve(round_id)
    return "senior"


def high_floor(stage: Stage, round_id: int, _: int) -> str:
    stage.change(Round, round_id, floor=0.9)
    stage.solve(round_id)
    return "senior"


def back_since(stage: Stage, round_id: int, _: int) -> str:
    stage.change(Capacity, stage.person("senior"), paused=True)
    stage.solve(round_id)
    stage.change(Capacity, stage.person("senior"), paused=False)
    return "senior"


CASES: dict[str, tuple[Prepare, str]] = {
    "self": (oneself, "Junior Proef Nobody is their own mentor."),
    "expertise": (
        a_beginner,
        "Beginner Proef Beginner Proef does not pass on Pneumatiek at “can do it alone” or higher, which this request "
        "asks for.",
    ),
    "trainer": (
        no_trainer,
        "Senior Proef This asks for a practice trainer; Senior Proef has no confirmed certificate that is valid.",
    ),
    "line": (the_director, "Director Proef One of the two is the other's manager, or above that."),
    "apart": (
        rather_not,
        "Senior Proef They are kept apart: one said “rather not”, or they were a pair before.",
    ),
    "language": (another_language, "Senior Proef They have no working language in common."),
    "site": (another_site, "Far Proef They work at different sites, and cannot both work on this at a distance."),
    "roster": (no_roster, "Loose Proef One of the two has no roster, so nobody knows when they would meet."),
    "meeting": (
        seldom_there,
        "Seldom Proef They do not meet enough: 1.5 together-shifts in four weeks. Two are needed on average, and no"
        " four weeks without one.",
    ),
    "default": (
        by_default_seldom,
        "Loose Proef They do not meet enough: 1.5 together-shifts in four weeks. Two are needed on average, and no"
        " four weeks without one. Who of the two has no roster counts as working by “ZELDEN”.",
    ),
    "hours": (too_few_hours, "Far Proef They share too few hours: 0.9 in two weeks. One is needed."),
    "place": (paused, "Senior Proef Senior Proef has no free place, or is paused."),
    "offer": (without_places, "Master Proef Master Proef has not set any place."),
    "closed": (withdrawn, "Senior Proef This request is not open any more."),
    "forbidden": (forbidden, "Senior Proef This pair was kept apart in this round."),
    "floor": (high_floor, "Senior Proef Without continuity the pair scores 0.833, under the floor of 0.900."),
    "now": (
        back_since,
        "Senior Proef By today's facts this pair is possible: find pairs again to take it into account.",
    ),
}


@pytest.fixture
def asked(stage: Stage) -> tuple[int, int]:
    """A round that was not solved yet, and the junior's request in it; everybody reads English."""
    request_id = stage.organisation.asks("junior")
    stage.organisation.speak("en")
    return stage.open(), request_id


def look(visit: Visit, round_id: int, request_id: int, **arguments: object) -> Screen:
    return Screen(visit("coordinator"), f"/rounds/{round_id}/review/{request_id}?{urlencode(arguments)}")


def answer(screen: Screen) -> str:
    """What stands under "Why not another mentor?": name and sentence, or nothing."""
    assert screen.status == 200
    part = next(e for e in screen.tree.iter("section") if e.get("id") == "why-not")
    return " / ".join(words_of(e) for e in part.iter("div") if e.get("role") == "status")


def test_every_sentence_is_tried():
    assert set(CASES) == {*SENTENCES, "meeting"}


@pytest.mark.parametrize("obstacle", CASES)
def test_the_first_rule_that_forbids_it_is_said(stage: Stage, visit: Visit, asked: tuple[int, int], obstacle: str):
    prepare, sentence = CASES[obstacle]
    mentor = prepare(stage, *asked)
    stage.organisation.speak("en")  # also who came since
    assert answer(look(visit, *asked, mentor=stage.person(mentor))) == sentence


def test_it_is_said_in_dutch_with_dutch_numbers(stage: Stage, visit: Visit, asked: tuple[int, int]):
    mentor = stage.person(seldom_there(stage))
    stage.organisation.speak("nl")
    said = answer(look(visit, *asked, mentor=mentor))
    assert said.startswith("Seldom Proef Ze treffen elkaar te weinig: 1,5 samen-diensten in vier weken.")


def test_the_level_that_is_asked_for_follows_the_target(stage: Stage, visit: Visit, asked: tuple[int, int]):
    """Whoever wants to be called by all asks for level 4; who does not want to pass it on counts as level 0."""
    made = stage.organisation
    request_id = made.asks("other_junior", current=1, target=5)
    made.mentor("skilled", level=3)
    made.person("silent", "senior")
    made.can("silent", "Pneumatiek", 5, willing=False)
    made.offers("silent")
    made.speak("en")
    for key in ("skilled", "silent"):
        said = answer(look(visit, asked[0], request_id, mentor=stage.person(key)))
        assert "does not pass on Pneumatiek at “can explain it” or higher" in said


def test_an_earlier_pair_reads_as_a_block_does(stage: Stage, visit: Visit, asked: tuple[int, int]):
    stage.organisation.pair("senior", "junior", status="refused")
    stage.organisation.session.commit()
    assert answer(look(visit, *asked, mentor=stage.person("senior"))) == CASES["apart"][1]


def test_a_mentor_without_a_place_left(stage: Stage, visit: Visit, asked: tuple[int, int]):
    stage.organisation.mentor("full")
    stage.organisation.pair("full", "other_junior", status="active")
    stage.organisation.speak("en")
    assert (
        answer(look(visit, *asked, mentor=stage.person("full")))
        == "Full Proef " + "Full Proef has no free place, or is paused."
    )


def test_an_eligible_mentor_is_told_with_the_price(stage: Stage, visit: Visit, asked: tuple[int, int]):
    round_id, request_id = asked
    stage.solve(round_id)
    (mentor,) = stage.pairs(round_id).values()
    (other,) = {stage.person("senior"), stage.person("other_senior")} - {mentor}
    screen = look(visit, round_id, request_id, mentor=mentor)
    assert answer(screen).endswith("This is the mentor of this pair.")
    screen = look(visit, round_id, request_id, mentor=other)
    name, _, said = answer(screen).partition(" Proef ")
    (column,) = [each for each in screen.tree.iter("article") if words_of(each).startswith(f"{name} Proef")]
    price = said.removeprefix("Eligible. ")
    assert f"The price {price}" in words_of(column), "the price beside the others"


def test_of_a_round_that_changed_since_todays_facts_are_told(stage: Stage, visit: Visit, asked: tuple[int, int]):
    """Its list is of before, and holds no prices to point to."""
    round_id, request_id = asked
    stage.solve(round_id)
    (mentor,) = stage.pairs(round_id).values()
    other = "other_senior" if mentor == stage.person("senior") else "senior"
    stage.decide(round_id, request_id, other, "forbid")
    assert answer(look(visit, *asked, mentor=stage.person(other))).endswith("This pair was kept apart in this round.")
    stage.decide(round_id, request_id, other, None)
    said = answer(look(visit, *asked, mentor=stage.person(other)))
    assert said.endswith("By today's facts this pair is possible: find pairs again to take it into account.")


def test_search_by_name_and_ask_about_one(stage: Stage, visit: Visit, asked: tuple[int, int]):
    the_director(stage)
    stage.organisation.session.commit()
    screen = look(visit, *asked, q="proef direct")
    assert [name for name in screen.names("a") if name.startswith("Why not")] == ["Why not Director Proef?"]
    assert answer(screen) == "", "nothing is said before somebody is chosen"
    assert answer(screen.tap("Why not Director Proef?")) == CASES["line"][1]
    assert "Why not Director Proef?" in screen.names("a"), "what was searched for still stands there"
    assert "Why not Senior Proef?" in look(visit, *asked, q="n-senior").names("a"), "the personnel number"
    assert "Nobody found. Try fewer letters." in look(visit, *asked, q="zzz").text


def test_who_left_is_not_found(stage: Stage, visit: Visit, asked: tuple[int, int]):
    stage.change(Person, stage.person("senior"), left_on=date(2026, 11, 1))
    assert "Why not Senior Proef?" not in look(visit, *asked, q="senior").names("a")
    screen = look(visit, *asked, mentor=stage.person("senior"))
    assert answer(screen) == "" and "Senior Proef" not in screen.text.replace("Other_senior Proef", "")


def test_an_odd_question_gets_the_page_and_says_nothing_about_anybody(
    stage: Stage, visit: Visit, asked: tuple[int, int]
):
    for odd in ("\0", "-1", str(10**30), "9" * 9, "abc", "1.5", "²", "", " ", "%", "1\0", "x" * 9000):
        for arguments in ({"mentor": odd}, {"q": odd}, {"q": odd, "mentor": odd}):
            assert answer(look(visit, *asked, **arguments)) == "", odd[:20]
