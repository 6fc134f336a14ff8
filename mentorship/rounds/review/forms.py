"""The form of a decision on a pair."""

from __future__ import annotations

from typing import Literal

from mentorship.base.forms import Form, RowId
from mentorship.rounds.forms import Version


class DecisionForm(Form):
    """A pair to lock, to forbid, or to release."""

    version: Version
    request_id: RowId
    mentor_id: RowId
    kind: Literal["lock", "forbid", "release"]

    @property
    def decision(self) -> str | None:
        """What is decided; None leaves the pair to the solver again."""
        if self.kind == "release":
            return None
        return self.kind
