"""The pulse in words: the questions as they stand on the page, the groups, and what is promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mentorship.base.i18n import N_, gettext, long_day, ngettext
from mentorship.people.access import JUNIOR, MANAGER, SENIOR
from mentorship.profiles.words import FORM_NAMES
from mentorship.pulse.models import BY_ROLE, WHOLE, PulseWave
from mentorship.pulse.queries import Mine
from mentorship.pulse.questions import PREFERENCE, PREFERS, QUESTIONS, STATEMENTS, STEPS
from mentorship.pulse.rules import OTHER

GROUPS = {
    MANAGER: N_("managers"),
    SENIOR: N_("mentors"),
    JUNIOR: N_("juniors"),
    OTHER: N_("everybody else"),
}
GROUPINGS = {
    BY_ROLE: N_("by role: managers, mentors, juniors, everybody else"),
    WHOLE: N_("not at all: only the whole organisation"),
}
ASKED = QUESTIONS
"""What is asked, in this order."""
NOT_APPLICABLE = N_("not applicable")
PROMISES = (
    N_("Your answers are kept without your name, without a time, and apart from each other."),
    N_("Beside your name stands only that you took part, until the pulse closes. Then that is deleted too."),
    N_("There is no free text, and nothing asks how old you are."),
    N_("Nobody can look your answers up, you neither: what is sent cannot be changed."),
)
NOT_EXCLUDED = N_(
    "One thing we cannot exclude: while the pulse is open, whoever manages the database could watch answers come in, "
    "and a copy of the disk from those weeks holds them. At the close everything is written anew, in random order, and "
    "what came in is erased; no backup that Leermaat makes holds it. A backup from those weeks does hold whom the "
    "mails went to that asked and reminded."
)


@dataclass(frozen=True)
class Step:
    """Something that can be answered, as it stands on the page; `number`: which step, 0 for what is none."""

    value: str
    text: str
    chosen: bool
    number: int = 0
    outside: bool = False


@dataclass(frozen=True)
class Question:
    """A question as it stands on the page."""

    field: str
    text: str
    steps: list[Step]
    wide: bool = True


def questions(values: Mapping[str, object]) -> list[Question]:
    """Return what is asked; `values` are the answers that were sent and refused."""
    found = []
    for key, text in STATEMENTS.items():
        steps = _steps(key, STEPS, values, numbered=True)
        found.append(Question(key, gettext(text), steps))
    ways = _steps(PREFERS, FORM_NAMES, values, numbered=False)
    found.append(Question(PREFERS, gettext(PREFERENCE), ways, wide=False))
    return found


def _steps(field: str, answers: Mapping[str, str], values: Mapping[str, object], *, numbered: bool) -> list[Step]:
    before = values.get(field)
    found = []
    for number, (value, text) in enumerate(answers.items(), 1):
        step = Step(value, gettext(text), value == before, number if numbered else 0)
        found.append(step)
    found.append(Step("none", gettext(NOT_APPLICABLE), before == "none", outside=True))
    return found


def statement(question: str) -> str:
    """Return a question in words."""
    return gettext(PREFERENCE if question == PREFERS else STATEMENTS[question])


def counts_as(mine: Mine) -> str:
    """Say to whose answers those of somebody are put."""
    if not mine.grouped:
        return gettext("Your answers count for the whole organisation, and for no smaller group.")
    return gettext(
        "Your answers count for the whole organisation, and as those of the %(group)s if there are enough.",
        group=gettext(GROUPS[mine.grouped]),
    )


def least() -> str:
    """Say of how many people something is told at the least, and how."""
    return gettext(
        "Of a group something is told only with at least 5 answers of 8 people who were asked, rounded to 5 percent, "
        "and never where all said the same."
    )


def until(wave: PulseWave) -> str:
    """Say until when a wave can be answered."""
    return gettext("Open until %(day)s.", day=long_day(wave.closes_on))


def number_of_questions(number: int) -> str:
    """Say how many questions there are, and how long they take."""
    return ngettext("%(num)s question, a minute.", "%(num)s questions, a minute.", number)
