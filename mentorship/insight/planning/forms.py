"""The form of an address for a planning system."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mentorship.base.forms import Form, Line, Optional_, RowId
from mentorship.insight.planning.rules import Wanted


class FeedForm(Form):
    """Who reads it, of whom it tells (None: of everybody), and whether it names people."""

    name: Annotated[Line, Field(min_length=1, max_length=80)]
    manager_id: Annotated[RowId | None, Optional_] = None
    site_id: Annotated[RowId | None, Optional_] = None
    names: bool = False

    @property
    def wanted(self) -> Wanted:
        """Return the same as plain values."""
        return Wanted(
            name=self.name,
            manager_id=self.manager_id,
            site_id=self.site_id,
            names=self.names,
        )
