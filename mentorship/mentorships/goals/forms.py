"""What the page of goals sends."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from mentorship.base.forms import Form, Line, Optional_, Paragraph, RowId
from mentorship.base.i18n import N_
from mentorship.mentorships.goals import words


def _is_offered(key: str) -> str:
    if key not in words.SEEN:
        raise ValueError(N_("Choose one of the answers on the page."))
    return key


OptionalDay = Annotated[date | None, Optional_]
Number = Annotated[Line, Field(max_length=40)]
Seen = Annotated[str, AfterValidator(_is_offered)]
OTHER = "other"
"""The choice for a colleague who is not among the suggestions."""


class DateForm(Form):
    """By when a goal is meant to be reached; empty for no day."""

    due_on: OptionalDay


class NewGoalForm(Form):
    """A domain, from where, to where, and perhaps words and a day."""

    domain: RowId
    current: Annotated[int, Field(ge=0, le=4)]
    target: Annotated[int, Field(ge=1, le=5)]
    words: Annotated[Paragraph, Field(max_length=300)]
    due_on: OptionalDay = None


class ClaimForm(Form):
    """The level that was reached."""

    level: Annotated[int, Field(ge=1, le=5)]


class SecondForm(Form):
    """Who confirms too: one of the suggested colleagues, or somebody else by personnel number."""

    second: Number = ""
    number: Number = ""

    @model_validator(mode="after")
    def _one_of_both(self) -> SecondForm:
        fits = self.second in ("", OTHER, self.number)
        if self.number and not fits:
            raise ValueError(N_("You chose a colleague and entered a number too. Keep one of the two."))
        return self

    def chosen(self) -> str:
        """Return the personnel number of who confirms too; empty when nobody was named."""
        if self.second in ("", OTHER):
            return self.number
        return self.second


class ConfirmLevelForm(SecondForm):
    """What the mentor saw, tapped or in their own words, and who confirms too."""

    seen: Annotated[list[Seen], Field(max_length=words.MOST)] = []
    evidence: Annotated[Paragraph, Field(max_length=300)] = ""

    def told(self) -> str:
        """Return what was tapped and typed as one text."""
        return words.told(self.seen, self.evidence)
