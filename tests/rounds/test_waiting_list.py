"""The waiting list: what stops each, what the next step is, and asking a mentor for a place."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest
import sqlalchemy as sa
from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict, Refused
from mentorship.base.mail_kinds import FREED, PLACE
from mentorship.matching import DEFAULT_WEIGHTS, solve
from mentorship.mentor_requests.models import MentorRequest, PlaceAsked
from mentorship.mentorships.models import Mentorship
from mentorship.profiles.models import Capacity
from mentorship.reminders.actions import due_mail
from mentorship.rounds.facts import Records
from mentorship.rounds.gather import Terms, gather
from mentorship.rounds.waiting import actions, freed, listed, queries, rules
from mentorship.rounds.waiting.fewest import fewest
from mentorship.rounds.waiting.models import FreePlace
from mentorship.rounds.waiting.standing import Gain, stand
from tests.benchmarks.instances import company
from tests.factories import Organisation, Screen
from tests.rounds.stage import Stage, at_once, counted, in_the_middle

WEEK = timedelta(weeks=1)


def gain_of(stage: Stage, mentor: str, request_id: int) -> Gain:
    """What a place with somebody brings, as the list counts it now."""

    def read(session: Session) -> Gain:
        standing = queries.today(session, stage.now).standing
        return standing.gain(stage.person(mentor), request_id)

    return stage.read(read)


def fill(made: Organisation, mentor: str, places: int) -> None:
    """Take all places of a mentor by people who do not ask."""
    for number in range(places):
        key = f"{mentor}_led_{number}"
        made.person(key)
        made.pair(mentor, key, "active")
    made.session.commit()


def reasons(stage: Stage) -> dict[int, str]:
    """How each request stands in the list."""

    def read(session: Session) -> dict[int, str]:
        found = listed.rows(queries.today(session, stage.now), ())
        return {row.request_id: row.reason for row in found}

    return stage.read(read)


TERMS = Terms(DEFAULT_WEIGHTS, 0.3, 0.02, waiting=0.02)


def scarce(seed: int) -> Records:
    """A company in which most mentors are full, and some out."""
    rng = random.Random(seed)
    found = company(30, seed)
    mentors = [
        replace(mentor, places=rng.choice((0, 0, 0, 1, 2)), paused=rng.random() < 0.1) for mentor in found.mentors
    ]
    return replace(found, mentors=tuple(mentors))


@pytest.mark.parametrize("seed", range(20))
def test_whoever_is_said_to_have_so_many_mentors_has_them_in_a_round(seed: int):
    records = scarce(seed)
    standing = stand(records, TERMS)
    narrow = gather(records, TERMS)
    asking = [request.id for request in records.requests]
    in_round = {request_id: set() for request_id in asking}
    for request_id, mentor_id in narrow.eligible_pairs():
        in_round[request_id].add(mentor_id)
    for request_id in asking:
        assert standing.can(request_id) == len(in_round[request_id])
        assert set(standing.ready(request_id)) == in_round[request_id]
        assert (standing.stop(request_id) == "rivals") == bool(in_round[request_id])
    assert standing.funnel[:, :8].tolist() == narrow.eligible.funnel[np.argsort(narrow.request_ids)].tolist()


@pytest.mark.parametrize("seed", range(12))
def test_the_gain_of_a_place_is_what_solving_again_with_it_brings(seed: int):
    records = scarce(seed)
    standing = stand(records, TERMS)
    before = solve(standing.problem)
    for request_id in standing.rows:
        for mentor_id in standing.full(request_id)[:2]:
            told = standing.gain(mentor_id, request_id)
            places = standing.problem.capacity.copy()
            places[standing.columns[mentor_id]] += 1
            after = solve(replace(standing.problem, capacity=places))
            assert told.requests == after.matched - before.matched
            assert told.waiting == len(standing.waiting_for(mentor_id)) > 0


@pytest.mark.parametrize("seed", range(12))
def test_asking_the_fewest_mentors_helps_as_many_as_asking_all(seed: int):
    standing = stand(scarce(seed), TERMS)
    asked = fewest(standing)
    assert all(gain.requests == 1 for gain in asked), "each of them gives one more a mentor"
    assert len({gain.mentor_id for gain in asked}) == len(asked)
    places = standing.problem.capacity.copy()
    for gain in asked:
        places[standing.columns[gain.mentor_id]] += 1
    with_them = solve(replace(standing.problem, capacity=places)).matched
    assert with_them == standing.result.matched + len(asked)
    everybody = standing.problem.capacity + ~standing.gathered.instance.mentors.paused
    most = solve(replace(standing.problem, capacity=everybody)).matched
    assert with_them == most or len(asked) == 12


@pytest.mark.parametrize("seed", range(6))
def test_what_rounds_hold_is_neither_free_nor_asking(seed: int):
    records = scarce(seed)
    by_mentor = {mentor_id: request_id for request_id, mentor_id in sorted(gather(records, TERMS).eligible_pairs())}
    held = {request_id: mentor_id for mentor_id, request_id in by_mentor.items()}
    places = {mentor.person: mentor.places for mentor in records.mentors}
    mentors = []
    for mentor in records.mentors:
        takes = sum(mentor_id == mentor.person for mentor_id in held.values())
        mentors.append(replace(mentor, places=max(0, places[mentor.person] - takes), load=mentor.load + takes))
    others = [request for request in records.requests if request.id not in held]
    left = stand(replace(records, requests=tuple(others), mentors=tuple(mentors)), TERMS)
    standing = stand(records, TERMS, list(held.items()))
    assert standing.result.matched == left.result.matched
    for request in others:
        assert standing.ready(request.id) == left.ready(request.id)
        for mentor_id in standing.full(request.id)[:2]:
            told, alone = standing.gain(mentor_id, request.id), left.gain(mentor_id, request.id)
            assert (told.requests, told.waiting) == (alone.requests, alone.waiting)
            assert told.value == pytest.approx(alone.value)
    for request_id, mentor_id in held.items():
        assert mentor_id in standing.ready(request_id), "the place held for them is theirs"
        assert standing.can(request_id) == len(standing.ready(request_id)) > 0
        assert request_id not in standing.waiting_for(mentor_id)


def test_a_round_that_found_a_mentor_holds_the_place(stage: Stage):
    made = stage.organisation
    stage.cast()
    assert stage.solved() == 1
    found = stage.read(queries.today, stage.now)
    held = found.in_rounds
    assert held and {reasons(stage)[request_id] for request_id in held} == {rules.ROUND}
    mentor_id = next(iter(held.values())).mentor_id
    stage.change(Capacity, mentor_id, places=1)
    made.person("later", "junior", manager="other_manager")
    later = made.asks("later")
    made.session.commit()
    others = stage.read(queries.today, stage.now).standing.ready(later)
    assert mentor_id not in others, "the one place is held for somebody else"


def test_what_stops_each_is_told_with_the_step_that_helps(stage: Stage, visit):
    made = stage.organisation
    made.speak("en")
    now, full = made.asks("junior"), only_full_beside(stage)
    outside = made.asks("director", domain="Lijmen")
    made.person("ver", "junior", site="Assen")
    far = made.asks("ver")
    made.session.commit()
    found = reasons(stage)
    assert found[now] == rules.NOW and found[outside] == rules.EXPERTISE
    assert found[far] == rules.SITE and found[full] == rules.PLACE
    screen = Screen(visit("coordinator"), "/waiting")
    rows = {row[0]: " ".join(row) for row in screen.rows() if len(row) > 4}
    by_name = {name.split(" Proef")[0].split()[-1]: text for name, text in rows.items()}
    assert "nobody knows it well enough" in by_name["Director"] and "Note training outside" in by_name["Director"]
    assert "nobody at this site" in by_name["Ver"] and "Another site" in by_name["Ver"]
    assert "no place" in by_name["Wacht"] and "Ask for a place" in by_name["Wacht"]
    assert "can be paired now" in by_name["Junior"]
    assert "find nobody now" in screen.heading and "lacks nothing but a place" in screen.heading
    for view in ("?find=none", f"?open={full}", f"?open={far}", "?sort=can", "?sort=stands&order=down", "?q=lijmen"):
        assert screen.open(f"/waiting{view}").status == 200
    assert [row[0] for row in screen.rows() if len(row) > 4] and "Director" in screen.text


def only_full_beside(stage: Stage) -> int:
    """A request in a domain of which the one mentor has no place."""
    made = stage.organisation
    made.mentor("vol", domain="Meten", manager="manager", places=1)
    fill(made, "vol", 1)
    made.person("wacht", "junior", manager="other_manager")
    request_id = made.asks("wacht", domain="Meten")
    made.session.commit()
    return request_id


@pytest.mark.both_databases
def test_a_mentor_is_asked_once_in_four_weeks_and_answers_with_one_tap(stage: Stage, visit):
    made = stage.organisation
    request_id = only_full_beside(stage)
    made.speak("en")
    screen = Screen(visit("coordinator"), "/waiting")
    screen.press("Ask for a place: Wacht Proef")
    assert "Vol Proef is asked for a place." in screen.text
    assert "Vol Proef was asked on" in screen.text and "Ask for a place: Wacht" not in screen.names("button")
    gain = gain_of(stage, "vol", request_id)
    for later, refused in ((timedelta(), True), (4 * WEEK - timedelta(hours=1), True), (4 * WEEK, False)):
        if refused:
            with pytest.raises(Conflict):
                stage.act(actions.ask_place, stage.coordinator, gain, stage.now + later)
    mentor = Screen(visit("vol"))
    assert "Somebody waits for a place with you" in mentor.text
    mentor.open("/waiting/asked")
    assert "1 colleague more gets a mentor" in mentor.text and "Wacht" not in mentor.text
    assert "You then have 2 places, and 8 hours a week." in mentor.text
    mentor.press("Add one place")
    assert "You have 2 places now." in mentor.text
    assert reasons(stage)[request_id] == rules.NOW
    assert "a place" not in Screen(visit("vol")).heading
    assert "We asked a colleague for a place for you on" in Screen(visit("wacht"), "/mentor-requests/mine").text
    assert "Vol" not in Screen(visit("wacht"), "/mentor-requests/mine").text, "who was asked is theirs"


@pytest.mark.both_databases
def test_two_coordinators_ask_at_once_and_one_is_told(stage: Stage):
    request_id = only_full_beside(stage)
    gain = gain_of(stage, "vol", request_id)

    def ask() -> PlaceAsked:
        return stage.act(actions.ask_place, stage.coordinator, gain, stage.now)

    outcomes = at_once(ask, ask)
    assert sorted(type(one).__name__ for one in outcomes) == ["Conflict", "PlaceAsked"]


def test_not_now_takes_no_reason_and_can_be_undone(stage: Stage, visit):
    request_id = only_full_beside(stage)
    stage.organisation.speak("en")
    stage.act(actions.ask_place, stage.coordinator, gain_of(stage, "vol", request_id), stage.now)
    mentor = Screen(visit("vol"), "/waiting/asked").press("Not now")
    assert "You are not asked again for four weeks" in mentor.text
    assert "not now" in Screen(visit("coordinator"), "/waiting").text
    assert Screen(visit("vol"), "/waiting/asked").heading == "Nobody waits for a place with you"
    mentor.press("Undo")
    assert Screen(visit("vol"), "/waiting/asked").heading.startswith("Somebody waits")
    assert visit("vol").post("/waiting/asked/place").status_code == 303
    assert visit("vol").post("/waiting/asked/not-now").status_code == 409, "it was answered"


def test_several_are_asked_in_one_go(stage: Stage, visit):
    only_full_beside(stage)
    stage.organisation.speak("en")
    screen = Screen(visit("coordinator"), "/waiting").tap("Ask mentors for a place")
    assert "With one place each, 1 person more gets a mentor." in screen.text and "Vol Proef" in screen.text
    screen.press("Ask 1 mentor")
    assert "1 mentor is asked for a place." in screen.text
    assert "Ask mentors for a place" not in screen.names("a")
    screen.press("Undo")
    assert "Ask mentors for a place" in screen.names("a")


def test_more_hours_wait_for_the_manager_as_always(stage: Stage, visit):
    request_id = only_full_beside(stage)
    stage.organisation.speak("en")
    stage.change(Capacity, stage.person("vol"), hours=Decimal(2), confirmed_hours=Decimal(2))
    stage.act(actions.ask_place, stage.coordinator, gain_of(stage, "vol", request_id), stage.now)
    mentor = Screen(visit("vol"), "/waiting/asked")
    assert "2 places, and 4 hours a week. It counts once your manager has confirmed the hours." in mentor.text
    mentor.press("Add one place")
    offer = stage.read(lambda session: session.get_one(Capacity, stage.person("vol")))
    assert (offer.places, offer.hours, offer.confirmed_hours) == (2, Decimal(4), Decimal(2))
    assert reasons(stage)[request_id] == rules.PLACE, "until the manager answers"
    assert "See the hours" in Screen(visit("coordinator"), "/waiting").text


def test_who_waits_for_their_manager_is_not_asked_for_a_place_besides(stage: Stage, visit):
    only_full_beside(stage)
    stage.organisation.speak("en")
    assert "Ask for a place: Wacht Proef" in Screen(visit("coordinator"), "/waiting").names("button")
    stage.change(Capacity, stage.person("vol"), places=2, hours=Decimal(4), confirmed_hours=Decimal(2))
    assert "Ask for a place: Wacht Proef" not in Screen(visit("coordinator"), "/waiting").names("button")
    request_id = next(iter(reasons(stage)))
    assert stage.person("vol") in stage.read(queries.today, stage.now).not_asked_now, request_id


def test_training_outside_is_noted_and_the_junior_reads_it(stage: Stage, visit):
    made = stage.organisation
    request_id = made.asks("junior", domain="Lijmen")
    made.session.commit()
    made.speak("en")
    screen = Screen(visit("coordinator"), "/waiting").press("Note training outside: Junior Proef")
    assert "training outside is looked for since" in screen.text
    assert "looks for a training outside for you" in Screen(visit("junior"), "/mentor-requests/mine").text
    screen.press("Undo")
    assert stage.read(lambda session: session.get_one(MentorRequest, request_id)).outside_on is None


FREED_BY = ("ended", "lapsed", "raised", "hours", "back")


@pytest.mark.both_databases
@pytest.mark.parametrize("cause", FREED_BY)
def test_a_place_that_comes_free_is_told_at_once(stage: Stage, visit, cause: str):
    made = stage.organisation
    made.speak("en")
    only_full_beside(stage)
    vol = stage.person("vol")
    if cause == "hours":
        stage.change(Capacity, vol, places=2, hours=Decimal(4), confirmed_hours=Decimal(2))
    if cause == "back":
        stage.act(lambda session: session.execute(sa.update(Mentorship).values(status="ended")))
        stage.change(Capacity, vol, paused=True)
    pair = stage.mentorships()[0].id
    assert stage.act(freed.look, stage.now) == 0 and "A place came free" not in Screen(visit("coordinator")).text
    if cause == "ended":
        stage.change(Mentorship, pair, status="ended")
    if cause == "lapsed":
        stage.change(Mentorship, pair, status="refused")
    if cause == "raised":
        stage.change(Capacity, vol, places=2)
    if cause == "hours":
        stage.change(Capacity, vol, confirmed_hours=Decimal(4))
    if cause == "back":
        stage.change(Capacity, vol, paused=False)
    assert stage.act(freed.look, stage.now) == 1
    assert stage.act(freed.look, stage.now) == 0, "told once"
    assert "A place came free, and somebody waits who can have it" in Screen(visit("coordinator")).text
    screen = Screen(visit("coordinator"), "/waiting")
    assert "A place came free with: Vol Proef." in screen.text
    mails = [ask for ask in stage.read(due_mail, stage.now) if ask.kind == FREED]
    assert [ask.recipient_id for ask in mails] == [stage.person("coordinator")]
    screen.press("Seen")
    assert "A place came free" not in screen.open("/waiting").text


def test_a_place_nobody_waits_for_is_no_news(stage: Stage):
    made = stage.organisation
    made.mentor("vrij", domain="Meten", manager="manager", places=1)
    made.session.commit()
    stage.act(freed.look, stage.now)
    stage.change(Capacity, stage.person("vrij"), places=2)
    assert stage.act(freed.look, stage.now) == 0
    assert stage.read(lambda session: session.get_one(FreePlace, stage.person("vrij"))).places == 2


def test_the_mentor_gets_a_mail_that_undo_takes_back(stage: Stage, visit):
    request_id = only_full_beside(stage)
    stage.organisation.speak("en")
    screen = Screen(visit("coordinator"), "/waiting").press("Ask for a place: Wacht Proef")
    asks = [ask for ask in stage.read(due_mail, stage.now) if ask.kind == PLACE]
    assert [(ask.recipient_id, ask.about) for ask in asks] == [
        (stage.person("vol"), f"{request_id} {local_date(stage.now)}")
    ]
    screen.press("Undo")
    assert not [ask for ask in stage.read(due_mail, stage.now) if ask.kind == PLACE]


def test_who_could_and_is_no_mentor_is_asked_too(stage: Stage, visit):
    made = stage.organisation
    made.person("kenner", "senior", manager="manager")
    made.can("kenner", "Meten", 4)
    made.person("wacht", "junior", manager="other_manager")
    request_id = made.asks("wacht", domain="Meten")
    made.speak("en")
    assert reasons(stage)[request_id] == rules.PLACE
    screen = Screen(visit("coordinator"), "/waiting")
    assert "is no mentor yet: Kenner Proef" in screen.text
    screen.press("Ask for a place: Wacht Proef")
    mentor = Screen(visit("kenner"), "/waiting/asked")
    assert "You then have 1 place, and 2 hours a week." in mentor.text
    mentor.press("Add one place")
    offer = stage.read(lambda session: session.get_one(Capacity, stage.person("kenner")))
    assert (offer.places, offer.hours) == (1, Decimal(2))


def test_of_who_is_out_no_more_is_told_than_that(stage: Stage, visit):
    made = stage.organisation
    request_id = only_full_beside(stage)
    made.speak("en")
    stage.change(Capacity, stage.person("vol"), paused=True)
    assert reasons(stage)[request_id] == rules.OUT
    text = Screen(visit("coordinator"), "/waiting").text
    assert "who could takes nobody now" in text and "Ask mentors for a place" not in text


def test_it_takes_as_many_queries_for_many_as_for_few(stage: Stage, visit):
    made = stage.organisation
    client = visit("coordinator")

    def asked() -> int:
        client.get("/waiting")
        with counted(stage.engine) as statements:
            assert client.get("/waiting").status_code == 200
        return len(statements)

    made.asks("junior")
    only_full_beside(stage)
    made.session.commit()
    few = asked()
    for number in range(40):
        made.person(f"j{number}", "junior", manager="other_manager", site=("Ede", "Assen")[number % 2])
        made.asks(f"j{number}", domain=("Pneumatiek", "Meten", "Lijmen")[number % 3])
    made.session.commit()
    assert asked() == few


def test_the_sheet_holds_all_of_the_view(stage: Stage, visit):
    made = stage.organisation
    only_full_beside(stage)
    made.asks("junior", domain="Lijmen")
    made.speak("en")
    text = visit("coordinator").get("/waiting/waiting.csv").get_data(as_text=True)
    assert "Wacht Proef" in text and "Junior Proef" in text and "nobody knows it well enough" in text
    text = visit("coordinator").get("/waiting/waiting.csv?find=none&domain=" + str(made.domains["Meten"]))
    assert "Junior Proef" not in text.get_data(as_text=True)


def test_who_left_or_moved_on_is_not_asked_for(stage: Stage):
    request_id = only_full_beside(stage)
    gain = gain_of(stage, "vol", request_id)
    stage.change(MentorRequest, request_id, status="withdrawn")
    with pytest.raises(Refused):
        stage.act(actions.ask_place, stage.coordinator, gain, stage.now)
    with pytest.raises(Refused):
        stage.act(actions.note_outside, stage.coordinator, request_id, stage.now)
    with pytest.raises(Conflict):
        stage.act(actions.not_now, stage.actor("vol"), stage.now)


def test_the_address_of_before_leads_here(visit):
    client = visit("coordinator")
    answer = client.get("/mentor-requests?q=a")
    assert answer.status_code == 308 and answer.headers["Location"] == "/waiting?q=a"
    assert client.get("/mentor-requests/open.csv").headers["Location"] == "/waiting/waiting.csv"
    assert client.get("/requests").headers["Location"] == "/waiting"


def test_of_two_who_look_for_free_places_at_once_neither_fails(stage: Stage):
    second = in_the_middle(
        stage.engine,
        lambda session: freed.look(session, stage.now),
        lambda: stage.act(freed.look, stage.now),
    )
    assert second == 0, "the first time nothing is news"
