"""Forms of a mentor request."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mentorship.base.forms import Form, Paragraph, RowId


class NeedForm(Form):
    """What one wants to learn, from where, to where."""

    domain: RowId
    current: Annotated[int, Field(ge=0, le=4)]
    target: Annotated[int, Field(ge=1, le=5)]


class DomainChoice(Form):
    """One of the needs of a request."""

    domain: RowId


class GoalForm(Form):
    """The goal in words."""

    goal: Paragraph


class TrainerForm(Form):
    """Whether the mentor must be a practice trainer."""

    asked: Literal["yes", "no"]
