"""The forms of where somebody wants to grow to."""

from __future__ import annotations

from datetime import date
from typing import Literal

from mentorship.base.forms import Form, RowId


class DirectionForm(Form):
    """A job profile to grow towards."""

    profile: RowId


class ShownForm(DirectionForm):
    """Whether one's managers and the coordinator see that path."""

    shown: Literal["yes", "no"]


class FollowedForm(Form):
    """When a training course was followed."""

    followed_on: date
