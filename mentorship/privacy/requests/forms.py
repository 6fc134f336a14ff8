"""What the pages of requests send."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mentorship.base.forms import Form, Paragraph

Reason = Annotated[Paragraph, Field(min_length=1, max_length=500)]


class AskForm(Form):
    """What somebody asks, in their own words if they like."""

    words: Paragraph = ""


class CorrectForm(Form):
    """What is not right, and what it should be."""

    words: Annotated[Paragraph, Field(min_length=1)]


class ObjectForm(Form):
    """Against what, and why."""

    about: Literal["matching", "figures", "checkins", "other"]
    words: Paragraph = ""


class ReasonForm(Form):
    """Why something is refused or takes longer; the asker reads it."""

    reason: Reason


class AnswerForm(Form):
    """What was done; the asker reads it."""

    answer: Paragraph = ""
