"""Pure decisions about confidants: who is asked today, and which days a stand-in can have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_

WHOLE = 0
"""What stands for the whole organisation where a site is named."""


@dataclass(frozen=True)
class Post:
    """The confidant of a site (or of all), and who stands in from when until when."""

    person_id: int
    stand_in_id: int | None = None
    first: date | None = None
    last: date | None = None

    def stands_in(self, today: date) -> int | None:
        """Return who stands in on a day."""
        if self.first is None or self.last is None or not self.first <= today <= self.last:
            return None
        return self.stand_in_id


@dataclass(frozen=True)
class Choice:
    """Who is asked, and in whose place (None: in their own)."""

    person_id: int
    in_place_of: int | None = None


@dataclass(frozen=True)
class Today:
    """A day, with who is away on it and who left."""

    day: date
    away: Collection[int]
    gone: Collection[int]


def choose(posts: Mapping[int, Post], site_id: int, not_these: Collection[int], today: Today) -> Choice | None:
    """Return who of a site is asked: its own confidant or else that of all, a stand-in before them, who is there first.

    `not_these`: the two of the pair, who are nobody to confide in about it.
    """
    for place in (site_id, WHOLE):
        post = posts.get(place)
        if post is None:
            continue
        choices = [one for one in _choices(post, today) if one.person_id not in not_these]
        there = [one for one in choices if one.person_id not in today.away]
        for choice in there + choices:
            return choice
    return None


def _choices(post: Post, today: Today) -> list[Choice]:
    found = []
    stand_in = post.stands_in(today.day)
    for person_id, in_place_of in ((stand_in, post.person_id), (post.person_id, None)):
        if person_id is not None and person_id not in today.gone:
            choice = Choice(person_id, in_place_of)
            found.append(choice)
    return found


def check_stand_in(confidant: int, stand_in: int, first: date, last: date, today: date) -> None:
    """Refuse somebody as their own stand-in, and days that are no days to come."""
    if stand_in == confidant:
        raise Refused(N_("Nobody stands in for themselves: choose somebody else."), field="stand_in")
    if last < first:
        raise Refused(N_("The last day is before the first."), field="until")
    if last < today:
        raise Refused(N_("Choose a day that is still to come."), field="until")
