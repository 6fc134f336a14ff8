"""Forms of the second factor."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mentorship.base.forms import Form
from mentorship.people.account.forms import Secret

Code = Annotated[str, Field(min_length=1, max_length=40)]


class StepForm(Form):
    """A code at sign-in, and the page to go on to."""

    code: Code
    next: str = ""


class CodeForm(Form):
    """A code."""

    code: Code


class OffForm(Form):
    """A code, and the password."""

    code: Code
    password: Secret
