"""The small figures draw what they tell: lengths add up, what is over is shown as over, no mark goes untold."""

from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import pairwise
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship.base.figures.days import days, shift_kind
from mentorship.base.figures.field import Field, Group, field
from mentorship.base.figures.funnel import funnel, tall
from mentorship.base.figures.histogram import Bin, histogram
from mentorship.base.figures.hours import hour_bar
from mentorship.base.figures.ladder import ladder
from mentorship.base.figures.line import line, spark
from mentorship.base.figures.pips import Pips, levels, places
from mentorship.base.figures.score import ORDER, Score, score, whole_points
from mentorship.base.figures.segments import Portion, segments
from mentorship.base.figures.weeks import HourWeek, Week, week_bars, week_strip
from mentorship.base.i18n import integer, use_locale
from mentorship.matching import CRITERIA, DEFAULT_WEIGHTS, HIDDEN

MONDAY = date(2026, 11, 30)
NAMES = {key: key for key in CRITERIA}
shares = st.floats(0, 1, allow_nan=False)
few = st.integers(0, 4)
scored = st.fixed_dictionaries(dict.fromkeys(CRITERIA, shares))


def kinds(pips: Pips) -> list[str]:
    return [pip.kind for pip in pips.pips]


def test_places_stand_in_one_order():
    assert kinds(places(2, 4, proposed=1, idle=2)) == ["taken", "taken", "proposed", "free", "idle", "idle"]
    assert kinds(places(2, 1)) == ["taken", "over"]
    assert kinds(places(0, 0)) == []


@given(taken=few, proposed=few, count=few)
def test_every_junior_and_every_place_is_a_dot(taken: int, proposed: int, count: int):
    seen = Counter(kinds(places(taken, count, proposed=proposed)))
    if not seen:
        return
    assert seen["taken"] + seen["over"] + seen["proposed"] == taken + proposed
    assert seen["over"] == max(0, taken + proposed - count)
    assert seen["free"] == max(0, count - taken - proposed)


def test_of_more_than_eight_only_the_number_is_told():
    assert len(places(4, 8).pips) == 8
    many = places(4, 9)
    assert not many.pips and many.said == "4 van 9"


@pytest.mark.parametrize(
    ("taken", "count", "more", "said"),
    [
        (1, 1, {}, "1 van 1"),
        (2, 1, {}, "2, waar 1 plek is"),
        (3, 2, {}, "3, waar 2 plekken zijn"),
        (1, 1, {"idle": 1}, "1 van 1; 1 telt niet mee"),
        (2, 3, {"proposed": 1}, "2 van 3, 1 voorgesteld"),
    ],
)
def test_places_are_told_as_well(taken: int, count: int, more: dict[str, int], said: str):
    assert places(taken, count, **more).said == said


def test_a_level_is_five_dots():
    assert kinds(levels(2, 3)) == ["on", "on", "goal", "off", "off"]
    assert kinds(levels(0)) == ["off"] * 5
    assert kinds(levels(5, 3)) == ["on"] * 5, "who can more than the goal has nothing to learn"


def test_hours_over_are_a_stretch_of_their_own():
    within = hour_bar(Decimal("2.2"), Decimal(4), Decimal(6))
    assert [(part.kind, part.width) for part in within.stretches] == [("room", 72), ("spent", 39.6)]
    assert within.flag == 108 and within.tone == "" and within.said == "2,2 van 4 uur; 6 toegezegd"
    little = hour_bar(Decimal("4.9"), Decimal(4))
    assert [part.kind for part in little.stretches] == ["room", "spent", "over"]
    assert little.tone == "warn" and little.said == "4,9 van 4 uur: iets erboven"
    well = hour_bar(Decimal(5), Decimal(4), Decimal(4))
    assert well.stretches[-1].kind == "wide" and well.tone == "bad" and well.flag is None
    assert well.said == "5 van 4 uur: ruim erboven"


@given(spent=st.integers(0, 40), confirmed=st.integers(0, 40))
def test_hours_never_leave_their_scale(spent: int, confirmed: int):
    bar = hour_bar(Decimal(spent), Decimal(confirmed), Decimal(99))
    assert all(part.x >= 0 and part.x + part.width <= bar.width for part in bar.stretches)
    assert bar.flag == 180


def test_one_scale_holds_for_a_table():
    assert hour_bar(20, 20, full=20).stretches[0].width == hour_bar(10, 10).stretches[0].width == 180


def test_a_strip_tells_each_week():
    strip = week_strip([Week(41, "yes"), Week(42, "less"), Week(43, "free")])
    assert strip.said == "week 41: samen; week 42: minder dan afgesproken; week 43: vrij of school"
    assert [mark.x for mark in strip.marks] == [0, 16, 32] and strip.width == 48


