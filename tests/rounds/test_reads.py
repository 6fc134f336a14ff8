"""What is read of rounds, of announced pairs and of the waiting list: whose it is, in which order, and until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session

from mentorship.base.errors import Conflict
from mentorship.base.lists import View
from mentorship.mentor_requests.models import MentorRequest, Need
from mentorship.people.models import Person
from mentorship.profiles.models import Capacity
from mentorship.programme.models import Programme
from mentorship.rounds import queries
from mentorship.rounds.announcing import actions as announcing
from mentorship.rounds.announcing import queries as announced
from mentorship.rounds.direct import actions as direct
from mentorship.rounds.direct import queries as at_once
from mentorship.rounds.models import Round, RoundPair, RoundUnmatched
from mentorship.rounds.review import request as review
from mentorship.rounds.waiting import freed, rules
from mentorship.rounds.waiting import queries as waiting
from mentorship.rounds.waiting.models import FreePlace
from tests.client import InspectingClient
from tests.factories import Screen
from tests.rounds.stage import Stage

Visit = Callable[[str | None], InspectingClient]
EARLIER = timedelta(minutes=1)


def written(stage: Stage, *, pairs: dict[str, int], without: tuple[str, ...]) -> tuple[int, dict[str, int]]:
    """A round as it was found: the score of each junior with a mentor, and who has none; with their requests."""
    made = stage.organisation
    for key in (*pairs, *without):
        if key not in made.people:
            made.person(key, "junior", manager="manager")
    asked = {key: made.asks(key) for key in (*pairs, *without)}
    found = Round(name="R", weights={"domain": 1.0}, floor=0.3, spread=0.0, created_at=stage.now, status="solved")
    made.session.add(found)
    made.session.flush()
    round_id = found.id or 0
    for key, score in pairs.items():
        row = RoundPair(round_id=round_id, request_id=asked[key], mentor_id=made.people["senior"], score=score)
        made.session.add(row)
    for key in without:
        made.session.add(RoundUnmatched(round_id=round_id, request_id=asked[key], funnel=[0] * 9))
    made.session.commit()
    return round_id, asked


def test_one_after_the_other_the_lowest_score_first_and_then_who_has_nobody(stage: Stage):
    round_id, asked = written(stage, pairs={"a": 700, "b": 300, "c": 700, "d": 500}, without=("e", "f"))
    other, _ = written(stage, pairs={"g": 100}, without=("h",))
    assert stage.read(queries.in_order, round_id) == [asked[key] for key in "bdacef"]
    assert len(stage.read(queries.in_order, other)) == 2


def test_a_domain_is_that_of_the_main_need_of_this_pair(stage: Stage):
    """Who asks for measuring in the second place is no pair about measuring, nor is who does so in another round."""
    round_id, asked = written(stage, pairs={"a": 1, "b": 2, "c": 3}, without=())
    made = stage.organisation
    measuring = made.domain("Meten")
    made.session.add(
        Need(request_id=asked["a"], position=2, domain_id=measuring, current_level=0, target_level=3, importance=1)
    )
    made.session.get_one(Need, (asked["b"], made.domains["Pneumatiek"])).domain_id = measuring
    made.session.commit()

    def about(*domains: int) -> list[int]:
        view = View(filters={"domain": tuple(str(each) for each in domains)})
        shown = stage.read(queries.fitting_pairs, round_id, view)
        assert stage.read(queries.count_fitting, round_id, view) == len(shown)
        return [pair.request_id for pair in shown]

    every = stage.read(queries.fitting_pairs, round_id, View(offset=1, limit=1))
    assert [pair.request_id for pair in every] == [asked["b"]], "a page of one"
    assert about(measuring) == [asked["b"]]
    assert about(made.domains["Pneumatiek"]) == [asked["a"], asked["c"]]
    assert about(measuring, made.domains["Pneumatiek"]) == [asked[key] for key in "abc"]
    assert about(made.domains["PLC-programmering"]) == []


def test_whoever_stands_beyond_the_mentors_shown_can_be_asked_about(
    stage: Stage, visit: Visit, monkeypatch: pytest.MonkeyPatch
):
    """Choosing the second best moves somebody else, whose name the answer says."""
    monkeypatch.setattr(review, "MOST", 1)
    first, second = stage.cast()
    for key in ("senior", "other_senior"):
        stage.change(Capacity, stage.person(key), places=1)
    round_id = stage.solved()
    assert stage.pairs(round_id) == {first: stage.person("senior"), second: stage.person("other_senior")}
    stage.organisation.speak("en")
    at = f"/rounds/{round_id}/review/{first}?mentor={stage.person('other_senior')}"
    told = Screen(visit("coordinator"), at).text
    assert "Eligible." in told and "Other_junior" in told


def test_a_round_of_long_ago_names_its_pair_though_nothing_was_kept_of_how_it_was_found(stage: Stage, visit: Visit):
    round_id, asked = written(stage, pairs={"a": 700_000}, without=())
    stage.organisation.speak("en")
    told = Screen(visit("coordinator"), f"/rounds/{round_id}/review/{asked['a']}").text
    assert "Senior Proef" in told and "Nobody else is eligible." in told


def test_hours_that_count_are_the_confirmed_ones_where_somebody_confirms(stage: Stage):
    senior, other, director = (stage.person(key) for key in ("senior", "other_senior", "director"))
    stage.change(Capacity, senior, hours=Decimal(8), confirmed_hours=Decimal(6))
    stage.change(Capacity, other, hours=Decimal(8), confirmed_hours=None)

    def offered(*ids: int) -> dict[int, Decimal]:
        found: dict[int, Decimal] = stage.read(at_once.hours_offered, ids)
        return found

    assert offered(senior, other, director) == {senior: Decimal(6), other: Decimal(0)}
    assert offered(other) == {other: Decimal(0)}
    stage.change(Programme, 1, confirm_hours=False)
    assert offered(senior, other, director) == {senior: Decimal(8), other: Decimal(8)}


def test_who_would_be_asked_is_counted_before_it_is_announced(stage: Stage):
    round_id, _ = written(stage, pairs={"a": 1, "junior": 2, "b": 3}, without=("c",))
    other, _ = written(stage, pairs={"other_junior": 1}, without=())
    assert stage.read(announced.to_ask, round_id, stage.now) == (1, 0), "one manages all of them"
    assert stage.read(announced.to_ask, other, stage.now) == (2, 0)
    for key in ("a", "other_junior"):
        stage.change(Person, stage.person(key), manager_id=None)
    assert stage.read(announced.to_ask, round_id, stage.now) == (1, 1), "of one pair a side has nobody"
    stage.change(Person, stage.person("senior"), manager_id=None)
    assert stage.read(announced.to_ask, round_id, stage.now) == (1, 3)
    assert stage.read(announced.to_ask, other, stage.now) == (0, 1), "both sides have nobody: one pair"


def test_whether_anything_is_announced(stage: Stage):
    stage.cast()
    stage.change(Programme, 1, objection_days=5)
    round_id = stage.solved()
    assert not stage.read(announced.is_any)
    stage.act(announcing.announce, stage.coordinator, round_id, stage.round(round_id).version, stage.now)
    assert stage.read(announced.is_any)
    stage.change(Round, round_id, failure="nobody has a roster")
    assert stage.read(announced.stuck)[0].id == round_id and stage.read(announced.to_end) == []
    stage.change(Round, round_id, failure="")
    assert stage.read(announced.stuck) == [] and stage.read(announced.to_end) == [round_id]
    stage.change(Round, round_id, solve_again=True)
    assert stage.read(announced.to_end) == [] and stage.read(announced.is_any)
    stage.change(Round, round_id, solve_again=False)
    later = [stage.open(name) for name in ("Winter", "Lente")]
    assert stage.read(announced.to_end) == [round_id], "a draft is not announced"
    stage.change(Round, later[0], failure="nobody has a roster")
    assert stage.read(announced.stuck) == [], "nor stuck"
    for number in later:
        stage.change(Round, number, status="announced", failure="")
    assert stage.read(announced.to_end) == [round_id, *later], "the oldest first"
    for number in (round_id, *later):
        stage.change(Round, number, failure="nobody has a roster")
    assert [found.id for found in stage.read(announced.stuck)] == [round_id, *later]


@pytest.mark.parametrize(
    ("places", "hours", "confirmed", "carries", "planned"),
    [
        (1, 2, None, 0, 1),
        (2, 4, None, 0, 2),
        (2, 4, 2, 0, 2),
        (2, 4, 2, 1, 1),
        (2, 4, 2, 2, 0),
        (2, 4, 4, 0, 0),
        (1, 8, 2, 0, 0),
        (2, 3, 2, 0, 0),
        (0, 8, None, 0, 0),
    ],
)
def test_a_mentor_whose_hours_wait_for_the_manager_is_not_asked_for_a_place(
    stage: Stage, places: int, hours: int, confirmed: int | None, carries: int, planned: int
):
    """Two hours a pair: what would be free if all promised hours were confirmed, of who has more than counts now."""
    made, senior = stage.organisation, stage.person("senior")
    stage.change(Capacity, stage.person("other_senior"), places=0)
    offer = {"hours": Decimal(hours), "confirmed_hours": None if confirmed is None else Decimal(confirmed)}
    for number in range(carries):
        made.person(f"guided_{number}", "junior")
        made.pair("senior", f"guided_{number}", "active", origin="import")
    made.session.commit()
    stage.change(Capacity, senior, places=places, **offer)
    today = stage.read(waiting.today, stage.now)
    assert today.planned == ({senior: planned} if planned else {})
    assert today.can_be_asked(senior) is not bool(planned)
    assert today.not_asked_now == (frozenset({senior}) if planned else frozenset())
    stage.change(Programme, 1, confirm_hours=False)
    assert stage.read(waiting.today, stage.now).planned == {}, "nobody waits where nobody confirms"


def test_one_hour_that_waits_for_the_manager_can_be_a_place(stage: Stage):
    senior = stage.person("senior")
    stage.change(Programme, 1, hours_per_pair=Decimal(1))
    stage.change(Capacity, senior, places=1, hours=Decimal(1), confirmed_hours=None)
    assert stage.read(waiting.today, stage.now).planned == {senior: 1}


def news(stage: Stage, now: datetime | None = None) -> list[int]:
    return [row.person_id for row in stage.read(waiting.came_free, now or stage.now)]


def test_a_place_that_came_free_is_news_for_a_week_the_newest_first(stage: Stage):
    keys = ("senior", "other_senior", "director", "manager", "hr")
    ids = dict(zip(keys, (stage.person(key) for key in keys), strict=True))
    hour = timedelta(hours=1)
    rows = {
        "senior": FreePlace(person_id=ids["senior"], places=1, waiting=1, came_at=stage.now - hour),
        "other_senior": FreePlace(person_id=ids["other_senior"], places=2, waiting=3, came_at=stage.now),
        "director": FreePlace(person_id=ids["director"], places=1, waiting=0, came_at=stage.now),
        "manager": FreePlace(person_id=ids["manager"], places=0, waiting=1, came_at=stage.now),
        "hr": FreePlace(person_id=ids["hr"], places=1, waiting=1, came_at=None),
    }
    assert stage.read(waiting.count_came_free, stage.now) == (0, None)
    stage.act(lambda session: session.add_all(rows.values()))
    assert news(stage) == [ids["other_senior"], ids["senior"]]
    assert stage.read(waiting.count_came_free, stage.now) == (2, stage.now)
    end = stage.now + rules.NEWS_LASTS
    assert news(stage, end - hour - EARLIER) == [ids["other_senior"], ids["senior"]]
    assert news(stage, end - hour) == [ids["other_senior"]]
    assert news(stage, end) == []
    stage.change(FreePlace, ids["senior"], came_at=stage.now)
    assert news(stage) == sorted([ids["senior"], ids["other_senior"]]), "at the same moment always alike"


def row(stage: Stage, key: str = "senior") -> tuple[int, int, datetime | None]:
    """How many places somebody had free at the last look, how many wait for them, and since when that is news."""
    found = stage.read(lambda session: session.get_one(FreePlace, stage.person(key)))
    return found.places, found.waiting, found.came_at


@pytest.fixture
def one_waits(stage: Stage) -> int:
    """The request of a junior who waits for the senior, who has no place; the other senior pauses."""
    stage.change(Capacity, stage.person("senior"), places=0)
    stage.change(Capacity, stage.person("other_senior"), paused=True)
    request_id = stage.organisation.asks("junior")
    stage.organisation.session.commit()
    return request_id


def test_what_was_free_all_along_is_no_news(stage: Stage, one_waits: int):
    stage.change(Capacity, stage.person("other_senior"), paused=False)
    assert stage.act(freed.look, stage.now) == 0 == stage.act(freed.look, stage.now)
    assert row(stage, "other_senior") == (2, 0, None) and news(stage) == []


def test_news_of_a_place_stays_while_somebody_waits(stage: Stage, one_waits: int):
    senior = stage.person("senior")
    assert stage.act(freed.look, stage.now) == 0, "the first time nothing is news"
    stage.change(Capacity, senior, places=1)
    assert stage.act(freed.look, stage.now) == 1 and news(stage) == [senior]
    later = stage.now + timedelta(hours=3)
    assert stage.act(freed.look, later) == 0 and news(stage, later) == [senior], "told once, and still so"
    assert row(stage) == (1, 1, stage.now) and row(stage, "other_senior") == (0, 0, None)
    stage.organisation.asks("other_junior")
    stage.organisation.session.commit()
    assert stage.act(freed.look, later) == 0 and row(stage) == (1, 2, stage.now), "two wait for it by now"
    stage.act(lambda session: withdrawn(session, one_waits))
    assert stage.act(freed.look, later) == 0 and row(stage) == (1, 1, stage.now)
    stage.change(Capacity, senior, places=2)
    assert stage.act(freed.look, later) == 1 and row(stage) == (2, 1, later), "one more is news again"


@pytest.mark.parametrize("end", ["nobody waits", "pauses", "offers nothing"])
def test_news_of_a_place_is_over_with_the_place_or_with_who_waited(stage: Stage, one_waits: int, end: str):
    senior = stage.person("senior")
    stage.act(freed.look, stage.now)
    stage.change(Capacity, senior, places=1)
    assert stage.act(freed.look, stage.now) == 1
    if end == "nobody waits":
        stage.act(lambda session: withdrawn(session, one_waits))
    elif end == "pauses":
        stage.change(Capacity, senior, paused=True)
    else:
        stage.change(Capacity, senior, places=0)
    later = stage.now + timedelta(hours=3)
    assert stage.act(freed.look, later) == 0 and news(stage, later) == []
    assert row(stage)[0] == (1 if end == "nobody waits" else 0) and row(stage)[2] is None
    stage.change(Capacity, senior, places=1, paused=False)
    assert stage.act(freed.look, later) == (0 if end == "nobody waits" else 1)


def test_a_place_that_nobody_waits_for_is_no_news_when_it_comes_free(stage: Stage, one_waits: int):
    stage.act(lambda session: withdrawn(session, one_waits))
    stage.act(freed.look, stage.now)
    stage.change(Capacity, stage.person("senior"), places=1)
    assert stage.act(freed.look, stage.now) == 0 and row(stage) == (1, 0, None)


def withdrawn(session: Session, request_id: int) -> None:
    session.get_one(MentorRequest, request_id).status = "withdrawn"


def test_how_many_colleagues_is_told_from_three_on():
    assert [rules.told(number) for number in range(5)] == [None, None, None, 3, 4]


@pytest.mark.parametrize("change", ["withdrawn", "of somebody else", "nowhere", "no place", "full"])
def test_what_cannot_be_paired_at_once_any_more_is_told_so(stage: Stage, change: str):
    request_id, other = stage.cast()
    asked: int = {"of somebody else": other, "nowhere": other + 99}.get(change, request_id)
    if change == "withdrawn":
        stage.act(lambda session: withdrawn(session, request_id))
    if change == "full":
        made = stage.organisation
        made.pair("senior", "nobody", "active", origin="import")
        made.session.commit()
        stage.change(Capacity, stage.person("senior"), places=1)
    if change == "no place":
        stage.change(Capacity, stage.person("senior"), places=0)

    def propose(session: Session) -> Any:
        people = stage.person("junior"), stage.person("senior")
        return direct.propose(session, stage.coordinator, *people, stage.now, request_id=asked)

    with pytest.raises(Conflict) as told:
        stage.act(propose)
    assert told.value.message == (direct.NOT_NOW if change in ("no place", "full") else direct.PLACED)
    assert len(stage.mentorships()) == int(change == "full")


def test_the_team_of_a_manager_who_pairs_ends_where_their_line_ends(stage: Stage):
    team = stage.read(at_once.own_team, stage.organisation.actor("manager"))
    assert team == {stage.person("senior"), stage.person("junior")}
    assert stage.read(at_once.own_team, stage.organisation.actor("coordinator")) is None
