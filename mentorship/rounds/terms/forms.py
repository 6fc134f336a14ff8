"""The form of what a round goes by."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from mentorship.base.forms import Optional_, RowId, decimal_or_text
from mentorship.programme.forms import WeightsForm
from mentorship.rounds.forms import Version

Cost = Annotated[float, BeforeValidator(decimal_or_text), Field(ge=0, le=1000)]


class TermsForm(WeightsForm):
    """By what the round is solved."""

    version: Version
    site: Annotated[list[RowId], Field(max_length=5000)] = []
    unmatched_cost: Annotated[Cost | None, Optional_]
