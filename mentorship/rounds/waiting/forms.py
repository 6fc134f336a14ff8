"""Forms of the waiting list."""

from __future__ import annotations

from typing import Literal

from mentorship.base.forms import Form, RowId


class MentorForm(Form):
    """Of which mentor a place is asked."""

    mentor: RowId


class OutsideForm(Form):
    """Whether a training outside is looked for."""

    looked_for: Literal["yes", "no"]
