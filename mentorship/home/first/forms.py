"""The form of who comes in first."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mentorship.base.forms import Form, Line
from mentorship.home.first.actions import First
from mentorship.people.account.forms import Secret
from mentorship.people.joining.rules import parts_of


class FirstForm(Form):
    """The code that was told, who one is, and a password."""

    code: Annotated[Line, Field(min_length=1, max_length=40)]
    name: Annotated[Line, Field(min_length=1, max_length=100)]
    number: Annotated[Line, Field(min_length=1, max_length=40)]
    organisation: Annotated[Line, Field(min_length=1)]
    site: Annotated[Line, Field(min_length=1)]
    password: Secret

    def first(self) -> First:
        """Return who comes in; refuse a name without a family name."""
        return First(
            name=parts_of(self.name),
            number=self.number,
            organisation=self.organisation,
            site=self.site,
        )
