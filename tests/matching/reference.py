"""The domain document once more, in plain Python and slow: what the engine is compared with."""

from __future__ import annotations

import itertools
from datetime import date
from math import isnan, lcm

import numpy as np

DAY = 1440


def day_of(timetable, ordinal):
    """What is worked on a day, as (begin, end) in minutes of it; None where nothing is known."""
    pattern = None
    for begins, held in timetable.pieces:
        if begins <= ordinal:
            pattern = held
    if pattern is None:
        return None
    since = ordinal - pattern.start
    if not pattern.repeats and not 0 <= since < len(pattern.days):
        return None
    if date.fromordinal(ordinal).weekday() in timetable.off or ordinal in timetable.out:
        return []
    return list(pattern.days[since % len(pattern.days)])


def met_minutes(junior, mentor, first, days):
    """Per day of the junior with work: the day, its length, the minutes in common, the longest unbroken run of them."""
    at_work = bytearray((days + 4) * DAY)
    for number in range(days + 2):
        for begin, end in day_of(mentor, first - 1 + number) or ():
            at_work[number * DAY + begin : number * DAY + end] = b"\1" * (end - begin)
    for number in range(days):
        length = common = longest = 0
        for begin, end in day_of(junior, first + number) or ():
            midnight = (number + 1) * DAY
            seen = bytes(at_work[midnight + begin : midnight + end])
            length, common = length + len(seen), common + seen.count(1)
            longest = max(longest, *map(len, seen.split(b"\0")))
        if length:
            yield first + number, length, common, longest


def window(junior, mentor, first):
    """From which day on, and for how many, two are compared who have no short cycle in common: while both are known."""
    known = [day for day in range(first, first + 364) if None not in (day_of(junior, day), day_of(mentor, day))]
    on_end = [day for number, day in enumerate(known) if day == known[0] + number]
    return (known[0], len(on_end)) if known else (first, 0)


def cycle(timetable):
    """After how many days a timetable repeats; 0 when it does not."""
    (begins, pattern), *later = timetable.pieces
    return 0 if begins or later or not pattern.repeats else lcm(len(pattern.days), 7 if timetable.off else 1)


def meeting(junior, mentor, first=736_000):
    """The fields of `Meeting`, minute by minute over a whole joint cycle, or over the days from `first`."""
    days = lcm(cycle(junior), cycle(mentor))
    goes_on = 0 < days <= 371
    if not goes_on:
        first, days = window(junior, mentor, first)
    met = list(met_minutes(junior, mentor, first, days))
    together = [day for day, _, _, run in met if run >= 240]
    ends = [*together, together[0] + days] if together and goes_on else [first - 1, *together, first + days]
    gaps = [b - a for a, b in itertools.pairwise(ends)] if together else [None]
    common = sum(minutes for _, _, minutes, _ in met)
    return {
        "shifts_per_four_weeks": len(together) / (days / 28) if days else 0,
        "longest_gap": max(gaps),
        "share_of_shifts": len(together) / len(met) if met else 0,
        "share_of_hours": common / sum(length for _, length, _, _ in met) if met else 0,
        "hours_per_two_weeks": common / 60 / (days / 14) if days else 0,
    }


