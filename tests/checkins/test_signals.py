"""Answers raise signals, and each reader learns of them what they may: mostly that it is time to talk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from mentorship.base.errors import Conflict
from mentorship.checkins.confidants import actions as confidants
from mentorship.checkins.signals import actions as signal_actions
from mentorship.checkins.signals import raising as signals
from mentorship.checkins.signals.models import Signal
from mentorship.mentorships import actions as mentorships
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles.models import Capacity
from mentorship.profiles.rosters.models import WorkTime
from tests.checkins.stage import Asking
from tests.rounds.stage import at_once, counted

TALK, HELP = "Praat met dit duo", "Wil hulp"
LOW, LOWEST = "Je antwoorden waren twee keer achter elkaar laag", "Je gaf een keer het laagste antwoord"
SAFE = "Je zegt dat er niemand bij je is bij werk dat je nog niet kunt"
LINE = ("manager", "director", "coordinator")
EVERYBODY = (*LINE, "junior", "senior", "other_manager", "admin", "nobody", "other_senior")


def sends(stage: Asking, key: str, *steps: int) -> None:
    """A pair is asked as often as there are steps; one side answers with these, the other not."""
    for number, step in enumerate(steps):
        if number:
            stage.next_time()
        else:
            stage.open()
        stage.send(key, step)


def seen(stage: Asking) -> dict[str, list[str]]:
    """What everybody sees who sees anything."""
    found = {key: stage.cards(key) for key in EVERYBODY}
    return {key: cards for key, cards in found.items() if cards}


@pytest.mark.parametrize(
    ("key", "steps", "raised"),
    [
        *[(key, steps, kinds) for key in ("junior", "senior") for steps, kinds in (((4, 4), []), ((2,), []))],
        *[
            (key, steps, kinds)
            for key in ("junior", "senior")
            for steps, kinds in (((2, 2), ["low"]), ((4, 2), ["fall"]))
        ],
        ("junior", (1,), ["safety"]),
        ("junior", (2, 1), ["safety"]),
        ("senior", (1,), []),
        ("senior", (2, 1), ["low"]),
        ("senior", (1, 1), ["lowest"]),
    ],
)
def test_answers_raise_one_signal_at_most(stage: Asking, key: str, steps: tuple[int, ...], raised: list[str]):
    stage.start()
    sends(stage, key, *steps)
    side = "junior" if key == "junior" else "mentor"
    assert stage.signals() == [(kind, side, "") for kind in raised]


def test_of_the_juniors_answers_others_hear_only_that_it_is_time_to_talk(stage: Asking):
    stage.start()
    sends(stage, "junior", 2, 2)
    neutral = {key: [TALK] for key in LINE}
    assert seen(stage) == {**neutral, "junior": [LOW]}, "not the mentor, not the other line"
    for key in neutral:
        text = stage.screen(key, "/signals").text.partition("stand van 7 dec 2026")[2]
        assert text and "7 dec" not in text and "23 nov" not in text, "nor the day that tells which answers"
        assert "laag" not in text and "gevraagd door" not in text
        assert "1 signaal vraagt om actie" in stage.screen(key).text
    for key in ("senior", "junior", "admin"):
        assert "vraagt om actie" not in stage.screen(key).text


def test_a_mentor_sees_their_own_signals_by_name(stage: Asking):
    stage.start()
    sends(stage, "senior", 2, 2)
    assert seen(stage) == {"senior": [LOW], **{key: [TALK] for key in LINE}}
    stage.next_time()
    stage.twice(senior=1)
    assert stage.cards("senior") == [LOWEST, LOW], "what is worse beside it, and it is still one duo to talk with"
    assert stage.cards("coordinator") == [TALK]


@pytest.mark.parametrize("visibility", ["aggregates", "released"])
def test_managers_hear_nothing_of_answers_unless_it_was_so_set_up(stage: Asking, visibility: str):
    stage.start()
    stage.choose(visibility)
    sends(stage, "junior", 1)
    assert seen(stage) == {"coordinator": [TALK], "junior": [SAFE]}
    stage.next_time()
    stage.send("junior", 4, help_from="manager")
    assert stage.cards("manager") == [HELP], "what was asked of them they do see"


@pytest.mark.parametrize(
    ("helper", "who", "visibility"),
    [
        ("mentor", "senior", "classes"),
        ("coordinator", "coordinator", "released"),
        ("manager", "manager", "classes"),
        ("manager", "manager", "aggregates"),
    ],
)
def test_help_is_seen_by_the_one_asked_alone(stage: Asking, helper: str, who: str, visibility: str):
    stage.start()
    stage.choose(visibility)
    stage.confide("nobody")
    stage.open()
    stage.send("junior", 4, help_from=helper)
    assert stage.signals() == [("help", "junior", helper)]
    assert seen(stage) == {who: [HELP]}
    page = stage.screen(who, "/signals")
    assert "gevraagd door de junior" in page.text and "Senior Proef – Junior Proef" in page.text
    assert "1 mens vraagt jou om hulp" in stage.screen(who).text


def test_my_manager_is_not_the_other_sides_manager(stage: Asking):
    stage.start("senior", "other_junior")
    stage.open()
    stage.send("other_junior", 4, help_from="manager")
    assert seen(stage) == {"other_manager": [HELP]}
    stage.send("senior", 4, help_from="manager")
    assert seen(stage) == {"other_manager": [HELP], "manager": [HELP], "senior": [HELP]}, "and one's own request"
    assert "gevraagd door de mentor" in stage.screen("manager", "/signals").text


def test_help_is_offered_only_from_who_is_there(stage: Asking):
    stage.start()
    stage.open()
    junior, senior = (f"/checkins/{stage.newest(key).id}" for key in ("junior", "senior"))
    everybody = ("mijn mentor", "de coördinator", "mijn leidinggevende", "de vertrouwenspersoon (Nobody Proef)")

    def offered(key: str, url: str) -> list[bool]:
        text = stage.screen(key, url).text
        return [f"{name} " in text.partition("Ik wil hulp")[2].partition("Wie ziet wat")[0] for name in everybody]

    assert offered("junior", junior) == [True, True, True, False]
    assert offered("senior", senior) == [False, True, True, False]
    post = stage.confide("nobody")
    stage.change(Person, stage.person("junior"), manager_id=None)
    assert offered("junior", junior) == [True, True, False, True]
    page = stage.screen("junior", junior)
    stage.act(confidants.let_go, stage.coordinator, post, stage.now)
    late = page.press("Versturen", help_from="confidant", note="Niet kwijtraken", **{"answer-progress": "2"})
    assert late.status == 422 and not stage.signals(), "who is no longer there would never hear of it"
    assert late.fields("Versturen")["note"] == "Niet kwijtraken" and late.fields("Versturen")["answer-progress"] == "2"
    assert stage.states("junior") == ["open"]


@pytest.mark.parametrize("wanted", ["pause", "end"])
def test_help_asked_while_the_pair_does_not_run_is_heard(stage: Asking, wanted: str):
    pair = stage.start()
    stage.open()
    stage.act(mentorships.step, stage.actor("senior"), pair, wanted, stage.now)
    stage.send("junior", 4, help_from="coordinator")
    assert seen(stage) == {"coordinator": [HELP]}


def raised(stage: Asking) -> Signal:
    found: Signal = stage.read(lambda s: s.exec(select(Signal).order_by(Signal.id.desc())).first())
    return found


@pytest.mark.parametrize("who", ["manager", "director", "coordinator"])
def test_a_signal_is_taken_on_and_closed(stage: Asking, who: str):
    stage.start()
    sends(stage, "junior", 1)
    page = stage.screen(who, "/signals")
    wrong = page.press("Oppakken", action="pace", look_again_on=stage.today.isoformat())
    assert wrong.status == 422 and "Kies een dag na vandaag" in wrong.text
    assert wrong.fields("Oppakken") == {"action": "pace", "look_again_on": stage.today.isoformat()}
    page = wrong.press("Oppakken", look_again_on=(stage.today + timedelta(days=7)).isoformat())
    assert f"{who.capitalize()} Proef: " in page.text and "Opnieuw kijken op 30 nov 2026" in page.text
    empty = page.press("Sluiten", outcome=" ", matter="true")
    assert empty.status == 422
    page = empty.press("Sluiten", outcome="Uren vrijgemaakt", matter="true")
    assert "Gesloten. Komt het terug, dan staat dat erbij." in page.text
    assert not stage.cards(who) and not stage.cards("coordinator")
    found = raised(stage)
    assert (found.status, found.action, found.outcome, found.owner_id) == (
        "done",
        "pace",
        "Uren vrijgemaakt",
        stage.person(who),
    )
    closing = stage.audit("close signal")
    assert [row.subject_id for row in closing] == [found.id] and "Uren" not in repr(closing[0].details)


def test_the_last_who_takes_it_on_owns_it(stage: Asking):
    stage.start()
    sends(stage, "junior", 1)
    for who in ("manager", "coordinator"):
        stage.screen(who, "/signals").press("Oppakken", action="talk")
    assert "Coordinator Proef: praten" in stage.screen("manager", "/signals").text


def test_what_was_taken_on_and_what_came_after_it_are_two_things_to_do(stage: Asking):
    """Else the new one would hide behind somebody's look again in a month; or what was done before be written over."""
    stage.start()
    sends(stage, "senior", 1, 1)
    taking = {"action": "talk", "look_again_on": "2027-02-01"}
    stage.screen("coordinator", "/signals").press("Oppakken", **taking)
    stage.next_time()
    stage.send("junior", 1)
    assert stage.cards("coordinator") == [TALK, TALK]
    assert "Ook: Praat met dit duo – nog van niemand" in stage.screen("coordinator", "/signals").text
    earlier, newer = stage.read(lambda s: [one.id for one in s.exec(select(Signal).order_by(Signal.id))])
    for one, outcome in ((earlier, "Eerst gesproken"), (newer, "Weer gesproken")):
        coordinator = stage.visit("coordinator")
        assert coordinator.post(f"/signals/{one}/take", taking).status_code == 303
        assert coordinator.post(f"/signals/{one}/close", {"outcome": outcome, "matter": "true"}).status_code == 303
        stage.later(days=1)
    rows = stage.read(lambda s: list(s.exec(select(Signal).order_by(Signal.id))))
    assert [row.outcome for row in rows] == ["Eerst gesproken", "Weer gesproken"]
    assert rows[0].done_at < rows[1].done_at, "what was closed stays as it was"


