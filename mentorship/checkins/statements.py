"""The questions of a check-in as they are shown: with the steps of their scale, or with what was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mentorship.base.i18n import gettext
from mentorship.checkins import words
from mentorship.checkins.balance import PACE
from mentorship.checkins.forms import ANSWER
from mentorship.checkins.models import CheckIn
from mentorship.checkins.queries import Asked


@dataclass(frozen=True)
class Step:
    """One step as it is offered, those of the scale with a number; `outside`: the question does not apply."""

    value: str
    number: str
    text: str
    chosen: bool
    outside: bool = False


@dataclass(frozen=True)
class Question:
    """A question with its steps."""

    text: str
    field: str
    steps: Sequence[Step]


def typed(values: Mapping[str, Any]) -> dict[str, str]:
    """Return what was chosen in a form that comes back, by question."""
    found = {}
    for name, value in values.items():
        if name.startswith(ANSWER):
            found[name.removeprefix(ANSWER)] = value
    return found


def sent_before(found: CheckIn) -> dict[str, Any]:
    """Return what a form of a check-in that was sent is filled with, its answers apart."""
    return {
        "note": found.note,
        "share": str(found.note_shared).lower(),
        "help_from": found.help_from,
    }


def to_answer(asked: Asked, chosen: Mapping[str, str]) -> list[Question]:
    """Return the questions with their steps, of which one may be chosen."""
    found = []
    for question in asked.questions:
        key = question["key"]
        one = Question(
            text=words.in_own_language(question),
            field=ANSWER + key,
            steps=_steps(
                key,
                asked.scale,
                chosen.get(key),
            ),
        )
        found.append(one)
    return found


def _steps(key: str, scale: Sequence[dict[str, str]], chosen: str | None) -> list[Step]:
    found = []
    for value, text in words.steps(key, scale).items():
        outside = value == words.NOT_APPLICABLE
        number = value
        if outside or key == PACE:
            number = ""
        step = Step(
            value=value,
            number=number,
            text=text,
            chosen=value == chosen,
            outside=outside,
        )
        found.append(step)
    return found


def answered(asked: Asked) -> list[tuple[str, str]]:
    """Return the questions with what was answered, in the words it was given to."""
    found = []
    for question in asked.questions:
        key = question["key"]
        answer = gettext("skipped")
        if key in asked.answers:
            step = words.step(asked.answers[key])
            steps = words.steps(key, asked.scale)
            answer = steps[step]
        text = words.in_own_language(question)
        found.append((text, answer))
    return found
