"""What the open check-ins of somebody are called, for a list of them."""

from __future__ import annotations

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.checkins import queries
from mentorship.checkins.words import how_it_goes


def waiting(session: Session, person_id: int) -> list[tuple[int, str]]:
    """Return the ids of somebody's open check-ins with what each asks, the oldest first."""
    asked = queries.waiting(session, person_id)
    others = queries.others(session, asked)
    found = []
    for check_in in asked:
        other = others[id_of(check_in)]
        title = how_it_goes(check_in.closing, other.name)
        found.append((id_of(check_in), title))
    return found