def test_anothers_signal_is_not_there(stage: Asking):
    stage.start()
    stage.open()
    stage.send("junior", 1, help_from="mentor")
    help_, safety = stage.read(lambda s: list(s.exec(select(Signal).order_by(Signal.kind))))
    may = {help_.id: {"senior"}, safety.id: {"manager", "director", "coordinator"}}
    forms = {"take": {"action": "talk", "look_again_on": "2027-01-01"}, "close": {"outcome": "x", "matter": "true"}}
    for signal, who in may.items():
        for key in set(EVERYBODY) - who:
            for verb, fields in forms.items():
                assert stage.visit(key).post(f"/signals/{signal}/{verb}", fields).status_code == 404, f"{key} {verb}"
    assert {s.status for s in stage.read(lambda s: list(s.exec(select(Signal))))} == {"open"}
    for signal in may:  # those who may see it are told the same afterwards as well
        key = min(may[signal])
        assert stage.visit(key).post(f"/signals/{signal}/close", {"outcome": "x", "matter": "true"}).status_code == 303
        assert stage.visit(key).post(f"/signals/{signal}/close", {"outcome": "y", "matter": "true"}).status_code == 409
        assert (
            stage.visit("junior").post(f"/signals/{signal}/close", {"outcome": "y", "matter": "true"}).status_code
            == 404
        )


