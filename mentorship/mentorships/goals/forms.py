"""What the page of goals sends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from mentorship.base.forms import Form, Invalid, Line, Optional_, Paragraph, RowId
from mentorship.base.i18n import N_, gettext
from mentorship.mentorships.goals import words


def _is_offered(key: str) -> str:
    if key not in words.SEEN:
        raise ValueError(N_("Choose one of the answers on the page."))
    return key


_DUE = re.compile(r"due-([1-9][0-9]{0,9})", re.ASCII)
OptionalDay = Annotated[date | None, Optional_]
Number = Annotated[Line, Field(max_length=40)]
Seen = Annotated[str, AfterValidator(_is_offered)]
OTHER = "other"
"""The choice for a colleague who is not among the suggestions."""


class DateForm(Form):
    """By when a goal is meant to be reached; empty for no day."""

    due_on: OptionalDay


def read_dates(sent: Mapping[str, Any]) -> dict[int, date | None]:
    """Return the day of each goal (`due-<id>`), None where it is left empty, or raise `Invalid` by field."""
    found: dict[int, date | None] = {}
    errors: dict[str, str] = {}
    for name, value in sent.items():
        field = _DUE.fullmatch(name)
        form = {name: value} if field is None else {"due_on": value}
        try:
            due_on = DateForm.read(form).due_on
        except Invalid as failure:
            errors[name] = next(iter(failure.errors.values()))
            continue
        if field is not None:
            found[int(field[1])] = due_on
    if not sent:
        errors[""] = gettext("There was no date in what was sent.")
    if errors:
        raise Invalid(errors, sent)
    return found


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
