"""The talks about a pair that somebody invited, or was invited to: what stands on their desk as coming."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from mentorship.checkins.steps.queries import talks
from mentorship.mentorships import queries as mentorships
from mentorship.people.queries import persons

AHEAD = timedelta(weeks=4)


@dataclass(frozen=True)
class PlannedTalk:
    """A talk that comes: about which pair, when, with whom; `own`: about a pair of one's own."""

    pair_id: int
    day: date
    names: tuple[str, ...]
    own: bool


def planned(session: Session, person_id: int, today: date) -> list[PlannedTalk]:
    """Return the talks of the next four weeks, the first of them first."""
    coming = talks(session, person_id, today, today + AHEAD)
    if not coming:
        return []
    known = persons(session, {other for talk in coming for other in talk.others})
    own = {pair.id for pair in mentorships.of_person(session, person_id)}
    found = []
    for talk in sorted(coming, key=lambda one: (one.day, one.pair_id)):
        names = [known[other].given_name for other in talk.others]
        one = PlannedTalk(
            talk.pair_id,
            talk.day,
            tuple(sorted(names)),
            own=talk.pair_id in own,
        )
        found.append(one)
    return found
