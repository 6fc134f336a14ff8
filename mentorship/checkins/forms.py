"""What a check-in sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from mentorship.base.errors import Refused
from mentorship.base.forms import Form, Invalid, Line, Paragraph, RowId
from mentorship.base.i18n import N_, gettext

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


class ClosingForm(CheckInForm):
    """A closing check-in: also what was reached, and the junior's thanks."""

    reached: Annotated[Paragraph, Field(max_length=1000)] = ""
    thanks: Annotated[Paragraph, Field(max_length=500)] = ""


class TakeBackForm(Form):
    """Take back what one said was reached, or one's thanks."""

    what: Literal["reached", "thanks"]


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


class TakeForm(Form):
    """Take a signal on: one of the steps, and a day to look again."""

    action: Literal[
        "hours", "lighten", "pace", "training", "second_mentor", "fewer_places", "pause", "end", "train_mentor", "talk"
    ]
    look_again_on: date


class ReleaseForm(Form):
    """Release a signal of one's own to one's manager, or take it back."""

    release: bool


class CodeForm(Form):
    """The code from a slip."""

    code: Annotated[Line, Field(min_length=1, max_length=40)]


class CloseForm(Form):
    """Close a signal with what was done."""

    outcome: Annotated[Line, Field(min_length=1)]


class SettingsForm(Form):
    """Whether and how often both sides are asked."""

    version: Annotated[int, Field(ge=1, le=10**9)]
    running: bool = False
    days: Annotated[int, Field(ge=10, le=42)]
    confidant: Annotated[Line, Field(max_length=40)]


class QuestionsForm(Form):
    """The questions of both sides, in Dutch and English; one without words is not asked any more."""

    set_id: RowId
    words: dict[str, Line] = {}

    @classmethod
    def nested(cls, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Gather the fields named `word-...` into one."""
        words = {k.removeprefix("word-"): v for k, v in fields.items() if k.startswith("word-")}
        return {**{k: v for k, v in fields.items() if not k.startswith("word-")}, "words": words}

    def questions(self, sides: Mapping[str, Sequence[str]]) -> dict[str, list[dict[str, str]]]:
        """Return the questions by side; one that has words in one language only has them in both."""
        wanted = {f"{side}-{key}-{word}" for side, keys in sides.items() for key in keys for word in ("nl", "en")}
        if not wanted <= set(self.words):  # a cut-off form takes no question away
            raise Invalid({"words": gettext("Fill this in.")}, self.words)
        found: dict[str, list[dict[str, str]]] = {}
        for side, keys in sides.items():
            asked = []
            for key in keys:
                dutch, english = (self.words.get(f"{side}-{key}-{language}", "") for language in ("nl", "en"))
                if dutch or english:
                    asked.append({"key": key, "nl": dutch or english, "en": english or dutch})
            if not asked:
                raise Refused(N_("Keep at least one question for each side."))
            found[side] = asked
        return found
