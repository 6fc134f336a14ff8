"""Reads of the check-in settings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.base.i18n import LOCALES, gettext, use_locale
from mentorship.base.settled import settled
from mentorship.checkins.balance import QUESTIONS
from mentorship.checkins.settings import rules
from mentorship.checkins.settings import standard as words
from mentorship.checkins.settings.models import CheckInSettings, QuestionSet
from mentorship.checkins.settings.standard import EARLIER_SCALE, SCALE, STANDARD, Scale, Wording
from mentorship.checkins.words import PACE_STEPS
from mentorship.programme import queries as programme
from mentorship.programme.consent import queries as agreements
from mentorship.programme.consent import rules as consent


@settled
def settings(session: Session) -> CheckInSettings:
    """Return whether and how often both sides are asked."""
    return session.get_one(CheckInSettings, 1)


def lacking(session: Session) -> list[str]:
    """Return why no check-in is opened; empty when they run."""
    running = settings(session).running
    return rules.missing(running, programme.lacking(session))


@settled
def newest_set(session: Session) -> QuestionSet:
    """Return the questions that are asked from now on."""
    newest = (
        select(QuestionSet)
        .order_by(
            col(QuestionSet.id).desc(),
        )
        .limit(1)
    )
    return session.exec(newest).one()


@settled
def question_sets(session: Session) -> dict[int, QuestionSet]:
    """Return by number each version of the questions, the first one first."""
    query = select(QuestionSet).order_by(col(QuestionSet.id))
    return {id_of(one): one for one in session.exec(query)}


def wordings(session: Session) -> dict[tuple[int, str], Wording]:
    """Return how each version of the questions asks each side: there are few."""
    versions = []
    for number, one in question_sets(session).items():
        version = (number, one.questions, scale_of(one))
        versions.append(version)
    return words.wordings(versions)


def offered(session: Session) -> dict[str, list[str]]:
    """Return the keys of the questions that can be asked of each side: the standard ones, and others asked now."""
    found = {}
    asked = newest_set(session).questions
    for side, standard in QUESTIONS.items():
        keys = list(standard)
        for question in asked[side]:
            if question["key"] not in keys:
                keys.append(question["key"])
        found[side] = keys
    return found


def agreed_to(session: Session) -> dict[str, Any]:
    """Return what is asked, how it is answered and how often: the part of what is agreed to that this room keeps."""
    newest = newest_set(session)
    kept = settings(session)
    return {
        consent.QUESTIONS: newest.questions,
        consent.SCALE: scale_of(newest),
        consent.PACE: in_every_language(PACE_STEPS),
        consent.DAYS: kept.days,
        consent.LATER_DAYS: kept.later_days,
    }


def in_every_language(steps: Iterable[str]) -> Scale:
    """Return steps that have no words of their own in a version, each in Dutch and English."""
    found = []
    for step in steps:
        words = {}
        for language in LOCALES:
            with use_locale(language):
                words[language] = gettext(step)
        found.append(words)
    return found


def is_standard(found: QuestionSet) -> bool:
    """Tell whether a version asks the standard questions, with their scale."""
    return found.questions == STANDARD and found.scale == SCALE


def scale_of(found: QuestionSet) -> Scale:
    """Return the steps that a version is answered in, each in Dutch and English."""
    return found.scale or EARLIER_SCALE


def form_is_asked(session: Session, newest: QuestionSet) -> bool:
    """Tell whether pairs are asked about their form of guiding: it is among the questions, and was agreed to."""
    agreed = (agreements.agreed(session) or {}).get(consent.QUESTIONS) or {}
    return words.asks_form(newest.questions) and words.asks_form(agreed)
