"""Who asks and who can guide, as arrays: what eligibility and scores are computed from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentorship.matching.arrays import Flags, Floats, Ints
from mentorship.matching.timetables import MONDAY, Timetable

NEEDS = 3
FORMS = ("on_the_job", "classroom", "online", "with_colleague", "short_modules")
NO_TIMETABLE = -1


@dataclass(frozen=True)
class Requests:
    """R mentor requests.

    `person` (R,) ids; `site` (R,); `timetable` (R,) rows of `Instance.timetables`, -1 = no roster; `languages` (R,)
    bits; `remote` (R,); `domain`, `current`, `target`, `importance` (R, 3) with domain -1 where there is no such need,
    the main need first; `wanted_forms` (R, 5) weights 1-5 in the order of `FORMS`, nan when unknown; `trainer` (R,)
    those who ask for a practice trainer, None where nobody does.
    """

    person: Ints
    site: Ints
    timetable: Ints
    languages: Ints
    remote: Flags
    domain: Ints
    current: Ints
    target: Ints
    importance: Ints
    wanted_forms: Floats
    trainer: Flags | None = None


@dataclass(frozen=True)
class Mentors:
    """M people with places.

    As `Requests`, and `level` (M, D) 0-5, 0 where they do not want to pass it on; `comfort` (M, 5) 0-4, nan when
    unknown; `places` (M,) free places >= 0; `load` (M,) juniors they have; `paused` (M,); `trainer` (M,) who is a
    practice trainer, None where nobody is.
    """

    person: Ints
    site: Ints
    timetable: Ints
    languages: Ints
    remote: Flags
    level: Ints
    comfort: Floats
    places: Ints
    load: Ints
    paused: Flags
    trainer: Flags | None = None


@dataclass(frozen=True)
class Relations:
    """Between people, as arrays (K, 2) of person ids.

    `line`: the second appraises the first, or stands above who does; `apart`: a block, or a pair that ended or was
    refused, in either order; `wished`: the first named the second as wanted.
    """

    line: Ints
    apart: Ints
    wished: Ints


@dataclass(frozen=True)
class Instance:
    """All that a round is computed from; `remote_domain` and `urgency` have one entry per domain (D,).

    `day` is the ordinal from which timetables are compared that have no short cycle in common.
    """

    requests: Requests
    mentors: Mentors
    relations: Relations
    timetables: tuple[Timetable, ...]
    remote_domain: Flags
    urgency: Floats
    day: int = MONDAY

    @property
    def asking(self) -> Flags:
        """The requests (R,) that ask for a practice trainer."""
        asked = self.requests.trainer
        return np.zeros(len(self.requests.person), dtype=np.bool_) if asked is None else asked

    @property
    def trainers(self) -> Flags:
        """The mentors (M,) who are practice trainers."""
        known = self.mentors.trainer
        return np.zeros(len(self.mentors.person), dtype=np.bool_) if known is None else known


def pair_codes(left: Ints, right: Ints) -> Ints:
    """Pack two ids under 2^31 into one number each, so that pairs can be looked up by set operations."""
    return (left.astype(np.int64) << 32) | right.astype(np.int64)


def among(left: Ints, right: Ints, pairs: Ints) -> Flags:
    """Tell per position whether (left, right) is one of `pairs` (K, 2)."""
    if not len(pairs):
        return np.zeros(len(left), dtype=np.bool_)
    return np.isin(pair_codes(left, right), pair_codes(pairs[:, 0], pairs[:, 1]))
