"""The form of expected newcomers."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from mentorship.base.forms import Form, RowId
from mentorship.insight.year.rules import MOST


class ExpectForm(Form):
    """So many newcomers from a month on, at a site, who ask for a domain."""

    month: date
    site: RowId
    domain: RowId
    number: Annotated[int, Field(ge=0, le=MOST)]
