"""Mail of what happens in a duo: help asked, a signal of the mentor's own, a level, thanks, a proposal that lapsed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, select

from mentorship import worker
from mentorship.checkins.signals.models import Signal
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.models import ClosingWord
from mentorship.mentorships.proposals.actions import expire_proposals
from mentorship.people.models import Person, PersonRole
from mentorship.reminders.actions import collect
from tests.checkins.stage import Asking, plant
from tests.factories import Organisation
from tests.outbox.postbox import Postbox, receiving, settings
from tests.reminders.conftest import Post, words
from tests.rounds.stage import Stage

HELP, SIGNAL, LEVEL = "Somebody asks for your help", "Is mentoring still working for you?", "Can you confirm a step?"
LAPSED = "A proposal was not answered in time"


@pytest.fixture
def asking(stage: Stage, engine: sa.Engine, organisation: Organisation, app: Flask) -> Asking:
    organisation.speak("nl")
    found = Asking(engine, organisation, stage.now, app)
    found.confide("nobody")
    organisation.speak("nl")
    return found


def told(asking: Asking, post: Post, subject: str) -> list[str]:
    """Who gets a mail of this subject now."""
    asking.organisation.speak("en")
    found = sorted(m["To"].addresses[0].username for m in post.go(asking.now) if str(m["Subject"]) == subject)
    asking.organisation.speak("nl")
    return found


@pytest.mark.parametrize(
    ("author", "helper", "who"),
    [
        ("junior", "mentor", "senior"),
        ("junior", "manager", "manager"),
        ("senior", "manager", "manager"),
        ("junior", "coordinator", "coordinator"),
        ("senior", "confidant", "nobody"),
    ],
)
def test_help_is_told_to_who_it_is_asked_of_once(asking: Asking, post: Post, author: str, helper: str, who: str):
    asking.start("senior", "junior")
    asking.open()
    asking.send(author, 4, help_from=[helper])
    assert told(asking, post, HELP) == [who]
    for _ in range(9):
        asking.later(days=1)
        assert told(asking, post, HELP) == []


def test_help_asked_within_the_readers_shift_goes_with_the_next_pass(asking: Asking):
    """Nothing of it can be undone, so it does not wait as other mail does."""
    asking.start("senior", "junior")
    asking.open()
    asking.send("junior", 4, help_from=["manager"])
    with receiving(Postbox()) as box:
        worker.once(asking.engine, asking.now, settings(box.port))
        assert box.to() == ["manager@example.nl"]


def test_ones_own_wish_for_help_is_not_counted_with_what_is_asked_of_one(asking: Asking, post: Post, session: Session):
    session.add(PersonRole(person_id=asking.person("senior"), role="coordinator"))
    session.commit()
    asking.start("senior", "junior")
    asking.open()
    asking.send("senior", 4, help_from=["coordinator"])
    asking.send("junior", 4, help_from=["mentor"])
    assert told(asking, post, HELP) == ["coordinator", "senior"]


def test_help_goes_to_who_was_asked_then_not_to_who_took_over(asking: Asking, post: Post):
    asking.start("senior", "junior")
    asking.open()
    asking.send("junior", 4, help_from=["manager"])
    asking.change(Person, asking.person("junior"), manager_id=asking.person("other_manager"))
    assert told(asking, post, HELP) == ["manager"]


def test_a_mail_about_help_names_nobody_and_tells_no_answer(asking: Asking, post: Post):
    asking.start("senior", "junior")
    asking.open()
    asking.send("junior", 1, note="notitievogel", help_from=["manager"])
    mails = [m for m in post.go(asking.now) if m["To"].addresses[0].username == "manager"]
    assert mails
    for message in mails:
        text = str(message["Subject"]) + words(message) + words(message, "html")
        assert not any(word in text for word in ("Junior", "Senior", "notitievogel"))


def test_a_signal_of_the_mentors_own_is_for_the_mentor_alone(asking: Asking, post: Post):
    asking.start("senior", "junior")
    asking.open()
    asking.send("senior", 1)
    asking.send("junior", 1)
    assert told(asking, post, SIGNAL) == [], "one lowest answer is asked back first"
    asking.next_time()
    asking.send("senior", 1)
    asking.send("junior", 1)
    assert told(asking, post, SIGNAL) == ["senior"], "what the junior answered is no mail to anybody"
    asking.later(days=1)
    assert told(asking, post, SIGNAL) == []


def test_a_level_waits_for_the_mentor_and_then_for_the_second(asking: Asking, post: Post, session: Session):
    pair, now = asking.start("senior", "junior", ago=3), asking.now
    goal = Goal(
        mentorship_id=pair,
        domain_id=asking.organisation.domain("Pneumatiek"),
        start_level=1,
        target_level=3,
        made_at=now,
    )
    session.add(goal)
    session.flush()
    claim = LevelClaim(goal_id=goal.id or 0, level=3, claimed_at=now)
    session.add(claim)
    session.commit()
    assert told(asking, post, LEVEL) == ["senior"]
    asking.later(hours=2)
    assert told(asking, post, LEVEL) == []
    claim.status, claim.evidence, claim.mentor_at = "seconding", "zelf gedaan en getest", asking.now
    claim.second_id = asking.person("other_senior")
    session.add(claim)
    session.commit()
    assert told(asking, post, LEVEL) == ["other_senior"]
    asking.later(days=1)
    assert told(asking, post, LEVEL) == []


def test_each_level_is_told_to_who_it_waits_for_also_an_older_one_that_comes_later(
    asking: Asking, post: Post, session: Session
):
    pair, now, second = asking.start("senior", "junior", ago=3), asking.now, asking.person("other_senior")
    claims = []
    for name in ("Pneumatiek", "PLC-programmering"):
        goal = Goal(
            mentorship_id=pair, domain_id=asking.organisation.domain(name), start_level=1, target_level=3, made_at=now
        )
        session.add(goal)
        session.flush()
        claims.append(LevelClaim(goal_id=goal.id or 0, level=3, claimed_at=now))
        session.add(claims[-1])
        session.flush()
    older, newer = claims
    for claim, moment in ((newer, asking.now), (older, now + timedelta(days=1))):
        asking.later(seconds=(moment - asking.now).total_seconds())
        claim.status, claim.evidence, claim.mentor_at, claim.second_id = "seconding", "zelf gedaan", moment, second
        session.add(claim)
        session.commit()
        assert "other_senior" in {m["To"].addresses[0].username for m in post.go(asking.now)}, claim.id
    asking.later(hours=1)
    assert post.go(asking.now) == []


def test_the_mentors_manager_is_asked_to_thank_them_when_the_junior_had_their_say(
    asking: Asking, post: Post, session: Session
):
    pair = asking.start("senior", "junior", ago=70, status="ended", ended_on=asking.today)
    closing = plant(session, asking.organisation, pair, "junior", closing=True)
    session.commit()
    subject = "Thank Senior Proef for mentoring"
    assert told(asking, post, subject) == [], "the junior may still add a word"
    session.execute(
        sa.text("UPDATE check_in SET status = 'answered', closed_at = opened_at WHERE id = :id"), {"id": closing}
    )
    session.add(ClosingWord(mentorship_id=pair, side="junior", reached="alles", thanks="Dank voor je geduld"))
    session.commit()
    asking.organisation.speak("en")
    mails = [m for m in post.go(asking.now) if str(m["Subject"]) == subject]
    assert [m["To"].addresses[0].username for m in mails] == ["manager"]
    text = words(mails[0])
    assert "Senior Proef mentored Junior Proef in Pneumatiek for 10 weeks." in text and "Dank voor je geduld" in text
    assert "alles" not in text
    asking.later(days=1)
    assert told(asking, post, subject) == []


def test_a_former_manager_is_not_told_what_the_junior_said(asking: Asking, post: Post, session: Session):
    pair = asking.start("senior", "junior", ago=70, status="ended", ended_on=asking.today)
    session.add(ClosingWord(mentorship_id=pair, side="junior", thanks="Dankvogel"))
    session.commit()
    asking.act(collect, asking.now)
    asking.change(Person, asking.person("senior"), manager_id=asking.person("other_manager"))
    assert told(asking, post, "Thank Senior Proef for mentoring") == ["other_manager"]
    assert not any("Dankvogel" in words(m) for m in post.taken if m["To"].addresses[0].username == "manager")


def test_thanks_are_told_once_as_long_as_the_desk_shows_them(asking: Asking, post: Post):
    asking.start("senior", "junior", ago=70, status="ended", ended_on=asking.today)
    subject = "Thank Senior Proef for mentoring"
    assert told(asking, post, subject) == ["manager"]
    for _ in range(4):
        asking.later(days=10)
        assert told(asking, post, subject) == []


def test_a_proposal_that_lapsed_is_told_to_both_and_nobody_was_refused(asking: Asking, post: Post, session: Session):
    asking.organisation.pair("senior", "junior")
    session.commit()
    post.go(asking.now)
    asking.later(days=15)
    asking.act(expire_proposals, asking.now)
    asking.organisation.speak("en")
    found = {(m["To"].addresses[0].username, str(m["Subject"])) for m in post.go(asking.now)}
    assert found == {("junior", LAPSED), ("senior", LAPSED)}
    asking.later(days=1)
    assert post.go(asking.now) == []


def test_what_was_settled_before_the_mail_goes_out_is_no_news(asking: Asking, post: Post, session: Session):
    asking.start("senior", "junior")
    asking.open()
    asking.send("junior", 4, help_from=["manager"])
    session.execute(sa.text("UPDATE signal SET status = 'done', done_at = raised_at"))
    session.commit()
    asking.later(minutes=1)
    assert told(asking, post, HELP) == []


def test_a_second_colleague_is_told_of_a_step_that_was_claimed_weeks_ago(asking: Asking, post: Post, session: Session):
    """The mentor took their time: it is news to the second from the day the mentor passed it on, not from the claim."""
    pair, now = asking.start("senior", "junior", ago=3), asking.now
    domain = asking.organisation.domain("Pneumatiek")
    goal = Goal(mentorship_id=pair, domain_id=domain, start_level=1, target_level=3, made_at=now)
    session.add(goal)
    session.flush()
    claim = LevelClaim(goal_id=goal.id or 0, level=3, claimed_at=now)
    session.add(claim)
    session.commit()
    asking.later(days=20)
    assert told(asking, post, LEVEL) == [], "older than a week: no news to the mentor"
    claim.status, claim.evidence, claim.mentor_at = "seconding", "zelf gedaan en getest", asking.now
    claim.second_id = asking.person("other_senior")
    session.add(claim)
    session.commit()
    assert told(asking, post, LEVEL) == ["other_senior"]


def test_help_that_is_asked_of_nobody_stops_no_other_mail(asking: Asking, post: Post):
    """The manager was taken from the junior between the page and its sending."""
    asking.start("senior", "junior")
    asking.open()
    asking.send("junior", 4, help_from=["manager"])
    asking.send("senior", 4, help_from=["coordinator"])
    (signal,) = asking.read(_asked_of_managers)
    asking.change(Signal, signal, asked_id=None)
    assert told(asking, post, HELP) == ["coordinator"]


def _asked_of_managers(session: Session) -> list[int | None]:
    return list(session.exec(select(Signal.id).where(Signal.about == "manager")))
