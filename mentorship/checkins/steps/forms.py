"""What the short forms of steps send."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from mentorship.base.forms import Form, Line
from mentorship.checkins.signals.carried import IN_A_FORM
from mentorship.mentorships.forms import filled_in


class StepForm(Form):
    """Which step."""

    what: Literal[IN_A_FORM]  # type: ignore[valid-type]


class DayForm(Form):
    """A day: until when they pause, or on which there is a talk."""

    day: Annotated[date, BeforeValidator(filled_in)]


class PlacesForm(Form):
    """How many places are offered from now on."""

    places: Annotated[int, Field(ge=0, le=20)]


class HoursForm(Form):
    """To how many hours a week it goes down."""

    hours: Annotated[Decimal, Field(ge=0, le=40, decimal_places=2)]


class CourseForm(Form):
    """Which course the mentor followed, and when."""

    title: Annotated[Line, Field(min_length=1, max_length=200)]
    day: Annotated[date, BeforeValidator(filled_in)]


class AnswerForm(Form):
    """Whether a manager agrees to fewer hours."""

    agrees: bool
