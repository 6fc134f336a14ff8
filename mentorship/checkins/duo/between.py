"""What is between the two of a pair alone: what they agreed at their first meeting, and a card to talk about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.checkins.duo.reading import Reading
from mentorship.mentorships.conversations import queries as conversations
from mentorship.mentorships.conversations.words import BY_NUMBER, card_of_week
from mentorship.mentorships.goals.trail import Trail
from mentorship.mentorships.meeting import queries as meetings
from mentorship.mentorships.meeting import rules, shown


def two(session: Session, reading: Reading, person_id: int, trails: Sequence[Trail], today: date) -> dict[str, Any]:
    """Return what the page of a pair shows one of the two of their first meeting, and the card of this week."""
    pair = reading.pair
    pair_id = id_of(pair)
    phase = BY_NUMBER[conversations.phase_of(pair, trails, today)]
    found = shown.box(
        meetings.choices_of(session, pair_id),
        shown.Reading(
            reading.ties.side,
            reading.other.given_name,
            rules.can_change(pair.status),
        ),
        aside=meetings.aside_at(session, pair_id, person_id) is not None,
    )
    return {
        "first_meeting": found,
        "phase": phase,
        "talk": card_of_week(phase, today.isocalendar().week),
    }
