"""One's own check-ins as their author finds them on the page of a duo. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, percent
from mentorship.checkins import balance, words
from mentorship.checkins.duo.queries import AnsweredQuestion, History

NO_VALUE = "–"


@dataclass(frozen=True)
class PastCheckIn:
    """One of one's own closed check-ins: its date, how it went, and the mean of its answers."""

    check_in_id: int
    asked_on: date
    state: str
    mean: str


@dataclass(frozen=True)
class Answers:
    """A question in the reader's language, and what was answered each time."""

    question: str
    given: Sequence[str]


def as_asked(line: Sequence[balance.Point], history: History) -> list[balance.Point]:
    """Return a line by the days on which was asked, as people read them."""
    asked_on = {row.due_on: row.asked_on for row, _ in history}
    return [(asked_on[day], value) for day, value in line]


def closed(history: History, own: Sequence[balance.SettledCheckIn]) -> list[PastCheckIn]:
    """Return one's own closed check-ins, the newest first."""
    found = []
    for (row, _), settled in zip(history, own, strict=True):
        mean = NO_VALUE
        if settled.index is not None:
            mean = percent(settled.index)
        asked = PastCheckIn(
            check_in_id=id_of(row),
            asked_on=row.asked_on,
            state=gettext(words.STATUS_NAMES[row.status]),
            mean=mean,
        )
        found.append(asked)
    found.reverse()
    return found


def by_question(asked: Iterable[AnsweredQuestion]) -> list[Answers]:
    """Return what was answered to each question, in words to show."""
    found = []
    for question in asked:
        given = [_step(question.key, answer) for answer in question.answers]
        text = words.in_own_language(question.words)
        found.append(Answers(text, given))
    return found


def _step(key: str, answer: int | str | None) -> str:
    if answer is None:
        return gettext("n/a")
    if answer == "":
        return NO_VALUE
    if key == balance.PACE:
        return gettext(words.PACE_STEPS[int(answer) - 1])
    return str(answer)
