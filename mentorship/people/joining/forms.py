"""The form of somebody new."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mentorship.base.forms import Form, Line, Optional_, RowId
from mentorship.people.forms import Address, Infix, Languages, NamePart, Roles
from mentorship.people.joining.rules import FullName, Newcomer


class NewcomerForm(Form):
    """Somebody new."""

    number: Annotated[Line, Field(min_length=1, max_length=40)]
    given_name: NamePart
    infix: Infix
    family_name: NamePart
    site_id: RowId
    department: Line
    manager: Annotated[Line | None, Optional_]
    email: Address
    languages: Languages
    roles: Roles = []
    sure: bool = False

    def newcomer(self) -> Newcomer:
        """Return who is to be added."""
        return Newcomer(
            number=self.number,
            name=FullName(self.given_name, self.infix, self.family_name),
            site_id=self.site_id,
            department=self.department,
            manager=self.manager,
            email=self.email,
            languages=self.languages,
            roles=self.roles,
        )