class Reference:
    """Eligibility and scores of one instance, pair by pair."""

    def __init__(self, instance):
        self.instance = instance
        self.met = {}

    def meeting(self, r, m):
        at = int(self.instance.requests.timetable[r]), int(self.instance.mentors.timetable[m])
        if -1 in at:
            return None
        if at not in self.met:
            self.met[at] = meeting(self.instance.timetables[at[0]], self.instance.timetables[at[1]])
        return self.met[at]

    def needs(self, r):
        asked = self.instance.requests
        rows = zip(asked.domain[r], asked.current[r], asked.target[r], asked.importance[r], strict=True)
        return [tuple(map(int, row)) for row in rows if row[0] != -1]

    def on_site(self, r, m):
        met = self.meeting(r, m)
        same = self.instance.requests.site[r] == self.instance.mentors.site[m]
        return bool(same and met and met["shifts_per_four_weeks"] >= 2 and met["longest_gap"] <= 28)

    def both_remote(self, r, m):
        main = self.needs(r)[0][0]
        return bool(
            self.instance.remote_domain[main] and self.instance.requests.remote[r] and self.instance.mentors.remote[m]
        )

    def obstacle(self, r, m):
        """The first rule of the domain document that fails."""
        asked, guides, known = self.instance.requests, self.instance.mentors, self.instance.relations
        domain, current, target, _ = self.needs(r)[0]
        level = int(guides.level[m, domain])
        a, b = int(asked.person[r]), int(guides.person[m])
        pairs = {name: {tuple(map(int, p)) for p in getattr(known, name)} for name in ("line", "apart")}
        shared = [bit for bit in range(8) if int(asked.languages[r]) >> bit & 1 and int(guides.languages[m]) >> bit & 1]
        same = asked.site[r] == guides.site[m]
        met, remote = self.meeting(r, m), self.both_remote(r, m)
        rules = {
            "self": a != b,
            "expertise": level >= 3 and level > current and level >= min(target, 4),
            "line": not {(a, b), (b, a)} & pairs["line"],
            "apart": not {(a, b), (b, a)} & pairs["apart"],
            "language": bool(shared),
            "site": bool(same or remote),
            "meeting": self.on_site(r, m) or bool(remote and met and met["hours_per_two_weeks"] >= 1),
            "place": not guides.paused[m] and guides.places[m] > 0,
        }
        return next((rule for rule, holds in rules.items() if not holds), None)

    def parts(self, r, m):
        """The five criteria."""
        asked, guides = self.instance.requests, self.instance.mentors
        domain = continuity = total = 0.0
        for field, current, target, importance in self.needs(r):
            level = int(guides.level[m, field])
            coverage = min(max((level - current) / (target - current), 0), 1)
            domain += importance * (coverage - (0.15 if level - target >= 2 else 0))
            continuity += importance * coverage * float(self.instance.urgency[field])
            total += importance
        met = self.meeting(r, m)
        ranks, comfort = asked.wanted_forms[r], guides.comfort[m]
        unknown = any(isnan(x) for x in [*ranks, *comfort])
        fit = 0.5 if unknown else sum(w / 15 * c / 4 for w, c in zip(ranks, comfort, strict=True))
        a, b = int(asked.person[r]), int(guides.person[m])
        wished = {tuple(map(int, p)) for p in self.instance.relations.wished}
        return {
            "domain": domain / total,
            "together": met["share_of_shifts"] if self.on_site(r, m) else met["share_of_hours"],
            "preference": float(fit),
            "continuity": continuity / total,
            "wish": float(bool({(a, b), (b, a)} & wished)),
        }


def objective(problem_parts, mentor):
    """The objective of an assignment from the parts a test made a problem of; None when it is not allowed."""
    scores, capacity, load, floor, spread, unmatched, locked = problem_parts
    taken = dict.fromkeys(range(len(capacity)), 0)
    value = matched = 0
    for r, m in enumerate(mentor):
        if m >= 0:
            if (r, m) not in scores or scores[r, m] < floor or taken[m] == capacity[m]:
                return None
            value += scores[r, m] - spread * (load[m] + taken[m])
            taken[m] += 1
            matched += 1
    if any(mentor[r] != m for r, m in locked):
        return None
    return (matched, value) if unmatched is None else (value - unmatched * (len(mentor) - matched),)


def assignments(problem_parts, requests):
    """Every assignment of requests to mentors they have a score with, or to nobody."""
    mentors = len(problem_parts[1])
    options = [[-1, *(m for m in range(mentors) if (r, m) in problem_parts[0])] for r in range(requests)]
    return itertools.product(*options)


def best(problem_parts, requests):
    """Every best assignment by looking at all of them, and their objective."""
    told = [(objective(problem_parts, mentor), mentor) for mentor in assignments(problem_parts, requests)]
    top = max(value for value, _ in told if value is not None)
    return top, [np.array(mentor, dtype=np.int64) for value, mentor in told if value == top]
