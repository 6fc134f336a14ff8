"""Forms of a round."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from mentorship.base.forms import Form, Line, Optional_, RowId, decimal_or_text
from mentorship.programme.forms import WeightsForm

Version = Annotated[int, Field(ge=1, le=10**9)]
Cost = Annotated[float, BeforeValidator(decimal_or_text), Field(ge=0, le=1000)]


class OpenForm(Form):
    """A name and the sites; no site means all."""

    name: Annotated[Line, Field(min_length=1)]
    site: Annotated[list[RowId], Field(max_length=5000)] = []


class VersionForm(Form):
    """The version of the round that the decision was made on."""

    version: Version


class TermsForm(WeightsForm):
    """By what the round is solved."""

    version: Version
    site: Annotated[list[RowId], Field(max_length=5000)] = []
    unmatched_cost: Annotated[Cost | None, Optional_]
