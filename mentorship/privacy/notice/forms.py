"""What is sent when somebody read the notice."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mentorship.base.forms import Form, Line


class ReadForm(Form):
    """That the notice was read, as it stood there (`seen`: its digest)."""

    seen: Annotated[Line, Field(min_length=1, max_length=64)]
