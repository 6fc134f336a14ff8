"""Noticing what one side's answers call for: its safety, a lowest answer that goes on, a low, a fall, help. Pure.

How often these rules err is counted by simulation: see `checkins.error_rates`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby, pairwise

from mentorship.checkins.balance import (
    ANSWERED,
    DUST,
    FRESH,
    GOOD_FROM,
    LOWEST_ANSWER,
    SAFETY,
    UNRANKED,
    SettledCheckIn,
    smoothed,
)
from mentorship.checkins.findings import (
    ANSWERS,
    FALL,
    HELP,
    LOW,
    LOWEST,
    QUIET,
    SAFE,
    STRENGTH,
    Earlier,
    Finding,
    last_closed,
)

HALF = 0.5
"""The mean of one check-in that is low when it is under this twice running."""
FALLEN = 0.15
"""How far the smoothed index is under the higher of the two before, where it fell."""
WORSE = 0.15
"""How far a mean is under those that a closed signal was drawn from, where it got worse: a step on most questions."""
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Occurrence:
    """What was noticed in the check-ins `drawn_from`; those in `new` must be new to raise it again."""

    kind: str
    drawn_from: tuple[SettledCheckIn, ...]
    new: tuple[SettledCheckIn, ...]
    about: str = ""

    @property
    def newest(self) -> SettledCheckIn:
        """The last of those it was noticed in."""
        return self.drawn_from[-1]

    @property
    def strength(self) -> tuple[int, date]:
        """What decides which of one cause is raised: the strongest, of these the newest."""
        return STRENGTH[self.kind], self.newest.due_on

    def is_new(self, closed_at: datetime) -> bool:
        """Tell whether what it takes was all settled after a moment."""
        return min(one.settled_at for one in self.new) > closed_at

    def is_fresh(self, now: datetime) -> bool:
        """Tell whether it is not older than twelve weeks."""
        return now - max(one.settled_at for one in self.new) <= FRESH

    def by(self, side: str, *, returned: bool) -> Finding:
        """Return it as a finding drawn from one side's answers."""
        evidence = tuple(one.due_on for one in self.drawn_from)
        return Finding(
            self.kind,
            side,
            evidence[-1],
            evidence,
            self.about,
            returned,
        )


def of_side(side: str, history: Sequence[SettledCheckIn], earlier: Sequence[Earlier], now: datetime) -> list[Finding]:
    """Return what one side's check-ins (in any order) call for now: at most one drawn from answers, and its help.

    One that is open is not raised again, nor any weaker one beside it; after a closing only what was answered since
    counts, and for six weeks only where it got worse. Answers older than 12 weeks raise nothing.
    """
    versions = last_versions(history)
    of_this = [one for one in earlier if one.side == side]
    found = list(_help(side, versions, of_this, now))
    of_answers = [one for one in of_this if one.kind in ANSWERS]
    cause = _cause(versions, of_answers, now)
    if cause is not None:
        before = any(one.closed_at for one in of_answers)
        found.append(cause.by(side, returned=before))
    return found


def last_versions(history: Sequence[SettledCheckIn]) -> list[SettledCheckIn]:
    """Return one check-in of each date, as it was settled last, by date."""
    versions: dict[date, SettledCheckIn] = {}
    for version in sorted(history, key=_when_settled):
        versions[version.due_on] = version
    return [versions[on] for on in sorted(versions)]


def _when_settled(check_in: SettledCheckIn) -> datetime:
    return check_in.settled_at


def _help(side: str, history: Sequence[SettledCheckIn], earlier: Sequence[Earlier], now: datetime) -> Iterator[Finding]:
    """Yield the newest wish for help of each who was asked, unless it was raised already or one was closed since.

    Each is one of its own, also while an earlier one is open: that may be another's to hear, and was seen or not.
    """
    asked: dict[str, Occurrence] = {}
    for one in history:
        for helper in one.helps:
            asked[helper] = Occurrence(HELP, (one,), (one,), helper)
    for helper, wish in asked.items():
        before = [one for one in earlier if (one.kind, one.about) == (HELP, helper)]
        if any(wish.newest.due_on in one.evidence for one in before):
            continue
        closed_at = _closed_at(before)
        if wish.is_fresh(now) and wish.is_new(closed_at):
            yield wish.by(side, returned=closed_at > _EVER)


def _closed_at(earlier: Sequence[Earlier]) -> datetime:
    closed = last_closed(earlier)
    if closed is None or closed.closed_at is None:
        return _EVER
    return closed.closed_at


def _cause(history: Sequence[SettledCheckIn], earlier: Sequence[Earlier], now: datetime) -> Occurrence | None:
    """Return the strongest occurrence that is to be raised now."""
    since = _closed_at(earlier)
    found = None
    for one in occurrences(history):
        if not (one.is_fresh(now) and one.is_new(since) and _may_return(one, earlier, history)):
            continue
        if found is None or one.strength > found.strength:
            found = one
    if found is not None and STRENGTH[found.kind] > _standing(earlier):
        return found
    return None


