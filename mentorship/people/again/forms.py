"""Forms by which somebody confirms that it is them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mentorship.base.forms import Form
from mentorship.people.account.forms import Secret


class PasswordAgainForm(Form):
    """The password."""

    password: Secret


class CodeAgainForm(Form):
    """A code of the second factor."""

    code: Annotated[str, Field(min_length=1, max_length=40)]
