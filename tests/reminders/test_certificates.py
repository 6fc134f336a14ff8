"""Who is told that a certificate of theirs ends: 90 and 30 days before, once each, and counted for coordinators."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from mentorship.growth.certificate_kinds.actions import KindWords, add
from mentorship.growth.certificates import actions
from mentorship.growth.certificates.actions import Noted
from mentorship.growth.certificates.models import Certificate
from mentorship.reminders.models import MailPreference
from tests.reminders.conftest import Post, words
from tests.rounds.stage import Stage

DAY = timedelta(days=1)


@pytest.fixture
def vca(stage: Stage, session: Session) -> int:
    made = add(session, stage.coordinator, KindWords("VCA", months=120), stage.now)
    session.commit()
    return made.id or 0


def have(stage: Stage, session: Session, key: str, vca: int, left: int) -> None:
    today = stage.now.date()
    whole = Noted(vca, today - 200 * DAY, today + left * DAY)
    actions.note(session, stage.coordinator, [stage.person(key)], whole, stage.now)
    session.commit()


def told(post: Post, now: datetime) -> list[str]:
    """Return who is told now that a certificate ends."""
    found = [m for m in post.go(now) if "certificate of yours" in str(m["Subject"])]
    return [m["To"].addresses[0].username for m in found]


@pytest.mark.both_databases
def test_somebody_is_told_ninety_and_thirty_days_before_once_each(stage: Stage, session: Session, post: Post, vca: int):
    have(stage, session, "senior", vca, 100)
    days = {}
    for day in range(0, 110):
        for _ in range(2):
            if found := told(post, stage.now + day * DAY):
                days[100 - day] = found
    assert days == {90: ["senior"], 30: ["senior"]}


@pytest.mark.both_databases
def test_a_worker_that_was_away_tells_it_when_it_is_back(stage: Stage, session: Session, post: Post, vca: int):
    have(stage, session, "senior", vca, 100)
    assert told(post, stage.now + 50 * DAY) == ["senior"], "50 days before the end: of the first reminder"
    assert told(post, stage.now + 95 * DAY) == ["senior"]
    assert told(post, stage.now + 101 * DAY) == []


def test_who_got_it_again_or_removed_it_is_not_told(stage: Stage, session: Session, post: Post, vca: int):
    for key in ("senior", "junior"):
        have(stage, session, key, vca, 60)
    again = Noted(vca, stage.now.date() - DAY)
    actions.note(session, stage.coordinator, [stage.person("senior")], again, stage.now)
    session.execute(sa.delete(Certificate).where(Certificate.person_id == stage.person("junior")))
    session.commit()
    assert told(post, stage.now) == []


def test_it_is_a_reminder_that_can_be_switched_off(stage: Stage, session: Session, post: Post, vca: int):
    have(stage, session, "senior", vca, 60)
    session.add(MailPreference(person_id=stage.person("senior"), topic="reminder", wanted=False))
    session.commit()
    assert told(post, stage.now) == []


def test_it_says_which_and_when(stage: Stage, session: Session, post: Post, vca: int):
    have(stage, session, "senior", vca, 60)
    mail = next(m for m in post.go(stage.now) if "certificate of yours" in str(m["Subject"]))
    assert "Your certificate VCA ends on" in words(mail) and "That is in 60 days." in words(mail)


def test_the_overview_counts_them_for_coordinators_alone(stage: Stage, session: Session, post: Post, vca: int):
    session.execute(sa.delete(MailPreference))
    session.commit()
    for key, left in (("senior", 60), ("junior", 10), ("other_junior", 100)):
        have(stage, session, key, vca, left)
    found = [m for m in post.go(stage.now) if "this week" in str(m["Subject"])]
    assert [m["To"].addresses[0].username for m in found] == ["coordinator"]
    assert "2 certificates end within three months." in words(found[0])
