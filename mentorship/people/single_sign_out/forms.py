"""What the provider sends when a session ended there."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from mentorship.base.forms import Form


class LogoutForm(Form):
    """What the provider itself sends when a session ended there."""

    logout_token: Annotated[str, StringConstraints(min_length=1, max_length=16 * 1024)]
