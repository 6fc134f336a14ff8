"""What is sent at the end of a mentorship."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from mentorship.base.forms import Form, Optional_, Paragraph
from mentorship.checkins.forms import CheckInForm, nested
from mentorship.checkins.rules import Reply
from mentorship.mentorships.acting.rules import REASONS
from mentorship.mentorships.models import UNSAID


class ClosingForm(CheckInForm):
    """A closing check-in: also what was reached, and the junior's thanks."""

    reached: Annotated[Paragraph, Field(max_length=1000)] = ""
    thanks: Annotated[Paragraph, Field(max_length=500)] = ""

    def reply(self) -> Reply:
        """Return what is sent, the last words with it."""
        rest = super().reply()
        return replace(rest, reached=self.reached, thanks=self.thanks)


class EndForm(Form):
    """How one of the two says that it ended, if they like, and on which day: nothing is today."""

    ended_as: Literal[(UNSAID, *REASONS)] = UNSAID  # type: ignore[valid-type]
    ends_on: Annotated[date | None, Optional_] = None


class TakeBackForm(Form):
    """Take back what one said was reached, or one's thanks."""

    what: Literal["reached", "thanks"]


def read_reply(fields: Mapping[str, Any]) -> Reply:
    """Return what a check-in sends, closing or not as its form says; raises `Invalid`."""
    form = CheckInForm
    if fields.get("closing") == "true":
        form = ClosingForm
    return form.read(nested(fields)).reply()
