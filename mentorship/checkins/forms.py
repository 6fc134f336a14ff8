"""What a check-in sends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from mentorship.base.forms import Form, Line, Paragraph

STEPS = ("1", "2", "3", "4", "5", "none")
Step = Literal["1", "2", "3", "4", "5", "none"]


class AnswerForm(Form):
    """One answer, saved as it is given."""

    key: Annotated[str, Field(min_length=1, max_length=40)]
    value: Step


class CheckInForm(Form):
    """A whole check-in: a step per question, a note, and from whom help is wanted.

    `closing` and `seen` are what the form asked and promised when it was shown.
    """

    closing: bool
    seen: Line
    answers: dict[str, Step] = {}
    note: Paragraph
    share: bool = False
    help_from: list[Literal["mentor", "coordinator", "manager", "confidant"]] = []

    def values(self) -> dict[str, int | None]:
        """Return the answers as numbers, None where it does not apply."""
        return {key: step_value(step) for key, step in self.answers.items()}


def step_value(step: str) -> int | None:
    """Return a step as a number, None for "not applicable"."""
    return None if step == "none" else int(step)


def nested(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Gather the fields named `answer-<key>` into one."""
    answers = {k.removeprefix("answer-"): v for k, v in fields.items() if k.startswith("answer-")}
    rest = {k: v for k, v in fields.items() if not k.startswith("answer-")}
    return {**rest, "answers": answers}


class ShareForm(Form):
    """Share a note, or take it back."""

    share: bool
