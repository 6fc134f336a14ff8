"""The forms of domains: one to add, and all of them as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, model_validator

from mentorship.base.forms import Form, Line, Paragraph, RowId
from mentorship.base.i18n import N_
from mentorship.profiles.forms import Name

TEXTS = ("name", "name_en", "explanation", "explanation_en")
"""The words of a domain: its name and what it is, in Dutch and, where wanted, in English."""
TICKS = ("critical", "remote")
Cells = Annotated[list[str], Field(max_length=1000)]
Ticked = Annotated[list[RowId], Field(max_length=1000)]


class DomainForm(Form):
    """A domain."""

    name: Name
    name_en: Line
    explanation: Line
    explanation_en: Line
    critical: bool = False
    remote: bool = False


def mark(shown: Mapping[str, Any]) -> str:
    """Write down how a domain is shown, by which a change is seen."""
    ticks = "".join(f"{shown[key]:d}" for key in TICKS)
    texts = [shown[key] for key in TEXTS]
    return "\n".join([ticks, *texts])


def shown_as(was: str) -> dict[str, object]:
    """Read how a domain was shown from what `mark` wrote."""
    ticks, *texts = was.split("\n")
    shown: dict[str, object] = dict.fromkeys(TEXTS, "")
    shown.update(zip(TEXTS, texts, strict=False))
    shown.update((key, ticks[place : place + 1] == "1") for place, key in enumerate(TICKS))
    return shown


class DomainsForm(Form):
    """The table of domains in parallel lists, each domain with how it was shown."""

    domain: Annotated[list[RowId], Field(max_length=1000)]
    was: Annotated[list[Paragraph], Field(max_length=1000)]
    name: Cells
    name_en: Cells
    explanation: Cells
    explanation_en: Cells
    critical: Ticked = []
    remote: Ticked = []

    @model_validator(mode="after")
    def _whole_rows(self) -> DomainsForm:
        rows = len(self.domain)
        if len(self.was) != rows or any(len(cells) != rows for cells in self._texts().values()):
            raise ValueError(N_("Something in the address or the form was not as expected. Nothing was changed."))
        return self

    def _texts(self) -> dict[str, list[str]]:
        return {key: getattr(self, key) for key in TEXTS}

    def changed(self) -> dict[int, dict[str, object]]:
        """Return of each domain what is no longer as it was shown, field by field."""
        found = {}
        for place, domain_id in enumerate(self.domain):
            typed: dict[str, object] = {key: cells[place] for key, cells in self._texts().items()}
            typed["critical"] = domain_id in self.critical
            typed["remote"] = domain_id in self.remote
            shown = shown_as(self.was[place])
            changes = {key: value for key, value in typed.items() if value != shown[key]}
            if changes:
                found[domain_id] = changes
        return found
