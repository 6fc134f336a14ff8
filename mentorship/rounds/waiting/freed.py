"""Sees at once that a place came free while somebody waits: a duo ended, a proposal lapsed, hours were confirmed.

The worker looks every minute at how many places everybody has free, in a few queries, and only where that rose at who
could have them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel import Session, select

from mentorship.base.clock import local_date
from mentorship.base.db import insert_new
from mentorship.rounds import guiding, holding, reading
from mentorship.rounds.waiting import queries
from mentorship.rounds.waiting.models import FreePlace
from mentorship.rounds.waiting.standing import stand


def look(session: Session, now: datetime) -> int:
    """Note how many places everybody has free, and of whom one came free that an open request could have.

    Returns with how many mentors one came free now. The first time nothing is news.
    """
    free = _free(session, now)
    known = {row.person_id: row for row in session.exec(select(FreePlace))}
    more = _more(free, known) if known else set()
    could = _could(
        session,
        more | _told(known),
        now,
    )
    new = []
    for person_id in sorted({*free, *known}):
        row = known.get(person_id)
        places, waiting = free.get(person_id, 0), could.get(person_id, 0)
        if row is None:
            new.append({"person_id": person_id, "places": places, "waiting": waiting})
        else:
            _note(row, places, waiting)
    session.flush()
    insert_new(session, FreePlace, new)  # of two who look at once one writes it
    news = [person_id for person_id in more if could.get(person_id)]
    for person_id in news:
        session.get_one(FreePlace, person_id).came_at = now
    return len(news)


def _free(session: Session, now: datetime) -> dict[int, int]:
    """Return how many places everybody has free now."""
    found = {}
    for mentor in guiding.mentors(session, local_date(now)):
        found[mentor.person] = 0 if mentor.paused else mentor.places
    return found


def _told(known: Mapping[int, FreePlace]) -> set[int]:
    """Return of whom it is told that a place came free."""
    return {person_id for person_id, row in known.items() if row.came_at is not None}


def _more(free: Mapping[int, int], known: Mapping[int, FreePlace]) -> set[int]:
    """Return who has more places free than when it was last looked."""
    found = set()
    for person_id, places in free.items():
        before = known[person_id].places if person_id in known else 0
        if places > before:
            found.add(person_id)
    return found


def _could(session: Session, mentor_ids: Collection[int], now: datetime) -> dict[int, int]:
    """Count by mentor the open requests that could go to them now; nothing is gathered where nobody is asked about."""
    if not mentor_ids:
        return {}
    records = reading.records(
        session,
        (),
        local_date(now),
    )
    held = holding.held(session, queries.HOLDING)
    standing = stand(
        records,
        queries.terms(session),
        held,
    )
    return {mentor_id: len(standing.waiting_for(mentor_id)) for mentor_id in mentor_ids}


def _note(row: FreePlace, places: int, waiting: int) -> None:
    """Write what changed; news is over where no place is free any more, or nobody waits for it."""
    over = row.came_at is not None and not (places and waiting)
    if row.places == places and row.waiting == waiting and not over:
        return
    row.places = places
    row.waiting = waiting
    if over:
        row.came_at = None
