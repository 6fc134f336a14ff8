"""Forms of a round."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mentorship.base.forms import Form, Line, RowId

Version = Annotated[int, Field(ge=1, le=10**9)]


class OpenForm(Form):
    """A name and the sites; no site means all."""

    name: Annotated[Line, Field(min_length=1)]
    site: Annotated[list[RowId], Field(max_length=5000)] = []


class VersionForm(Form):
    """The version of the round that the decision was made on."""

    version: Version
