"""Being away as people notice it: nothing is asked, mail waits, and nobody else can tell."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from mentorship.base.clock import local_date
from mentorship.base.mail_kinds import HELP
from mentorship.checkins import actions as check_ins
from mentorship.checkins.endings import actions as endings
from mentorship.people.models import Site
from mentorship.profiles.away import actions
from mentorship.profiles.away.models import Away
from mentorship.profiles.closed_days.models import ClosedDay
from mentorship.profiles.rosters.models import Roster
from mentorship.reminders.actions import own_shift
from mentorship.rounds import reading
from tests.checkins.stage import Asking


def away(stage: Asking, key: str, first: int, last: int, by: str | None = None) -> None:
    """Let somebody be away from so many days ahead until so many, as they or another say it."""
    days = {"first_day": stage.today + timedelta(days=first), "last_day": stage.today + timedelta(days=last)}
    actor = stage.actor(by or key)
    stage.act(lambda session, now: actions.set_away(session, actor, stage.person(key), now=now, **days), stage.now)


def closing(stage: Asking, key: str) -> list[str]:
    return [row.status for row in stage.asked(key) if row.closing]


def test_nobody_is_asked_while_a_side_is_away_and_both_are_after_the_return(stage: Asking):
    stage.start()
    away(stage, "senior", 0, 9)
    assert stage.open() == 0
    stage.later(days=9)
    assert stage.open() == 0
    stage.later(days=12)
    assert stage.open() == 2


def test_who_is_away_misses_nothing_and_the_term_shifts(stage: Asking):
    stage.start()
    assert stage.open() == 2
    away(stage, "junior", 2, 21)
    stage.later(days=18)
    stage.act(check_ins.close_missed, stage.now)
    assert (stage.states("junior"), stage.states("senior")) == (["open"], ["missed"])
    stage.later(days=15)
    stage.act(check_ins.close_missed, stage.now)
    assert stage.states("junior") == ["open"]
    stage.later(days=1)
    stage.act(check_ins.close_missed, stage.now)
    assert stage.states("junior") == ["missed"]


def test_mail_is_held_until_the_return(stage: Asking):
    away(stage, "junior", 0, 6)
    moment = stage.read(lambda session: own_shift(session, stage.now)(stage.person("junior"), HELP))
    assert local_date(moment) == stage.today + timedelta(days=7)
    moment = stage.read(lambda session: own_shift(session, stage.now)(stage.person("senior"), HELP))
    assert local_date(moment) == stage.today


@pytest.mark.parametrize("runs_on", [False, True])
def test_on_a_closed_day_nobody_is_asked_but_a_crew_that_runs_on(stage: Asking, runs_on: bool):
    stage.start()

    def close(session: Session, _now: object) -> None:
        session.add(ClosedDay(site_id=1, day=stage.today, closed=True))
        session.exec(select(Roster)).one().runs_on = runs_on

    stage.act(close, stage.now)
    assert stage.open() == (2 if runs_on else 0)


def test_a_public_holiday_of_the_region_is_closed_unless_the_site_works(stage: Asking):
    stage.start(ago=9)

    def move(session: Session, _now: object) -> None:
        session.get_one(Site, 1).region = "NL"

    stage.act(move, stage.now)
    christmas = date(2026, 12, 25)
    stage.later(days=(christmas - stage.today).days)
    assert stage.open() == 0

    def work(session: Session, _now: object) -> None:
        session.add(ClosedDay(site_id=1, day=christmas, closed=False))

    stage.act(work, stage.now)
    assert stage.open() == 2


PAGES = {
    "manager": [
        "/",
        "/signals",
        "/duos",
        "/duos?open=1",
        "/insight/workload",
        "/away/team",
        "/away/of/{junior}",
        "/checkins/duo/1",
    ],
    "coordinator": [
        "/",
        "/people",
        "/insight/workload",
        "/duos",
        "/duos?view=apart",
        "/duos?open=1",
        "/insight/person/{junior}",
        "/insight/person/{junior}?tab=roster",
        "/away/of/{junior}",
        "/checkins/duo/1",
        "/waiting",
    ],
    "hr": ["/", "/people", "/away/of/{junior}"],
    "admin": ["/", "/people"],
}


def seen(stage: Asking) -> dict[str, str]:
    """What everybody but the two reads."""
    found = {}
    for key, urls in PAGES.items():
        for url in urls:
            address = url.format(junior=stage.person("junior"))
            screen = stage.screen(key, address)
            assert screen.status == 200, address
            found[f"{key} {url}"] = screen.text
    return found


def test_nobody_but_the_two_can_tell_that_somebody_is_away(stage: Asking):
    stage.start()
    before = seen(stage)
    away(stage, "junior", 0, 9)
    assert seen(stage) == before


def test_whoever_fills_it_in_reads_nothing_of_it_and_the_person_reads_by_whom(stage: Asking):
    away(stage, "junior", 3, 9, by="manager")
    entered = stage.read(lambda session: session.exec(select(Away)).one().last_day)
    own = stage.screen("junior", "/away")
    assert "ingevuld door Manager Proef" in own.text and str(entered.day) in own.text
    again = stage.screen("manager", f"/away/of/{stage.person('junior')}")
    assert again.text == stage.screen("manager", f"/away/of/{stage.person('junior')}").text
    assert "ingevuld door" not in again.text


def test_three_taps_from_today(stage: Asking):
    today = stage.screen("junior", "/")
    assert "Ik ben er niet" in today.text
    first = stage.today + timedelta(days=2)
    page = stage.screen("junior", f"/away?first={first}").press("Opslaan")
    assert "Tot je terug bent, vragen we je niets" in page.text
    row = stage.read(lambda session: session.exec(select(Away)).one())
    assert (row.first_day, row.last_day) == (first, first + timedelta(days=6))


def test_a_mentor_away_for_the_first_weeks_has_no_place(stage: Asking):
    def places() -> bool:
        found = stage.read(lambda session: reading.records(session, (), stage.today))
        return any(mentor.person == stage.person("senior") and not mentor.paused for mentor in found.mentors)

    assert places()
    away(stage, "senior", 0, 12)
    assert places(), "back within the first weeks"
    away(stage, "senior", 0, 13)
    assert not places()


def test_the_coordinator_reads_a_second_mentor_for_a_while_and_no_more(stage: Asking):
    stage.start()
    away(stage, "senior", 0, 13)
    line = "Een tweede mentor voor Junior Proef, voor een tijdje?"
    assert line not in stage.screen("coordinator", "/").text, "two weeks are not over two weeks"
    away(stage, "senior", 14, 15)
    assert line in stage.screen("coordinator", "/").text
    assert line not in stage.screen("manager", "/").text
    stage.later(days=16)
    assert line not in stage.screen("coordinator", "/").text


def end(stage: Asking, pair: int, by: str) -> None:
    actor = stage.actor(by)
    stage.act(lambda session, now: endings.end(session, actor, pair, now), stage.now)


@pytest.mark.parametrize("waiting", [False, True])
def test_who_is_away_when_the_pair_ends_is_asked_once_more_after_the_return(stage: Asking, waiting: bool):
    pair = stage.start()
    if waiting:
        stage.open()
    away(stage, "junior", 0, 30)
    end(stage, pair, "senior")
    assert closing(stage, "junior") == [] and closing(stage, "senior") == ["open"]
    for _ in range(2):
        stage.later(days=15)
        stage.open()
        stage.act(check_ins.close_missed, stage.now)
        assert closing(stage, "junior") == [] and "missed" not in stage.states("junior")
    stage.later(days=1)
    stage.open()
    stage.act(check_ins.close_missed, stage.now)
    assert closing(stage, "junior") == ["open"] and stage.open() == 0
    assert len(stage.asked("junior")) == 1 and stage.newest("junior").opened_at == stage.now
    stage.later(days=14)
    assert stage.act(check_ins.close_missed, stage.now) == 1


def test_who_returns_is_not_asked_once_more_about_what_ended_long_before(stage: Asking):
    ended = stage.today - timedelta(days=20)
    stage.start(status="ended", started_on=ended - timedelta(days=60), ended_on=ended)
    away(stage, "junior", 0, 9)
    stage.later(days=10)
    assert stage.open() == 0
