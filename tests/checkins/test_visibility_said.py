"""What the settings and the set-up guide say of a choice for managers is what `visibility` shows them under it."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import permutations

import pytest

from mentorship.checkins.findings import ANSWERS, APART, BOTH, HELP, HOURS, LEAVES, RULE, Finding
from mentorship.checkins.told import HOURS_NOTED, reads, told
from mentorship.checkins.visibility import RaisedSignal, Ties, look
from mentorship.mentorships.rules import MENTOR
from mentorship.people.access import MANAGER
from mentorship.programme.rules import Period, Visibility
from mentorship.programme.words import AGAIN, CHANGES, VISIBILITY

LINE = Ties(lines=frozenset({MENTOR}))
DAY = timedelta(days=1)
NOW = datetime(2026, 11, 23, 10)
LONG_AGO, CHANGED = NOW - 20 * DAY, NOW - 10 * DAY


def sees(kind: str, chosen: Visibility, raised: datetime = NOW - 8 * DAY, released_by: str = "") -> bool:
    """Tell whether the mentor's manager is shown a signal."""
    ties = LINE
    side = BOTH if kind in (LEAVES, APART, RULE) else MENTOR
    if kind == HELP:
        ties = Ties(asked=True, lines=LINE.lines)
    finding = Finding(kind, side, None, (), MANAGER if kind == HELP else "", returned=False)
    return look(RaisedSignal(finding, raised, released_by=released_by), ties, chosen, NOW) is not None


def sees_answers(chosen: Visibility, raised: datetime = NOW - 8 * DAY, released_by: str = "") -> bool:
    """Tell whether the manager is shown what is drawn from answers: of every kind alike."""
    [one] = {sees(kind, chosen, raised, released_by) for kind in ANSWERS}
    return one


@pytest.mark.parametrize("key", VISIBILITY)
def test_what_a_choice_means(key: str):
    chosen = Visibility(key, None)
    title, meaning = VISIBILITY[key]
    released = sees_answers(chosen, released_by=MENTOR)
    facts = {
        "The hours": sees(HOURS, chosen) and reads(HOURS_NOTED, LINE),
        "one of a pair leaves": sees(LEAVES, chosen),
        "help that they are asked for": sees(HELP, chosen),
        "the two did not work together for four weeks": sees(APART, chosen),
        "no longer fit a rule": sees(RULE, chosen),
        "“talk with this pair”": sees_answers(chosen),
        "signals that the writer chooses to show": released and not sees_answers(chosen),
        "whether that side is low": told(LINE, chosen) is not None,
    }
    assert {phrase: phrase in meaning for phrase in facts} == facts
    nothing = not released and told(LINE, chosen) is None
    assert (title == "Nothing that is drawn from answers") is nothing is ("The most private" in meaning)


@pytest.mark.parametrize(("old", "new"), [*permutations(VISIBILITY, 2)])
def test_what_a_change_hides_and_shows(old: str, new: str):
    before, after = Visibility(old, None), Visibility(new, CHANGED, ())
    said = " ".join(CHANGES[old, new])
    was_told, is_told = told(LINE, before), told(LINE, after)
    was_shown = sees_answers(before, LONG_AGO, MENTOR) and was_told is None
    is_shown = sees_answers(after, LONG_AGO, MENTOR)
    facts = {
        "no longer see whether their side of a pair is low": was_told is not None and is_told is None,
        "unless the writer shows it": was_told is not None and is_shown,
        "shown to them": was_shown and not is_shown,
        "showed before shows again": is_shown and not was_shown and was_told is None,
        "by what is answered from then on": is_told is not None
        and is_told.counts(NOW)
        and not is_told.counts(LONG_AGO),
    }
    assert {phrase: phrase in said for phrase in facts} == facts


def test_what_held_before_shows_again():
    back = Visibility("classes", NOW - DAY, (Period(None, CHANGED),))
    telling = told(LINE, back)
    assert "shows again" in AGAIN and "in between does not" in AGAIN
    assert telling is not None and telling.counts(LONG_AGO) and not telling.counts(CHANGED + DAY)
    assert sees_answers(back, LONG_AGO) and not sees_answers(back, CHANGED + DAY)
