"""Conversation cards: by the phase a pair is in, on its page for the two alone, and to print."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from mentorship.mentorships.conversations.rules import ALONE, LAST, ON_THE_WAY, START, Course, phase
from mentorship.mentorships.conversations.words import BY_NUMBER, PHASES, card_of_week
from mentorship.mentorships.models import Mentorship
from tests.factories import Organisation, Screen

TODAY = date(2026, 11, 30)


def ago(weeks: int) -> date:
    return TODAY - timedelta(weeks=weeks)


@pytest.mark.parametrize(
    ("course", "found"),
    [
        (Course(ago(1), None, 0, 3), START),
        (Course(ago(4), None, 0, 3), ON_THE_WAY),
        (Course(ago(1), None, 1, 3), ON_THE_WAY),
        (Course(ago(1), None, 2, 3), ALONE),
        (Course(ago(9), None, 3, 3), LAST),
        (Course(ago(9), ago(-4), 1, 3), LAST),
        (Course(ago(9), ago(-5), 1, 3), ON_THE_WAY),
        (Course(ago(9), ago(-9), 0, 0), ALONE),
        (Course(ago(9), ago(-10), 0, 0), ON_THE_WAY),
        (Course(None, None, 0, 0), START),
        (Course(ago(1), None, 0, 3, over=True), LAST),
    ],
)
def test_the_phase_goes_by_steps_and_time(course: Course, found: int):
    assert phase(course, TODAY) == found


STEPS = st.integers(0, 9).flatmap(lambda steps: st.tuples(st.integers(0, steps), st.just(steps)))


@given(STEPS, st.integers(0, 100))
def test_a_step_more_never_leads_back(taken: tuple[int, int], weeks: int):
    done, steps = taken
    now = phase(Course(ago(weeks), None, done, steps), TODAY)
    assert now in BY_NUMBER
    if done < steps:
        assert phase(Course(ago(weeks), None, done + 1, steps), TODAY) >= now


def test_in_as_many_weeks_every_card_of_a_phase_comes_by():
    for one in PHASES:
        found = {card_of_week(one, week).title for week in range(7, 7 + len(one.cards))}
        assert found == {card.title for card in one.cards}


def test_every_card_asks_three_questions_of_its_own():
    cards = [card for one in PHASES for card in one.cards]
    asked = [question for card in cards for question in card.questions]
    assert len(set(asked)) == len(asked) == 3 * len(cards)
    assert all(question.endswith("?") for question in asked) and all(card.way for card in cards)


def test_the_two_find_a_card_of_their_phase_and_others_find_none(visit, organisation: Organisation, session: Session):
    pair = organisation.pair("senior", "junior", "active", started_on=organisation.now.date())
    session.commit()
    for key in ("junior", "senior"):
        screen = Screen(visit(key), f"/checkins/duo/{pair}")
        assert "Om samen over te praten" in screen.text and "De start" in screen.text
        assert screen.tap("Meer kaarten").heading == "Gesprekskaarten: de start"
    for key in ("manager", "coordinator"):
        assert "Om samen over te praten" not in Screen(visit(key), f"/checkins/duo/{pair}").text
    session.get_one(Mentorship, pair).expected_end = organisation.now.date() + timedelta(days=20)
    session.commit()
    assert "Afronden" in Screen(visit("junior"), f"/checkins/duo/{pair}").text


def test_everybody_can_browse_the_cards_of_every_phase(visit):
    screen = Screen(visit("junior"), "/conversations")
    for one in ("De start", "Onderweg", "Op weg naar zelfstandig", "Afronden"):
        found = Screen(visit("junior"), "/conversations").tap(one)
        assert found.text.count("?") >= 15 and "Print de kaarten" in found.names("button")
    assert screen.status == 200 and visit("junior").get("/conversations/5").status_code == 404


def test_the_cards_are_found_by_who_searches_for_them(visit):
    screen = Screen(visit("junior"), "/search?q=gesprekskaarten")
    assert "/conversations" in {link.get("href") for link in screen.tree.iter("a")}
