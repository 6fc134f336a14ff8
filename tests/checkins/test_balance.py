"""The figures and signals of check-ins: properties, cases a reader can follow, and whole stories told twice."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship.checkins import balance
from mentorship.checkins.balance import SettledCheckIn, classify, index, smoothed
from mentorship.checkins.findings import Earlier, Finding, Working
from mentorship.checkins.noticing import noticed
from mentorship.checkins.visibility import RaisedSignal, Ties, shown_to
from mentorship.mentorships.hours.rules import MentorWeek
from mentorship.programme.rules import Visibility
from tests.checkins.reference import Duo, mean

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FRACTIONS = st.floats(0, 1)
ANSWER = st.none() | st.integers(1, 5)
SIDES = st.sampled_from([balance.DEVELOPMENT, balance.SUSTAINABILITY])
ANSWERS = SIDES.flatmap(lambda keys: st.fixed_dictionaries(dict.fromkeys(keys, ANSWER)))
DATES = st.dates(date(2026, 1, 1), date(2027, 12, 31))
HISTORY = st.lists(st.tuples(DATES, FRACTIONS), unique_by=lambda point: point[0])
KNOWN = ["in_balance", "on_reserve", "stuck", "talk_now"]


def on(days):
    return DAY + timedelta(days=days)


def at(days):
    return NOON + timedelta(days=days)


def given_all(value, **others):
    return dict.fromkeys(balance.DEVELOPMENT, value) | others


def answered(days, value=4, helps=(), **others):
    return SettledCheckIn(on(days), at(days), balance.ANSWERED, given_all(value, **others), helps)


def missed(days):
    return SettledCheckIn(on(days), at(days), balance.MISSED)


def skipped(days):
    return SettledCheckIn(on(days), at(days), balance.SKIPPED)


def week(monday, confirmed, spent):
    return MentorWeek(monday, None if confirmed is None else Decimal(str(confirmed)), Decimal(str(spent)))


def raised(history, earlier=(), today=None, side="junior"):
    """The signals from one side's check-ins of a pair that works together."""
    today = max([c.settled_at for c in history]) if today is None else at(today)
    working = Working(today.date())
    return noticed({side: history}, working, earlier, today)


def kinds(history, earlier=(), today=None):
    return {signal.kind for signal in raised(history, earlier, today)}


# the index


@given(ANSWERS)
def test_index_is_bounded_and_only_answers_that_apply_count(answers):
    value = index(answers)
    applying = [a for a in answers.values() if a is not None]
    assert (value is None) == (not applying)
    if value is not None:
        assert (min(applying) - 1) / 4 <= value <= (max(applying) - 1) / 4
        assert value == float(mean(answers))


@given(ANSWERS, st.data())
def test_index_rises_with_every_answer(answers, data):
    key = data.draw(st.sampled_from(sorted(answers)))
    before = index(answers | {key: 3})
    assert index(answers | {key: 2}) < before < index(answers | {key: 4})


@given(ANSWERS, st.data())
def test_missing_never_reads_as_bad(answers, data):
    key = data.draw(st.sampled_from(sorted(answers)))
    without = index(answers | {key: None})
    assert without == index({k: a for k, a in answers.items() if k != key})
    assert without is None or without >= index(answers | {key: 1})


@pytest.mark.parametrize("answer", [0, 6, -1, 10**30])
def test_an_answer_off_the_scale_is_an_error(answer):
    with pytest.raises(ValueError, match="1 to 5"):
        index({"progress": answer})


@given(ANSWERS, ANSWER)
def test_turn_questions_and_the_pace_stay_outside_the_index(answers, value):
    beside = dict.fromkeys([*balance.TURN, balance.PACE], value)
    assert index(answers | beside) == index(answers)


def test_what_was_asked_before_counts_as_it_did():
    assert index({"somebody_there": 1, "working_hours": 2, "progress": 3}) == 0.25
    assert index({"pace": 1, "go_on": 5}) == 0.5


# smoothing and the trend


@given(HISTORY, st.randoms())
def test_smoothing_ignores_the_order_of_arrival_and_stays_bounded(history, chance):
    points = smoothed(history)
    chance.shuffle(shuffled := list(history))
    assert smoothed(shuffled) == points
    assert [day for day, _ in points] == sorted(day for day, _ in history)
    for i, (_, value) in enumerate(points):
        before = [v for _, v in sorted(history)[: i + 1]]
        assert min(before) - 1e-12 <= value <= max(before) + 1e-12


