"""Forms of a quick question."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from mentorship.base.forms import Form, Line, Optional_, RowId

ALONG, QUESTION = "along", "question"


class AskForm(Form):
    """What is asked, of which domain, and whether it is to walk along for a shift."""

    what: Literal["along", "question"]
    words: Annotated[Line, Field(min_length=1)]
    domain: Annotated[RowId | None, Optional_]


class DayForm(Form):
    """On which day the two meet, where there is one to choose."""

    day: Annotated[date | None, Optional_] = None
