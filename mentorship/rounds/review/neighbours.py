"""From one request of a round to the next, in the order of its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mentorship.base.i18n import gettext, integer


@dataclass(frozen=True)
class Neighbours:
    """Where a request stands among all of a round, in words, and which stand before and after it."""

    place: str
    before: int | None
    after: int | None


NONE = Neighbours("", None, None)


def neighbours(order: Sequence[int], request_id: int) -> Neighbours:
    """Return what stands before and after a request; nothing where the round has no outcome for it."""
    if request_id not in order:
        return NONE
    at = order.index(request_id)
    before = order[at - 1] if at else None
    after = order[at + 1] if at + 1 < len(order) else None
    place = gettext("%(place)s of %(all)s", place=integer(at + 1), all=integer(len(order)))
    return Neighbours(place, before, after)
