"""What is sent with a code on paper."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mentorship.base.forms import Form, Line


class CodeForm(Form):
    """The code from a slip."""

    code: Annotated[Line, Field(min_length=1, max_length=40)]
