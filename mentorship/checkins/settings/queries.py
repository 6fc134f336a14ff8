"""Reads of the check-in settings."""

from __future__ import annotations

from sqlmodel import Session, col, select

from mentorship.checkins.rules import SWITCHED_OFF
from mentorship.checkins.settings.models import CheckInSettings, QuestionSet
from mentorship.programme import rules as programme_rules
from mentorship.programme.queries import programme


def settings(session: Session) -> CheckInSettings:
    """Return whether and how often both sides are asked."""
    return session.get_one(CheckInSettings, 1)


def lacking(session: Session) -> list[str]:
    """Return why no check-in is opened; empty when they run."""
    whole = programme(session)
    missing = programme_rules.missing(whole.works_council_on, whole.no_works_council, whole.dpia_on, whole.visibility)
    return missing if settings(session).running else [SWITCHED_OFF, *missing]


def newest_set(session: Session) -> QuestionSet:
    """Return the questions that are asked from now on."""
    return session.exec(select(QuestionSet).order_by(col(QuestionSet.id).desc()).limit(1)).one()
