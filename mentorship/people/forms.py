"""Forms about people, checked into plain values."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, EmailStr, Field

from mentorship.base.forms import Form, Line, Optional_, RowId
from mentorship.base.i18n import N_
from mentorship.people.models import LANGUAGES, ROLES

Name = Annotated[Line, Field(min_length=1)]


def _lower(value: str | None) -> str | None:
    if value is None:
        return None
    return value.lower()


def _known(allowed: tuple[str, ...]) -> AfterValidator:
    def check(values: list[str]) -> list[str]:
        if not set(values) <= set(allowed):
            raise ValueError(N_("Choose one of the options."))
        return [value for value in allowed if value in values]

    return AfterValidator(check)


def _some(values: list[str]) -> list[str]:
    if not values:
        raise ValueError(N_("Choose at least one language."))
    return values


NamePart = Annotated[Line, Field(min_length=1, max_length=100)]
Infix = Annotated[Line, Field(max_length=40)]
Address = Annotated[EmailStr | None, Optional_, AfterValidator(_lower)]
Languages = Annotated[list[str], _known(LANGUAGES), AfterValidator(_some)]
Roles = Annotated[list[str], _known(ROLES)]


class NameForm(Form):
    """What somebody is called."""

    given_name: NamePart
    infix: Infix
    family_name: NamePart


class PersonForm(Form):
    """Where somebody works, who appraises them, what they speak."""

    site_id: RowId
    department: Line
    manager: Annotated[Line | None, Optional_]
    languages: Languages
    email: Address


class RolesForm(Form):
    """The roles somebody holds."""

    roles: Roles


class CodesForm(Form):
    """The people to print a code for."""

    person: Annotated[list[RowId], Field(max_length=500), BeforeValidator(list)]
