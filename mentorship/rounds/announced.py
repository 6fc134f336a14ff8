"""What announced rounds hold, taken out of what another round is gathered from."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from sqlmodel import Session

from mentorship.rounds.facts import MentorFacts, Records
from mentorship.rounds.holding import held
from mentorship.rounds.models import ANNOUNCED


def besides(session: Session, records: Records, round_id: int) -> Records:
    """Return the records without the requests and places that other rounds announced.

    Whom a mentor is announced for counts as a junior they have: published or not, the place is theirs.
    """
    pairs = held(session, (ANNOUNCED,), but=round_id)
    if not pairs:
        return records
    taken = {request_id for request_id, _ in pairs}
    juniors = Counter(mentor_id for _, mentor_id in pairs)
    return replace(
        records,
        requests=tuple(asked for asked in records.requests if asked.id not in taken),
        mentors=tuple(_with(mentor, juniors[mentor.person]) for mentor in records.mentors),
    )


def _with(mentor: MentorFacts, juniors: int) -> MentorFacts:
    """Return a mentor with so many juniors more."""
    if not juniors:
        return mentor
    return replace(
        mentor,
        places=max(0, mentor.places - juniors),
        load=mentor.load + juniors,
    )
