"""The forms of certificates and of their kinds."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from mentorship.base.forms import Form, Optional_, RowId
from mentorship.growth.certificates.actions import Noted


class CertificateForm(Form):
    """A certificate: which, since when, and until when where that is not as long as usual."""

    kind: RowId
    got_on: date
    ends_on: Annotated[date | None, Optional_]

    @property
    def noted(self) -> Noted:
        """Return it as the verbs take it."""
        return Noted(self.kind, self.got_on, self.ends_on)


class ManyForm(CertificateForm):
    """The same of several people, who got it on one day."""

    person: Annotated[list[RowId], Field(min_length=1, max_length=500)]


class TickedForm(Form):
    """The certificates that were ticked."""

    certificate: Annotated[list[RowId], Field(min_length=1, max_length=500)]


class BackForm(Form):
    """From where somebody came: their own page, or the list."""

    back: Literal["mine", "list"]
