"""Forms of signing in and of one's own account."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from mentorship.base.forms import Form
from mentorship.people.forms import Name

Secret = Annotated[str, StringConstraints(strip_whitespace=False), Field(min_length=1, max_length=200)]
"""A password, with every character that was typed: never trimmed."""


class SignInForm(Form):
    """E-mail address or personnel number, and password."""

    name: Name
    password: Secret
    next: str = ""


class ActivateForm(Form):
    """The printed code and a first password."""

    name: Name
    code: Annotated[str, Field(min_length=1, max_length=40)]
    password: Secret


class PasswordForm(Form):
    """Another password."""

    old: Secret
    new: Secret


class ThemeForm(Form):
    """What the pages look like: light, dark, or as the screen says."""

    theme: Literal["light", "dark", "screen"]
    next: str = ""


class LocaleForm(Form):
    """A language to read."""

    locale: Literal["nl", "en"]
    next: str = ""