@given(HISTORY, st.integers(0, 10), FRACTIONS)
def test_smoothing_rises_with_every_index(history, which, higher):
    if not history:
        return
    day, value = history[which % len(history)]
    lifted = dict(history) | {day: max(value, higher)}
    assert all(a[1] <= b[1] + 1e-12 for a, b in zip(smoothed(history), smoothed(lifted.items()), strict=True))


def test_half_of_the_newest_and_the_later_version_of_a_date():
    history = [(on(20), 0.9), (on(0), 1.0), (on(10), 0.0), (on(20), 0.5)]
    assert smoothed(history) == [(on(0), 1.0), (on(10), 0.5), (on(20), 0.5)]
    assert smoothed([*history, (on(10), None)]) == [(on(0), 1.0), (on(20), 0.75)]
    assert smoothed([]) == []


def test_trend():
    def trend(*values):
        return balance.trend([(on(i), value) for i, value in enumerate(values)])

    assert trend() is None
    assert trend(0.5) is None
    assert trend(0.9, 0.5, 0.6) == "up"
    assert trend(0.1, 0.6, 0.5) == "down"
    assert trend(0.6, 0.55) == trend(0.55, 0.6) == trend(0.3, 0.35) == "level"


def series(number, days, value):
    return replace(answered(days, value), series=number)


def test_a_changed_question_begins_anew():
    """Two low means, or a fall, in other words than before are no two lows and no fall."""
    assert "fall" in kinds([answered(0, 5), answered(14, 2)])
    assert kinds([series(1, 0, 5), series(2, 14, 2)]) == set()
    assert "low" in kinds([answered(0, 2), answered(14, 2)])
    assert kinds([series(1, 0, 2), series(2, 14, 2)]) == set()


def test_too_fast_is_no_lowest_answer():
    assert kinds([answered(0, 4, **{balance.PACE: 1})]) == set()


# the class


@pytest.mark.parametrize(
    ("development", "sustainability", "word"),
    [(0.9, 0.9, "in_balance"), (0.9, 0.1, "on_reserve"), (0.1, 0.9, "stuck"), (0.1, 0.1, "talk_now")],
)
@pytest.mark.parametrize("previous", [*KNOWN, "unknown"])
def test_far_from_the_middle_the_class_does_not_depend_on_the_one_before(development, sustainability, word, previous):
    assert classify([(DAY, development)], [(DAY, sustainability)], previous, DAY) == word


def test_without_an_answer_of_both_sides_in_twelve_weeks_the_class_is_unknown():
    point = [(on(0), 0.9)]
    assert classify(point, point, "in_balance", on(84)) == "in_balance"
    assert classify(point, point, "in_balance", on(85)) == "unknown"
    assert classify([*point, (on(30), 0.9)], point, "in_balance", on(85)) == "unknown"
    assert classify(point, [], "in_balance", on(1)) == classify([], point, "talk_now", on(1)) == "unknown"


@given(st.sampled_from(KNOWN), st.lists(st.tuples(st.floats(0.45, 0.55), st.floats(0.45, 0.55))))
def test_within_the_band_the_class_never_flickers(word, readings):
    for development, sustainability in readings:
        assert classify([(DAY, development)], [(DAY, sustainability)], word, DAY) == word


@given(st.lists(FRACTIONS, min_size=1))
def test_a_side_turns_only_by_crossing_the_whole_band(values):
    words = ["unknown"]
    for value in values:
        words.append(classify([(DAY, value)], [(DAY, 1.0)], words[-1], DAY))
    turned = [i for i, (a, b) in enumerate(pairwise(words)) if i and a != b]
    for i in turned:
        assert values[i] > 0.55 if words[i + 1] == "in_balance" else values[i] < 0.45
    assert words[1] == ("in_balance" if values[0] >= 0.5 - 1e-9 else "stuck")


@given(FRACTIONS, FRACTIONS, st.sampled_from([*KNOWN, "unknown"]))
def test_a_higher_index_never_turns_a_side_low(one, other, previous):
    low, high = sorted((one, other))
    classes = [classify([(DAY, 0.9)], [(DAY, value)], previous, DAY) for value in (low, high)]
    assert classes != ["in_balance", "on_reserve"]


# signals, one by one


