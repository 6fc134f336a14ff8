"""The days of a wave, who counts in which group, and what of it may be told. Pure.

A group is told apart only with at least five answers of at least eight people who were asked, and where they did not
all say the same. What remains when the groups that are told are taken from the whole has to stand as well, else the
smallest group that did joins it: no group follows from the others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.disclosure import FEWEST, rounded
from mentorship.people.access import JUNIOR, MANAGER, SENIOR
from mentorship.pulse.questions import PREFERS, agrees

FEWEST_ASKED = 8
"""So many people of a group were asked, at least, before anything of it is told."""
LONGEST = timedelta(days=42)
AHEAD = timedelta(days=366)
APART = timedelta(days=180)
"""So long after one wave the next begins, at the soonest: who is asked all the time stops answering."""
OTHER = "other"
GROUPS = ((MANAGER, MANAGER), (SENIOR, SENIOR), (JUNIOR, JUNIOR))
"""Of several roles the first one counts, so that everybody is in one group."""
Days = tuple[date, date]


def group_of(roles: Collection[str]) -> str:
    """Return the group in which somebody with these roles counts."""
    for role, group in GROUPS:
        if role in roles:
            return group
    return OTHER


def check_plan(opens_on: date, closes_on: date, today: date, others: Sequence[Days]) -> None:
    """Refuse a wave that begins in the past or too far ahead, lasts too long, or follows another too soon."""
    if opens_on < today:
        raise Refused(N_("This day has passed."), "opens_on")
    if opens_on > today + AHEAD:
        raise Refused(N_("Plan at most a year ahead."), "opens_on")
    if closes_on < opens_on:
        raise Refused(N_("The last day comes before the first."), "closes_on")
    if closes_on - opens_on >= LONGEST:
        raise Refused(N_("At most six weeks: who has not answered by then will not."), "closes_on")
    for first, last in others:
        if opens_on < last + APART and first < closes_on + APART:
            raise Refused(N_("There is a wave within half a year of it: once a year is enough."), "opens_on")


def check_agreed(agreed_on: date | None, today: date, *, no_council: bool) -> None:
    """Refuse a wave to whose questions the works council did not agree, where there is one."""
    if agreed_on is None and not no_council:
        raise Refused(N_("Fill in when the works council agreed to these questions."), "agreed_on")
    if agreed_on is not None and agreed_on > today:
        raise Refused(N_("This day is still to come."), "agreed_on")


def reminded_on(opens_on: date, closes_on: date, invited_on: date) -> date | None:
    """Return when somebody is reminded: half-way, once; None where they were asked too late for that."""
    lasts = closes_on - opens_on
    half = opens_on + lasts / 2
    return half if invited_on < half else None


def may_stand(question: str, answers: Sequence[str], asked: int) -> bool:
    """Tell whether what these people answered may be told: enough of them, and not all the same, rounded either."""
    if len(answers) < FEWEST or asked < FEWEST_ASKED:
        return False
    if len(set(answers)) == 1:
        return False
    if question == PREFERS:
        most = max(map(answers.count, answers))
        return rounded(most / len(answers)) < 1
    said_yes = sum(agrees(question, answer) for answer in answers)
    return 0 < rounded(said_yes / len(answers)) < 1


def told_apart(
    question: str,
    answers: Mapping[str, Sequence[str]],
    asked: Mapping[str, int],
) -> frozenset[str] | None:
    """Return the groups that may be told apart, given what each answered and how many of it were asked.

    None: not even the whole may be told, and nothing is kept of this question.
    """
    if not _stand_together(question, answers, asked, answers):
        return None
    apart: list[str] = []
    rest: list[str] = []
    for group, said in answers.items():
        number = asked.get(group, 0)
        side = apart if may_stand(question, said, number) else rest
        side.append(group)
    apart.sort()
    apart.sort(key=lambda group: len(answers[group]), reverse=True)
    while apart and not _nothing_or_enough(question, answers, asked, rest):
        smallest = apart.pop()
        rest.append(smallest)
    return frozenset(apart)


def _nothing_or_enough(
    question: str,
    answers: Mapping[str, Sequence[str]],
    asked: Mapping[str, int],
    rest: Collection[str],
) -> bool:
    """Tell whether what remains beside the groups that are told is nobody's, or may stand itself."""
    if not any(answers[group] for group in rest):
        return True
    return _stand_together(question, answers, asked, rest)


def _stand_together(
    question: str,
    answers: Mapping[str, Sequence[str]],
    asked: Mapping[str, int],
    groups: Collection[str],
) -> bool:
    together: list[str] = []
    number = 0
    for group in groups:
        together += answers[group]
        number += asked.get(group, 0)
    return may_stand(question, together, number)