def test_two_close_at_once_and_one_is_told(stage: Asking):
    stage.start()
    sends(stage, "junior", 1)
    number = raised(stage).id
    manager = Actor(stage.person("manager"), frozenset({"manager"}))

    def close(actor: Actor, outcome: str) -> str:
        found: Signal = stage.act(signal_actions.close, actor, number, outcome, True, stage.now)
        return found.outcome

    outcomes = at_once(lambda: close(stage.coordinator, "een"), lambda: close(manager, "twee"))
    assert sorted(type(o).__name__ for o in outcomes) == [Conflict.__name__, "str"], outcomes
    assert raised(stage).outcome in outcomes


def test_what_was_closed_and_comes_back_says_so(stage: Asking):
    stage.start()
    sends(stage, "junior", 1)
    assert "teruggekomen" not in stage.screen("coordinator", "/signals").text
    stage.screen("coordinator", "/signals").press("Sluiten", outcome="Gepraat", matter="true")
    stage.act(signals.evaluate, stage.now)
    assert not stage.cards("coordinator"), "the same answers do not raise it again"
    stage.next_time()
    stage.send("junior", 1)
    page = stage.screen("coordinator", "/signals")
    assert TALK in page.text and "teruggekomen" in page.text


def test_an_open_signal_is_not_raised_twice(stage: Asking):
    stage.start()
    sends(stage, "junior", 1, 1)
    assert stage.signals() == [("safety", "junior", "")]
    at_once(*[lambda: stage.act(signals.evaluate, stage.now)] * 3)
    assert len(stage.signals()) == 1


def test_silence_is_told_to_nobody(stage: Asking):
    stage.start()
    stage.open()
    for _ in range(3):
        stage.screen("senior", f"/checkins/{stage.newest('senior').id}").press("Deze keer overslaan")
        stage.next_time()
    stage.act(signals.evaluate, stage.now)
    assert stage.states("junior") == ["missed", "missed", "missed", "open"]
    assert (stage.signals(), seen(stage)) == ([], {})


def test_four_weeks_without_meeting_is_told_to_who_can_change_it(stage: Asking):
    stage.organisation.roster("WEEKEND", "-----DD")
    stage.organisation.session.commit()
    stage.start(ago=29)
    stage.change(WorkTime, stage.person("junior"), roster_id=stage.organisation.rosters["WEEKEND"])
    stage.act(signals.evaluate, stage.now)
    apart = ["Vier weken niet samen gewerkt"]
    assert seen(stage) == dict.fromkeys(("senior", "junior", *LINE), apart)


def test_many_signals_cost_as_much_as_three(stage: Asking):
    made, numbers = stage.organisation, []
    for key in ("senior", "other_senior"):
        stage.change(Capacity, stage.person(key), places=20, hours=40, confirmed_hours=40)
    client = stage.visit("coordinator")
    for first, last in ((0, 3), (3, 30)):
        for number in range(first, last):
            made.person(f"j{number}", "junior", manager="manager")
            pair = stage.start("senior" if number < 15 else "other_senior", f"j{number}")
            row = Signal(mentorship_id=pair, kind="low", side="junior", since=stage.today, raised_at=stage.now)
            made.session.add(row)
        made.session.commit()
        client.get("/signals")
        with counted(stage.engine) as statements:
            assert client.get("/signals").text.count(f"<span>{TALK}</span>") == last
        numbers.append(len(statements))
    assert numbers[1] <= numbers[0]
