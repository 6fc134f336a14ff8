"""The hard rules: who may guide whom, in a fixed order, and which rule stopped whom (the funnel)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from mentorship.matching.arrays import Flags, Ints
from mentorship.matching.candidates import NO_TIMETABLE, Instance, among, pair_codes
from mentorship.matching.funnel import Barred, barred_pairs, early_counts, level_asked, near_pairs
from mentorship.matching.rosters import Meeting, meet

STEPS = ("self", "expertise", "line", "apart", "language", "site", "meeting", "place")
"""The rules in their order: not oneself; expertise for the main need; not in one's line; no block or earlier pair; a
language in common; same site or both remote; both have a roster and meet enough; not paused, with a place."""
TRAINER = "trainer"
WITH_TRAINER = (*STEPS[:2], TRAINER, *STEPS[2:])
"""The same where somebody asks for a practice trainer: a mentor without such a certificate is stopped there."""
MOST_AT_ONCE = 2_000_000
"""Pairs that are tested together, so that memory does not grow with requests times mentors."""


@dataclass(frozen=True)
class Eligible:
    """The eligible pairs, arrays of one length E sorted by request then mentor, and the funnel.

    `remote` tells the pairs that meet at a distance; `meeting` holds indices into `meetings`;
    `funnel` (R, 8) counts the mentors that remain after each of `STEPS`, (R, 9) after each of `WITH_TRAINER` where
    somebody asks for a practice trainer.
    """

    request: Ints
    mentor: Ints
    remote: Flags
    meeting: Ints
    meetings: tuple[Meeting, ...]
    funnel: Ints


def steps_of(count: int) -> tuple[str, ...]:
    """Return the rules that a funnel of so many counts stands for."""
    return STEPS if count == len(STEPS) else WITH_TRAINER


RUNNING = ("expertise", "line", "language", "site", "meeting")
"""The rules that a running pair must go on to meet."""


class _Rules:
    """Each rule as a test of many pairs (r, m) at once."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.requests, self.mentors = instance.requests, instance.mentors
        self.meetings: list[Meeting] = []
        self._meeting_of: dict[tuple[int, int], int] = {}

    def in_order(self) -> Iterator[tuple[str, Callable[[Ints, Ints], Flags]]]:
        """Yield the rules in the order of `WITH_TRAINER`."""
        for step in WITH_TRAINER:
            yield step, getattr(self, step if step != "self" else "not_self")

    def not_self(self, r: Ints, m: Ints) -> Flags:
        """Refuse a person as their own mentor."""
        holds: Flags = self.requests.person[r] != self.mentors.person[m]
        return holds

    def expertise(self, r: Ints, m: Ints) -> Flags:
        """Willing, level 3 or more, above the junior's, and at least the target (4 is always enough)."""
        needs = self.requests
        holds: Flags = self.mentors.level[m, needs.domain[r, 0]] >= level_asked(needs.current[r, 0], needs.target[r, 0])
        return holds

    def trainer(self, r: Ints, m: Ints) -> Flags:
        """Ask a practice trainer where the request does."""
        holds: Flags = ~self.instance.asking[r] | self.instance.trainers[m]
        return holds

    def line(self, r: Ints, m: Ints) -> Flags:
        """Neither appraises the other, nor stands above who does."""
        junior, mentor, lines = self.requests.person[r], self.mentors.person[m], self.instance.relations.line
        return ~(among(junior, mentor, lines) | among(mentor, junior, lines))

    def apart(self, r: Ints, m: Ints) -> Flags:
        """Neither blocked the other, and the pair did not end or get refused before."""
        junior, mentor, apart = self.requests.person[r], self.mentors.person[m], self.instance.relations.apart
        return ~(among(junior, mentor, apart) | among(mentor, junior, apart))

    def language(self, r: Ints, m: Ints) -> Flags:
        """They have a working language in common."""
        holds: Flags = (self.requests.languages[r] & self.mentors.languages[m]) != 0
        return holds

    def at_distance(self, r: Ints, m: Ints) -> Flags:
        """Tell whether the main need can be learned remotely and both can work so."""
        learnable = self.instance.remote_domain[self.requests.domain[r, 0]]
        holds: Flags = learnable & self.requests.remote[r] & self.mentors.remote[m]
        return holds

    def same_site(self, r: Ints, m: Ints) -> Flags:
        """They work at the same site."""
        holds: Flags = self.requests.site[r] == self.mentors.site[m]
        return holds

    def site(self, r: Ints, m: Ints) -> Flags:
        """Ask the same site, or work at a distance."""
        return self.same_site(r, m) | self.at_distance(r, m)

    def meeting_of(self, r: Ints, m: Ints) -> Ints:
        """Return per pair the row of its meeting in `meetings`, -1 without a roster; each two rosters are met once."""
        count = len(self.instance.timetables) + 1
        codes = (self.requests.timetable[r] + 1) * count + self.mentors.timetable[m] + 1
        met = np.unique(codes) if count**2 > MOST_AT_ONCE else np.flatnonzero(np.bincount(codes, minlength=1))
        lefts, rights = np.divmod(met, count)
        both = zip(lefts.tolist(), rights.tolist(), strict=True)
        rows = np.array([self._meeting(left - 1, right - 1) for left, right in both], dtype=np.int64)
        found: Ints = rows[np.searchsorted(met, codes)] if len(rows) else np.zeros(0, dtype=np.int64)
        return found

    def _meeting(self, left: int, right: int) -> int:
        if NO_TIMETABLE in (left, right):
            return -1
        if (left, right) not in self._meeting_of:
            self._meeting_of[left, right] = len(self.meetings)
            instance = self.instance
            self.meetings.append(meet(instance.timetables[left], instance.timetables[right], instance.day))
        return self._meeting_of[left, right]

    def meeting(self, r: Ints, m: Ints) -> Flags:
        """Both have a roster and meet enough, on site or at a distance."""
        row = self.meeting_of(r, m)
        # the last stands for those without a roster, whose row is -1
        remote = np.array([x.enough_remote for x in self.meetings] + [False])
        holds: Flags = self.meets_on_site(r, m, row) | (self.at_distance(r, m) & remote[row])
        return holds

    def meets_on_site(self, r: Ints, m: Ints, row: Ints) -> Flags:
        """Tell which pairs, with the rows of their meetings, meet enough at one site."""
        on_site = np.array([x.enough_on_site for x in self.meetings] + [False])
        holds: Flags = self.same_site(r, m) & on_site[row]
        return holds

    def place(self, r: Ints, m: Ints) -> Flags:
        """Ask a mentor who is not paused and has a free place."""
        return ~self.mentors.paused[m] & (self.mentors.places[m] > 0)


