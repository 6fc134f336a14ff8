"""A duo of which one moved to another site: whatever the rosters say, they no longer work together."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.checkins.signals import raising as signals
from mentorship.home.calendar.queries import entries
from mentorship.mentorships.actions import set_failing
from mentorship.mentorships.hours import queries as hours_queries
from mentorship.people.models import Person
from mentorship.rounds import retest
from tests.checkins.stage import Asking


def move(stage: Asking, session: Session, key: str, site: str) -> None:
    """Let somebody move, and the worker test running pairs again."""
    session.get_one(Person, stage.person(key)).site_id = stage.organisation.site(site)
    session.commit()
    broken = stage.read(lambda s: retest.broken(s, local_date(stage.now)))
    stage.act(set_failing, broken, stage.now)


def test_asked_at_the_latest_and_signalled_after_four_weeks(stage: Asking, session: Session):
    pair = stage.start("senior", "junior")
    assert stage.open() == 2
    move(stage, session, "junior", "Breda")
    raised = []
    for day in range(43):
        stage.act(signals.evaluate, stage.now)
        raised += [(day, kind) for kind, *_ in stage.signals() if kind not in {k for _, k in raised}]
        assert stage.open() == (2 if day == 42 else 0), day
        stage.later(days=1)
    told = [found for found in raised if found[1] in ("rule", "apart")]
    assert told == [(0, "rule"), (26, "apart")], "Friday was the last day"
    assert "geen samen-dienst" in stage.screen("junior", f"/checkins/duo/{pair}").text


def test_no_hours_are_foreseen_and_the_calendar_is_empty(stage: Asking, session: Session):
    stage.start("senior", "junior", ago=30)
    mentor = stage.person("senior")
    before = stage.read(hours_queries.cards, mentor, stage.today)
    assert before[0].lines[0].hours and any(stage.read(entries, mentor, names=False, now=stage.now))
    move(stage, session, "junior", "Breda")
    stage.later(days=14)
    week = stage.today - timedelta(days=stage.today.weekday())
    foreseen = {card.monday: card.lines[0].hours for card in stage.read(hours_queries.cards, mentor, stage.today)}
    assert foreseen[week] == 0 and foreseen[week - timedelta(weeks=3)] == before[1].lines[0].hours, "before the move"
    shown = stage.read(entries, mentor, names=False, now=stage.now)
    assert not [entry for entry in shown if type(entry).__name__ == "Together"]


def test_back_at_one_site_they_meet_again(stage: Asking, session: Session):
    stage.start("senior", "junior")
    move(stage, session, "junior", "Breda")
    assert not stage.open()
    move(stage, session, "junior", "Ede")
    assert stage.open() == 2
