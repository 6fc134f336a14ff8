"""The forms of an answer to a pair that has not begun."""

from __future__ import annotations

from typing import Literal

from mentorship.base.forms import Form, RowId


class SaidForm(Form):
    """What is said to a pair: it is fine, or why not now."""

    said: Literal["fine", "not_in_planning", "other_project", "too_much", "better_other"]

    @property
    def reason(self) -> str:
        """The reason as it is kept: none where it is fine."""
        return "" if self.said == "fine" else self.said


class AnswerForm(SaidForm):
    """About which pair of a round, and what."""

    request_id: RowId
    mentor_id: RowId
