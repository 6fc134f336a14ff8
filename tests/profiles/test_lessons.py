"""Short lessons for mentors: five of five cards, one after the other, noted by oneself and by nobody else."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from mentorship.base.audit import AuditRow
from mentorship.base.i18n import LOCALES, gettext, use_locale
from mentorship.profiles.lessons.cards import Card
from mentorship.profiles.lessons.words import BY_NUMBER, LESSONS
from mentorship.profiles.models import Training
from tests.factories import Organisation, Screen

NOTE = "Note it as a training course"


@pytest.fixture
def made(session: Session, organisation: Organisation) -> Organisation:
    organisation.speak("en")
    return organisation


def said(card: Card) -> list[str]:
    return [card.title, *card.steps, card.example, card.attempt]


def test_five_lessons_of_five_cards_in_both_languages():
    assert len(LESSONS) == len(BY_NUMBER) == 5
    every = [text for lesson in LESSONS for card in lesson.cards for text in said(card)]
    assert len(every) == len(set(every))
    for lesson in LESSONS:
        assert len(lesson.cards) == 5
        for card in lesson.cards:
            for language in LOCALES:
                with use_locale(language):
                    words = " ".join(gettext(text) for text in said(card)).split()
                assert 140 < len(words) < 260, (card.title, language, "some two minutes, read and thought over")
    with use_locale("nl"):
        assert not [text for text in every if gettext(text) == text], "each in Dutch, too"


def test_card_by_card_from_the_first_to_the_last(visit, made: Organisation):
    client = visit("senior")
    screen = Screen(client, "/lessons/2")
    for number, card in enumerate(BY_NUMBER[2].cards, start=1):
        screen = Screen(client, f"/lessons/2/{number}")
        assert screen.path == f"/lessons/2/{number}"
        for text in said(card):
            assert text in screen.text
        links = {link.get("rel"): link.get("href") for link in screen.tree.iter("a") if link.get("rel")}
        assert links.get("prev") == (f"/lessons/2/{number - 1}" if number > 1 else None)
        assert links.get("next") == (f"/lessons/2/{number + 1}" if number < 5 else None)
        assert (NOTE in screen.names("button")) == (number == 5), "asked when it is over"
    paper = Screen(client, "/lessons/2/paper").text
    assert all(text in paper for card in BY_NUMBER[2].cards for text in said(card))
    for wrong in ("6", "2/0", "2/6", f"2/{10**30}"):
        assert client.get(f"/lessons/{wrong}").status_code == 404, wrong


def test_one_goes_on_where_one_was_and_no_row_tells_of_it(visit, session: Session, made: Organisation):
    client = visit("senior")
    before = len(session.exec(select(AuditRow.id)).all())
    session.rollback()
    assert "Begin with the first card" in Screen(client, "/lessons/3").text
    Screen(client, "/lessons/3/3")
    screen = Screen(client, "/lessons/3")
    assert "Go on with card 3" in screen.text and "you were here" in screen.text
    assert "at card 3" in Screen(client, "/lessons").text
    assert "Go on" not in Screen(client, "/lessons/2").text, "each lesson has its own place"
    assert "Go on" not in Screen(visit("other_senior"), "/lessons/3").text, "and each reader"
    assert len(session.exec(select(AuditRow.id)).all()) == before
    session.rollback()


def test_noted_once_by_oneself_in_either_language(visit, session: Session, made: Organisation):
    pair = made.pair("senior", "junior")
    session.commit()
    client = visit("senior")
    screen = Screen(client, "/lessons/5/5").press(NOTE)
    assert screen.path == "/lessons/5" and "stands among your training courses" in screen.text
    assert NOTE not in screen.names("button")
    made.speak("nl")
    session.commit()
    assert "Noteer het als training" not in Screen(client, "/lessons/5").names("button")
    assert client.post("/lessons/5/follow").status_code == 303, "again changes nothing"
    made.speak("en")
    session.commit()
    (kept,) = session.exec(select(Training)).all()
    assert (kept.person_id, kept.noted_by, kept.title) == (
        made.people["senior"],
        made.people["senior"],
        "Leermaat cards: Guarding your own time",
    )
    session.rollback()
    assert "Leermaat cards: Guarding your own time" in Screen(visit("junior"), f"/mentorships/{pair}").text
    assert "You noted 1 of the five lessons" in Screen(client, "/lessons").text
    assert "Five short lessons" in Screen(visit("other_senior"), "/lessons").text


def test_whoever_reads_without_mentoring_notes_nothing(visit, session: Session, made: Organisation):
    client = visit("junior")
    assert NOTE not in Screen(client, "/lessons/2/5").names("button")
    assert client.post("/lessons/2/follow").status_code == 422
    assert visit("nobody").post("/lessons/2/follow").status_code == 403
    assert session.exec(select(Training)).all() == []
    session.rollback()


def test_reached_from_my_pairs_and_the_profile(visit, session: Session, made: Organisation):
    for path in ("/mentorships", "/profiles"):
        assert "/lessons" in {link.get("href") for link in Screen(visit("senior"), path).tree.iter("a")}, path
