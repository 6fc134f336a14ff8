"""The domain document's check-ins once more: exact fractions, one event at a time, a signal's state kept as it goes."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)
GOOD, LOW, BAND, FALLEN, WORSE = Fraction(3, 5), Fraction(9, 20), Fraction(3, 100), Fraction(3, 20), Fraction(3, 20)
SIX_WEEKS = timedelta(days=42)
WORDS = {(False, False): "in_balance", (False, True): "on_reserve", (True, False): "stuck", (True, True): "talk_now"}
OUTSIDE = {"working_time", "quick_help", "feedback", "recognised", "speed"}
STRONGER = {"safety": 3, "lowest": 2, "low": 1, "fall": 1}


def mean(answers):
    """An index before smoothing: the given answers' mean distance from the lowest step, as a part of all four steps."""
    given = [answer for key, answer in answers.items() if answer is not None and key not in OUTSIDE]
    steps = [Fraction(answer - 1, 4) for answer in given]
    return sum(steps) / len(steps) if steps else None


class Side:
    """What is remembered of one side while its check-ins come in, the oldest first."""

    def __init__(self):
        self.means, self.line, self.stands = {}, [], None
        self.low_since, self.last = None, {}
        self.safety = []

    def answer(self, due, answers):
        """Take an answered check-in in; return what it says: (kind, evidence), the first of the strongest first."""
        found = []
        lowest = [key for key, answer in answers.items() if answer == 1 and key not in ("not_alone", "speed")]
        self.safety = [*self.safety, due] if answers.get("not_alone") == 1 else []
        if self.safety:
            found.append(("safety", (due,)))
        found += [("lowest", (self.last[key][0], due)) for key in lowest if self.last.get(key, (0, 0))[1] == 1]
        self.last |= {key: (due, answer) for key, answer in answers.items() if answer is not None}
        new = mean(answers)
        if new is not None:
            found += self._in_means(due, new)
        return sorted(found, key=lambda one: -STRONGER[one[0]])

    def _in_means(self, due, new):
        if self.low_since and new < HALF:
            yield "low", (self.low_since, due)
        self.low_since = due if new < HALF else None
        index = (self.line[-1][1] + new) / 2 if self.line else new
        if self.line:
            day, high = max(self.line[-2:], key=lambda point: point[1])
            if high - index >= FALLEN and index < GOOD:
                yield "fall", (day, due)
        self.line.append((due, index))
        self.means[due] = new
        if len(self.line) > 1:
            self.stands = self._now(index)

    def _now(self, index):
        if index >= (GOOD - BAND if self.stands == "good" else GOOD):
            return "good"
        return "low" if index < (LOW - BAND if self.stands in ("good", "varying") else LOW) else "varying"

    def level(self, today):
        """How it stands, None before a second answer or when the last is over twelve weeks old."""
        if not self.line or (today - self.line[-1][0]).days > 84:
            return None
        return self.stands


class Duo:
    """A pair's whole story; `raised` holds (kind, side, about, since, evidence, returned) in order."""

    def __init__(self, started):
        self.sides = {"junior": Side(), "mentor": Side()}
        self.started, self.worked, self.weeks, self.rules = started, set(), [], {}
        self.open, self.closed, self.evidence, self.raised = set(), {}, {}, []

    def happens(self, moment: datetime, what, *rest):
        """Take one event in, then judge what depends on the calendar."""
        self.moment = moment
        self.today = moment.astimezone(ZoneInfo("Europe/Amsterdam")).date()
        getattr(self, what)(*rest)
        self._hours()
        self._apart()
        for rule, found in self.rules.items():
            key = ("rule", "both", rule)
            if key not in self.closed or (found > self.closed[key] and not self._quiet(*key)):
                day = found.astimezone(ZoneInfo("Europe/Amsterdam")).date()
                self._raise(*key, day, (day,))

    def check_in(self, side, due, status, answers, helps):
        for asked in helps:
            self.open.discard(("help", side, asked))  # each request is one of its own
            self._raise("help", side, asked, due, (due,))
        if status != "answered":
            return
        for kind, evidence in self.sides[side].answer(due, answers):
            lately = [key for key in self._closed_of(side) if self.moment - self.closed[key] < SIX_WEEKS]
            if all(self._is_worse(side, due, kind, key) for key in lately):
                stands = [
                    STRONGER[open_kind] for open_kind, whose, _ in self.open if whose == side and open_kind in STRONGER
                ]
                if not stands or STRONGER[kind] > max(stands):
                    self._raise(kind, side, "", due, evidence)
                break

    def _closed_of(self, side):
        return [key for key in self.closed if key[1] == side and key[0] in STRONGER]

    def _is_worse(self, side, due, kind, key):
        mine, before = self.sides[side], self.evidence[key]
        if STRONGER[kind] > STRONGER[key[0]]:
            return True
        if kind == "safety" and len(mine.safety) > 1 and mine.safety[-2] in before:
            return True
        then = [mine.means[day] for day in before if day in mine.means]
        return bool(then) and due in mine.means and mine.means[due] <= min(then) - WORSE

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
        if kind in STRONGER:
            self.sides[side].low_since = None

    def judge(self):
        """The class of today."""
        levels = [self.sides[side].level(self.today) for side in ("junior", "mentor")]
        return WORDS[tuple(level == "low" for level in levels)] if all(levels) else "unknown"

    def _quiet(self, *key):
        return key in self.closed and self.moment - self.closed[key] < SIX_WEEKS

    def _closing_day(self, *key):
        return self.closed[key].astimezone(ZoneInfo("Europe/Amsterdam")).date() if key in self.closed else None

    def _hours(self):
        closing = self._closing_day("hours", "mentor", "")
        new = [w for w in self.weeks if w[1] is not None and (closing is None or w[0] > closing)]
        if not new or (self.today - new[-1][0]).days > 84:
            return
        four = [w for w in new if w[0] > new[-1][0] - timedelta(days=28)]
        spent, confirmed = sum(Fraction(w[2]) for w in four), sum(Fraction(w[1]) for w in four)
        then = [w for w in self.weeks if w[1] is not None and w[0] in self.evidence.get(("hours", "mentor", ""), ())]
        ratio = sum(Fraction(w[2]) for w in then) / sum(Fraction(w[1]) for w in then) if then else 0
        worse = spent / confirmed >= ratio + QUARTER
        if spent > 0 and spent >= confirmed * (1 + QUARTER) and (worse or not self._quiet("hours", "mentor", "")):
            self._raise("hours", "mentor", "", four[-1][0], tuple(w[0] for w in four))

    def _apart(self):
        closing = self._closing_day("apart", "both", "")
        day, empty = self.today - timedelta(days=1), 0
        while day > self.started and day not in self.worked and (closing is None or day > closing):
            day, empty = day - timedelta(days=1), empty + 1
        if empty >= 28 and self.today not in self.worked and not self._quiet("apart", "both", ""):
            last = (max(self.worked),) if self.worked else ()
            self._raise("apart", "both", "", day + timedelta(days=28), last)

    def _raise(self, kind, side, about, since, evidence):
        if (kind, side, about) not in self.open:
            self.open.add((kind, side, about))
            returned = (kind, side, about) in self.closed
            if kind in STRONGER:
                returned = bool(self._closed_of(side))
            self.evidence[kind, side, about] = tuple(evidence)
            self.raised.append((kind, side, about, since, tuple(evidence), returned))
