"""What is sent to lower what a mentor carries."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mentorship.base.forms import Form, Line


class LowerForm(Form):
    """How many places stay; `back`: the page to go back to."""

    places: Annotated[int, Field(ge=0, le=20)]
    back: Annotated[Line, Field(max_length=2000)] = ""
