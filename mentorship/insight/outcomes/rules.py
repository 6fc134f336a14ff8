"""The outcomes of a stretch of days, counted from dated events, and which of them are of too few people. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from mentorship.insight.outcomes.facts import LAPSED, NO, OPEN, YES, Facts, Pair
from mentorship.insight.outcomes.survival import Lasting, Span, lasting, span
from mentorship.mentorships.models import WELL

MATCHED, WAITING, WAIT, ACCEPTED, RUNNING, ENDED_WELL, STEPS, ALONE, STAYED, HOURS, OVER = (
    "matched",
    "waiting",
    "wait",
    "accepted",
    "running",
    "ended_well",
    "steps",
    "alone",
    "stayed",
    "hours",
    "over",
)
KEYS = (MATCHED, WAITING, WAIT, ACCEPTED, RUNNING, ENDED_WELL, STEPS, ALONE, STAYED, HOURS, OVER)
"""In the order in which they are told: from asking to staying, and what it takes."""
COUNTS = frozenset({WAITING, RUNNING, STEPS})
"""How many there are, and not how many of how many."""
OF_A_SITE = (MATCHED, WAITING, WAIT, RUNNING, ENDED_WELL, STEPS)
"""What is told of each site."""
LASTS = frozenset({WAIT, ALONE})
YEAR = 12
"""Months: who asked in the year before is followed, and who was guided for a year is looked for."""
LEARNT_WITHIN = 24
"""Months: of what somebody began to learn in these it is told how long it takes; older pairs are deleted by then."""
FEWEST = 5
"""Fewer people than these are no group."""


@dataclass(frozen=True)
class Figure:
    """An outcome: `number`, of how many (None for a plain count), and how many people that is about.

    Of how long something takes: the days by which it happened for a quarter, half and three quarters (`early`,
    `median`, `late`). `more`: what else belongs to it, under a name.
    """

    number: int = 0
    of: int | None = None
    people: int = 0
    early: int | None = None
    median: int | None = None
    late: int | None = None
    more: dict[str, float] = field(default_factory=dict)

    @property
    def share(self) -> float | None:
        """The part that it is of the whole; None of nothing, and of what is no part."""
        return self.number / self.of if self.of else None


Outcomes = dict[str, Figure]


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, the last of that month where it has no such day."""
    total = day.year * YEAR + day.month - 1 - months
    year, month = divmod(total, YEAR)
    last = (date(year + (month + 1) // YEAR, (month + 1) % YEAR + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def outcomes(facts: Facts, since: date, until: date) -> Outcomes:
    """Return how it went from a day until another, which is no part of it; what stands stood so the day before."""
    last = until - timedelta(days=1)

    def falls(day: date | None) -> bool:
        return day is not None and since <= day < until

    return {
        MATCHED: _matched(facts, falls, until),
        WAITING: _count([wish.person for wish in facts.wishes if wish.waited_on(last)]),
        WAIT: _figure(*waited(facts, until)),
        ACCEPTED: _accepted([pair for pair in facts.pairs if falls(pair.proposed)]),
        RUNNING: _running(facts.pairs, falls, last),
        ENDED_WELL: _ended([pair for pair in facts.pairs if pair.begun and falls(pair.ended)]),
        STEPS: _count([step.junior for step in facts.reached if falls(step.day)]),
        ALONE: _figure(*learnt(facts, until)),
        STAYED: _stayed(facts, until),
        HOURS: _hours(facts),
        OVER: _over(facts),
    }


Falls = Callable[[date | None], bool]


def _count(people: Sequence[int], **more: float) -> Figure:
    return Figure(
        number=len(people),
        people=len(set(people)),
        more=more,
    )


def _share(number: int, people: Sequence[int], **more: float) -> Figure:
    return Figure(
        number=number,
        of=len(people),
        people=len(set(people)),
        more=more,
    )


def _figure(spans: Sequence[Span], people: Sequence[int]) -> Figure:
    """Count for whom it happened; how long that took is told of five people or more."""
    found: Lasting = lasting(spans)
    counted = Figure(
        number=found.happened,
        of=found.all_of_them,
        people=len(set(people)),
    )
    if counted.people < FEWEST:
        return counted
    return replace(
        counted,
        early=found.early,
        median=found.median,
        late=found.late,
    )


def _matched(facts: Facts, falls: Falls, until: date) -> Figure:
    asked = [wish for wish in facts.wishes if falls(wish.asked)]
    found = sum(wish.matched is not None and wish.matched < until for wish in asked)
    withdrawn = 0
    for wish in asked:
        unmatched = wish.matched is None or wish.matched >= until
        withdrawn += unmatched and falls(wish.stopped)
    return _share(
        found,
        [wish.person for wish in asked],
        withdrawn=withdrawn,
    )


def waited(facts: Facts, until: date) -> tuple[list[Span], list[int]]:
    """Return how long each request of the year before waited for its first day with a mentor, and whose they are."""
    since = months_before(until, YEAR)
    spans = []
    people = []
    for wish in facts.wishes:
        if since <= wish.asked < until:
            one = span(wish.asked, wish.matched, wish.stopped, until)
            spans.append(one)
            people.append(wish.person)
    return spans, people


def learnt(facts: Facts, until: date) -> tuple[list[Span], list[int]]:
    """Return how long it took, of what was begun in the two years before, until it was confirmed, and whose it is."""
    since = months_before(until, LEARNT_WITHIN)
    spans = []
    people = []
    for goal in facts.learning:
        if since <= goal.since < until:
            one = span(goal.since, goal.reached, goal.stopped, until)
            spans.append(one)
            people.append(goal.junior)
    return spans, people


def _accepted(proposals: Sequence[Pair]) -> Figure:
    """Count the proposals that both said yes to, of those that are over; the people are both sides."""
    answers = [pair.answer for pair in proposals]
    over = [pair for pair in proposals if pair.answer != OPEN]
    people = [pair.junior for pair in over] + [pair.mentor for pair in over]
    return Figure(
        number=answers.count(YES),
        of=len(over),
        people=len(set(people)),
        more={
            "refused": answers.count(NO),
            "lapsed": answers.count(LAPSED),
            "open": answers.count(OPEN),
        },
    )


def _running(pairs: Iterable[Pair], falls: Falls, last: date) -> Figure:
    running = [pair for pair in pairs if pair.ran_on(last)]
    begun = sum(pair.begun and falls(pair.started) for pair in pairs)
    return _count([pair.junior for pair in running], begun=begun)


def _ended(ended: Sequence[Pair]) -> Figure:
    """Count the pairs that ended well, of those of which somebody said how; somebody's leaving says nothing of it."""
    stayed = [pair for pair in ended if not pair.left]
    told = [pair for pair in stayed if pair.ended_as]
    return _share(
        sum(pair.ended_as in WELL for pair in told),
        [pair.junior for pair in told],
        unsaid=len(stayed) - len(told),
        left=len(ended) - len(stayed),
    )


def _stayed(facts: Facts, until: date) -> Figure:
    """Count who was still here a year after the first day with a mentor, of whom that year is over for up to a year."""
    latest = months_before(until, YEAR)
    first = months_before(latest, YEAR)
    begun = [each for each in facts.guided if each.first < until]
    cohort = [each for each in begun if first <= each.first < latest]
    here = 0
    for each in cohort:
        here += each.left is None or months_before(each.left, YEAR) >= each.first
    shorter = sum(each.first >= latest for each in begun)
    return _share(here, [each.person for each in cohort], shorter=shorter)


def _hours(facts: Facts) -> Figure:
    """Add up the hours a week of who noted any; `of` is how many of them had hours confirmed."""
    confirmed = [load for load in facts.loads if load.confirmed is not None]
    return Figure(
        number=len(facts.loads),
        people=len(facts.loads),
        more={
            "given": _sum(load.given for load in facts.loads),
            "promised": _sum(load.promised for load in facts.loads),
            "confirmed": _sum(load.confirmed or 0 for load in confirmed),
        },
    )


def _sum(hours: Iterable[float]) -> float:
    return round(sum(hours), 2)


def _over(facts: Facts) -> Figure:
    confirmed = [load for load in facts.loads if load.confirmed is not None]
    over = sum(load.over for load in confirmed)
    return _share(
        over,
        [load.mentor for load in confirmed],
        unconfirmed=len(facts.loads) - len(confirmed),
    )


def too_few(people: Sequence[int]) -> set[int]:
    """Return the places of the groups that are not shown: of fewer than five people, and what would give them away.

    Beside a total one hidden group alone could be counted back, so as many of the smallest others are hidden as make
    five people together. A group of nobody says nothing of anybody.
    """
    small = {place for place, number in enumerate(people) if 0 < number < FEWEST}
    hidden = set(small)
    others = sorted((number, place) for place, number in enumerate(people) if number >= FEWEST)
    for _number, place in others:
        together = sum(people[one] for one in hidden)
        if not small or (together >= FEWEST and len(hidden) > 1):
            break
        hidden.add(place)
    return hidden
