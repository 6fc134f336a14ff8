"""What is sent to pair somebody: whom, with which mentor, and what they want to learn where they did not ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated

from mentorship.base.forms import Form, Level, Optional_, RowId
from mentorship.mentor_requests.actions import Wanted

PLACES = (1, 2, 3)
"""The needs of a request, the main one first."""


class NeedsForm(Form):
    """Up to three domains, each with the level one has and the one to reach; without a domain a need is left out.

    `trainer`: the mentor must be a practice trainer.
    """

    domain_1: Annotated[RowId | None, Optional_] = None
    current_1: Level = 0
    target_1: Level = 3
    domain_2: Annotated[RowId | None, Optional_] = None
    current_2: Level = 0
    target_2: Level = 3
    domain_3: Annotated[RowId | None, Optional_] = None
    current_3: Level = 0
    target_3: Level = 3
    trainer: bool = False

    @property
    def wanted(self) -> Sequence[Wanted]:
        """The needs that were filled in, in their order."""
        return tuple(self._filled())

    def _filled(self) -> Iterator[Wanted]:
        for place in PLACES:
            domain = getattr(self, f"domain_{place}")
            if domain is not None:
                yield domain, getattr(self, f"current_{place}"), getattr(self, f"target_{place}")


class ProposalForm(NeedsForm):
    """A mentor for somebody; `request_id` where they asked already, `until` where it is for a time.

    `signal`: which one it is done about.
    """

    mentor_id: RowId
    request_id: Annotated[RowId | None, Optional_] = None
    until: Annotated[date | None, Optional_] = None
    signal: Annotated[RowId | None, Optional_] = None
