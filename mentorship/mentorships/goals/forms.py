"""What the page of goals sends."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from mentorship.base.forms import Form, Line, Paragraph, RowId
from mentorship.base.i18n import N_

Number = Annotated[Line, Field(max_length=40)]
OTHER = "other"
"""The choice for a colleague who is not among the suggestions."""


class NewGoalForm(Form):
    """A domain, from where, to where, and perhaps words."""

    domain: RowId
    current: Annotated[int, Field(ge=0, le=4)]
    target: Annotated[int, Field(ge=1, le=5)]
    words: Annotated[Paragraph, Field(max_length=300)]


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
    """What the mentor saw, and who confirms too."""

    evidence: Annotated[Paragraph, Field(max_length=500)]
