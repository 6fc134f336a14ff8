"""The figures and signals of check-ins: properties, cases a reader can follow, and whole stories told twice."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship.checkins import balance
from mentorship.checkins.balance import SettledCheckIn, classify, index, smoothed, standing
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
    assert "fall" in kinds([answered(0, 4), answered(14, 2)])
    assert kinds([series(1, 0, 4), series(2, 14, 2)]) == set()
    assert "low" in kinds([answered(0, 2), answered(14, 2)])
    assert kinds([series(1, 0, 2), series(2, 14, 2)]) == set()


def test_too_fast_is_no_lowest_answer():
    assert kinds([answered(0, 4, **{balance.PACE: 1}), answered(14, 4, **{balance.PACE: 1})]) == set()


# how a side stands, and the class


def stands(*values, today=None, away=()):
    """How a side stands with these smoothed points, two weeks apart."""
    points = [(on(14 * at), value) for at, value in enumerate(values)]
    return standing(points, points[-1][0] if today is None else on(today), away)


@pytest.mark.parametrize(
    ("value", "word"), [(1, "good"), (0.6, "good"), (0.599, "varying"), (0.45, "varying"), (0.449, "low"), (0, "low")]
)
def test_how_a_side_stands_at_first(value, word):
    assert stands(value, value) == word


def test_one_answer_says_nothing_yet():
    assert stands(0.9) == stands(0.1) == standing([], DAY) == "unknown"


def test_what_is_over_twelve_weeks_old_says_nothing_but_days_away_do_not_count():
    assert stands(0.9, 0.9, today=14 + 84) == "good"
    assert stands(0.9, 0.9, today=14 + 85) == "unknown"
    assert stands(0.9, 0.9, today=14 + 85, away={on(20).toordinal()}) == "good"


@given(st.lists(FRACTIONS, min_size=2))
def test_a_side_is_never_worse_than_its_limits_say(values):
    word = stands(*values)
    assert word == "good" or values[-1] < 0.6
    assert word != "low" or values[-1] < 0.45


@given(st.lists(FRACTIONS, min_size=3))
def test_a_side_gets_worse_only_by_crossing_the_whole_band(values):
    before, after = stands(*values[:-1]), stands(*values)
    if before == "good" != after:
        assert values[-1] < 0.57
    if before != "low" == after:
        assert values[-1] < 0.42


@given(st.lists(st.floats(0.42, 0.4499), min_size=1), st.lists(st.floats(0.57, 0.5999), min_size=1))
def test_within_the_band_it_stays_what_it_was(under, over):
    assert {stands(0.5, 0.5, *under), stands(0.9, 0.5, *under), stands(0.5, 0.5, *over)} == {"varying"}
    assert stands(0.1, 0.1, *under) == "low"
    assert stands(0.9, 0.9, *over) == "good"


@given(st.lists(FRACTIONS, min_size=2), FRACTIONS)
def test_a_higher_index_never_stands_worse(values, higher):
    order = ["low", "varying", "good"]
    lifted = [*values[:-1], max(values[-1], higher)]
    assert order.index(stands(*lifted)) >= order.index(stands(*values))


@pytest.mark.parametrize("junior", ["good", "varying", "low", "unknown"])
@pytest.mark.parametrize("mentor", ["good", "varying", "low", "unknown"])
def test_the_class_follows_from_who_is_low(junior, mentor):
    word = classify(junior, mentor)
    if "unknown" in (junior, mentor):
        assert word == "unknown"
    else:
        low = (junior == "low") + 2 * (mentor == "low")
        assert word == ("in_balance", "stuck", "on_reserve", "talk_now")[low]
    assert balance.is_low(junior) == {"low": "low", "unknown": "unknown"}.get(junior, "not_low")


# signals, one by one


def test_under_half_twice_running():
    assert kinds([answered(0, 2)]) == kinds([answered(0, 3), answered(20, 3)]) == set(), "a half is not under a half"
    (signal,) = raised([answered(0, 2), skipped(10), missed(12), answered(20, 2)])
    assert signal == Finding("low", "junior", on(20), (on(0), on(20)))
    assert kinds([answered(0, 2), answered(20, 3), answered(40, 2)]) == set()
    assert kinds([answered(0, 2), answered(20, None), answered(40, 2)]) == {"low"}, "one that says nothing is no answer"


def test_a_fall_counts_on_the_smoothed_index_and_only_to_less_than_well():
    assert kinds([answered(0, 5), answered(20, 4)]) == set(), "1 and then 0.875: less, and well"
    assert kinds([answered(0, 4), answered(20, 2)]) == {"fall"}, "0.75 and then 0.5"
    (signal,) = raised([answered(0, 4), skipped(10), missed(15), answered(20, 2)])
    assert (signal.since, signal.evidence) == (on(20), (on(0), on(20)))
    assert kinds([answered(0, 3), answered(20, 2)]) == set(), "0.5 and then 0.375"
    slowly = [answered(0, 4), answered(20, 3, progress=4), answered(40, 3, progress=2)]
    assert kinds(slowly[:2]) == set(), "0.75 and then 0.656"
    (signal,) = raised(slowly)
    assert signal.evidence == (on(0), on(40)), "from the higher of the two before: 0.547"


def test_safety_at_the_lowest_by_itself_and_any_other_only_when_it_is_repeated():
    assert kinds([answered(0, 5, not_alone=1)]) == {"safety"}
    assert kinds([answered(0, 5, progress=1)]) == kinds([answered(0, 5, progress=2)]) == set()
    assert kinds([answered(0, 5, progress=1), answered(20, 5, dare_to_ask=1)]) == set(), "another question"
    assert kinds([answered(0, 5, progress=1), answered(20), answered(40, 5, progress=1)]) == set(), "not running"
    (signal,) = raised([answered(0, 5, progress=1), answered(20, 5, progress=None), answered(40, 5, progress=1)])
    assert (signal.kind, signal.evidence) == ("lowest", (on(0), on(40))), "the last two times that it applied"
    assert kinds([answered(0, 5, feedback=1), answered(20, 5), answered(40, 5, feedback=1)]) == {"lowest"}, "in turn"


def test_help_is_for_whom_it_is_asked():
    found = raised([answered(0, 4, helps=("confidant", "manager"))])
    assert {(s.kind, s.about) for s in found} == {("help", "confidant"), ("help", "manager")}


def test_silence_says_nothing():
    assert kinds([missed(0), missed(20), missed(40)]) == kinds([skipped(0), skipped(10), skipped(20)]) == set()
    assert kinds([answered(0, 2), missed(20), missed(40)]) == set()


def test_one_cause_is_one_signal_the_strongest_of_it():
    everything = [answered(0, 5), answered(20, 1, not_alone=2), answered(40, 1)]
    (signal,) = raised(everything)
    assert signal == Finding("safety", "junior", on(40), (on(40),))
    (signal,) = raised([answered(0, 5), answered(20, 2, progress=1), answered(40, 2, progress=1)])
    assert signal.kind == "lowest", "of a lowest that is repeated, a low and a fall"
    (signal,) = raised([answered(0, 4), answered(20, 2), answered(40, 2)])
    assert signal == Finding("low", "junior", on(40), (on(20), on(40))), "a low before the fall it came with"


def test_while_one_is_open_only_a_stronger_one_is_raised_beside_it():
    history = [answered(0, 4), answered(20, 2), answered(40, 2)]
    opened = [Earlier("fall", "junior", None, evidence=(on(0), on(20)))]
    assert kinds(history, opened) == set()
    assert kinds([*history, answered(60, 2, not_alone=1)], opened) == {"safety"}
    assert kinds([*history, answered(60, 2, not_alone=1)], [Earlier("safety", "junior", None)]) == set()
    assert kinds(history, [Earlier("fall", "mentor", None)]) == {"low"}, "the other side's is another one"


def test_an_open_signal_is_not_raised_again_and_a_closed_one_only_by_newer_answers():
    history = [answered(0, 4, helps=("manager",))]
    assert kinds(history, [Earlier("help", "junior", None, "manager", (on(0),))]) == set()
    assert kinds(history, [Earlier("help", "junior", None, "manager", (on(-20),))]) == {"help"}, "a new request"
    assert kinds(history, [Earlier("help", "mentor", None, "manager", (on(0),))]) == {"help"}, (
        "the other side's is another one"
    )
    closed = Earlier("help", "junior", at(5), "manager")
    assert kinds(history, [closed], 6) == kinds(history, [replace(closed, closed_at=at(0))]) == set()
    late = replace(answered(3, 4, helps=("manager",)), settled_at=at(5) + timedelta(minutes=1))
    (signal,) = raised([*history, late], [closed])
    assert signal.returned, "due before the closing, but sent after it"
    assert signal.since == on(3)


def test_a_closed_one_does_not_return_within_six_weeks():
    history = [answered(20 * i, 2) for i in range(6)]
    closed = [Earlier("low", "junior", at(45), evidence=(on(0), on(20)))]
    assert raised(history[:5], closed) == [], "two new ones, the last five weeks after it"
    (signal,) = raised(history, closed)
    assert (signal.returned, signal.evidence) == (True, (on(80), on(100)))
    assert raised([*history[:5], answered(100, 5)], closed, today=150) == [], "what did not return then does not later"


def test_a_closed_one_returns_at_once_where_it_got_worse():
    history = [answered(0, 2), answered(20, 2)]
    closed = [Earlier("low", "junior", at(21), evidence=(on(0), on(20)))]
    same, worse = answered(40, 2), answered(40, 2, progress=1, dare_to_ask=1, own_work=1)
    assert raised([*history, same, replace(same, due_on=on(50), settled_at=at(50))], closed) == []
    (signal,) = raised([*history, worse, replace(worse, due_on=on(50), settled_at=at(50))], closed[:1])
    assert signal.kind == "lowest", "0.0625 instead of 0.25, and a stronger kind"
    (signal,) = raised([*history, same, answered(50, 1, not_alone=2)], closed)
    assert (signal.kind, signal.returned) == ("low", True), "0.0625 is more than 0.15 under 0.25"


def test_safety_returns_when_it_is_at_the_lowest_twice_running():
    first, again = answered(0, 4, not_alone=1), answered(14, 4, not_alone=1)
    closed = [Earlier("safety", "junior", at(5), evidence=(on(0),))]
    (signal,) = raised([first, again], closed)
    assert (signal.kind, signal.returned) == ("safety", True)
    twice = [*closed, Earlier("safety", "junior", at(20), evidence=(on(14),))]
    assert kinds([first, again, answered(28, 4, not_alone=1)], twice) == {"safety"}
    assert kinds([first, answered(14), answered(28, 4, not_alone=1)], closed) == set(), "it went well in between"
    assert kinds([first, answered(14), answered(60, 4, not_alone=1)], closed) == {"safety"}


def test_a_later_version_replaces_and_old_answers_raise_nothing():
    first = answered(0, 4, not_alone=1)
    mended = replace(answered(0, 4), settled_at=at(1))
    assert kinds([mended, first], today=2) == set()
    assert kinds([first], today=84) == {"safety"}
    assert kinds([first], today=85) == set()


def test_a_lowest_answer_to_other_words_is_no_repetition():
    before = [answered(0, 4, progress=1)]
    assert kinds([*before, answered(14, 4, progress=1)]) == {"lowest"}
    assert kinds([*before, replace(answered(14, 4, progress=1), series=1)]) == set()
    in_turn = [replace(answered(day, 4, feedback=1), words={"feedback": since}) for day, since in ((0, 1), (14, 2))]
    assert kinds(in_turn) == set(), "outside the index, and in other words all the same"
    same = [replace(one, series=day, words={"feedback": 1}) for day, one in enumerate(in_turn)]
    assert kinds(same) == {"lowest"}, "in the same words, whatever changed beside it"


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
    assert pair(90, weeks=[week(on(0), 2, 9)]) == []


def test_hours_return_after_six_weeks_or_where_they_got_worse():
    def over(today, *spent):
        weeks = [week(on(7 * i), 2.0, hours) for i, hours in enumerate(spent)]
        return pair(today, [Earlier("hours", "mentor", at(8), evidence=(on(0), on(7)))], weeks=weeks)

    assert over(28, 3, 3, 2) == over(28, 3, 3, 3) == over(28, 3, 3, 3.4) == []
    (again,) = over(28, 3, 3, 3.5)
    assert (again.returned, again.evidence) == (True, (on(14),)), "three quarters over, where it was a half"
    assert over(49, 3, 3, *[3] * 5) == []
    (again,) = over(50, 3, 3, *[3] * 5)
    assert again.returned and again.evidence[-1] == on(42)


def test_four_weeks_without_working_together():
    assert pair(28, running_since=DAY) == []
    (signal,) = pair(29, running_since=DAY)
    assert (signal.kind, signal.side, signal.since, signal.evidence) == ("apart", "both", on(28), ())
    assert pair(29, running_since=DAY, together=[on(1), on(0)]) == []
    assert pair(31, running_since=DAY, together=[on(1), on(40)])[0].evidence == (on(1),), "what is planned is not done"
    closed = [Earlier("apart", "both", at(31))]
    assert pair(72, closed, running_since=DAY) == []
    assert pair(73, closed, running_since=DAY)[0].returned
    assert pair(60, running_since=on(50), together=[on(1)]) == [], "a pause is not counted"


def test_a_rule_that_no_longer_holds_returns_only_when_found_again():
    failing = {"roster": at(3), "line": at(4)}
    assert {s.about for s in pair(5, failing=failing)} == {"roster", "line"}
    earlier = [Earlier("rule", "both", at(3), "roster"), Earlier("rule", "both", None, "line")]
    assert pair(5, earlier, failing=failing) == []
    again = failing | {"roster": at(4) + timedelta(seconds=1)}
    assert pair(44, earlier, failing=again) == [], "within six weeks"
    (signal,) = pair(45, earlier, failing=again)
    assert (signal.returned, signal.since, signal.about) == (True, on(4), "roster")


# who may trace what

KINDS = ["safety", "low", "fall", "lowest", "help"]


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
            keys = balance.QUESTIONS[side]
            answers = {key: min(5, max(1, round(chance.gauss(mood[side], 0.8)))) for key in keys}
            answers |= {key: chance.randint(1, 3) for key in keys if key == balance.PACE}
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
        together, weeks, failing, earlier, found = [], [], {}, [], []
        for moment, what, *rest in story(seed):
            duo.happens(moment, what, *rest)
            if what == "check_in":
                histories[rest[0]].append(SettledCheckIn(rest[1], moment, *rest[2:5]))
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
            earlier += [Earlier(s.kind, s.side, None, s.about, s.evidence) for s in new]
            found += [(moment, s.kind, s.side, s.about, s.since, s.evidence, s.returned) for s in new]
            points = {side: smoothed((c.due_on, c.index) for c in history) for side, history in histories.items()}
            word = classify(*(standing(points[side], duo.today) for side in ("junior", "mentor")))
            assert word == duo.judge(), (seed, moment)
            for side, history in points.items():
                line = duo.sides[side].line
                assert [value for _, value in history] == pytest.approx([float(value) for _, value in line])
            told.add(word)
        assert sorted(row[1:] for row in found) == sorted(duo.raised), seed
        told |= {(row[1], row[6]) for row in found}
    assert set(KNOWN) | {"unknown"} <= told
    assert {(kind, again) for kind in [*KINDS, "hours", "apart", "rule"] for again in (False, True)} <= told
