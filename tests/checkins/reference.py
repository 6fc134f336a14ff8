"""The domain document's check-ins once more: exact fractions, one event at a time, a signal's state kept as it goes."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

HALF, QUARTER, TWENTIETH = Fraction(1, 2), Fraction(1, 4), Fraction(1, 20)
WORDS = {"high high": "in_balance", "high low": "on_reserve", "low high": "stuck", "low low": "talk_now"}


def mean(answers):
    """An index before smoothing: the given answers' mean distance from the lowest step, as a part of all four steps."""
    steps = [Fraction(answer - 1, 4) for answer in answers.values() if answer is not None]
    return sum(steps) / len(steps) if steps else None


class Side:
    """What is remembered of one side while its check-ins come in, the oldest first."""

    def __init__(self):
        self.raw = self.index = self.asked = self.high = None
        self.lows, self.misses = [], []

    def answer(self, due, answers):
        """Take an answered check-in in; return the fall since the one before."""
        self.misses = []
        new = mean(answers)
        if new is None:
            return None
        fall = None if self.raw is None else (self.asked, due, self.raw - new)
        self.index = new if self.index is None else (self.index + new) / 2
        self.raw, self.asked = new, due
        self.lows = [*self.lows, due] if self.index < HALF else []
        return fall

    def level(self, today, known):
        """High, low, or None when the last answer is over twelve weeks old; `known`: there was a class before."""
        if self.asked is None or (today - self.asked).days > 84:
            return None
        if not known or self.high is None:
            self.high = self.index >= HALF
        elif self.high and self.index < HALF - TWENTIETH:
            self.high = False
        elif not self.high and self.index > HALF + TWENTIETH:
            self.high = True
        return "high" if self.high else "low"


class Duo:
    """A pair's whole story; `raised` holds (kind, side, about, since, evidence, returned) in order."""

    def __init__(self, started):
        self.sides = {"junior": Side(), "mentor": Side()}
        self.started, self.worked, self.weeks, self.rules = started, set(), [], {}
        self.open, self.closed, self.raised, self.word = set(), {}, [], "unknown"

    def happens(self, moment: datetime, what, *rest):
        """Take one event in, then judge what depends on the calendar."""
        self.moment = moment
        self.today = moment.astimezone(ZoneInfo("Europe/Amsterdam")).date()
        getattr(self, what)(*rest)
        self._hours()
        self._apart()
        for rule, found in self.rules.items():
            key = ("rule", "both", rule)
            if key not in self.closed or found > self.closed[key]:
                day = found.astimezone(ZoneInfo("Europe/Amsterdam")).date()
                self._raise(*key, day, (day,))

    def check_in(self, side, due, status, answers, helps):
        mine = self.sides[side]
        for asked in helps:
            self._raise("help", side, asked, due, (due,))
        if status == "missed":
            mine.misses.append(due)
            if len(mine.misses) >= 2:
                self._raise("missed", side, "", due, tuple(mine.misses[-2:]))
        if status == "answered":
            fall = mine.answer(due, answers)
            if fall and fall[2] >= QUARTER:
                self._raise("fall", side, "", due, fall[:2])
            if mean(answers) is not None and len(mine.lows) >= 2:
                self._raise("low", side, "", due, tuple(mine.lows[-2:]))
            if 1 in answers.values():
                self._raise("lowest", side, "", due, (due,))

    def together(self, day):
        self.worked.add(day)

    def week(self, monday, confirmed, spent):
        self.weeks.append((monday, confirmed, spent))

    def rule(self, name, holds):
        if holds:
            self.rules.pop(name, None)
        else:
            self.rules.setdefault(name, self.moment)

    def close(self, kind, side, about):
        if (kind, side, about) not in self.open:
            return
        self.open.remove((kind, side, about))
        self.closed[kind, side, about] = self.moment
        if kind == "low":
            self.sides[side].lows = []
        if kind == "missed":
            self.sides[side].misses = []

    def judge(self):
        """The class of today."""
        known = self.word != "unknown"
        levels = [self.sides[side].level(self.today, known) for side in ("junior", "mentor")]
        self.word = WORDS[" ".join(levels)] if all(levels) else "unknown"
        return self.word

    def _closing_day(self, *key):
        return self.closed[key].astimezone(ZoneInfo("Europe/Amsterdam")).date() if key in self.closed else None

    def _hours(self):
        closing = self._closing_day("hours", "mentor", "")
        new = [w for w in self.weeks if w[1] is not None and (closing is None or w[0] > closing)]
        if not new or (self.today - new[-1][0]).days > 84:
            return
        four = [w for w in new if w[0] > new[-1][0] - timedelta(days=28)]
        spent, confirmed = sum(Fraction(w[2]) for w in four), sum(Fraction(w[1]) for w in four)
        if spent > 0 and spent >= confirmed * (1 + QUARTER):
            self._raise("hours", "mentor", "", four[-1][0], tuple(w[0] for w in four))

    def _apart(self):
        closing = self._closing_day("apart", "both", "")
        day, empty = self.today - timedelta(days=1), 0
        while day > self.started and day not in self.worked and (closing is None or day > closing):
            day, empty = day - timedelta(days=1), empty + 1
        if empty >= 28 and self.today not in self.worked:
            last = (max(self.worked),) if self.worked else ()
            self._raise("apart", "both", "", day + timedelta(days=28), last)

    def _raise(self, kind, side, about, since, evidence):
        if (kind, side, about) not in self.open:
            self.open.add((kind, side, about))
            returned = (kind, side, about) in self.closed
            self.raised.append((kind, side, about, since, tuple(evidence), returned))
