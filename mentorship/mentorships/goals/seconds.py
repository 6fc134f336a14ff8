"""Whom the mentor of a pair can ask to confirm a level too."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from mentorship.mentorships.goals import cards, queries
from mentorship.mentorships.goals.queries import GoalState
from mentorship.mentorships.models import Mentorship
from mentorship.people import queries as people
from mentorship.people.models import Person


def choices(
    session: Session,
    pair: Mentorship,
    junior: Person,
    states: Sequence[GoalState],
    reader: cards.Reader,
) -> dict[int, list[tuple[str, str]]]:
    """Return whom the mentor can ask, by domain: their numbers, and who they are to the junior."""
    if not reader.as_mentor:
        return {}
    sites = people.site_names(session)
    levels = cards.levels_to_second(states)
    suggested = queries.suggestions(session, pair, levels)
    found = {}
    for domain_id, persons in suggested.items():
        described = []
        for person in persons:
            one = cards.choice_of(person, junior, sites)
            described.append(one)
        found[domain_id] = described
    return found
