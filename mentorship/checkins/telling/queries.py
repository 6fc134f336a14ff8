"""What a sent check-in asks its author back, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mentorship.base.i18n import day, gettext
from mentorship.checkins import queries as check_ins
from mentorship.checkins import words
from mentorship.checkins.balance import FRESH
from mentorship.checkins.findings import LOWEST, Finding
from mentorship.checkins.models import ANSWERED, CheckIn
from mentorship.checkins.noticing_answers import asked_back
from mentorship.checkins.visibility import LINE, RaisedSignal, Ties, shown_to
from mentorship.mentorships.models import ENDED, Mentorship
from mentorship.programme import queries as programme


@dataclass(frozen=True)
class Telling:
    """The questions that got the lowest answer, who would hear of it, and that somebody did, on which day."""

    questions: Sequence[str]
    heard: str
    told: str


def telling(session: Session, found: CheckIn, now: datetime) -> Telling | None:
    """Return what the author of a check-in is asked back; None where nothing is, or nobody could act on it."""
    if found.status != ANSWERED or found.closed_at is None or now - found.closed_at > FRESH:
        return None
    pair = session.get_one(Mentorship, found.mentorship_id)
    if pair.status == ENDED or words.is_by_slip(found):
        return None
    asked = check_ins.asked(session, found)
    lowest = asked_back(asked.answers)
    if not lowest:
        return None
    questions = [words.in_own_language(one) for one in asked.questions if one["key"] in lowest]
    told = ""
    if found.let_known_at is not None:
        told = gettext("You let somebody know on %(day)s.", day=day(found.let_known_at))
    return Telling(questions, _heard(session, found, now), told)


def _heard(session: Session, found: CheckIn, now: datetime) -> str:
    """Say who would hear what of it."""
    finding = Finding(LOWEST, found.side, None, ())
    above = Ties(lines=frozenset({found.side}))
    seen = shown_to(LINE, RaisedSignal(finding, now), above, programme.visibility(session), now)
    if seen is None:
        return gettext("The coordinator then reads “talk with this pair”, and not what you answered.")
    return gettext("The coordinator and your managers then read “talk with this pair”, and not what you answered.")
