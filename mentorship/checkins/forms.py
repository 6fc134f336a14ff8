"""What a check-in sends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from mentorship.base.forms import Form, Line, Paragraph
from mentorship.checkins.rules import Reply

Step = Literal["1", "2", "3", "4", "5", "none"]
ANSWER = "answer-"
"""How the field of a question begins; its key follows."""


class AnswerForm(Form):
    """One answer, saved as it is given."""

    key: Annotated[str, Field(min_length=1, max_length=40)]
    value: Step

    def answer(self) -> dict[str, int | None]:
        """Return the one answer, by question."""
        return {self.key: step_value(self.value)}


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

    def reply(self) -> Reply:
        """Return what is sent, with the answers as numbers, None where a question does not apply."""
        answers = {}
        for key, step in self.answers.items():
            answers[key] = step_value(step)
        return Reply(
            closing=self.closing,
            seen=self.seen,
            answers=answers,
            note=self.note,
            share=self.share,
            help_from=tuple(self.help_from),
        )


def step_value(step: str) -> int | None:
    """Return a step as a number, None for "not applicable"."""
    if step == "none":
        return None
    return int(step)


def nested(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Gather the fields named `answer-<key>` into one."""
    answers = {}
    rest = {}
    for name, value in fields.items():
        if name.startswith(ANSWER):
            answers[name.removeprefix(ANSWER)] = value
        else:
            rest[name] = value
    return {**rest, "answers": answers}


def any_typed(fields: Mapping[str, Any]) -> bool:
    """Tell whether anything but answers stands in a form: words, or somebody whom help is asked of."""
    words = (fields.get(name, "") for name in ("note", "reached", "thanks"))
    return bool(fields.get("help_from")) or any(text.strip() for text in words)


class ShareForm(Form):
    """Share a note, or take it back."""

    share: bool


def shown_closing(fields: Mapping[str, Any]) -> bool:
    """Tell whether a form asked for the closing check-in when it was shown; what does not say so may be skipped."""
    return fields.get("closing") != "false"
