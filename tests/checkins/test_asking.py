"""What is asked, and in which words: turns, scales, series; answers keep the words they were given to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from mentorship.checkins import asking, balance
from mentorship.checkins.settings.models import QuestionSet
from mentorship.checkins.settings.standard import SCALE, STANDARD, begins_series
from mentorship.mentorships.rules import JUNIOR, MENTOR
from tests.checkins.stage import Asking

QUESTIONS = "/checkins/settings"
OLD = {
    "junior": [{"key": "dare_to_ask", "nl": "Ik durf alles te vragen.", "en": "I dare to ask anything."}],
    "mentor": [{"key": "pace", "nl": "Het tempo klopt.", "en": "The pace is right."}],
}


def turns(asked: list[str]) -> list[str]:
    return [key for key in asked if key in balance.TURN]


@given(st.integers(0, 1000))
def test_two_of_four_take_turns_and_what_counts_is_always_asked(earlier: int):
    now, then = (asking.keys_asked(STANDARD[JUNIOR], number) or [] for number in (earlier, earlier + 1))
    assert {*turns(now), *turns(then)} == set(balance.TURN) and len(turns(now)) == 2
    assert [key for key in now if key not in balance.TURN] == list(balance.DEVELOPMENT)
    assert asking.keys_asked(STANDARD[MENTOR], earlier) is None


@given(st.permutations(STANDARD[JUNIOR]), st.text(min_size=1))
def test_only_words_that_count_and_the_scale_begin_a_series(order: list[dict[str, str]], words: str):
    assert not begins_series(STANDARD, {**STANDARD, JUNIOR: order}, SCALE, SCALE)
    for question in STANDARD[JUNIOR]:
        other = {**question, "nl": question["nl"] + words}
        asked = [other if one is question else one for one in STANDARD[JUNIOR]]
        begins = begins_series(STANDARD, {**STANDARD, JUNIOR: asked}, SCALE, SCALE)
        assert begins == (question["key"] not in balance.TURN)
    assert begins_series(STANDARD, STANDARD, None, SCALE)


def test_the_junior_is_asked_two_others_the_next_time(stage: Asking):
    stage.start()
    stage.open()
    first = stage.screen("junior", f"/checkins/{stage.newest('junior').id}").text
    assert "Loop ik vast, dan is er snel iemand." in first and "Ik hoor hoe ik het doe." not in first
    stage.send("junior", 4)
    stage.next_time()
    then = stage.screen("junior", f"/checkins/{stage.newest('junior').id}").text
    assert "Loop ik vast, dan is er snel iemand." not in then and "Ik hoor hoe ik het doe." in then


def sets(stage: Asking) -> list[QuestionSet]:
    query = select(QuestionSet).order_by(col(QuestionSet.id))
    return stage.read(lambda s: list(s.exec(query)))


def before(session: Session) -> None:
    """As where the questions of before were in force."""
    found = session.exec(select(QuestionSet)).one()
    found.questions, found.scale = OLD, None


def test_old_answers_keep_their_words_when_the_standard_questions_are_taken(stage: Asking):
    stage.act(before)
    pair = stage.start()
    stage.open()
    old = stage.newest("junior")
    page = stage.screen("junior", f"/checkins/{old.id}")
    assert "nauwelijks" in page.text and "redelijk" not in page.text
    page.press("Versturen", **{"answer-dare_to_ask": "2"})
    page = stage.screen("coordinator", QUESTIONS).press("Stel de standaardvragen")
    assert "Vanaf nu worden de standaardvragen gesteld" in page.text
    assert "Stel de standaardvragen" not in page.names("button")
    assert [(one.series, one.scale) for one in sets(stage)] == [(1, None), (2, SCALE)]
    stage.next_time()
    form = stage.screen("junior", f"/checkins/{stage.newest('junior').id}")
    assert "redelijk" in form.text and "nauwelijks" not in form.text
    stage.send("junior", 3)
    sent = stage.screen("junior", f"/checkins/{old.id}").text
    assert "nauwelijks" in sent and "Ik durf alles te vragen. " in sent and "ook als het fout ging" not in sent
    duo = stage.screen("junior", f"/checkins/duo/{pair}").text
    assert "Ik durf alles te vragen. 2 – " in duo and "Ik durf alles te vragen, ook als het fout ging. – 3" in duo


def test_a_reworded_question_begins_a_series_and_another_order_of_turns_does_not(stage: Asking):
    page = stage.screen("coordinator", QUESTIONS)
    page = page.press("Stel voortaan deze vragen", **{"word-junior-feedback-nl": "Ik hoor wat goed gaat."})
    page.press("Stel voortaan deze vragen", **{"word-mentor-go_on-nl": "Ik kan zo door."})
    assert [one.series for one in sets(stage)] == [1, 1, 2]


def test_the_pace_is_answered_in_its_own_words(stage: Asking):
    stage.start()
    stage.open()
    found = stage.newest("senior")
    client = stage.visit("senior")
    assert client.post(f"/checkins/{found.id}/answer", {"key": "speed", "value": "4"}).status_code == 422
    stage.send("senior", 4, **{"answer-speed": "1"})
    assert "te snel" in stage.screen("senior", f"/checkins/{found.id}").text
    assert stage.signals() == []
    duo = stage.screen("senior", f"/checkins/duo/{found.mentorship_id}").text
    assert "Het tempo naar zelfstandig werken is … te snel" in duo
