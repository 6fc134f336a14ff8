"""Being told of a check-in, once and again, never twice on one day; and answering it from the link alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from mentorship.base import links
from mentorship.checkins import actions
from mentorship.checkins.links.rules import LINK_LASTS, LINK_PURPOSE
from mentorship.reminders.actions import collect
from tests.checkins.stage import Asking
from tests.factories import Organisation
from tests.reminders.conftest import Post, words
from tests.rounds.stage import Stage

ASKED = "How is it going? Two minutes"


@pytest.fixture
def asking(stage: Stage, engine: sa.Engine, organisation: Organisation, app: Flask) -> Asking:
    return Asking(engine, organisation, stage.now, app)


def told(asking: Asking, post: Post) -> list[str]:
    """Who is told of check-ins now, at whatever hour."""
    return sorted(m["To"].addresses[0].username for m in post.go(asking.now) if str(m["Subject"]).endswith(ASKED))


def test_told_when_it_opens_and_once_after_three_and_seven_days(asking: Asking, post: Post):
    asking.start()
    asking.open()
    found = {}
    for day in range(13):
        for _ in range(2):  # the worker ticks all day long
            if names := told(asking, post):
                found.setdefault(day, []).append(names)
        asking.later(days=1)
    assert found == {day: [["junior", "senior"]] for day in (0, 3, 7)}


def test_nobody_gets_two_on_one_day_when_another_opens_on_the_day_of_a_reminder(asking: Asking, post: Post):
    asking.start()
    asking.open()
    assert told(asking, post) == ["junior", "senior"]
    asking.later(days=3)
    assert told(asking, post) == ["junior", "senior"], "reminded in the morning"
    asking.start("senior", "other_junior")
    assert asking.open()
    assert told(asking, post) == ["other_junior"], "the senior had theirs today"
    asking.later(days=1)
    assert told(asking, post) == ["senior"]


def test_nobody_is_reminded_of_what_they_answered_or_skipped(asking: Asking, post: Post):
    asking.start()
    asking.open()
    told(asking, post)
    (mine,) = asking.asked("junior")
    asking.act(actions.skip, mine.id, asking.now)
    asking.later(days=3)
    assert told(asking, post) == ["senior"]


def test_a_worker_that_was_away_for_a_week_sends_one(asking: Asking, post: Post):
    asking.start()
    asking.open()
    asking.later(days=8)
    assert told(asking, post) == ["junior", "senior"]
    for _ in range(5):
        asking.later(days=1)
        assert told(asking, post) == []


def test_a_mail_server_that_was_away_for_a_week_passes_on_one(asking: Asking, post: Post):
    """The worker asks all that time, and nothing goes out."""
    asking.start()
    asking.open()
    for day in range(9):
        if day in (4, 6):
            asking.start("senior" if day == 4 else "other_senior", "other_junior" if day == 4 else "nobody")
            asking.open()
        post.stage.act(collect, asking.now)
        asking.later(days=1)
    assert told(asking, post) == ["junior", "nobody", "other_junior", "other_senior", "senior"]
    (last,) = [m for m in post.taken if m["To"].addresses[0].username == "senior"]
    assert len(set(re.findall(r"/links/\S+", words(last)))) == 2, "and it names all that wait"
    assert told(asking, post) == []


@pytest.mark.parametrize("ended", ["failed_at", "dropped_at"])
def test_a_later_mail_that_never_went_supersedes_nothing(asking: Asking, post: Post, engine: sa.Engine, ended: str):
    asking.start()
    asking.open()
    post.stage.act(collect, asking.now)
    asking.later(days=3)
    post.stage.act(collect, asking.now)
    with engine.begin() as connection:
        ending = sa.text(f"UPDATE outbox SET {ended} = created_at WHERE kind = 'reminder-3'")
        assert connection.execute(ending).rowcount == 2
    assert told(asking, post) == ["junior", "senior"]


def test_one_mail_names_all_that_wait(asking: Asking, post: Post):
    asking.start()
    asking.start("senior", "other_junior")
    asking.open()
    sent = [m for m in post.go(asking.now) if m["To"].addresses[0].username == "senior" and str(m["Subject"]) == ASKED]
    assert len(sent) == 1
    assert len(set(re.findall(r"/links/\S+", words(sent[0])))) == 2


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1)])
def test_a_clock_that_jumps_tells_nobody_twice(asking: Asking, post: Post, back: timedelta):
    asking.start()
    asking.open()
    assert told(asking, post) == ["junior", "senior"]
    for step in (-back, back, back, -back):
        asking.later(seconds=step.total_seconds())
        asking.open()
        assert told(asking, post) == []


def token(asking: Asking, post: Post, key: str = "junior", purpose: str = LINK_PURPOSE) -> str:
    (found,) = asking.asked(key)
    return links.sign(post.settings, purpose, found.id, asking.now)


@pytest.fixture
def door(asking: Asking, post: Post, app: Flask) -> str:
    asking.start()
    asking.open()
    app.extensions["mentorship_settings"].secret_key = post.settings.secret_key
    return f"/links/{token(asking, post)}"


def test_the_link_opens_this_form_without_signing_in(asking: Asking, door: str, visit):
    nobody = visit(None)
    assert "Check-in" in nobody.get(door).text
    assert nobody.post(f"{door}/answer", data={"key": "progress", "value": "2"}).status_code == 204
    shown = {"closing": "false", "seen": "classes", "note": "Canary"}
    assert nobody.post(door, data={**shown, "answer-progress": "1", "answer-pace-x": "1"}).status_code in (400, 422)
    assert asking.asked("junior")[0].status == "open", "a question that was not asked is refused"
    sent = nobody.post(door, data={**shown, "answer-progress": "4"}, follow_redirects=True)
    assert "Thank you" in sent.text
    assert asking.asked("junior")[0].status == "answered"
    again = nobody.get(door)
    assert again.status_code == 200 and "Canary" not in again.text, "whoever holds the link reads nothing"
    assert nobody.post(f"{door}/skip").status_code == 409
    assert nobody.get("/", follow_redirects=False).status_code == 303, "it signs nobody in"


def test_a_link_that_is_not_ours_or_too_old_leads_nowhere(asking: Asking, post: Post, door: str, visit):
    nobody = visit(None)
    other = f"/links/{token(asking, post, purpose='unsubscribe')}"
    for wrong in (other, door[:-1], f"{door}x", "/links/x"):
        assert nobody.get(wrong).status_code == 404
    asking.later(seconds=LINK_LASTS.total_seconds() + 1)
    assert nobody.get(door).status_code == 404
