"""The form of an answer to an announced pair."""

from __future__ import annotations

from typing import Literal

from mentorship.base.forms import Form, RowId


class AnswerForm(Form):
    """About which pair, and what: it is fine, or why not now."""

    request_id: RowId
    mentor_id: RowId
    said: Literal["fine", "not_in_planning", "other_project", "too_much", "better_other"]

    @property
    def reason(self) -> str:
        """The reason as it is kept: none where it is fine."""
        return "" if self.said == "fine" else self.said
