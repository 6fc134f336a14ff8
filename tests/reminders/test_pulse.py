"""Whom the pulse asks by mail: everybody once, and once more half-way who did not answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from mentorship.people.access import Actor
from mentorship.people.models import Account
from mentorship.pulse import actions
from mentorship.pulse.waves import actions as waves
from mentorship.reminders.models import MailPreference
from tests.reminders.conftest import Post, words
from tests.rounds.stage import Stage

DAY = timedelta(days=1)
ASKED = ("senior", "junior", "other_junior")


@pytest.fixture
def wave(stage: Stage, session: Session) -> int:
    """A wave of two weeks that opens today, for three people with an account."""
    for key in ASKED:
        session.add(Account(person_id=stage.person(key), password_hash="x"))
    session.commit()
    today = stage.now.date()
    made = stage.act(waves.plan, stage.coordinator, today, today + 13 * DAY, "role", today, stage.now)
    stage.act(waves.invite, stage.now)
    return made.id or 0


def told(post: Post, days: int) -> list[tuple[str, bool]]:
    """Return who is asked so many days after the first, and whether it is the reminder."""
    found = []
    for mail in post.go(post.stage.now + days * DAY):
        subject = str(mail["Subject"])
        if "minute of questions" in subject:
            found.append((mail["To"].addresses[0].username, "still time" in subject))
    return sorted(found)


@pytest.mark.both_databases
def test_everybody_is_asked_once_and_reminded_once(stage: Stage, post: Post, wave: int):
    came = {}
    for day in range(0, 20):
        for _ in range(2):
            if found := told(post, day):
                came[day] = found
    assert came == {
        0: [("junior", False), ("other_junior", False), ("senior", False)],
        6: [("junior", True), ("other_junior", True), ("senior", True)],
    }


def test_who_took_part_is_not_reminded(stage: Stage, post: Post, wave: int):
    assert len(told(post, 0)) == 3
    stage.act(actions.answer, Actor(stage.person("junior"), frozenset()), {"holders": "5"}, stage.now)
    assert told(post, 8) == [("other_junior", True), ("senior", True)]


def test_a_worker_that_was_away_asks_once_when_it_is_back(stage: Stage, post: Post, wave: int):
    assert [again for _who, again in told(post, 9)] == [True] * 3
    assert told(post, 10) == []


def test_after_the_last_day_nobody_is_asked(stage: Stage, post: Post, wave: int):
    assert told(post, 14) == []


def test_it_is_a_reminder_that_can_be_switched_off(stage: Stage, session: Session, post: Post, wave: int):
    session.add(MailPreference(person_id=stage.person("junior"), topic="reminder", wanted=False))
    session.commit()
    assert told(post, 0) == [("other_junior", False), ("senior", False)]


def test_it_says_that_it_is_anonymous_and_until_when(stage: Stage, post: Post, wave: int):
    mail = next(m for m in post.go(stage.now) if "minute of questions" in str(m["Subject"]))
    said = words(mail)
    assert "without your name" in said and "until" in said and "Half-way we remind you once" in said
