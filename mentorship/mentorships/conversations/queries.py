"""Read: which phase a pair is in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mentorship.mentorships.conversations import rules
from mentorship.mentorships.goals.trail import Trail, progress
from mentorship.mentorships.models import ENDED, Mentorship


def course(pair: Mentorship, trails: Iterable[Trail]) -> rules.Course:
    """Return how a pair runs, from what its page has read already."""
    done, steps = progress(trails)
    days = [day for day in (pair.ends_on, pair.expected_end) if day is not None]
    return rules.Course(
        began_on=pair.started_on,
        until=min(days, default=None),
        done=done,
        steps=steps,
        over=pair.status == ENDED,
    )


def phase_of(pair: Mentorship, trails: Iterable[Trail], today: date) -> int:
    """Return the phase that a pair is in today."""
    return rules.phase(course(pair, trails), today)
