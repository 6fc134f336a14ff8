"""The forms of domains: one to add, and all of them as a table."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from mentorship.base.forms import Form, Paragraph, RowId
from mentorship.base.i18n import N_
from mentorship.profiles.forms import Name


class DomainForm(Form):
    """A domain."""

    name: Name
    critical: bool = False
    remote: bool = False


def mark(name: str, critical: bool, remote: bool) -> str:
    """Write down in a line how a domain is shown, by which a change is seen."""
    return f"{critical:d}{remote:d}{name}"


def shown_as(was: str) -> dict[str, object]:
    """Read how a domain was shown from the line that `mark` wrote."""
    return {
        "name": was[2:],
        "critical": was[:1] == "1",
        "remote": was[1:2] == "1",
    }


class DomainsForm(Form):
    """The table of domains in parallel lists, each domain with how it was shown."""

    domain: Annotated[list[RowId], Field(max_length=1000)]
    was: Annotated[list[Paragraph], Field(max_length=1000)]
    name: Annotated[list[str], Field(max_length=1000)]
    critical: Annotated[list[RowId], Field(max_length=1000)] = []
    remote: Annotated[list[RowId], Field(max_length=1000)] = []

    @model_validator(mode="after")
    def _whole_rows(self) -> DomainsForm:
        rows = len(self.domain)
        if len(self.was) != rows or len(self.name) != rows:
            raise ValueError(N_("Something in the address or the form was not as expected. Nothing was changed."))
        return self

    def changed(self) -> dict[int, dict[str, object]]:
        """Return of each domain what is no longer as it was shown, field by field."""
        found = {}
        for domain_id, name, was in zip(self.domain, self.name, self.was, strict=True):
            typed = {
                "name": name,
                "critical": domain_id in self.critical,
                "remote": domain_id in self.remote,
            }
            shown = shown_as(was)
            changes = {field: value for field, value in typed.items() if value != shown[field]}
            if changes:
                found[domain_id] = changes
        return found