def test_under_half_twice_running():
    assert "low" not in kinds([answered(0, 2)])
    assert "low" not in kinds([answered(0, 3), answered(20, 3)]), "a half is not under a half"
    (signal,) = raised([answered(0, 2), skipped(10), answered(20, 2)])
    assert signal == Finding("low", "junior", on(20), (on(0), on(20)))
    assert "low" not in kinds([answered(0, 5), answered(20, 2), answered(40, 2)]), "smoothed: 1, 0.625, 0.4375"
    assert "low" in kinds([answered(0, 5), answered(20, 2), answered(40, 2), answered(60, 2)])


def test_a_fall_of_a_quarter_between_two_answers():
    assert kinds([answered(0, 5), answered(20, 4)]) == {"fall"}
    assert kinds([answered(0, 5), answered(20, 4, progress=5)]) == set()
    assert kinds([answered(0, 5), skipped(10), missed(15), answered(20, 4)]) == {"fall"}
    (signal,) = raised([answered(0, 5), answered(20, 4), answered(40, 4)])
    assert (signal.since, signal.evidence) == (on(20), (on(0), on(20)))


def test_a_lowest_answer_and_help_to_whom_it_is_asked():
    assert kinds([answered(0, 5, progress=1)]) == {"lowest"}
    assert kinds([answered(0, 5, progress=2)]) == set()
    found = raised([answered(0, 4, helps=("confidant", "manager"))])
    assert {(s.kind, s.about) for s in found} == {("help", "confidant"), ("help", "manager")}


def test_two_missed_running_and_a_skip_breaks_nothing():
    assert kinds([missed(0)]) == kinds([missed(0), answered(10), missed(20)]) == set()
    assert kinds([skipped(0), skipped(10), skipped(20)]) == set()
    assert kinds([missed(0), skipped(10), missed(20)]) == {"missed"}
    nothing_applied = SettledCheckIn(on(10), at(10), balance.ANSWERED, given_all(None))
    assert kinds([missed(0), nothing_applied, missed(20)]) == set()
    (signal,) = raised([missed(0), missed(20), missed(40)])
    assert signal.evidence == (on(20), on(40))


def test_an_open_signal_is_not_raised_again_and_a_closed_one_only_by_newer_answers():
    history = [answered(0, 4, helps=("manager",))]
    assert kinds(history, [Earlier("help", "junior", None, "manager")]) == set()
    assert kinds(history, [Earlier("help", "mentor", None, "manager")]) == {"help"}, "the other side's is another one"
    closed = Earlier("help", "junior", at(5), "manager")
    assert kinds(history, [closed], 6) == kinds(history, [replace(closed, closed_at=at(0))]) == set()
    late = replace(answered(3, 4, helps=("manager",)), settled_at=at(5) + timedelta(minutes=1))
    (signal,) = raised([*history, late], [closed])
    assert signal.returned, "due before the closing, but sent after it"
    assert signal.since == on(3)


def test_a_low_that_goes_on_returns_after_two_new_answers():
    history = [answered(20 * i, 2) for i in range(5)]
    closed = [Earlier("low", "junior", at(45))]
    assert raised(history[:4], closed) == []
    (signal,) = raised(history, closed)
    assert (signal.returned, signal.evidence) == (True, (on(60), on(80)))


def test_a_fall_after_the_closing_counts_from_the_answer_before_it():
    history = [answered(0, 5), answered(20, 4), answered(40, 3)]
    (signal,) = raised(history, [Earlier("fall", "junior", at(30))])
    assert (signal.kind, signal.returned, signal.evidence) == ("fall", True, (on(20), on(40)))


def test_a_later_version_replaces_and_old_answers_raise_nothing():
    first = answered(0, 4, progress=1)
    mended = replace(answered(0, 4), settled_at=at(1))
    assert kinds([mended, first], today=2) == set()
    assert kinds([first], today=84) == {"lowest"}
    assert kinds([first], today=85) == set()


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from("asm"), st.integers(1, 5)), max_size=8), st.randoms())
def test_signals_do_not_depend_on_the_order_of_arrival(rows, chance):
    makes = {"a": answered, "s": lambda day, _: skipped(day), "m": lambda day, _: missed(day)}
    history = list({row[0]: makes[row[1]](row[0], row[2]) for row in rows}.values())
    if history:
        found = raised(history, today=70)
        chance.shuffle(history)
        assert raised(history, today=70) == found
        assert {s.key for s in found} == {s.key for s in set(found)}
        assert all(s.since == s.evidence[-1] and s.evidence for s in found)


@given(st.integers(1, 5))
def test_answers_that_do_not_apply_raise_nothing(count):
    assert raised([answered(10 * i, None) for i in range(count)]) == []


