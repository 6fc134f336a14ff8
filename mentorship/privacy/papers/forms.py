"""What is sent about papers: that one was agreed to, a link to make or to take back, the secret of one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from mentorship.base.forms import Form, Line
from mentorship.privacy.papers.rules import LONGEST_DAYS


class AgreedForm(Form):
    """That a paper was agreed, as it was read (`seen`: its hash)."""

    paper: Literal["council", "dpia", "register", "notice", "ai-act", "processor", "breach"]
    seen: Annotated[Line, Field(min_length=1, max_length=64)]
    agreed_on: date
    agreed_with: Literal["council", "officer", "employer"]


class LinkForm(Form):
    """For whom a link is, and how many days it opens the papers."""

    reader: Literal["council", "officer", "lawyer"]
    days: Annotated[int, Field(ge=1, le=LONGEST_DAYS)]


class RevokeForm(Form):
    """A link to take back."""

    link_id: Annotated[int, Field(ge=1, lt=2**31)]


class SecretForm(Form):
    """What stands behind the `#` of a link."""

    code: Annotated[Line, Field(min_length=1, max_length=100)]
