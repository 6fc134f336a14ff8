"""A post as it stands on a page, with its form for a stand-in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mentorship.base.db import id_of
from mentorship.checkins.confidants import words
from mentorship.checkins.confidants.queries import Held


@dataclass(frozen=True)
class PostCard:
    """A post, and what its form for a stand-in is filled with."""

    id: int
    place: str
    told: str
    stands_in: bool
    values: dict[str, str]


def card(one: Held, today: date, typed: Mapping[str, str]) -> PostCard:
    """Return a post as it stands on a page; `typed` is what was sent of it that was wrong."""
    row = one.row
    values = {}
    if one.stand_in is not None and row.stand_in_from and row.stand_in_until:
        values = {
            "stand_in": one.stand_in.number,
            "first": row.stand_in_from.isoformat(),
            "until": row.stand_in_until.isoformat(),
        }
    return PostCard(
        id=id_of(row),
        place=words.place(one.site),
        told=words.who(one, today),
        stands_in=one.stand_in is not None,
        values={**values, **typed},
    )
