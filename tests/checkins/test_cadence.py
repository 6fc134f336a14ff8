"""How often a side is asked: two rhythms, sooner after a low one, and never by what the other said."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from mentorship.checkins import actions, balance, due, queries
from mentorship.checkins.settings.models import CheckInSettings
from tests.checkins.stage import Asking


@pytest.mark.parametrize("times", range(8))
def test_the_first_four_come_soon_and_the_later_ones_not(times: int):
    wanted = 14 if times < 4 else 28
    assert due.interval(times, False, 14, 28) == wanted
    assert due.interval(times, True, 14, 28) == 14
    assert due.interval(times, True, 10, 42) == (10 if times < 4 else 14)


def next_days(stage: Asking, pair: int) -> dict[str, date]:
    """On which day each side reads that it is asked next."""

    def both(session: Session) -> dict[str, date]:
        found = queries.duos(session, stage.today, [pair])
        people = {key: stage.person(key) for key in ("junior", "senior")}
        return {key: queries.next_days(session, found, who, stage.today)[pair] for key, who in people.items()}

    return stage.read(both)


def times(stage: Asking, number: int) -> int:
    """A pair of which both sides answered so often; return it."""
    pair = stage.start()
    assert stage.open()
    for _ in range(number - 1):
        stage.send("junior", 4)
        stage.send("senior", 4)
        stage.next_time()
    return pair


@pytest.mark.both_databases
@pytest.mark.parametrize("steps", [{"junior": 1, "senior": 5}, {"junior": 5, "senior": 1}, {"junior": 2, "senior": 2}])
def test_a_low_one_brings_the_next_of_that_side_forward_and_never_the_others(stage: Asking, steps: dict[str, int]):
    pair = times(stage, 4)
    for key, step in steps.items():
        stage.send(key, step)
    for key, step in steps.items():
        days = (next_days(stage, pair)[key] - stage.today).days
        assert days == (14 if step < 3 else 28), (key, step)
    stage.later(days=14)
    assert stage.open() == sum(step < 3 for step in steps.values())
    for key, step in steps.items():
        assert stage.states(key)[-1] == ("open" if step < 3 else "answered")


@pytest.mark.parametrize("step", [None, 1, 3, 5, "skip", "nothing"])
def test_no_answer_of_the_other_moves_ones_own_date(stage: Asking, step: int | str | None):
    pair = times(stage, 4)
    stage.send("junior", 4)
    if step == "skip":
        stage.screen("senior", f"/checkins/{stage.newest('senior').id}").press("Deze keer overslaan")
    elif step != "nothing":
        stage.send("senior", step)  # type: ignore[arg-type]
    found = next_days(stage, pair)
    assert (found["junior"] - stage.today).days == 28
    assert (found["senior"] - stage.today).days == (14 if step == 1 else 28), "passing over is not low"


def test_what_stands_outside_the_index_makes_none_low_or_better(stage: Asking):
    pair = times(stage, 4)
    turns = set(balance.TURN).intersection(stage.newest("junior").asked or [])
    stage.send("junior", 2, **{f"answer-{key}": "5" for key in turns})
    assert (next_days(stage, pair)["junior"] - stage.today).days == 14
    stage.send("senior", 3, **{"answer-speed": "1"})
    assert (next_days(stage, pair)["senior"] - stage.today).days == 28


def test_the_date_on_the_page_and_the_worker_agree(stage: Asking):
    pair = times(stage, 4)
    stage.send("junior", 1)
    stage.send("senior", 4)
    told = next_days(stage, pair)
    for key in ("junior", "senior"):
        page = stage.screen(key, f"/checkins/duo/{pair}").text
        month = {1: "jan", 2: "feb"}[told[key].month]
        assert f"De volgende tussenstand komt op {told[key].day} {month}" in page
    while stage.today < told["senior"]:
        before = len(stage.asked("senior"))
        assert len(stage.asked("junior")) == before + (stage.today >= told["junior"])
        stage.later(days=1)
        stage.open()
        stage.act(actions.close_missed, stage.now)
    assert len(stage.asked("senior")) == 5


def test_another_rhythm_of_the_programme(stage: Asking):
    stage.change(CheckInSettings, 1, days=10, later_days=42)
    pair = stage.start(ago=10)
    assert stage.open() == 2
    stage.send("junior", 4)
    assert (next_days(stage, pair)["junior"] - stage.today).days == 10
