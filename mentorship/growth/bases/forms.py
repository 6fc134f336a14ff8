"""The form of what builds on what."""

from __future__ import annotations

from mentorship.base.forms import Form, RowId


class BaseForm(Form):
    """A domain, and the one that it builds on."""

    domain: RowId
    base: RowId