def find_eligible(instance: Instance) -> Eligible:
    """Return the pairs that pass every rule, found by domain, level and site, so that no R x M array is made."""
    rules, barred = _Rules(instance), barred_pairs(instance)
    steps = WITH_TRAINER if instance.asking.any() else STEPS
    funnel = np.zeros((len(instance.requests.person), len(steps)), dtype=np.int64)
    funnel[:, : steps.index("site")] = early_counts(instance, barred)
    found = [_passing(rules, barred, funnel, near) for near in near_pairs(instance, MOST_AT_ONCE)]
    r, m = (np.concatenate(rows) for rows in zip(*found, strict=True))
    order = np.argsort(pair_codes(r, m))
    r, m = r[order], m[order]
    row = rules.meeting_of(r, m)
    remote = ~rules.meets_on_site(r, m, row)
    return Eligible(r, m, remote, row, tuple(rules.meetings), funnel)


def _passing(rules: _Rules, barred: Barred, funnel: Ints, near: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Return which of some near pairs pass every rule, and count in `funnel` how many each of the last rules leaves."""
    r, m = near
    kept = rules.language(r, m) & rules.trainer(r, m) & ~barred.holds(r, m)
    r, m = r[kept], m[kept]
    steps = steps_of(funnel.shape[1])
    funnel[:, steps.index("site")] += np.bincount(r, minlength=len(funnel))
    for step in ("meeting", "place"):
        kept = getattr(rules, step)(r, m)
        r, m = r[kept], m[kept]
        funnel[:, steps.index(step)] += np.bincount(r, minlength=len(funnel))
    return r, m


def first_obstacle(instance: Instance, request: int, mentor: int) -> str | None:
    """Return the first of `WITH_TRAINER` that forbids this pair, or None when it is eligible."""
    rules = _Rules(instance)
    r, m = np.array([request]), np.array([mentor])
    return next((step for step, holds in rules.in_order() if not holds(r, m)[0]), None)


def failing(instance: Instance, request: Ints, mentor: Ints) -> dict[str, Flags]:
    """Tell per rule of `RUNNING` which of the pairs (request, mentor), arrays (P,) of rows, do not meet it.

    And which lack a practice trainer, where somebody asks for one.
    Who cannot meet at one site or at a distance fails for the site alone.
    """
    rules = _Rules(instance)
    steps = (*RUNNING, TRAINER) if instance.asking.any() else RUNNING
    fails = {step: ~getattr(rules, step)(request, mentor) for step in steps}
    fails["meeting"] &= ~fails["site"]
    return fails
