"""What is sent to keep a view of a list, checked into plain values."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mentorship.base.forms import Form, Line, Paragraph
from mentorship.people.views.models import LISTS, LONGEST_NAME, LONGEST_QUERY


class SaveForm(Form):
    """Which list, which part of it, and the name to keep it under; `next` is where one was."""

    list: Literal[LISTS]  # type: ignore[valid-type]
    query: Annotated[Paragraph, Field(max_length=LONGEST_QUERY)]
    name: Annotated[Line, Field(min_length=1, max_length=LONGEST_NAME)]
    next: str = ""


class RemoveForm(Form):
    """The page to go back to."""

    next: str = ""
