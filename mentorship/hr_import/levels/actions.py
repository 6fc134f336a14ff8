"""The verb of a sheet of levels: fill in what was looked at and ticked. It never commits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.hr_import.levels import queries, rules
from mentorship.hr_import.levels.rules import Change
from mentorship.people.access import Actor
from mentorship.profiles.filled import actions as filled


def take(session: Session, actor: Actor, changes: Sequence[Change], now: datetime) -> int:
    """Fill in these levels for people, who are told; whether they pass something on stays theirs to say.

    Return of how many people something changed.
    """
    if not changes:
        raise Refused(N_("Tick at least one level."))
    of_people = rules.by_person(changes)
    queries.lock(session, of_people)
    have = queries.levels(session, of_people)
    if not rules.still_so(changes, lambda person_id, domain_id: have.get((person_id, domain_id), 0)):
        raise Conflict(N_("Somebody changed one of these levels in the meantime. Read the sheet once more."))
    passed_on = queries.willing(session, of_people)
    for person_id, theirs in of_people.items():
        removed = [change.domain_id for change in theirs if not change.after]
        levels = {}
        for change in theirs:
            if change.after:
                key = person_id, change.domain_id
                levels[change.domain_id] = change.after, key in passed_on
        filled.give_expertise(
            session,
            actor,
            person_id,
            levels,
            removed,
            now,
        )
    return len(of_people)
