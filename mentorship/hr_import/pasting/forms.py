"""The form of a pasted list: its text, and what was chosen for it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from mentorship.base.forms import Form, Line
from mentorship.base.i18n import N_
from mentorship.hr_import.pasting.actions import Listed
from mentorship.hr_import.pasting.filling import Answers
from mentorship.hr_import.pasting.rules import COLUMNS, MOST_COLUMNS

MOST_LETTERS = 500_000


def _column(name: str) -> str:
    if name and name not in COLUMNS:
        raise ValueError(N_("Choose one of the options."))
    return name


Some = Annotated[list[Line], Field(max_length=500)]
Column = Annotated[str, AfterValidator(_column)]


class PastedForm(Form):
    """A list, what its columns are, and the answers: words with their roles, and questions, in parallel lists."""

    text: Annotated[str, Field(max_length=MOST_LETTERS)] = ""
    column: Annotated[list[Column], Field(max_length=MOST_COLUMNS)] = []
    no_number: Literal["new", "skip"] = "new"
    shared: Literal["nobody", "first"] = "nobody"
    word: Some = []
    role: Some = []
    question: Some = []
    answer: Some = []

    @model_validator(mode="after")
    def _whole_rows(self) -> PastedForm:
        if len(self.word) != len(self.role) or len(self.question) != len(self.answer):
            raise ValueError(N_("Something in the address or the form was not as expected. Nothing was changed."))
        return self

    def listed(self) -> Listed:
        """Return the list with what was chosen for it."""
        roles = dict(zip(self.word, self.role, strict=True))
        asked = dict(zip(self.question, self.answer, strict=True))
        return Listed(
            self.text,
            self.column,
            Answers(self.no_number, self.shared, roles),
            asked,
        )
