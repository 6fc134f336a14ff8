"""Candidates from an index by domain, level, site; and how many mentors each rule leaves, without pairing everybody.

The first five rules ask nothing of a pair's site. Their counts come from tables of mentors by domain, level and
languages, less the few who are somebody's own, in their line or apart from them; only pairs that could meet are made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mentorship.matching.arrays import Flags, Ints, spans
from mentorship.matching.candidates import Instance, pair_codes

TOP = 5
"""The highest level."""
LEAST_LEVEL = 3
"""From this level on somebody can pass a domain on."""
ENOUGH_LEVEL = 4


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

    def holds(self, request: Ints, mentor: Ints) -> Flags:
        """Tell per pair whether it is barred."""
        codes, asked = pair_codes(self.request, self.mentor), pair_codes(request, mentor)
        if not len(codes):
            return np.zeros(len(asked), dtype=np.bool_)
        at = np.minimum(np.searchsorted(codes, asked), len(codes) - 1)
        found: Flags = codes[at] == asked
        return found


def barred_pairs(instance: Instance) -> Barred:
    """Return who is oneself, in the line, or kept apart, as rows of requests and mentors."""
    line, apart = instance.relations.line, instance.relations.apart
    people = np.unique(np.concatenate([instance.requests.person, instance.mentors.person]))
    either_way = [0, 1], [1, 0]
    kinds = [(np.column_stack([people, people]), 0)]
    kinds += [(line[:, turn], 1) for turn in either_way]
    kinds += [(apart[:, turn], 2) for turn in either_way]
    rows = [_rows_of(instance, pairs) for pairs, _ in kinds]
    request, mentor = (np.concatenate(side) for side in zip(*rows, strict=True))
    step = np.repeat([step for _, step in kinds], [len(left) for left, _ in rows])
    return _first_of_each(request, mentor, step)


def _first_of_each(request: Ints, mentor: Ints, step: Ints) -> Barred:
    """Keep each pair once, with its first rule."""
    codes = pair_codes(request, mentor)
    order = np.lexsort((step, codes))
    first = order[np.flatnonzero(np.diff(codes[order], prepend=-1))]
    return Barred(request[first], mentor[first], step[first])


def _rows_of(instance: Instance, people: Ints) -> tuple[Ints, Ints]:
    """Return the rows of pairs of persons (K, 2), once for each request and mentor row a person has."""
    row, at = _join(people[:, 0], instance.requests.person)
    column, again = _join(people[at, 1], instance.mentors.person)
    return row[again], column


def _join(wanted: Ints, known: Ints) -> tuple[Ints, Ints]:
    """Return rows of `known` that equal an entry of `wanted`, with the index of that entry."""
    order, low, count = _equal(wanted, known)
    return order[spans(low, count)], np.repeat(np.arange(len(wanted)), count)


def _equal(wanted: Ints, known: Ints) -> tuple[Ints, Ints, Ints]:
    """Return an order of `known`, and where in it those equal to each of `wanted` begin, and how many they are."""
    order = np.argsort(known, kind="stable")
    low = np.searchsorted(known[order], wanted, side="left")
    count = np.searchsorted(known[order], wanted, side="right") - low
    return order, low, count


def early_counts(instance: Instance, barred: Barred) -> Ints:
    """Return (R, 5): the mentors left after the rules self, expertise, line, apart and language.

    Where somebody asks for a practice trainer (R, 6), with that rule after the expertise.
    """
    fit, talk = _of_barred(instance, barred)
    early = _Early(barred, len(instance.requests.person))
    able, speaking = _able_counts(instance, np.ones(len(instance.mentors.person), dtype=np.bool_))
    oneself = barred.step == 0
    columns = [len(instance.mentors.person) - early.less(oneself), able - early.less(fit & oneself)]
    if instance.asking.any():
        able, speaking = _asked_counts(instance, able, speaking)
        fit &= ~instance.asking[barred.request] | instance.trainers[barred.mentor]
        columns.append(able - early.less(fit & oneself))
    columns += [
        able - early.less(fit & (barred.step <= 1)),
        able - early.less(fit),
        speaking - early.less(fit & talk),
    ]
    return np.column_stack(columns)


def _asked_counts(instance: Instance, able: Ints, speaking: Ints) -> tuple[Ints, Ints]:
    """Return these counts of mentors, of practice trainers alone for each request that asks for one."""
    trainers, speaking_trainers = _able_counts(instance, instance.trainers)
    asking = instance.asking
    return np.where(asking, trainers, able), np.where(asking, speaking_trainers, speaking)


@dataclass(frozen=True)
class _Early:
    """Counts the barred pairs of each request."""

    barred: Barred
    requests: int

    def less(self, which: Flags) -> Ints:
        """Return (R,): how many of these barred pairs each request has."""
        return np.bincount(self.barred.request[which], minlength=self.requests)


def _of_barred(instance: Instance, barred: Barred) -> tuple[Flags, Flags]:
    """Tell of each barred pair whether the mentor stands high enough, and whether the two share a language."""
    needs, mentors = instance.requests, instance.mentors
    domain, asked = needs.domain[:, 0], _levels_asked(instance)
    fit: Flags = mentors.level[barred.mentor, domain[barred.request]] >= asked[barred.request]
    talk: Flags = (needs.languages[barred.request] & mentors.languages[barred.mentor]) != 0
    return fit, talk


def _able_counts(instance: Instance, of: Flags) -> tuple[Ints, Ints]:
    """Return per request the mentors `of` these who stand high enough in its main need, and those it can talk with."""
    needs, mentors = instance.requests, instance.mentors
    spoken, speaks = np.unique(mentors.languages, return_inverse=True)
    # able[d, l, g]: mentors at level l or above in domain d who speak the languages of group g
    able = np.zeros((mentors.level.shape[1], TOP + 2, len(spoken)), dtype=np.int64)
    who, what = np.nonzero((mentors.level >= LEAST_LEVEL) & of[:, None])
    np.add.at(able, (what, mentors.level[who, what], speaks[who]), 1)
    able = able[:, ::-1].cumsum(axis=1)[:, ::-1]
    here = able[needs.domain[:, 0], _levels_asked(instance)]
    common = (needs.languages[:, None] & spoken[None, :]) != 0
    return here.sum(axis=1), (here * common).sum(axis=1)


def _levels_asked(instance: Instance) -> Ints:
    """Return the level that each request asks of a mentor in its main need."""
    needs = instance.requests
    return level_asked(needs.current[:, 0], needs.target[:, 0])


def near_pairs(instance: Instance, most: int) -> Iterator[tuple[Ints, Ints]]:
    """Yield pairs with enough expertise, at one site, or both remote where that is allowed; about `most` at once."""
    who, what = np.nonzero(instance.mentors.level >= LEAST_LEVEL)
    yield from _at_one_site(instance, who, what, most)
    far = instance.mentors.remote[who]
    yield from _at_a_distance(instance, who[far], what[far], most)


def _at_one_site(instance: Instance, who: Ints, what: Ints, most: int) -> Iterator[tuple[Ints, Ints]]:
    """Yield the near pairs of one site, of mentors `who` that can guide in domain `what`."""
    needs, mentors = instance.requests, instance.mentors
    sites, place = np.unique(np.concatenate([needs.site, mentors.site]), return_inverse=True)
    asks_at, guides_at = place[: len(needs.site)], place[len(needs.site) :]
    wanted = needs.domain[:, 0] * len(sites) + asks_at
    for r, at in _in_batches(wanted, what * len(sites) + guides_at[who], most):
        yield _high_enough(instance, r, who[at])


def _at_a_distance(instance: Instance, who: Ints, what: Ints, most: int) -> Iterator[tuple[Ints, Ints]]:
    """Yield the near pairs of two sites, of mentors `who` that can guide in domain `what` and work remotely."""
    needs, mentors = instance.requests, instance.mentors
    domain = needs.domain[:, 0]
    distant = np.flatnonzero(instance.remote_domain[domain] & needs.remote)
    for row, at in _in_batches(domain[distant], what, most):
        r, m = _high_enough(instance, distant[row], who[at])
        elsewhere = needs.site[r] != mentors.site[m]
        yield r[elsewhere], m[elsewhere]


def _in_batches(wanted: Ints, known: Ints, most: int) -> Iterator[tuple[Ints, Ints]]:
    """Yield indices of `wanted` and of `known` that are equal, about `most` at once."""
    order, low, count = _equal(wanted, known)
    for part in np.array_split(np.arange(len(wanted)), 1 + int(count.sum()) // most):
        yield np.repeat(part, count[part]), order[spans(low[part], count[part])]


def _high_enough(instance: Instance, r: Ints, m: Ints) -> tuple[Ints, Ints]:
    """Return those of the pairs in which the mentor stands high enough in the main need."""
    domain = instance.requests.domain[:, 0]
    kept = instance.mentors.level[m, domain[r]] >= _levels_asked(instance)[r]
    return r[kept], m[kept]
