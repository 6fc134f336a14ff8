"""What comes back from the provider."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from mentorship.base.forms import Form

Word = Annotated[str, StringConstraints(max_length=4000)]


class BackForm(Form):
    """What a browser brings back: a code, or why there is none."""

    state: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    code: Word = ""
    error: Annotated[str, StringConstraints(max_length=200)] = ""
    iss: Word = ""