def test_a_week_a_quarter_over_stands_out():
    weeks = [HourWeek("5/10", Decimal(5), Decimal(4)), HourWeek("12/10", Decimal("5.1"), Decimal(4))]
    just, over = week_bars(weeks).bars
    assert (just.kind, just.value) == ("yes", "5")
    assert (over.kind, over.value) == ("wide", "5,1 !")
    assert just.stroke == over.stroke, "agreed was the same"


def test_a_week_not_noted_is_no_week_without_hours():
    weeks = [
        HourWeek("5/10", None, Decimal(4)),
        HourWeek("12/10", Decimal(0), Decimal(4)),
        HourWeek("19/10", None, word="laat"),
    ]
    bars = week_bars(weeks)
    assert [(bar.kind, bar.value, bar.word) for bar in bars.bars] == [
        ("wait", "?", ""),
        ("yes", "0", ""),
        ("none", "", "laat"),
    ]
    assert bars.table.rows == [
        ("5/10", "nog niet genoteerd", "4"),
        ("12/10", "0", "4"),
        ("19/10", "laat", "geen"),
    ]


@given(scored)
def test_the_parts_of_a_score_are_as_long_as_it_is_high(parts: dict[str, float]):
    drawn = score(parts, DEFAULT_WEIGHTS, NAMES)
    high = sum(parts[key] * DEFAULT_WEIGHTS[key] for key in CRITERIA) / sum(DEFAULT_WEIGHTS.values())
    assert sum(each.width for each in drawn.slices) == pytest.approx(drawn.width * high, abs=0.1)
    assert sum(each.points for each in drawn.slices) == drawn.total == pytest.approx(100 * high, abs=0.501)
    assert tuple(each.key for each in drawn.slices) == ORDER


def reach(drawn: Score, without: str) -> float:
    return sum(each.width for each in drawn.slices if each.key != without)


@given(scored, shares)
def test_what_is_left_of_continuity_passes_the_line_of_the_floor(parts: dict[str, float], floor: float):
    drawn = score(parts, DEFAULT_WEIGHTS, NAMES, floor)
    counting = {key: weight for key, weight in DEFAULT_WEIGHTS.items() if key != HIDDEN}
    visible = sum(parts[key] * weight for key, weight in counting.items()) / sum(counting.values())
    assert drawn.floor is not None
    if abs(visible - floor) > 0.01:
        assert (reach(drawn, HIDDEN) > drawn.floor) == (visible > floor)


def test_without_continuity_the_rest_is_the_whole():
    parts = dict.fromkeys(CRITERIA, 1.0)
    del parts[HIDDEN]
    drawn = score(parts, DEFAULT_WEIGHTS, NAMES, 0.3)
    assert drawn.total == 100 and drawn.floor == 48 and HIDDEN not in drawn.said


def test_points_round_to_their_sum():
    assert whole_points([0.333, 0.333, 0.333]) == [34, 33, 33]
    assert whole_points([]) == []


@given(st.lists(st.integers(0, 500), min_size=1, max_size=8))
def test_segments_fill_their_bar(counts: list[int]):
    drawn = segments([Portion("x", count, "reason") for count in counts])
    widths = [each.width for each in drawn.segments if each.width]
    if sum(counts):
        assert sum(widths) + 0.4 * (len(widths) - 1) == pytest.approx(100, abs=0.1)
    assert [cell for _, cell in drawn.table.rows] == [integer(count) for count in counts]


def test_reasons_differ_in_more_than_colour():
    drawn = segments([Portion(str(place), 1, "reason") for place in range(4)])
    assert len({(each.look, each.pattern) for each in drawn.segments}) == 4
    assert [each.pattern for each in drawn.segments] == ["", "hatch", "", "dots"]


def test_the_highest_bar_fills_the_histogram():
    drawn = histogram([Bin("a", 5), Bin("b", 10), Bin("c", 0)], ("x", "y"))
    assert [bar.length for bar in drawn.bars] == [50, 100, 0]
    assert [bar.top for bar in drawn.bars] == [50, 0, 100]
    with pytest.raises(ValueError, match="at most 9"):
        histogram([Bin("a", 1)] * 10, ("x", "y"))


def test_a_funnel_is_as_high_as_the_root_of_its_count():
    assert tall(25, 100) == pytest.approx(tall(100, 100) * sqrt(25 / 100), abs=0.1)
    drawn = funnel(100, [("can", 25), ("may", 25), ("meet", 0), ("place", 0)])
    assert [step.kind for step in drawn.steps] == ["", "", "stop", "past"]
    assert drawn.steps[0].path == "M0 2.0L100 19.0V53.0L0 70.0z" and not drawn.steps[3].path
    assert [step.fell for step in drawn.steps] == ["75 vallen af", "niemand valt af", "25 vallen af", ""]
    assert (drawn.stop, drawn.steps[0].before) == ("meet", "100")