def _standing(earlier: Sequence[Earlier]) -> int:
    """Return how strong the strongest is that is open; under all where none is."""
    stands = [STRENGTH[one.kind] for one in earlier if one.closed_at is None]
    return max(stands, default=-1)


def _may_return(found: Occurrence, earlier: Sequence[Earlier], history: Sequence[SettledCheckIn]) -> bool:
    """Tell whether something is worse than all that was closed in the six weeks before it."""
    quiet = _quiet(earlier, found.newest.settled_at)
    return all(_worse(found, closed, history) for closed in quiet)


def _quiet(earlier: Sequence[Earlier], moment: datetime) -> list[Earlier]:
    """Return the one of each kind that was closed last, where that is less than six weeks before a moment."""
    found = []
    for kind in STRENGTH:
        closed = last_closed(one for one in earlier if one.kind == kind)
        if closed is not None and closed.closed_at is not None and moment - closed.closed_at < QUIET:
            found.append(closed)
    return found


def _worse(found: Occurrence, closed: Earlier, history: Sequence[SettledCheckIn]) -> bool:
    """Tell whether something is worse than what a closed signal was drawn from.

    A stronger kind is; safety at the lowest twice running; a mean that is 0.15 or more under all of those.
    """
    if STRENGTH[found.kind] > STRENGTH[closed.kind]:
        return True
    if found.kind == SAFE and _before(found.newest, history) in closed.evidence:
        return True
    then = []
    for one in history:
        if one.due_on in closed.evidence and one.series == found.newest.series and one.index is not None:
            then.append(one.index)
    if not then or found.newest.index is None:
        return False
    return found.newest.index <= min(then) - WORSE + DUST


def _before(found: SettledCheckIn, history: Sequence[SettledCheckIn]) -> date | None:
    """Return the date of the answered check-in before one."""
    earlier = [one.due_on for one in history if one.status == ANSWERED and one.due_on < found.due_on]
    return max(earlier, default=None)


def occurrences(history: Sequence[SettledCheckIn]) -> Iterator[Occurrence]:
    """Yield what was noticed in one side's check-ins: what is compared was asked in the same words."""
    answered = [one for one in history if one.status == ANSWERED]
    for one in answered:
        yield from _in_one(one)
    yield from _repeated(answered)
    for _, series in groupby(answered, key=_series):
        yield from _in_means([one for one in series if one.index is not None])


def _series(check_in: SettledCheckIn) -> int:
    return check_in.series


def asked_back(answers: dict[str, int | None]) -> list[str]:
    """Return the questions with a lowest answer that goes on only when its author says so, or it is repeated."""
    found = []
    for key, answer in answers.items():
        if answer == LOWEST_ANSWER and key not in (SAFETY, *UNRANKED):
            found.append(key)
    return found


def _in_one(check_in: SettledCheckIn) -> Iterator[Occurrence]:
    """Yield what one check-in says by itself: safety at the lowest."""
    alone = (check_in,)
    if check_in.answers.get(SAFETY) == LOWEST_ANSWER:
        yield Occurrence(SAFE, alone, alone)


def _repeated(answered: Sequence[SettledCheckIn]) -> Iterator[Occurrence]:
    """Yield each question that got the lowest answer the last two times that it was answered, in the same words."""
    last: dict[tuple[str, int], SettledCheckIn] = {}
    for one in answered:
        lowest = asked_back(dict(one.answers))
        for key in lowest:
            before = last.get((key, one.words_of(key)))
            if before is not None and before.answers[key] == LOWEST_ANSWER:
                yield Occurrence(LOWEST, (before, one), (one,))
        for key, answer in one.answers.items():
            if answer is not None:
                last[key, one.words_of(key)] = one


def _in_means(told: Sequence[SettledCheckIn]) -> Iterator[Occurrence]:
    """Yield where two means running are low, and where the smoothed index fell to less than well."""
    for two in pairwise(told):
        higher = max(_mean(one) for one in two)
        if higher < HALF - DUST:
            yield Occurrence(LOW, two, two)
    line = smoothed((one.due_on, one.index) for one in told)
    heights = [height for _, height in line]
    for at in range(1, len(told)):
        first = max(0, at - 2)
        high = max(range(first, at), key=heights.__getitem__)
        now = heights[at]
        fell = heights[high] - now >= FALLEN - DUST
        if fell and now < GOOD_FROM - DUST:
            yield Occurrence(FALL, (told[high], told[at]), (told[at],))


def _mean(check_in: SettledCheckIn) -> float:
    assert check_in.index is not None
    return check_in.index
