"""What if: the page tells what a true new search finds, saves nothing, and asks only who it concerns."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.base.audit import AuditRow
from mentorship.base.clock import local_date
from mentorship.base.i18n import use_locale
from mentorship.insight.what_if import grounds
from mentorship.insight.what_if.changes import Asked, Change, address, read
from mentorship.insight.what_if.trial import Trial, trial
from mentorship.mentor_requests.models import PlaceAsked
from mentorship.people.models import Person
from mentorship.profiles.away.models import Away
from mentorship.profiles.models import Capacity
from mentorship.reminders.messages.models import Message
from mentorship.rounds.models import Round
from tests.factories import Organisation, Screen
from tests.rounds.stage import Stage, counted

PAGE = "/insight/what-if"


@pytest.fixture
def stage(engine: sa.Engine, organisation: Organisation, now: datetime) -> Stage:
    organisation.speak("en")
    return Stage(engine, organisation, now)


def fill(made: Organisation, mentor: str, places: int) -> None:
    """Take all places of a mentor by people who do not ask."""
    for number in range(places):
        key = f"{mentor}_led_{number}"
        made.person(key)
        made.pair(mentor, key, "active")
    made.session.commit()


def full_beside(stage: Stage) -> int:
    """Somebody waits in a domain of which the one mentor is full."""
    made = stage.organisation
    made.mentor("vol", domain="Meten", manager="manager", places=1)
    fill(made, "vol", 1)
    made.person("wacht", "junior", manager="other_manager")
    request_id = made.asks("wacht", domain="Meten")
    made.speak("en")
    return request_id


def at(stage: Stage, **tried: object) -> str:
    """The address that tries things with people by key: places="senior:0"."""
    pairs = []
    for what, told in tried.items():
        key, colon, rest = str(told).partition(":")
        person = stage.organisation.people.get(key, key)
        pairs.append((what, f"{person}{colon}{rest}"))
    return f"{PAGE}?{urlencode(pairs)}"


def choose(screen: Screen, button: str, **typed: object) -> Screen:
    """Press the button of a form that only asks, which a browser puts into the address."""
    fields = {**screen.fields(button), **typed}
    return screen.open(f"{PAGE}/add?{urlencode(fields, doseq=True)}")


def try_it(stage: Stage, changes: list[Change], round_id: int | None = None) -> Trial:
    def tried(session: Session) -> Trial:
        facts = grounds.facts(session, stage.now)
        found = None if round_id is None else session.get_one(Round, round_id)
        made = grounds.tryable(session, facts, found)
        return trial(session, facts, made, Asked(changes, []), None, local_date(stage.now))

    return stage.read(tried)


@pytest.mark.parametrize("places", [0, 1, 2, 4])
def test_a_solved_round_comes_to_what_it_comes_to_once_places_changed(stage: Stage, places: int):
    made = stage.organisation
    for number in range(4):
        made.person(f"j{number}", "junior", manager="manager")
        made.asks(f"j{number}")
    made.session.commit()
    round_id = stage.solved()
    senior = stage.person("senior")
    found = try_it(stage, [Change("places", senior, places)], round_id)
    assert found.made.kept
    stage.change(Capacity, senior, places=places)
    anew = stage.solve(round_id)
    assert list(found.tried.objective) == list(anew.quality["objective"])
    after = stage.pairs(round_id)
    lost = {move.request_id for move in found.tried.lost}
    assert len(lost) == len(found.made.ground.request_ids) - len(after) - int(
        (found.made.ground.result.mentor < 0).sum()
    ) + len(found.tried.gained)


def test_who_pauses_moves_their_juniors_of_the_round_and_nothing_is_saved(stage: Stage, visit):
    first, _second = stage.cast()
    stage.solved()
    before = stage.read(lambda session: session.exec(select(sa.func.max(AuditRow.id))).one())
    screen = Screen(visit("coordinator"), at(stage, pause="senior"))
    assert screen.heading == "1 person would get another mentor"
    assert "Junior Proef" in screen.text and "Other_senior Proef" in screen.text
    assert "Exact for “Najaarsronde”" in screen.text and "Nothing is saved." in screen.text
    assert stage.read(lambda session: session.get_one(Capacity, stage.person("senior"))).paused is False
    assert stage.read(lambda session: session.exec(select(sa.func.max(AuditRow.id))).one()) == before
    both = Screen(visit("coordinator"), f"{at(stage, pause='senior')}&pause={stage.person('other_senior')}")
    assert both.heading == "2 people would be without a mentor"
    assert "chosen by hand" not in both.text, "nobody chose that they have none"
    both.tap("Remove : Senior Proef takes no new juniors")
    assert both.heading == "1 person would get another mentor"
    assert first


@pytest.mark.both_databases
def test_a_mentor_is_asked_for_the_place_that_was_tried_and_it_is_undone(stage: Stage, visit):
    request_id = full_beside(stage)
    screen = Screen(visit("coordinator"), at(stage, places="vol:2"))
    assert screen.heading == "1 person more would get a mentor"
    assert "Vol Proef has 2 places, now 1" in screen.text and "Wacht Proef" in screen.text
    screen.press("Ask Vol for a place")
    assert "Vol Proef is asked for a place." in screen.text
    asked = stage.read(lambda session: session.exec(select(PlaceAsked)).one())
    assert (asked.mentor_id, asked.request_id) == (stage.person("vol"), request_id)
    assert (asked.gain, asked.waiting) == (1, 1)
    assert "Was asked for a place less than four weeks ago." in screen.text
    assert "Ask Vol for a place" not in screen.names("button")
    mentor = Screen(visit("vol"), "/waiting/asked")
    assert "1 colleague more gets a mentor" in mentor.text and "Wacht" not in mentor.text
    screen.press("Undo")
    assert not stage.read(lambda session: session.exec(select(PlaceAsked)).all())


def test_a_colleague_who_could_guide_is_tried_as_a_mentor_and_asked(stage: Stage, visit):
    made = stage.organisation
    made.person("kan", manager="manager")
    made.can("kan", "Meten")
    made.person("wacht", "junior", manager="other_manager")
    made.asks("wacht", domain="Meten")
    made.speak("en")
    screen = Screen(visit("coordinator"), PAGE)
    choose(screen, "Try one more mentor", who=stage.person("kan"), number="1")
    assert screen.heading == "1 person more would get a mentor"
    assert "Kan Proef becomes a mentor with 1 place" in screen.text
    screen.press("Ask Kan for a place")
    assert "Kan Proef is asked for a place." in screen.text


def test_a_place_that_nobody_would_go_to_is_not_asked_for(stage: Stage, visit):
    screen = Screen(visit("coordinator"), at(stage, places="senior:5"))
    assert screen.heading == "Nobody would get, lose or change a mentor"
    assert "nobody would go to one place more" in screen.text
    assert not [name for name in screen.names("button") if name.startswith("Ask")]
    client = visit("coordinator")
    url = at(stage, places="senior:5").replace(PAGE, f"{PAGE}/ask")
    assert client.post(url, data={"mentor": stage.person("senior")}).status_code == 422


def test_hours_that_wait_for_a_manager_are_not_asked_for_again(stage: Stage, visit):
    full_beside(stage)
    stage.change(Capacity, stage.person("vol"), places=2, confirmed_hours=2)
    screen = Screen(visit("coordinator"), at(stage, places="vol:3"))
    assert "once confirmed they bring places" in screen.text
    url = at(stage, places="vol:3").replace(PAGE, f"{PAGE}/ask")
    assert visit("coordinator").post(url, data={"mentor": stage.person("vol")}).status_code == 422


@pytest.mark.parametrize(
    ("tried", "words"),
    [
        ({"pause": "senior"}, "Would a pause as a mentor suit you now?"),
        ({"places": "senior:1"}, "I thought of 1."),
        ({"away": "senior:2026-11-10:2026-12-20"}, "You need not say why."),
    ],
)
def test_who_would_pause_or_have_fewer_places_is_written_to_and_names_nobody_else(
    stage: Stage, visit, tried: dict[str, str], words: str
):
    stage.cast()
    screen = Screen(visit("coordinator"), at(stage, **tried))
    screen.press("Write to Senior")
    assert "Senior Proef" in screen.text
    draft = stage.read(lambda session: session.exec(select(Message)).one())
    assert words in draft.body_en and "Mijn profiel" in draft.body_nl and draft.leads == "profile"
    for said in (draft.body_en, draft.body_nl):
        assert "Junior" not in said.replace("juniors", "")
    assert draft.sent_at is None


def test_being_away_tells_who_is_without_their_mentor_and_no_reason(stage: Stage, visit):
    made = stage.organisation
    made.pair("senior", "junior", "active")
    made.session.commit()
    today = local_date(stage.now)
    soon = today + timedelta(days=30)
    later = Screen(visit("coordinator"), at(stage, away=f"senior:{soon}:{soon + timedelta(days=20)}"))
    assert "In those days without this mentor: Junior Proef." in later.text
    assert "A round leaves out only who is away for all of its first two weeks." in later.text


def test_the_days_that_somebody_is_away_already_cannot_be_found_out(stage: Stage, visit):
    made = stage.organisation
    today = local_date(stage.now)
    address = at(stage, away=f"senior:{today + timedelta(days=7)}:{today + timedelta(days=20)}")
    stage.cast()
    before = Screen(visit("coordinator"), address).text
    senior = made.people["senior"]
    made.session.add(Away(person_id=senior, first_day=today, last_day=today + timedelta(days=6), entered_at=stage.now))
    made.session.commit()
    assert Screen(visit("coordinator"), address).text == before


def test_a_manager_reads_numbers_and_the_mentors_of_their_own_line_alone(stage: Stage, visit):
    stage.cast()
    screen = Screen(visit("manager"), at(stage, places="senior:0"))
    assert "In your team: 1 person would get another mentor" in screen.text
    assert "Junior Proef" not in screen.text and "Other_" not in screen.text
    assert "Send this address to the coordinator" in screen.text
    assert not [name for name in screen.names("button") if name.startswith(("Ask", "Write"))]
    other = Screen(visit("manager"), at(stage, pause="other_senior"))
    assert "Other_senior" not in other.text
    assert "Somebody in this address is not among the people you can try something with." in other.text
    assert Screen(visit("manager"), at(stage, pause="99999")).text.count("Somebody in this address") == 1
    found = Screen(visit("manager"), f"{PAGE}?q=senior")
    assert "Senior Proef" in found.text and "Other_senior" not in found.text
    assert "Other_senior" not in Screen(visit("manager"), f"{PAGE}?who={stage.person('other_senior')}").text


def test_a_manager_does_not_read_who_could_be_a_mentor(stage: Stage, visit):
    made = stage.organisation
    made.person("kundig", manager="manager")
    made.can("kundig", "Pneumatiek", 5)
    made.session.commit()
    assert "Kundig Proef" in Screen(visit("coordinator"), PAGE).text
    own = Screen(visit("manager"), PAGE).text
    assert "Kundig" not in own and "who could be one" not in own and "offers places already" not in own
    for place in (f"{PAGE}?q=kundig", at(stage, mentor="kundig:1"), f"{PAGE}?who={stage.person('kundig')}"):
        assert "Kundig Proef" not in Screen(visit("manager"), place).text, place


def test_in_other_teams_a_manager_reads_numbers(stage: Stage, visit):
    made = stage.organisation
    full_beside(stage)
    screen = Screen(visit("manager"), at(stage, places="vol:2"))
    assert screen.heading == "1 person more would get a mentor"
    assert "In other teams: 1 person more would get a mentor." in screen.text
    assert "Wacht" not in screen.text and made


def test_who_left_meanwhile_is_told_and_left_out(stage: Stage, visit):
    stage.cast()
    stage.change(Person, stage.person("senior"), left_on=local_date(stage.now) - timedelta(days=1))
    screen = Screen(visit("coordinator"), f"{at(stage, pause='senior')}&pause={stage.person('other_senior')}")
    assert "Senior Proef does not work here any more, and was left out." in screen.text
    assert "You try 1 change" in screen.text


def test_who_can_pass_nothing_on_is_told(stage: Stage, visit):
    screen = Screen(visit("coordinator"), at(stage, mentor="nobody:1"))
    assert "Nobody Proef offers no place and passes no domain on" in screen.text


def test_a_place_that_somebody_is_locked_to_stays(stage: Stage, visit):
    first, _second = stage.cast()
    round_id = stage.open()
    stage.decide(round_id, first, "senior", "lock")
    stage.solve(round_id)
    screen = Screen(visit("coordinator"), at(stage, pause="senior"))
    assert "People are locked with Senior Proef in this round" in screen.text
    assert "You try" not in screen.text


def test_the_round_and_the_next_one_are_chosen_by_the_address(stage: Stage, visit):
    stage.cast()
    round_id = stage.solved()
    screen = Screen(visit("coordinator"), f"{at(stage, pause='senior')}&round={round_id}")
    assert "Exact for “Najaarsronde”" in screen.text
    screen.tap("Next round")
    assert "Nobody waits for a mentor now" in screen.text, "the round holds everybody who asks"
    assert "You try 1 change" in screen.text
    assert "Exact for" in screen.open(f"{PAGE}?round=77777").text


def test_a_draft_is_found_on_the_spot(stage: Stage, visit):
    stage.cast()
    stage.open()
    screen = Screen(visit("coordinator"), at(stage, places="senior:0"))
    assert "by the open requests of today" in screen.text
    assert screen.heading == "1 person would get another mentor"


def test_an_outcome_that_does_not_hold_any_more_is_found_anew(stage: Stage):
    first, _second = stage.cast()
    round_id = stage.solved()
    assert try_it(stage, [], round_id).made.kept
    stage.decide(round_id, first, "senior", "forbid")
    with_decision = try_it(stage, [], round_id)
    assert not with_decision.made.kept
    assert with_decision.made.ground.mentor_of(first) != stage.person("senior")


@pytest.mark.parametrize(
    "query",
    [
        "places=x",
        "places=1",
        "places=1:999",
        "places=1:-1",
        "places=99999999999999:1",
        "places=1:99",
        "places=%F0%9F%98%80:1",
        "places=%D9%A1:1",
        "away=1:2026-02-30:2026-03-01",
        "away=1:2026-12-20:2026-12-01",
        "away=1:2020-01-01:2020-01-02",
        "away=1:2999-01-01:2999-01-02",
        "pause=0x1",
        "pause=",
        "pause=%00",
    ],
)
def test_what_cannot_be_read_in_an_address_is_told_and_left_out(stage: Stage, visit, query: str):
    screen = Screen(visit("coordinator"), f"{PAGE}?{query}&pause={stage.person('senior')}")
    assert screen.status == 200 and "You try 1 change" in screen.text
    assert len([part for part in screen.tree.iter("div") if "alert-warning" in (part.get("class") or "")]) == 1


def test_more_than_twenty_changes_are_cut_off_and_said(stage: Stage):
    asked = read([("pause", str(number)) for number in range(1, 30)], local_date(stage.now))
    assert len(asked.changes) == 20
    with use_locale("en"):
        assert [str(one) for one in asked.wrong] == ["At most 20 changes are tried at once; the others were left out."]


def test_the_later_of_two_changes_of_one_thing_holds_and_an_address_reads_back(stage: Stage):
    today = local_date(stage.now)
    pairs = [("places", "1:2"), ("pause", "1"), ("mentor", "1:3"), ("away", f"2:{today}:{today}"), ("q", "x")]
    asked = read(pairs, today)
    assert [(change.what, change.person_id) for change in asked.changes] == [("pause", 1), ("mentor", 1), ("away", 2)]
    again = [(name, value) for name, values in address(asked.changes).items() for value in values]
    assert set(read(again, today).changes) == set(asked.changes)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"what": "places", "number": ""}, "Fill in a number."),
        ({"what": "places", "number": "21"}, "At most 20."),
        ({"what": "away", "first": "2026-12-01"}, "Fill in a date."),
        ({"what": "away", "first": "2026-12-20", "last": "2026-12-01"}, "The last day is before the first."),
    ],
)
def test_what_is_typed_wrong_is_told_beside_its_field(stage: Stage, visit, typed: dict[str, str], words: str):
    query = urlencode({"who": stage.person("senior"), "pause": stage.person("other_senior"), **typed})
    screen = Screen(visit("coordinator"), f"{PAGE}/add?{query}")
    assert screen.status == 200 and words in screen.text
    assert "You try 1 change" in screen.text


def test_nobody_waits(stage: Stage, visit):
    screen = Screen(visit("coordinator"), PAGE)
    assert screen.heading == "What if? Choose somebody to try something with"
    assert "Nobody waits for a mentor now" in screen.text


def test_it_is_reached_from_who_carries_what_and_a_solved_round(stage: Stage, visit):
    stage.cast()
    round_id = stage.solved()
    screen = Screen(visit("coordinator"), "/insight/workload").tap("What if : Senior Proef")
    assert "Try something with Senior Proef" in screen.text
    choose(screen, "Try a pause")
    assert screen.heading == "1 person would get another mentor"
    screen.open("/insight/workload").tap("What if")
    assert screen.heading.startswith("What if?")
    screen.open(f"/rounds/{round_id}/review/places").tap("What if places change?")
    assert "Exact for “Najaarsronde”" in screen.text


def test_the_queries_do_not_grow_with_what_is_tried(stage: Stage, visit):
    made = stage.organisation
    for number in range(12):
        made.person(f"j{number}", "junior", manager="manager")
        made.asks(f"j{number}")
        made.mentor(f"m{number}", manager="manager", places=1)
    made.speak("en")
    client = visit("coordinator")

    def cost(*keys: str) -> int:
        tried = "&".join(f"pause={stage.person(key)}" for key in keys)
        client.get(f"{PAGE}?{tried}")
        with counted(stage.engine) as found:
            client.get(f"{PAGE}?{tried}")
        return len(found)

    assert cost("m0", "m1") == cost(*(f"m{number}" for number in range(12)))


def test_what_is_known_is_kept_for_a_moment_and_no_longer_than_it_holds(stage: Stage, visit):
    stage.cast()
    client = visit("coordinator")

    def reads() -> int:
        """How often it is read who asks."""
        with counted(stage.engine) as found:
            client.get(PAGE)
        return sum("FROM mentor_request JOIN person" in " ".join(one.split()) for one in found)

    assert reads() == reads() + 1
    stage.open()  # writes in the audit log
    assert reads() == reads() + 1
