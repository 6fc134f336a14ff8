"""What stands on the desk of one of two about their first meeting: a line for a pair, as long as that helps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.home.queries import OwnDuo
from mentorship.mentorships.meeting import queries, words
from mentorship.mentorships.models import ACTIVE


@dataclass(frozen=True)
class MeetingLine:
    """A first meeting that is to be had, as it stands on the desk: of which pair, and in words."""

    mentorship_id: int
    title: str
    note: str
    button: str


def first_meetings(session: Session, person_id: int, running: Iterable[OwnDuo], today: date) -> list[MeetingLine]:
    """Return the first meetings of somebody that are not done; none that they put aside."""
    others = {id_of(duo.mentorship): duo.other for duo in running}
    pairs = [duo.mentorship for duo in running if duo.mentorship.status == ACTIVE]
    if not pairs:
        return []
    lines = []
    for found in queries.on_desk(session, person_id, pairs, today):
        pair_id = id_of(found.pair)
        name = others[pair_id].given_name
        line = MeetingLine(
            pair_id,
            words.on_desk(found.standing, name),
            words.in_short(found.standing, name),
            words.button(found.standing, changing=True),
        )
        lines.append(line)
    return lines
