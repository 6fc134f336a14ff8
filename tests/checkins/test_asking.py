"""What is asked, and in which words: turns, scales, series; answers keep the words they were given to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from mentorship.checkins import asking, balance
from mentorship.checkins.settings.models import QuestionSet
from mentorship.checkins.settings.standard import EARLIER_SCALE, SCALE, STANDARD, begins_series, wordings
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
    assert begins_series(STANDARD, STANDARD, EARLIER_SCALE, SCALE)


@given(st.lists(st.sampled_from(["progress", "feedback", "go_on", "speed", "scale"]), max_size=6))
def test_each_side_has_series_of_its_own(changes: list[str]):
    """What changes from one version to the next begins a series where it counts, and other words where it stands."""
    versions, scale, asked = [(1, STANDARD, SCALE)], SCALE, STANDARD
    series = {JUNIOR: 1, MENTOR: 1}
    words = {one["key"]: 1 for side in asked.values() for one in side}
    for number, change in enumerate(changes, start=2):
        if change == "scale":
            scale = EARLIER_SCALE if scale == SCALE else SCALE
        asked = {
            side: [{**one, "nl": f"{number}"} if one["key"] == change else one for one in questions]
            for side, questions in asked.items()
        }
        versions.append((number, asked, scale))
        counting = {"progress": (JUNIOR,), "go_on": (MENTOR,), "scale": (JUNIOR, MENTOR)}
        series |= dict.fromkeys(counting.get(change, ()), number)
        words |= dict.fromkeys(words if change == "scale" else [change], number)
        found = wordings(versions)
        for side in (JUNIOR, MENTOR):
            assert found[number, side].series == series[side]
            assert found[number, side].since == {one["key"]: words[one["key"]] for one in asked[side]}


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


def reword(stage: Asking, field: str, words: str) -> None:
    page = stage.screen("coordinator", QUESTIONS).press("Stel voortaan deze vragen", **{f"word-{field}-nl": words})
    assert page.status == 200 and words in page.fields("Stel voortaan deze vragen").values()


def test_a_question_of_one_side_begins_no_series_of_the_other(stage: Asking):
    pair = stage.start("senior", "other_junior")
    stage.open()
    stage.twice(other_junior=2, senior=2)
    reword(stage, "mentor-go_on", "Ik kan zo door.")
    stage.next_time()
    stage.send("senior", 4)
    assert "Kant van Other_junior: laag" in stage.screen("other_manager", f"/checkins/duo/{pair}").text
    assert "Kant van Senior: nog onbekend" in stage.screen("manager", f"/checkins/duo/{pair}").text


def lowest_twice(stage: Asking, words: str) -> list[tuple[str, str, str]]:
    """What is noticed in a lowest answer to a question that takes turns, when it is asked again in these words."""
    stage.start()
    stage.open()
    stage.send("junior", 4, **{"answer-working_time": "1"})
    if words:
        reword(stage, "junior-working_time", words)
    stage.next_time()
    stage.send("junior", 4)
    stage.later(days=14)
    stage.open()
    stage.send("junior", 4, **{"answer-working_time": "1"})
    return stage.signals()


def test_a_lowest_answer_that_comes_again_is_noticed(stage: Asking):
    assert [kind for kind, *_ in lowest_twice(stage, "")] == ["lowest"]


def test_a_lowest_answer_to_other_words_is_no_repetition(stage: Asking):
    assert lowest_twice(stage, "Ik krijg er tijd voor, ook bij drukte.") == []


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
