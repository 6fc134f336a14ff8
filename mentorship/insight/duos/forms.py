"""What is sent from the list of pairs: those that were ticked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mentorship.base.forms import Form, RowId
from mentorship.base.lists import PAGE_SIZE


class TickedForm(Form):
    """The pairs ticked, of one page at most."""

    duo: Annotated[list[RowId], Field(max_length=PAGE_SIZE)] = []


class ActForm(TickedForm):
    """What is to be done with the pairs ticked; until when, or how it ends, is asked on a page of its own."""

    act: Literal["pause", "until", "end"]
