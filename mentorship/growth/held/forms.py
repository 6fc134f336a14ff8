"""The forms of who works in which job profile."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mentorship.base.forms import Form, Optional_, RowId


class HeldForm(Form):
    """People, and the profile that they work in; without one none."""

    person: Annotated[list[RowId], Field(min_length=1, max_length=500)]
    profile: Annotated[RowId | None, Optional_]


class ShownForm(Form):
    """Whether one's managers see how far one is."""

    shown: Literal["yes", "no"]
