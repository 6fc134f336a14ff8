"""Forms about shared tablets."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mentorship.base.forms import Form, Line, RowId

TabletName = Annotated[Line, Field(min_length=1, max_length=100)]


class TabletForm(Form):
    """What a tablet is called, and where it stands."""

    name: TabletName
    site_id: RowId
