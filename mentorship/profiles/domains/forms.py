"""The form of a domain."""

from __future__ import annotations

from mentorship.base.forms import Form
from mentorship.profiles.forms import Chosen, Name


class DomainForm(Form):
    """A domain."""

    id: Chosen = None
    name: Name
    critical: bool = False
    remote: bool = False
