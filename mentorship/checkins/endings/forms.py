"""What is sent at the end of a mentorship."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mentorship.base.forms import Form, Paragraph
from mentorship.checkins.forms import CheckInForm


class ClosingForm(CheckInForm):
    """A closing check-in: also what was reached, and the junior's thanks."""

    reached: Annotated[Paragraph, Field(max_length=1000)] = ""
    thanks: Annotated[Paragraph, Field(max_length=500)] = ""


class TakeBackForm(Form):
    """Take back what one said was reached, or one's thanks."""

    what: Literal["reached", "thanks"]
