"""What is sent of a text: its words in both languages, and the name it is kept under."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from mentorship.base.forms import Form, Line, Paragraph
from mentorship.reminders.texts.rules import (
    HALF,
    LONGEST_SUBJECT,
    Both,
    Words,
    check_places,
)

LINE_ENDS = re.compile(r"[\r\n]+")


def _in_one_line(value: object) -> object:
    """Let a subject begin no header of its own, whatever was sent."""
    if not isinstance(value, str):
        return value
    return LINE_ENDS.sub(" ", value)


Subject = Annotated[
    Line,
    BeforeValidator(_in_one_line),
    Field(max_length=LONGEST_SUBJECT),
    AfterValidator(check_places),
]
Body = Annotated[Paragraph, AfterValidator(check_places)]
Name = Annotated[Line, Field(min_length=1, max_length=80)]


class WordsForm(Form):
    """Subject and words in Dutch, and in English, or in Dutch alone."""

    subject_nl: Annotated[Subject, Field(min_length=1)]
    body_nl: Annotated[Body, Field(min_length=1)]
    subject_en: Subject = ""
    body_en: Body = ""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if bool(self.subject_en) != bool(self.body_en):
            raise ValueError(HALF)
        return self

    @property
    def both(self) -> Both:
        """What it says in both languages."""
        return Both(
            Words(self.subject_nl, self.body_nl),
            Words(self.subject_en, self.body_en),
        )


class TextForm(WordsForm):
    """A text with its name."""

    name: Name
