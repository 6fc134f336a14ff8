"""What the page of signals sends."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from mentorship.base.forms import Form, Line


class TakeForm(Form):
    """Take a signal on: one of the steps, and a day to look again."""

    action: Literal[
        "handover",
        "hours",
        "lighten",
        "pace",
        "training",
        "second_mentor",
        "fewer_places",
        "fewer_hours",
        "pause_pair",
        "pause",
        "end",
        "train_mentor",
        "talk",
    ]
    look_again_on: date


class ReleaseForm(Form):
    """Release a signal of one's own to one's manager, or take it back."""

    release: bool


class CloseForm(Form):
    """Close a signal with what was done, and whether something was the matter."""

    outcome: Annotated[Line, Field(min_length=1)]
    matter: bool | None = None
