"""The question about the driving instructor: put forward by one button, asked once agreed to, of such pairs alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from mentorship.checkins import asking
from mentorship.checkins.balance import BY_FORM, DEVELOPMENT, index
from mentorship.checkins.noticing_answers import asked_back
from mentorship.checkins.settings.models import QuestionSet
from mentorship.checkins.settings.standard import STANDARD, asks_form, with_form
from mentorship.mentorships.meeting import actions as meeting
from mentorship.mentorships.meeting.points import INSTRUCTOR
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people.access import Actor
from mentorship.programme.consent import queries as consent
from tests.checkins.stage import Asking
from tests.checkins.test_codes import OPEN, phone, slips

SETTINGS = "/checkins/settings"
PUT = "Stel de vraag voor"
ENTER = "Het is afgesproken: laat het gelden"
ASKED = "Ik doe het werk zelf; mijn mentor grijpt alleen in als het nodig is."
OF_MENTOR = "Ik liet het werk bij mijn junior en greep alleen in als het nodig was."


def choose(stage: Asking, key: str, pair: int, form: str) -> None:
    actor = Actor(stage.person(key), frozenset({key}), key)
    stage.act(meeting.choose, actor, pair, "form", form, stage.now)


def agree_on(stage: Asking, pair: int, form: str, juniors: str = "junior") -> None:
    for key in ("senior", juniors):
        choose(stage, key, pair, form)


def consented(stage: Asking) -> None:
    stage.organisation.agree()
    stage.screen("coordinator", SETTINGS).press(PUT)
    page = stage.screen("coordinator", "/agreements")
    page.press(ENTER, works_council_on=str(stage.today), council_reference="OR-9")


def form_of(stage: Asking, key: str) -> str:
    return stage.screen(key, f"/checkins/{stage.newest(key).id}").text


@pytest.mark.both_databases
def test_put_forward_it_waits_and_nobody_is_asked(stage: Asking):
    stage.organisation.agree()
    pair = stage.start()
    agree_on(stage, pair, INSTRUCTOR)
    page = stage.screen("coordinator", SETTINGS)
    assert "Niemand krijgt deze vraag voordat ermee is ingestemd." in page.text and ASKED in page.text
    page.press(PUT)
    assert page.path == "/agreements" and ASKED in page.text
    assert "alleen waar beiden afspraken als met een rijinstructeur te werken" in page.text
    again = stage.screen("coordinator", SETTINGS)
    assert PUT not in again.names("button") and "wacht op instemming" in again.text
    stage.open()
    assert ASKED not in form_of(stage, "junior") and OF_MENTOR not in form_of(stage, "senior")


@pytest.mark.both_databases
def test_once_agreed_to_it_is_asked_of_pairs_that_work_like_that_and_of_no_other(stage: Asking):
    consented(stage)
    steered = stage.start()
    other = stage.start("senior", "other_junior")
    agree_on(stage, steered, INSTRUCTOR)
    agree_on(stage, other, "side", "other_junior")
    stage.open()
    assert ASKED in form_of(stage, "junior") and ASKED not in form_of(stage, "other_junior")
    asked = {row.mentorship_id: row.asked for row in stage.asked("senior")}
    assert asked[steered] is None or BY_FORM[MENTOR] in (asked[steered] or ())
    assert asked[other] is not None and BY_FORM[MENTOR] not in (asked[other] or ())
    stage.send("junior", 5)
    stage.next_time()
    agree_on(stage, steered, "show")
    stage.send("junior", 5)
    stage.next_time()
    assert ASKED not in form_of(stage, "junior"), "they work otherwise by now"
    assert "Het wordt gevraagd" not in stage.screen("coordinator", SETTINGS).text
    assert "De vraag wordt gesteld." in stage.screen("coordinator", SETTINGS).text


def test_a_proposal_of_one_alone_brings_no_question(stage: Asking):
    consented(stage)
    pair = stage.start()
    choose(stage, "senior", pair, INSTRUCTOR)
    stage.open()
    assert ASKED not in form_of(stage, "junior")


def test_it_stands_beside_another_question_that_waits(stage: Asking):
    stage.organisation.agree()
    words = "Ik ga vooruit, vind ik."
    stage.screen("coordinator", SETTINGS).press("Stel voortaan deze vragen", **{"word-junior-progress-nl": words})
    stage.screen("coordinator", SETTINGS).press(PUT)
    waiting = stage.read(lambda session: consent.waiting(session)["questions"])
    assert asks_form(waiting) and waiting["junior"][0]["nl"] == words


def test_in_the_form_of_all_questions_it_keeps_whom_it_is_for(stage: Asking):
    consented(stage)
    stage.screen("coordinator", SETTINGS).press(
        "Stel voortaan deze vragen", **{f"word-junior-{BY_FORM[JUNIOR]}-en": "I?"}
    )
    waiting = stage.read(lambda session: consent.waiting(session)["questions"])
    (asked,) = [one for one in waiting["junior"] if one["key"] == BY_FORM[JUNIOR]]
    assert asked["en"] == "I?" and asked["form"] == INSTRUCTOR


def test_without_consent_nobody_is_asked_even_where_it_stands_among_the_questions(stage: Asking):
    def put(session: Session) -> None:
        found = session.exec(select(QuestionSet)).one()
        found.questions = with_form(found.questions)

    stage.act(put)
    pair = stage.start()
    agree_on(stage, pair, INSTRUCTOR)
    stage.open()
    assert ASKED not in form_of(stage, "junior")


def test_it_counts_in_nothing():
    asked = dict.fromkeys(DEVELOPMENT, 5)
    assert index({**asked, BY_FORM[JUNIOR]: 1}) == index(asked)
    assert asked_back({BY_FORM[JUNIOR]: 1, BY_FORM[MENTOR]: 1}) == []


@given(st.integers(0, 100), st.sampled_from([JUNIOR, MENTOR]))
def test_other_pairs_are_asked_what_they_were_asked_before(earlier: int, side: str):
    before = asking.keys_asked(STANDARD[side], earlier) or [one["key"] for one in STANDARD[side]]
    questions = with_form(STANDARD)[side]
    assert asking.keys_asked(questions, earlier) == before
    steered = asking.keys_asked(questions, earlier, [INSTRUCTOR]) or [one["key"] for one in questions]
    assert steered == [*before, BY_FORM[side]]


def test_whoever_hands_out_a_slip_does_not_read_in_it_what_the_two_agreed(stage: Asking):
    consented(stage)
    agree_on(stage, stage.start(), INSTRUCTOR)
    stage.open()
    (code,) = slips(stage, "manager", "junior")
    form = phone(stage).press(OPEN, code=code)
    assert "Ik ga vooruit" in form.text and ASKED not in form.text
    assert ASKED in form_of(stage, "junior"), "who signs in is asked"
    form.press("Versturen", **{"answer-progress": "4"})
    assert stage.newest("junior").status == "answered"


def test_other_words_leave_a_question_that_waits_where_it_is(stage: Asking):
    stage.organisation.agree()
    words = "Ik ga vooruit, vind ik."
    stage.screen("coordinator", SETTINGS).press(PUT)
    stage.screen("coordinator", SETTINGS).press("Stel voortaan deze vragen", **{"word-junior-progress-nl": words})
    waiting = stage.read(lambda session: consent.waiting(session)["questions"])
    assert asks_form(waiting) and waiting["junior"][0]["nl"] == words


def test_before_anything_was_agreed_nobody_is_told_that_it_is_asked(stage: Asking):
    page = stage.screen("coordinator", SETTINGS)
    page.press(PUT)
    assert "zodra ermee is ingestemd" in page.text
    again = page.open(SETTINGS)
    assert PUT not in again.names("button") and "De vraag wordt gesteld." not in again.text