# signals of the pair


def pair(today, earlier=(), **working):
    return noticed({}, Working(**({"running_since": on(today)} | working)), earlier, at(today))


def test_hours_a_quarter_over_the_confirmed_go_to_the_mentor_first():
    def over(*spent, confirmed=2.0, earlier=()):
        return pair(28, earlier, weeks=[week(on(7 * i), confirmed, hours) for i, hours in enumerate(spent)])

    assert over(2, 2.4) == over(0, 0, 0, 0) == over(8, confirmed=None) == over() == over(5, 0, 2, 2) == []
    (signal,) = over(2.5)
    assert (signal.side, signal.evidence) == ("mentor", (on(0),))
    assert over(9, 2, 2, 2, 2) == over(0, confirmed=0) == [], "four weeks ago is over"
    assert over(1, confirmed=0)[0].kind == "hours", "any hour is over none"
    closed = [Earlier("hours", "mentor", at(8))]
    assert over(9, 9, 2, earlier=closed) == []
    (again,) = over(9, 9, 2.5, earlier=closed)
    assert (again.returned, again.evidence) == (True, (on(14),))
    assert pair(90, weeks=[week(on(0), 2, 9)]) == []


def test_four_weeks_without_working_together():
    assert pair(28, running_since=DAY) == []
    (signal,) = pair(29, running_since=DAY)
    assert (signal.kind, signal.side, signal.since, signal.evidence) == ("apart", "both", on(28), ())
    assert pair(29, running_since=DAY, together=[on(1), on(0)]) == []
    assert pair(31, running_since=DAY, together=[on(1), on(40)])[0].evidence == (on(1),), "what is planned is not done"
    closed = [Earlier("apart", "both", at(31))]
    assert pair(59, closed, running_since=DAY) == []
    assert pair(60, closed, running_since=DAY)[0].returned
    assert pair(60, running_since=on(50), together=[on(1)]) == [], "a pause is not counted"


def test_a_rule_that_no_longer_holds_returns_only_when_found_again():
    failing = {"roster": at(3), "line": at(4)}
    assert {s.about for s in pair(5, failing=failing)} == {"roster", "line"}
    earlier = [Earlier("rule", "both", at(3), "roster"), Earlier("rule", "both", None, "line")]
    assert pair(5, earlier, failing=failing) == []
    (signal,) = pair(5, earlier, failing=failing | {"roster": at(4) + timedelta(seconds=1)})
    assert (signal.returned, signal.since, signal.about) == (True, on(4), "roster")


# who may trace what

KINDS = ["low", "fall", "lowest", "help", "missed"]


VIEWERS = ("junior", "mentor", "line", "coordinator", "asked")


def shown(finding, viewer):
    """What a viewer sees of a finding that was raised a month ago, where managers see how each pair stands."""
    signal = RaisedSignal(finding, at(0))
    everything = Ties(lines=frozenset({"junior", "mentor"}))
    return shown_to(viewer, signal, everything, Visibility("classes", None), at(30))


@given(st.sampled_from(KINDS), st.sampled_from(["junior", "mentor"]), DATES, st.booleans())
def test_nobody_traces_anothers_answers(kind, side, day, returned):
    signal = Finding(kind, side, day, (day,), "confidant" if kind == "help" else "", returned)
    if (kind, side) != ("help", "junior"):
        assert shown(signal, side) == signal
    for viewer in set(VIEWERS) - {side}:
        seen = shown(signal, viewer)
        if kind != "help" and viewer in ("line", "coordinator"):
            assert seen == Finding("talk", "both", None, (), returned=returned), "no side, no kind, no date"
        elif kind == "help" and viewer == "asked":
            assert (seen.side, seen.about, seen.since, seen.evidence) == (side, "confidant", None, ())
        else:
            assert seen is None


def test_hours_are_the_mentors_and_the_lines_and_a_rule_is_named_to_the_coordinator_alone():
    hours = Finding("hours", "mentor", DAY, (DAY,))
    assert shown(hours, "mentor") == shown(hours, "line") == hours
    assert shown(hours, "junior") is None
    rule = Finding("rule", "both", DAY, (DAY,), "block")
    assert shown(rule, "coordinator") == rule
    assert {shown(rule, viewer).about for viewer in ("junior", "mentor", "line")} == {""}
    apart = Finding("apart", "both", DAY, (DAY,))
    assert {shown(apart, viewer) for viewer in ("junior", "mentor", "line")} == {apart}


