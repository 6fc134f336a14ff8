"""The weekly overview: to who manages or coordinates, once a week, counts of their own line, and never a name."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session

from mentorship.people.models import Person
from mentorship.profiles.models import Capacity
from mentorship.reminders.actions import choose, collect
from mentorship.reminders.models import TOPICS, MailPreference
from tests.checkins.stage import Asking
from tests.factories import Organisation
from tests.reminders.conftest import Post, words
from tests.rounds.stage import Stage, counted

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@pytest.fixture
def asking(stage: Stage, engine: sa.Engine, organisation: Organisation, app: Flask) -> Asking:
    """Everybody wants the overview."""
    organisation.session.execute(sa.delete(MailPreference))
    organisation.session.commit()
    return Asking(engine, organisation, stage.now, app)


def overviews(post: Post, asking: Asking) -> dict[str, str]:
    """Return who gets an overview now, and its words."""
    found = [m for m in post.go(asking.now) if "this week" in str(m["Subject"])]
    return {m["To"].addresses[0].username: words(m) for m in found}


def test_once_a_week_and_only_when_there_is_something(asking: Asking, post: Post):
    assert overviews(post, asking) == {}, "an empty line is no news"
    asking.later(days=7)
    asking.start("senior", "junior", ago=1)
    days = {}
    for day in range(15):
        for _ in range(2):
            if found := overviews(post, asking):
                days[day] = sorted(found)
        asking.later(days=1)
    managers = ["coordinator", "director", "manager"]
    assert days == {0: managers, 7: managers, 14: managers}, "not to the manager of the other line"


def test_a_worker_that_was_away_sends_this_weeks_and_late_in_the_week_none(asking: Asking, post: Post):
    asking.start("senior", "junior", ago=1)
    asking.later(days=30)  # a Wednesday
    assert sorted(overviews(post, asking)) == ["coordinator", "director", "manager"]
    asking.later(days=9)  # a Friday
    assert overviews(post, asking) == {}


def test_it_counts_ones_own_line_and_names_nobody(asking: Asking, post: Post, session: Session):
    asking.start("senior", "junior")
    asking.start("other_senior", "other_junior")
    asking.open()
    asking.organisation.speak("nl")
    for key in ("junior", "other_junior"):
        asking.send(key, 1)
    asking.organisation.speak("en")
    session.get_one(Capacity, asking.person("senior")).hours = 20
    session.commit()
    found = overviews(post, asking)
    assert "1 pair active (a week ago: 1). What your people in them answer: 2 not known yet." in found["manager"]
    assert "2 pairs active (a week ago: 2): 2 not known yet." in found["coordinator"]
    assert "1 signal needs your attention (1 new signal this week)." in found["manager"]
    assert "1 mentor waits for you to confirm hours." in found["manager"]
    assert "1 mentor waits for a manager to confirm hours." in found["coordinator"]
    assert "confirm hours" not in found["other_manager"]
    for who, text in found.items():
        names = {p.given_name for p in session.execute(sa.select(Person)).scalars()} - {who.capitalize()}
        assert not any(name in text for name in names if name not in ("Nobody",)), text


@pytest.mark.parametrize(("visibility", "shown"), [("classes", True), ("released", False), ("aggregates", False)])
def test_classes_only_where_managers_see_them(asking: Asking, post: Post, visibility: str, shown: bool):
    asking.choose(visibility)
    asking.start("senior", "junior")
    found = overviews(post, asking)
    assert ("not known yet" in found["manager"]) is shown and "not known yet" in found["coordinator"]


def test_who_does_not_want_it_gets_none_and_one_click_ends_it(asking: Asking, post: Post):
    asking.start("senior", "junior", ago=1)
    asking.act(choose, asking.person("coordinator"), set(TOPICS) - {"overview"}, asking.now)
    mails = [m for m in post.go() if "this week" in str(m["Subject"])]
    assert sorted(m["To"].addresses[0].username for m in mails) == ["director", "manager"]
    assert all(m["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click" for m in mails)


def test_another_topic_switched_off_takes_no_overview_away(asking: Asking, post: Post):
    asking.start("senior", "junior", ago=1)
    for topic in TOPICS:
        if topic != "overview":
            asking.act(choose, asking.person("manager"), set(TOPICS) - {topic}, asking.now)
            assert "manager" in overviews(post, asking), topic
            asking.later(days=7)


def test_asking_takes_the_same_queries_for_one_manager_and_for_many(asking: Asking, post: Post, session: Session):
    def queries() -> int:
        with counted(asking.engine) as found:
            asking.act(collect, asking.now)
        return len(found)

    asking.start("senior", "junior", ago=1)
    few = queries()
    for n in range(20):
        asking.organisation.person(f"boss{n}", "manager", email=f"b{n}@example.nl")
    session.commit()
    asking.later(days=7)
    assert queries() == few


def test_it_tells_what_began_and_ended_in_the_week_before(asking: Asking, post: Post):
    asking.start("senior", "junior", ago=6)
    asking.start("other_senior", "other_junior", ago=8)
    text = overviews(post, asking)["coordinator"]
    assert "1 pair started in the past week." in text and "ended" not in text
    asking.later(days=7)
    assert "past week" not in overviews(post, asking)["coordinator"]
