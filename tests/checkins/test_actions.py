"""Both sides of every running pair are asked once for a date, whatever the worker and the clock do."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from mentorship.checkins import actions
from mentorship.checkins.settings import actions as settings_actions
from mentorship.checkins.settings.models import CheckInSettings, QuestionSet
from mentorship.mentorships import actions as mentorships
from mentorship.mentorships.models import Mentorship
from mentorship.profiles.models import Capacity
from mentorship.programme.models import Programme
from tests.checkins.stage import JUNIOR_KEYS, Asking
from tests.rounds.stage import at_once, counted, in_the_middle


def test_both_sides_of_every_pair_are_asked_once(stage: Asking):
    stage.start("senior", "junior")
    stage.start("other_senior", "other_junior", ago=10)  # not due for four days yet
    assert stage.open() == 2
    assert [(row.side, row.status, row.due_on) for row in stage.asked()] == [
        ("junior", "open", stage.today),
        ("mentor", "open", stage.today),
    ]
    assert stage.open() == 0, "the next pass asks nothing again"
    assert "Vul de tussenstand in" in stage.screen("junior").text
    assert "Vul de tussenstand in" in stage.screen("senior").text
    assert "Vul de tussenstand in" not in stage.screen("other_junior").text
    stage.later(days=4)
    assert stage.open() == 2 and stage.states("other_junior") == ["open"]


def test_two_workers_at_once_ask_once_and_close_nothing(stage: Asking):
    stage.start("senior", "junior")
    stage.start("other_senior", "other_junior")
    outcomes = at_once(*[lambda: stage.act(actions.open_due, stage.now)] * 4)
    assert not [o for o in outcomes if isinstance(o, Exception)], outcomes
    assert [row.status for row in stage.asked()] == ["open"] * 4


def test_a_second_worker_that_looked_before_the_first_was_done(stage: Asking, engine: sa.Engine):
    """What the first opens stays open: it is what the second would have opened."""
    stage.start()
    in_the_middle(
        engine,
        lambda session: actions.open_due(session, stage.now),
        lambda: stage.act(actions.open_due, stage.now + timedelta(seconds=1)),
    )
    assert [row.status for row in stage.asked()] == ["open", "open"]


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=20)])
def test_a_clock_set_back_asks_nobody_again(stage: Asking, back: timedelta):
    stage.start()
    assert stage.open() == 2
    assert stage.open(stage.now - back) == 0
    assert stage.states("junior") == ["open"]
    assert stage.open() == 0


def test_a_worker_that_was_away_for_three_months_asks_once(stage: Asking):
    stage.start(ago=100)
    assert stage.open() == 2
    assert [row.due_on for row in stage.asked()] == [stage.today] * 2, "about now, not about a day long gone"
    assert stage.open() == 0
    stage.later(days=13)
    assert stage.open() == 0
    stage.later(days=1)
    assert stage.open() == 2


@pytest.mark.parametrize("late", [0, 13, 14, 15, 28])
def test_nobody_is_asked_something_that_is_missed_at_once(stage: Asking, late: int):
    stage.start(ago=14 + late)
    assert stage.open() == 2
    stage.act(actions.close_missed, stage.now)
    assert stage.states("junior") == ["open"]


@pytest.mark.parametrize("late", [1, 13])
def test_what_opens_late_has_its_two_weeks_all_the_same(stage: Asking, late: int):
    stage.start(ago=14 + late)
    assert stage.open() == 2
    assert stage.newest("junior").due_on == stage.today - timedelta(days=late), "about the day on which it was due"
    for days in (1, 12):
        stage.later(days=days)
        assert stage.open() == 0, "the next one counts from the day on which they were asked"
        assert stage.act(actions.close_missed, stage.now) == 0
    stage.later(days=1)
    assert stage.act(actions.close_missed, stage.now) == 2


def test_two_weeks_are_counted_in_days_by_the_clock_of_amsterdam(stage: Asking):
    """Opened on the last minutes of a day, it is missed from the midnight that begins the fourteenth after."""
    stage.start(ago=21)
    stage.later(hours=13, minutes=45)  # 23:45
    stage.open()
    stage.later(days=13, minutes=14)
    assert stage.act(actions.close_missed, stage.now) == 0
    stage.later(minutes=1)
    assert stage.act(actions.close_missed, stage.now) == 2


@pytest.mark.parametrize("lack", ["works_council_on", "dpia_on", "visibility"])
def test_nothing_is_asked_while_the_set_up_is_incomplete(stage: Asking, lack: str):
    stage.start()
    stage.change(Programme, 1, **{lack: None})
    assert stage.open() == 0 and not stage.asked()
    assert "Er gaat nog geen tussenstand open" in stage.screen("coordinator", "/checkins/settings").text


def test_nothing_is_asked_while_switched_off(stage: Asking):
    stage.start()
    page = stage.screen("coordinator", "/checkins/settings").press("Instellingen opslaan", running=None)
    assert "Tussenstanden staan uit." in page.text
    assert stage.open() == 0 and not stage.asked()
    page.press("Instellingen opslaan", running="true")
    assert stage.open() == 2


def test_pairs_that_do_not_run_are_not_asked(stage: Asking):
    for status in ("proposed", "refused"):
        stage.start("senior", "junior", status=status, started_on=None)
    paused = stage.start("senior", "other_junior", status="paused")
    stage.start("other_senior", "junior", status="ended")
    assert stage.open() == 0 and not stage.asked()
    stage.act(mentorships.step, stage.actor("senior"), paused, "resume", stage.now)
    assert stage.open() == 0, "not on the day they go on"
    stage.later(days=14)
    assert stage.open() == 2 and stage.states("other_junior") == ["open"]


def test_the_earlier_one_is_missed_when_the_next_comes(stage: Asking):
    stage.start()
    stage.open()
    first = stage.newest("junior")
    stage.next_time()
    assert stage.states("junior") == stage.states("senior") == ["missed", "open"]
    page = stage.screen("junior", f"/checkins/{first.id}")
    assert "Versturen" not in page.names("button"), "what is closed cannot be answered"


def test_only_what_is_still_open_is_missed(stage: Asking):
    stage.start()
    stage.open()
    stage.send("junior", 4)
    stage.next_time()
    assert stage.states("junior") == ["answered", "open"] and stage.states("senior") == ["missed", "open"]


def test_after_two_weeks_it_is_missed_by_itself(stage: Asking):
    stage.start()
    stage.open()
    for days, closed in ((13, 0), (1, 2), (1, 0)):
        stage.later(days=days)
        assert stage.act(actions.close_missed, stage.now) == closed
    assert stage.states("junior") == ["missed"]


def test_who_pauses_is_asked_nothing_and_misses_nothing(stage: Asking):
    pair = stage.start()
    stage.open()
    stage.change(Mentorship, pair, status="paused")
    assert stage.act(actions.close_missed, stage.now) == 0
    assert stage.states("junior") == stage.states("senior") == ["skipped"]
    stage.later(days=20)
    assert stage.act(actions.close_missed, stage.now) == 0 and stage.open() == 0


def test_forty_pairs_cost_as_much_as_three(stage: Asking):
    made, numbers = stage.organisation, []
    stage.change(Capacity, stage.person("senior"), places=20, hours=40, confirmed_hours=40)
    stage.change(Capacity, stage.person("other_senior"), places=20, hours=40, confirmed_hours=40)
    for first, last in ((0, 3), (3, 40)):
        for number in range(first, last):
            made.person(f"j{number}", "junior")
            stage.start("senior" if number < 20 else "other_senior", f"j{number}")
        with counted(stage.engine) as statements:
            stage.act(actions.open_due, stage.now)
        assert len(stage.asked()) == 2 * last
        numbers.append(len(statements))
    assert numbers[1] <= numbers[0]


def saved(stage: Asking, key: str, check_in_id: int, question: str, value: str) -> int:
    answer = stage.visit(key).post(f"/checkins/{check_in_id}/answer", {"key": question, "value": value})
    return answer.status_code


def test_answers_are_saved_one_by_one_and_replaced(stage: Asking):
    stage.start()
    stage.open()
    row = stage.newest("junior")
    for question, value in (("progress", "4"), ("speed", "3"), ("progress", "2"), ("own_work", "none")):
        status = saved(stage, "junior", row.id, question, value)
        assert status == (422 if question == "speed" else 204), "the mentor's question is not asked of the junior"
    assert saved(stage, "junior", row.id, "progress", "6") == saved(stage, "junior", row.id, "x", "1") == 422
    assert saved(stage, "senior", row.id, "progress", "5") == 404, "another's"
    assert stage.answers(row.id) == {"progress": 2, "own_work": None}
    page = stage.screen("junior", f"/checkins/{row.id}")
    assert page.fields("Versturen")["answer-progress"] == "2" and page.fields("Versturen")["answer-own_work"] == "none"


def test_what_is_closed_takes_no_answer(stage: Asking):
    stage.start()
    stage.open()
    row, url = stage.newest("junior"), f"/checkins/{stage.newest('junior').id}"
    form = stage.screen("junior", url)
    stage.send("junior", 4, note="eerst")
    again = form.press("Versturen", note="later")
    assert again.status == 409 and "Deze tussenstand is gesloten" in again.text
    assert saved(stage, "junior", row.id, "progress", "1") == 409
    assert stage.visit("junior").post(f"{url}/skip").status_code == 409, "what was sent stays"
    found = stage.newest("junior")
    assert (found.status, found.note) == ("answered", "eerst")
    assert set(stage.answers(row.id).values()) == {4}


def test_two_phones_send_at_once_and_one_is_told(stage: Asking):
    stage.start()
    stage.open()
    row = stage.newest("junior")

    def send(note: str) -> object:
        return stage.act(
            actions.send, row.id, {"progress": 3}, note=note, share=False, help_from=[], now=stage.now
        ).note

    outcomes = at_once(lambda: send("een"), lambda: send("twee"))
    assert sorted(type(o).__name__ for o in outcomes) == ["Conflict", "str"], outcomes
    assert stage.newest("junior").note in outcomes


def test_a_skip_throws_away_what_was_answered_and_is_final(stage: Asking):
    stage.start()
    stage.open()
    row = stage.newest("junior")
    assert saved(stage, "junior", row.id, "progress", "1") == 204
    form = stage.screen("junior", f"/checkins/{row.id}")
    assert "Dat is prima" in form.press("Deze keer overslaan").press("Ja, wissen en overslaan").text
    assert stage.states("junior") == ["skipped"] and stage.answers(row.id) == {}
    assert stage.screen("junior", f"/checkins/{row.id}").names("button").count("Versturen") == 0
    assert saved(stage, "junior", row.id, "progress", "1") == 409
    again = stage.visit("junior").post(f"/checkins/{row.id}/skip")
    assert again.status_code == 303, "pressed twice is no fault"
    assert not stage.signals()


def test_a_note_is_shared_and_taken_back_and_the_log_holds_no_word_of_it(stage: Asking):
    pair = stage.start()
    stage.open()
    stage.send("junior", 4, note="Kraanvogel")
    row, url = stage.newest("junior"), f"/checkins/duo/{pair}"
    assert "Kraanvogel" not in stage.screen("senior", url).text
    page = stage.screen("junior", f"/checkins/{row.id}").press("Laat Senior Proef het lezen")
    assert "Kraanvogel" in stage.screen("senior", url).text
    for key in ("coordinator", "manager"):
        assert "Kraanvogel" not in stage.screen(key, url).text
    page.press("Intrekken")
    assert "Kraanvogel" not in stage.screen("senior", url).text
    shared, withdrawn = stage.audit("share note"), stage.audit("withdraw note")
    assert [r.actor_id for r in (*shared, *withdrawn)] == [stage.person("junior")] * 2
    assert "Kraanvogel" not in repr([r.details for r in (*shared, *withdrawn)])


def test_settings_are_changed_by_one_at_a_time(stage: Asking):
    page = stage.screen("coordinator", "/checkins/settings")
    assert page.press("Instellingen opslaan", days="21").status == 200
    found = stage.read(lambda s: s.get_one(CheckInSettings, 1))
    assert (found.days, found.running) == (21, True)
    page = stage.screen("coordinator", "/checkins/settings").press("Instellingen opslaan", version="1", days="30")
    assert page.status == 409
    assert stage.read(lambda s: s.get_one(CheckInSettings, 1)).days == 21
    assert stage.audit("change check-ins")[0].details == {"days": [14, 21]}
    outcomes = at_once(
        *[
            lambda days=days: stage.act(
                settings_actions.change_settings,
                stage.coordinator,
                2,
                running=True,
                days=days,
                later_days=28,
                now=stage.now,
            )
            for days in (11, 12)
        ]
    )
    assert sorted(type(o).__name__ for o in outcomes) == ["Conflict", "bool"], outcomes


def test_new_questions_leave_what_was_asked_as_it_was(stage: Asking):
    stage.start()
    stage.open()
    old = stage.newest("junior")
    page = stage.screen("coordinator", "/checkins/settings")
    typed = {
        "word-junior-progress-nl": "Schiet het op?",
        "word-junior-progress-en": "Getting on?",
        "word-junior-own_work-nl": "",
        "word-junior-own_work-en": "",
    }
    page = page.press("Stel voortaan deze vragen", **typed)
    assert "Vanaf nu worden deze vragen gesteld" in page.text
    assert "Schiet het op?" not in stage.screen("junior", f"/checkins/{old.id}").text
    stage.send("junior", 3)
    assert set(stage.answers(old.id)) == {*JUNIOR_KEYS, "working_time", "quick_help"}
    stage.next_time()
    new = stage.screen("junior", f"/checkins/{stage.newest('junior').id}").text
    assert "Schiet het op?" in new and "Ik doe zelf werk waar ik van leer." not in new
    assert "Ik ga vooruit in wat ik wil leren." in stage.screen("junior", f"/checkins/{old.id}").text
    assert len(stage.read(lambda s: list(s.exec(select(QuestionSet))))) == 2
    assert saved(stage, "junior", stage.newest("junior").id, "own_work", "3") == 422, "it is no longer asked"


def test_questions_are_changed_by_one_at_a_time_and_never_all_taken_away(stage: Asking):
    page = stage.screen("coordinator", "/checkins/settings")
    page.press("Stel voortaan deze vragen", **{"word-mentor-speed-nl": "Klopt het tempo?"})
    old = page.fields
    late = stage.screen("coordinator", "/checkins/settings").press("Stel voortaan deze vragen", set_id="1")
    assert late.status == 409
    page = stage.screen("coordinator", "/checkins/settings")
    empty = {name: "" for name in old("Stel voortaan deze vragen") if name.startswith("word-junior")}
    page = page.press("Stel voortaan deze vragen", **empty)
    assert page.status == 422 and "minstens één vraag" in page.text.lower()
    assert page.fields("Instellingen opslaan")["days"] == "14", "the form beside it stands as it was"
    assert page.fields("Instellingen opslaan")["running"] == "true"
    assert len(stage.read(lambda s: list(s.exec(select(QuestionSet))))) == 2
