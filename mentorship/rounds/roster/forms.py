"""The forms of one roster and one shift."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from mentorship.base.forms import Form, Line, Optional_, RowId
from mentorship.base.i18n import N_
from mentorship.matching import LONGEST
from mentorship.profiles.rosters.days import Days, written
from mentorship.profiles.rosters.editing import Times, Wanted


def _minutes(value: object) -> object:
    """Read a time of the clock as minutes from midnight; nothing filled in is no time."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not text:
        return None
    hours, colon, minutes = text[:5].partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal()) or int(hours) > 23 or int(minutes) > 59:
        raise ValueError(N_("Fill in a time, such as 07:30."))
    return 60 * int(hours) + int(minutes)


Clock = Annotated[int | None, BeforeValidator(_minutes)]


class AboutForm(Form):
    """What a roster is called, from when it counts, and for whom; `seen`: the days that `length` was filled in for."""

    name: Annotated[Line, Field(min_length=1, max_length=100)]
    starts_on: date
    length: Annotated[int, Field(ge=1, le=LONGEST)]
    kind: Literal["cycle", "dated"]
    seen: Annotated[str, Field(max_length=20_000)]
    runs_on: bool = False
    is_default: bool = False
    confirmed: bool = False

    def wanted(self) -> Wanted:
        """Return what the roster is to be."""
        return Wanted(
            name=self.name,
            starts_on=self.starts_on,
            repeats=self.kind == "cycle",
            runs_on=self.runs_on,
            is_default=self.is_default,
        )


class ShiftForm(Form):
    """A shift with its times; without them its code means free."""

    code: Annotated[Line, Field(min_length=1, max_length=20, pattern=r"^[^\s+]+$")]
    begins: Clock
    ends: Clock
    description: Line
    confirmed: bool = False

    def times(self) -> Times:
        """Return what the shift is to be."""
        return Times(
            code=self.code,
            begins=self.begins,
            ends=self.ends,
            description=self.description,
        )


class DaysForm(Form):
    """The days of a roster but for the squares: those not saved yet, those that were there, and what to do.

    `first`: the first of the days whose squares are sent; none are where it is not said. `also`: the shifts that have
    a row, `row`: one that is to have one. `whole` stands last in the form: without it squares were cut off.
    """

    draft: Annotated[str, Field(max_length=20_000)]
    seen: Annotated[str, Field(max_length=20_000)]
    first: Annotated[Annotated[int, Field(ge=0, le=LONGEST)] | None, Optional_]
    do: Annotated[str, Field(pattern=r"^(save|longer|row|(copy|turn)-\d{1,3})$")]
    also: Annotated[str, Field(max_length=4000, pattern=r"^[\d ]*$")] = ""
    row: Annotated[RowId | None, Optional_] = None
    whole: Literal["yes"]
    confirmed: bool = False

    def rows(self) -> frozenset[int]:
        """Return the shifts that are to have a row."""
        found = {int(number) for number in self.also.split() if len(number) < 10}
        if self.do == "row" and self.row is not None:
            found.add(self.row)
        return frozenset(found)

    def again(self, days: Days) -> dict[str, str]:
        """Return the fields by which these days are sent once more, without squares."""
        return {
            "draft": written(days),
            "seen": self.seen,
            "first": "",
            "do": "save",
            "whole": "yes",
        }
