"""Candidates from an index by domain, level, site; and how many mentors each rule leaves, without pairing everybody.

The first five rules ask nothing of a pair's site. Their counts come from tables of mentors by domain, level and
languages, less the few who are somebody's own, in their line or apart from them; only pairs that could meet are made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mentorship.matching.arrays import Ints, spans
from mentorship.matching.candidates import Instance, pair_codes

TOP = 5
"""The highest level."""
LEAST_LEVEL, ENOUGH_LEVEL = 3, 4


def level_asked(current: Ints, target: Ints) -> Ints:
    """Return the level that a mentor needs: 3 or more, above the junior's, and the target (4 is always enough)."""
    wanted = np.maximum(np.minimum(target, ENOUGH_LEVEL), LEAST_LEVEL)
    asked: Ints = np.maximum(wanted, current + 1)
    return asked


@dataclass(frozen=True)
class Barred:
    """Pairs (request, mentor) that a rule about two people forbids, each once, with the first of those rules.

    `step` is 0 where it is oneself, 1 where one is in the other's line, 2 where they are to be kept apart.
    """

    request: Ints
    mentor: Ints
    step: Ints

    def holds(self, request: Ints, mentor: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Tell per pair whether it is barred."""
        codes, asked = pair_codes(self.request, self.mentor), pair_codes(request, mentor)
        if not len(codes):
            return np.zeros(len(asked), dtype=np.bool_)
        at = np.minimum(np.searchsorted(codes, asked), len(codes) - 1)
        found: np.ndarray[tuple[int], np.dtype[np.bool_]] = codes[at] == asked
        return found


def barred_pairs(instance: Instance) -> Barred:
    """Return who is oneself, in the line, or kept apart, as rows of requests and mentors."""
    relations = instance.relations
    people = np.unique(np.concatenate([instance.requests.person, instance.mentors.person]))
    parts = [(np.column_stack([people, people]), 0)]
    parts += [(rows[:, turn], step) for step, rows in ((1, relations.line), (2, relations.apart))
              for turn in ([0, 1], [1, 0])]  # fmt: skip
    request, mentor, steps = [], [], []
    for pairs, step in parts:
        left, right = _rows_of(instance.requests.person, pairs[:, 0], instance.mentors.person, pairs[:, 1])
        request.append(left)
        mentor.append(right)
        steps.append(np.full(len(left), step))
    rows = np.concatenate(request), np.concatenate(mentor), np.concatenate(steps)
    codes = pair_codes(rows[0], rows[1])
    order = np.lexsort((rows[2], codes))
    first = order[np.flatnonzero(np.diff(codes[order], prepend=-1))]
    return Barred(rows[0][first], rows[1][first], rows[2][first])


def _rows_of(askers: Ints, left: Ints, guides: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Return the rows of pairs of persons, once for each request and mentor row a person has."""
    row, at = _join(left, askers)
    column, again = _join(right[at], guides)
    return row[again], column


def _join(wanted: Ints, known: Ints) -> tuple[Ints, Ints]:
    """Return rows of `known` that equal an entry of `wanted`, with the index of that entry."""
    order = np.argsort(known, kind="stable")
    low = np.searchsorted(known[order], wanted, side="left")
    count = np.searchsorted(known[order], wanted, side="right") - low
    return order[spans(low, count)], np.repeat(np.arange(len(wanted)), count)


def early_counts(instance: Instance, barred: Barred) -> Ints:
    """Return (R, 5): the mentors left after the rules self, expertise, line, apart and language."""
    needs, mentors = instance.requests, instance.mentors
    domain, asked = needs.domain[:, 0], level_asked(needs.current[:, 0], needs.target[:, 0])
    spoken, speaks = np.unique(mentors.languages, return_inverse=True)
    # able[d, l, g]: mentors at level l or above in domain d who speak the languages of group g
    able = np.zeros((mentors.level.shape[1], TOP + 2, len(spoken)), dtype=np.int64)
    who, what = np.nonzero(mentors.level >= LEAST_LEVEL)
    np.add.at(able, (what, mentors.level[who, what], speaks[who]), 1)
    able = able[:, ::-1].cumsum(axis=1)[:, ::-1]
    here = able[domain, asked]
    common = (needs.languages[:, None] & spoken[None, :]) != 0
    all_able, all_speaking = here.sum(axis=1), (here * common).sum(axis=1)

    fit = mentors.level[barred.mentor, domain[barred.request]] >= asked[barred.request]
    talk = (needs.languages[barred.request] & mentors.languages[barred.mentor]) != 0

    def less(which: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Ints:
        return np.bincount(barred.request[which], minlength=len(domain))

    return np.column_stack(
        [
            len(mentors.person) - less(barred.step == 0),
            all_able - less(fit & (barred.step == 0)),
            all_able - less(fit & (barred.step <= 1)),
            all_able - less(fit),
            all_speaking - less(fit & talk),
        ]
    )


def near_pairs(instance: Instance, most: int) -> Iterator[tuple[Ints, Ints]]:
    """Yield pairs with enough expertise, at one site, or both remote where that is allowed; about `most` at once."""
    needs, mentors = instance.requests, instance.mentors
    domain, asked = needs.domain[:, 0], level_asked(needs.current[:, 0], needs.target[:, 0])
    who, what = np.nonzero(mentors.level >= LEAST_LEVEL)
    sites, place = np.unique(np.concatenate([needs.site, mentors.site]), return_inverse=True)
    asks_at, guides_at = place[: len(domain)], place[len(domain) :]

    local = np.arange(len(domain))
    distant = np.flatnonzero(instance.remote_domain[domain] & needs.remote)
    far_who = mentors.remote[who]
    for rows, keys, wanted, people, within in (
        (local, what * len(sites) + guides_at[who], domain * len(sites) + asks_at, who, True),
        (distant, what[far_who], domain[distant], who[far_who], False),
    ):
        order = np.argsort(keys, kind="stable")
        low = np.searchsorted(keys[order], wanted, side="left")
        count = np.searchsorted(keys[order], wanted, side="right") - low
        for part in np.array_split(np.arange(len(rows)), 1 + int(count.sum()) // most):
            r, m = np.repeat(rows[part], count[part]), people[order[spans(low[part], count[part])]]
            kept = mentors.level[m, domain[r]] >= asked[r]
            if not within:
                kept &= needs.site[r] != mentors.site[m]
            yield r[kept], m[kept]