# whole stories, told by the service's code and by the reference


def story(seed):
    """A pair's events over a year and a half: (moment, what, ...) in the order in which they happened."""
    chance = random.Random(seed)
    events, mood = [], {"junior": chance.uniform(1, 5), "mentor": chance.uniform(1, 5)}
    present, over = chance.uniform(0.02, 0.3), chance.uniform(0.6, 1.5)

    def when(day, first=0, last=1439):
        return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=chance.randint(first, last))

    for side in mood:
        due = on(chance.randint(10, 30))
        while due < on(500):
            mood[side] = min(5.4, max(0.6, mood[side] + chance.gauss(0, 0.9)))
            keys = balance.FIXED[side]
            answers = {key: min(5, max(1, round(chance.gauss(mood[side], 0.8)))) for key in keys}
            answers = {key: None if chance.random() < 0.15 else a for key, a in answers.items()}
            status = chance.choices(["answered", "skipped", "missed"], [7, 1, 2])[0]
            if chance.random() < 0.05:
                answers = dict.fromkeys(keys)
            helps = tuple(h for h in ("coordinator", "manager") if status == "answered" and chance.random() < 0.1)
            wait = chance.randint(0, 9)
            events.append((when(due + timedelta(days=wait)), "check_in", side, due, status, answers, helps))
            due += timedelta(days=chance.choice([10, 14, 21, 42, 42, 90]))
    for i in range(500):
        if chance.random() < present:
            events.append((when(on(i)), "together", on(i)))
        if i % 7 == 0 and chance.random() < 0.7:
            hours = chance.choice([None, 1.0, 2.0, 4.0])
            spent = round(chance.uniform(0, 2) * over * (hours or 2) * 4) / 4
            events.append((when(on(i + 7)), "week", on(i), hours, spent))
        if chance.random() < 0.02:
            events.append((when(on(i)), "rule", chance.choice(["roster", "line"]), chance.random() < 0.5))
        if chance.random() < 0.15:
            key = chance.choice(
                [(k, s, "") for k in KINDS if k != "help" for s in mood]
                + [
                    ("help", "junior", "manager"),
                    ("help", "mentor", "coordinator"),
                    ("hours", "mentor", ""),
                    ("apart", "both", ""),
                    ("rule", "both", "roster"),
                    ("rule", "both", "line"),
                ]
            )
            events.append((when(on(i)), "close", *key))
    return sorted(events, key=lambda event: event[0])


@pytest.mark.parametrize("block", range(4))
def test_whole_stories_agree_with_the_domain_document(block):
    told = set()
    for seed in range(50 * block, 50 * block + 50):
        duo, histories = Duo(DAY), {"junior": [], "mentor": []}
        together, weeks, failing, earlier, found, word = [], [], {}, [], [], "unknown"
        for moment, what, *rest in story(seed):
            duo.happens(moment, what, *rest)
            if what == "check_in":
                histories[rest[0]].append(SettledCheckIn(rest[1], moment, *rest[2:]))
            elif what == "together":
                together.append(rest[0])
            elif what == "week":
                weeks.append(week(*rest))
            elif what == "rule" and rest[1]:
                failing.pop(rest[0], None)
            elif what == "rule":
                failing.setdefault(rest[0], moment)
            else:
                earlier = [
                    replace(e, closed_at=moment) if e.key == tuple(rest) and not e.closed_at else e for e in earlier
                ]
            new = noticed(histories, Working(DAY, together, weeks, failing), earlier, moment)
            earlier += [Earlier(s.kind, s.side, None, s.about) for s in new]
            found += [(moment, s.kind, s.side, s.about, s.since, s.evidence, s.returned) for s in new]
            points = {side: smoothed((c.due_on, c.index) for c in history) for side, history in histories.items()}
            word = classify(points["junior"], points["mentor"], word, duo.today)
            assert word == duo.judge(), (seed, moment)
            for side, history in points.items():
                index_ = duo.sides[side].index
                assert (history[-1][1] if history else None) == (index_ if index_ is None else pytest.approx(index_))
            told.add(word)
        assert sorted(row[1:] for row in found) == sorted(duo.raised), seed
        told |= {(row[1], row[6]) for row in found}
    assert set(KNOWN) | {"unknown"} <= told
    assert {(kind, again) for kind in [*KINDS, "hours", "apart", "rule"] for again in (False, True)} <= told
