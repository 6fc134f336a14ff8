"""What is said of decisions right after they are made, and which of them can be taken back still."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from mentorship.base import undo
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, ngettext
from mentorship.people import queries as people
from mentorship.rounds import queries
from mentorship.rounds.actions import SUBJECT
from mentorship.rounds.review.actions import Asked, take_back


def decided(session: Session, decision: str, pairs: Sequence[Asked]) -> str:
    """Say what was decided, by name where it is about one pair."""
    if len(pairs) > 1:
        return _many(decision, len(pairs))
    (pair,) = pairs
    requests = queries.requests(session, [pair.request_id])
    request = requests[pair.request_id]
    both = people.persons(
        session,
        [request.person_id, pair.mentor_id],
    )
    said = {
        "lock": gettext("%(junior)s and %(mentor)s are locked."),
        "forbid": gettext("%(junior)s and %(mentor)s are kept apart."),
        "release": gettext("%(junior)s and %(mentor)s are released."),
    }
    return said[decision] % {
        "junior": both[request.person_id].name,
        "mentor": both[pair.mentor_id].name,
    }


def _many(decision: str, number: int) -> str:
    said = {
        "lock": ngettext(
            "%(num)s pair is locked.",
            "%(num)s pairs are locked.",
            number,
        ),
        "forbid": ngettext(
            "%(num)s pair is kept apart.",
            "%(num)s pairs are kept apart.",
            number,
        ),
        "release": ngettext(
            "%(num)s pair is released.",
            "%(num)s pairs are released.",
            number,
        ),
    }
    return said[decision]


def last(session: Session, person_id: int, round_id: int, now: datetime) -> int | None:
    """Return what undoes the last decision that somebody made in a round; None when nothing does any more."""
    name = undo.name_of(take_back)
    for row in undo.open_of(
        session,
        person_id,
        now,
    ):
        for step in row.steps:
            about = step["subject"], step["subject_id"]
            same_round = about == (SUBJECT, round_id)
            if same_round and step["inverse"] == name:
                return id_of(row)
    return None
