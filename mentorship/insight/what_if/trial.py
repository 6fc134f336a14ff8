"""One trial: the changes that can be tried, what was left out of the address and why, and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.insight.what_if import queries
from mentorship.insight.what_if.changes import MENTOR, PLACES, Asked, Change
from mentorship.insight.what_if.grounds import Facts, Tryable
from mentorship.insight.what_if.queries import Known
from mentorship.insight.what_if.seats import seats
from mentorship.insight.what_if.trying import Moved, Scores, Seats, Tried, scores_of, try_out
from mentorship.people.line import Line
from mentorship.people.models import Person
from mentorship.rounds.waiting.standing import Gain

STRANGER = N_("Somebody in this address is not among the people you can try something with. They were left out.")
LEFT = N_("%(name)s does not work here any more, and was left out.")
UNABLE = N_("%(name)s offers no place and passes no domain on, so nobody could go to them. They were left out.")
LOCKED = N_("People are locked with %(name)s in this round, so those places stay. Release them there first.")


@dataclass(frozen=True)
class Trial:
    """What is tried and what came of it; `wrong` was left out; `alone` is what one place more brings, by mentor."""

    changes: Sequence[Change]
    wrong: Sequence[Refused]
    known: Mapping[int, Known]
    made: Tryable
    tried: Tried
    scores: Scores
    more: Mapping[int, bool]

    def of(self, person_id: int) -> list[Change]:
        """Return what is tried with somebody."""
        return [change for change in self.changes if change.person_id == person_id]


def trial(session: Session, facts: Facts, made: Tryable, asked: Asked, line: Line | None, today: date) -> Trial:
    """Try what an address asks, of a manager's line alone where one is given."""
    ids = {change.person_id for change in asked.changes}
    found = queries.persons(session, facts, ids, line)
    known = queries.known(
        session,
        facts,
        made,
        _here(found),
    )
    fitting, locked = _fitting(
        made,
        asked.changes,
        known,
        today,
    )
    can = known.keys() - locked.keys()
    changes = [change for change in asked.changes if change.person_id in can]
    scores = _scores(
        facts,
        made,
        known,
    )
    tried = try_out(
        made.ground,
        list(fitting.values()),
        scores,
    )
    return Trial(
        changes,
        [
            *asked.wrong,
            *_left_out(ids, found, known),
            *locked.values(),
        ],
        known,
        made,
        tried,
        scores,
        _more(
            made,
            known,
            changes,
            scores,
        ),
    )


def _scores(facts: Facts, made: Tryable, ids: Collection[int]) -> Scores:
    """Return the scores of those of these whose pairs are not in what is changed."""
    unknown = []
    for person_id in ids:
        if not made.ground.has_pairs(person_id):
            unknown.append(facts.mentors[person_id])
    return scores_of(
        made.records,
        made.terms,
        unknown,
    )


def _here(found: Mapping[int, Person]) -> list[Person]:
    return [person for person in found.values() if person.left_on is None]


def _left_out(ids: Collection[int], found: Mapping[int, Person], known: Collection[int]) -> list[Refused]:
    """Say who cannot be tried with; a stranger is told as one, whether there is such a person or not."""
    told = []
    if ids - found.keys():
        told.append(Refused(STRANGER))
    for person_id, person in sorted(found.items()):
        if person.left_on is not None:
            told.append(Refused(LEFT, name=person.name))
        elif person_id not in known:
            told.append(Refused(UNABLE, name=person.name))
    return told


def _fitting(
    made: Tryable, changes: Sequence[Change], known: Mapping[int, Known], today: date
) -> tuple[dict[int, Seats], dict[int, Refused]]:
    """Return the places of everybody whose places change, but of those to whom more people are locked."""
    fitting: dict[int, Seats] = {}
    locked = {}
    for person_id, one in known.items():
        theirs = [change for change in changes if change.person_id == person_id]
        free = seats(one.stand, theirs, today)
        if free < made.ground.locked_to(person_id):
            locked[person_id] = Refused(LOCKED, name=one.person.name)
            continue
        if free != one.stand.capacity:
            fitting[person_id] = Seats(
                person_id,
                free,
                one.stand.load,
            )
    return fitting, locked


def _more(made: Tryable, known: Mapping[int, Known], changes: Sequence[Change], scores: Scores) -> dict[int, bool]:
    """Tell of those with whom more places are tried whether one place more helps anybody as things are today."""
    now = []
    for change in changes:
        one = known[change.person_id]
        if is_more(change, one) and not one.stand.out:
            stand = one.stand
            seat = Seats(
                stand.person_id,
                stand.capacity,
                stand.load,
            )
            now.append(seat)
    if not now:
        return {}
    gains = try_out(made.ground, now, scores).gains
    found = {}
    for seat in now:
        gain = gains[seat.mentor_id]
        found[seat.mentor_id] = any(part > 0 for part in gain)
    return found


def is_more(change: Change, one: Known) -> bool:
    """Tell whether a change is more places than somebody has today."""
    return change.what in (PLACES, MENTOR) and change.places > one.stand.places


def gain_of(found: Trial, person_id: int) -> Gain | None:
    """Return what one place more with a mentor brings as things are today; None where nobody would go to it."""
    stand = found.known[person_id].stand
    if stand.out:
        return None
    one_more = Seats(
        person_id,
        stand.capacity + 1,
        stand.load,
    )
    came = try_out(
        found.made.ground,
        [one_more],
        found.scores,
    )
    to_it = [move for move in came.moves if move.after == person_id]
    if not to_it:
        return None
    first = min(to_it, key=_without_first)
    return Gain(
        person_id,
        first.request_id,
        came.waiting[person_id],
        max(0, came.requests),
        0.0,
    )


def _without_first(move: Moved) -> tuple[bool, int]:
    """Order those who had nobody before the others."""
    return move.before is not None, move.request_id
