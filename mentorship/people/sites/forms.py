"""The form of a site."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from mentorship.base.forms import Form, Line
from mentorship.base.i18n import N_
from mentorship.people.sites.rules import REGIONS


def _region(value: str) -> str:
    if value not in REGIONS:
        raise ValueError(N_("Choose one of the options."))
    return value


Region = Annotated[str, AfterValidator(_region)]


class SiteForm(Form):
    """What a site is called, and where it lies."""

    name: Annotated[Line, Field(min_length=1)]
    region: Region
