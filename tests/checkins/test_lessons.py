"""Short lessons are offered to a mentor after their own low answers and signals, never after another's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from mentorship.checkins.balance import BY_FORM, QUESTIONS, SAFETY
from mentorship.checkins.lessons import BY_PACE, BY_QUESTION, BY_SIGNAL, BY_WAY
from mentorship.checkins.signals.models import Signal
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.profiles.models import Training
from tests.checkins.stage import Asking
from tests.factories import Screen

OFFERED = "Twee minuten die nu kunnen helpen"


def offers(stage: Asking, key: str, pair: int) -> set[str]:
    """Return the lessons that somebody is offered on the page of a pair."""
    screen = stage.screen(key, f"/checkins/duo/{pair}")
    links = {str(link.get("href")) for link in screen.tree.iter("a")}
    return {link for link in links if link.startswith("/lessons/")}


def test_every_question_of_the_mentor_has_its_lesson_and_none_of_the_junior():
    assert {*BY_QUESTION, "speed"} == set(QUESTIONS[MENTOR])
    assert not set(BY_QUESTION) & set(QUESTIONS[JUNIOR]) and SAFETY not in BY_SIGNAL
    for offer in (*BY_QUESTION.values(), *BY_PACE.values(), *BY_SIGNAL.values()):
        assert offer.card.title


@pytest.mark.parametrize(
    ("key", "answer", "lesson"),
    [
        ("hours_free", 2, "/lessons/5/1"),
        ("own_job", 1, "/lessons/5/5"),
        ("support", 2, "/lessons/5/4"),
        ("go_on", 2, "/lessons/5/3"),
        ("speed", 1, "/lessons/4/5"),
        ("speed", 3, "/lessons/4/4"),
    ],
)
def test_a_low_answer_of_the_mentor_brings_the_card_that_helps(stage: Asking, key: str, answer: int, lesson: str):
    pair = stage.start("senior", "junior")
    stage.open()
    stage.send("senior", 4, **{"answer-speed": "2", f"answer-{key}": str(answer)})
    assert offers(stage, "senior", pair) == {lesson}
    assert OFFERED in stage.screen("senior", f"/checkins/duo/{pair}").text


def test_nobody_else_learns_of_an_offer_and_nothing_is_kept_of_it(stage: Asking):
    pair = stage.start("senior", "junior")
    stage.open()
    stage.send("senior", 1)
    assert len(offers(stage, "senior", pair)) == 2, "two at most"
    for key in ("junior", "manager", "director", "coordinator"):
        screen = stage.screen(key, f"/checkins/duo/{pair}")
        assert OFFERED not in screen.text and not offers(stage, key, pair), key
        for url in ("/", "/signals"):
            assert "/lessons/" not in stage.visit(key).get(url).text, (key, url)


def test_what_the_junior_answers_offers_the_mentor_nothing(stage: Asking):
    pair = stage.start("senior", "junior")
    stage.open()
    stage.send("senior", 5, **{"answer-speed": "2"})
    before = stage.visit("senior").get(f"/checkins/duo/{pair}").text.count("/lessons/")
    stage.send("junior", 1)
    stage.next_time()
    stage.send("junior", 1)
    assert stage.signals(), "something was noticed"
    assert offers(stage, "senior", pair) == set() and before == 0
    assert "/lessons/" not in stage.visit("senior").get("/signals").text
    assert offers(stage, "junior", pair) == set(), "lessons are for who mentors"


def test_better_answers_and_a_noted_lesson_end_the_offer(stage: Asking):
    pair = stage.start("senior", "junior")
    stage.open()
    stage.send("senior", 4, **{"answer-go_on": "1", "answer-speed": "2"})
    assert offers(stage, "senior", pair) == {"/lessons/5/3"}
    assert stage.visit("senior").get("/lessons/5/3").status_code == 200
    assert offers(stage, "senior", pair) == {"/lessons/5/3"}, "to look is not to note"
    stage.screen("senior", "/lessons/5/5").press("Noteer het als training")
    assert offers(stage, "senior", pair) == set()
    stage.organisation.session.delete(stage.organisation.session.exec(select(Training)).one())
    stage.organisation.session.commit()
    stage.next_time()
    stage.send("senior", 5, **{"answer-speed": "2"})
    assert offers(stage, "senior", pair) == set()


def test_a_signal_of_their_own_hours_offers_it_on_the_signal_too(stage: Asking):
    pair = stage.start("senior", "junior", ago=60)
    when = stage.later()
    since = when.date() - timedelta(days=30)
    stage.organisation.session.add(Signal(mentorship_id=pair, kind="hours", side="mentor", since=since, raised_at=when))
    stage.organisation.session.add(Signal(mentorship_id=pair, kind="low", side="junior", since=since, raised_at=when))
    stage.organisation.session.commit()
    assert offers(stage, "senior", pair) == {"/lessons/5/3"}
    number = stage.organisation.session.exec(select(Signal.id).where(Signal.kind == "hours")).one()
    stage.organisation.session.rollback()
    page = stage.visit("senior").get(f"/signals?open={number}").text
    assert page.count("/lessons/5/3") == 1
    for key in ("manager", "coordinator", "junior"):
        assert "/lessons/" not in stage.visit(key).get(f"/signals?open={number}").text, key


def thanks_offers(screen: Screen) -> set[str]:
    links = {str(link.get("href")) for link in screen.tree.iter("a")}
    return {link for link in links if link.startswith("/lessons/")}


def test_the_page_that_thanks_offers_the_card_at_once(stage: Asking):
    stage.start("senior", "junior")
    stage.open()
    sent = stage.send("senior", 4, **{"answer-speed": "2", "answer-own_job": "1"})
    assert OFFERED in sent.text and thanks_offers(sent) == {"/lessons/5/5"}
    assert "Niemand anders ziet het" in sent.text


def test_the_page_that_thanks_offers_nothing_where_nothing_is_low(stage: Asking):
    stage.start("senior", "junior")
    stage.open()
    assert not thanks_offers(stage.send("senior", 4, **{"answer-speed": "2"}))
    assert not thanks_offers(stage.send("junior", 1)), "lessons are for who mentors"


def test_an_older_check_in_offers_nothing_under_what_was_sent(stage: Asking):
    stage.start("senior", "junior")
    stage.open()
    stage.send("senior", 1)
    first = stage.newest("senior").id
    stage.next_time()
    stage.send("senior", 5, **{"answer-speed": "2"})
    assert not thanks_offers(stage.screen("senior", f"/checkins/{first}"))


def test_who_kept_their_hands_on_the_work_is_offered_letting_go():
    assert BY_WAY.keys() == {BY_FORM[MENTOR]}
