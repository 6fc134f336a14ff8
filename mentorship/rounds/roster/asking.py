"""What is asked before a roster changes by which duos lose their together-shifts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlmodel import Session

from mentorship.people.access import Actor
from mentorship.rounds.roster import effects, words
from mentorship.rounds.roster.effects import Change
from mentorship.rounds.roster.words import Question


def parting(
    session: Session,
    reader: Actor,
    people: Collection[int] | None,
    day: date,
    change: Change,
) -> Question | None:
    """Ask about what a change does to the running duos of these people (None: all) from a day; None: it parts none."""
    found = effects.of(session, people, day, change)
    if not found.parted:
        return None
    return words.question(found, effects.names(session, reader, found))