def test_a_funnel_ends_with_somebody_or_stops():
    assert funnel(9, [("can", 3)]).steps[-1].kind == "end" and not funnel(9, [("can", 3)]).stop
    assert funnel(0, [("can", 0), ("may", 0)]).stop == "can"


def test_a_line_stands_as_far_apart_as_its_dates():
    drawn = line([(MONDAY, 0.0), (MONDAY + timedelta(days=10), 1.0), (MONDAY + timedelta(days=40), 0.5)])
    assert drawn
    first, second, third = drawn.marks
    assert third.x - second.x == pytest.approx(3 * (second.x - first.x), abs=0.3)
    assert first.y > third.y > second.y and third.y == drawn.half
    assert line([]) is None


def test_dates_that_would_touch_are_not_all_written():
    drawn = line([(MONDAY + timedelta(days=step), 0.5) for step in (0, 1, 2, 60)])
    assert drawn
    written = [mark for mark in drawn.marks if mark.label]
    assert written[-1] is drawn.last and len(written) == 2
    assert all(right.x - left.x >= 52 for left, right in pairwise(written))
    assert len(drawn.table.rows) == 4, "the table has them all"


def test_a_spark_tells_where_it_went():
    drawn = spark([98, 90, 125], lambda value: integer(int(value)))
    assert drawn and drawn.said == "van 98 naar 125"
    assert drawn.points == "3.0,22.5 45.0,28.0 87.0,4.0"
    assert spark([1], str) is None


def classes(counts: tuple[int, int, int, int, int], changed: int = 0) -> dict[str, Group]:
    kinds = ("in_balance", "on_reserve", "stuck", "talk_now", "unknown")
    return {kind: Group(kind, "", count, changed) for kind, count in zip(kinds, counts, strict=True)}


def marks(drawn: Field) -> dict[str, int]:
    return {quadrant.kind: len(quadrant.marks) for quadrant in drawn.quadrants}


def test_a_field_has_a_mark_for_every_duo():
    drawn = field(classes((71, 19, 11, 6, 18), changed=2))
    assert marks(drawn) == {"on_reserve": 19, "in_balance": 71, "talk_now": 6, "stuck": 11}
    assert [mark.fresh for mark in drawn.quadrants[2].marks] == [False] * 4 + [True] * 2
    assert "(8)" in drawn.note and drawn.quadrants[0].changed == "2 nieuw sinds vier weken"


def test_the_place_in_a_quadrant_says_nothing():
    drawn = field(classes((14, 0, 0, 0, 0)))
    places = [(mark.x, mark.y) for mark in drawn.quadrants[1].marks]
    assert places == [(14 * step, 0) for step in range(12)] + [(0, 14), (14, 14)], "filled row by row"


def test_a_mark_stands_for_some_where_there_are_many():
    drawn = field(classes((4970, 1330, 770, 5, 0)))
    assert drawn.each == 50 and marks(drawn)["in_balance"] == 100
    assert marks(drawn)["talk_now"] == 1, "a small group does not vanish"
    assert "50 duo's" in drawn.note


def test_four_weeks_from_this_monday():
    wednesday = MONDAY + timedelta(days=2)
    drawn = days({MONDAY: "early", wednesday: "school"}, [wednesday], wednesday)
    assert len(drawn.days) == 28 and drawn.days[0].date == MONDAY
    assert [day.letter for day in drawn.days[:3]] == ["V", "–", "S"]
    assert drawn.days[2].said == "schooldag, dienst samen, vandaag" and drawn.days[2].label == "wo 2"
    assert [each.kind for each in drawn.key] == ["early", "school", "free"], "only what is shown is explained"
    with use_locale("en"):
        assert days({MONDAY: "early"}, [], MONDAY).days[0].letter == "E"


@pytest.mark.parametrize(
    ("start", "end", "kind"),
    [
        (time(6), time(14), "early"),
        (time(7, 30), time(16), "day"),
        (time(14), time(22), "late"),
        (time(22), time(6), "night"),
        (time(15), time(0), "night"),
    ],
)
def test_a_shift_is_called_by_when_it_is(start: time, end: time, kind: str):
    assert shift_kind(start, end) == kind


def test_only_what_is_above_you_is_to_choose():
    rungs = ladder(["0", "1", "2", "3", "4", "5"], [""] * 6, here=1)
    assert [(rung.level, rung.state) for rung in rungs] == [
        (5, "choose"),
        (4, "choose"),
        (3, "choose"),
        (2, "choose"),
        (1, "here"),
        (0, "below"),
    ]
    assert kinds(rungs[2].pips) == ["on", "goal", "goal", "off", "off"]
