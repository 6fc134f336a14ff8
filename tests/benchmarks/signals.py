"""How often the signals drawn from answers err, by simulation: python -m tests.benchmarks.signals [DUOS].

Both sides of a duo answer for half a year at the cadence of the programme: four times every two weeks, then every four.
Each answer is the true mean of the item plus normal noise of its own, rounded and clipped to the five steps. A duo
raises a false signal when either side raises any; a real drop is of one side alone, the harder case, and is found when
that side raises something in the first two check-ins after it. Nobody says "yes" when asked back.

The rules are the service's own (`noticing_answers`); those of before stand here, for the column beside.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import numpy as np

from mentorship.checkins.balance import FIXED, PACE, TURN, SettledCheckIn, smoothed
from mentorship.checkins.findings import ANSWERS
from mentorship.checkins.noticing_answers import of_side
from mentorship.mentorships.rules import JUNIOR, MENTOR

NOISES = (0.6, 0.8, 1.0)
BARS = (0.05, 0.10, 0.20)
"""How many healthy duos may raise a false signal in half a year, by noise."""
FOUND = 0.95
HEALTHY, MIDDLING, DROPPED = 4.0, 3.6, 2.4
BEGIN = date(2026, 1, 5)
DAYS = (14, 28, 42, 56, 84, 112, 140, 168)
"""When is asked, in days after the start: half a year."""
DAYS_BEFORE = tuple(range(15, 183, 15))
"""When was asked before: every two weeks, or a little later, all along."""
BEFORE = {JUNIOR: ("a", "b", "c", "d", "e", "f"), MENTOR: ("a", "b", "c", "d")}
"""As many questions as each side was asked before."""
Duo = dict[str, list[SettledCheckIn]]
Keys = Callable[[str, int], tuple[str, ...]]
"""What a side is asked at its check-ins, counted from 0."""
Rule = Callable[[str, Sequence[SettledCheckIn]], bool]
"""Whether a side's check-ins so far raise a signal with the last of them."""


def now_rule(side: str, history: Sequence[SettledCheckIn]) -> bool:
    """Ask the service."""
    found = of_side(side, history, (), history[-1].settled_at)
    return any(one.kind in ANSWERS and one.evidence[-1] == history[-1].due_on for one in found)


def rule_before(side: str, history: Sequence[SettledCheckIn]) -> bool:
    """A lowest answer, a mean 0.25 under the one before, or two smoothed means under a half."""
    means = [one.index or 0.0 for one in history]
    fell = any(a - b >= 0.25 - 1e-9 for a, b in list(pairwise(means))[-1:])
    line = [height for _, height in smoothed((one.due_on, one.index) for one in history)]
    low = len(line) > 1 and max(line[-2:]) < 0.5 - 1e-9
    return fell or low or 1 in history[-1].answers.values()


def keys_now(side: str, at: int) -> tuple[str, ...]:
    """The fixed questions, and two in turn."""
    if side == MENTOR:
        return FIXED[side]
    turn = 2 * (at % 2)
    return (*FIXED[side], *TURN[turn : turn + 2])


def keys_before(side: str, at: int) -> tuple[str, ...]:
    """The questions of before, the same each time."""
    return BEFORE[side]


@dataclass(frozen=True)
class Kind:
    """A set of questions with its rules."""

    keys: Keys
    rule: Rule
    days: Sequence[int]


NOW, THEN = Kind(keys_now, now_rule, DAYS), Kind(keys_before, rule_before, DAYS_BEFORE)


def duo(rng: np.random.Generator, means: dict[str, Sequence[float]], noise: float, kind: Kind) -> Duo:
    """Let both sides answer, each time around a true mean."""
    found: Duo = {}
    for side, truths in means.items():
        found[side] = []
        for at, truth in enumerate(truths):
            asked = kind.keys(side, at)
            drawn = np.clip(np.rint(truth + noise * rng.standard_normal(len(asked))), 1, 5).astype(int)
            answers: dict[str, int | None] = dict(zip(asked, drawn.tolist(), strict=True))
            if side == MENTOR and kind is NOW:
                answers[PACE] = 2
            day = BEGIN + timedelta(days=kind.days[at])
            settled = datetime.combine(day, time(12), UTC)
            found[side].append(SettledCheckIn(day, settled, answers=answers))
    return found


def raises(rule: Rule, side: str, history: Sequence[SettledCheckIn], times: Sequence[int]) -> bool:
    """Tell whether a side raises something at one of these times."""
    return any(rule(side, history[: at + 1]) for at in times)


def alarms(kind: Kind, mean: float, noise: float, duos: int, seed: int = 13) -> float:
    """Return the share of duos with this true mean on every item that raise a signal in half a year."""
    rng = np.random.default_rng(seed)
    number = 0
    every = range(len(kind.days))
    for _ in range(duos):
        made = duo(rng, {side: [mean] * len(kind.days) for side in FIXED}, noise, kind)
        number += any(raises(kind.rule, side, history, every) for side, history in made.items())
    return number / duos


def found(kind: Kind, noise: float, duos: int, after: int = 4, seed: int = 13) -> float:
    """Return the share of real drops of one side, after so many check-ins, that are found within two."""
    rng = np.random.default_rng(seed)
    number = 0
    for n in range(duos):
        side = (JUNIOR, MENTOR)[n % 2]
        truths = [HEALTHY] * after + [DROPPED] * 2
        made = duo(rng, {side: truths}, noise, kind)
        number += raises(kind.rule, side, made[side], (after, after + 1))
    return number / duos


def table(duos: int) -> str:
    """Return everything side by side, now and before."""
    head = ("noise of an item", "healthy (4.0)", "bar", "before", "drop found", "bar", "before", "at 3.6", "before")
    rows = [head]
    for noise, bar in zip(NOISES, BARS, strict=True):
        cells = (
            alarms(NOW, HEALTHY, noise, duos),
            bar,
            alarms(THEN, HEALTHY, noise, duos),
            found(NOW, noise, duos),
            FOUND,
            found(THEN, noise, duos),
            alarms(NOW, MIDDLING, noise, duos),
            alarms(THEN, MIDDLING, noise, duos),
        )
        rows.append((f"{noise}", *(f"{cell:.1%}" for cell in cells)))
    rows += [("",) * len(head), ("drop found after", *(f"{after}" for after in range(1, 7)), "", "")]
    for noise in NOISES:
        shares = [found(NOW, noise, duos, after) for after in range(1, 7)]
        rows.append((f"{noise}", *(f"{share:.1%}" for share in shares), "", ""))
    widths = [max(map(len, column)) + 2 for column in zip(*rows, strict=True)]
    lines = ["".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
