"""The page that says with numbers what will happen, before what cannot be undone is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mentorship.web.page import Page, render


@dataclass(frozen=True)
class Confirmation:
    """What will happen (translated), the button that does it, and the way back; `danger`: something is lost."""

    title: str
    consequences: Sequence[str]
    button: str
    action: str
    back: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    danger: bool = False
    named: str = ""
    """What the names are of, when there are any."""
    names: Sequence[str] = ()

    @property
    def hidden(self) -> list[tuple[str, Any]]:
        """Return what goes along unseen; a list as one field for each in it."""
        found: list[tuple[str, Any]] = []
        for name, value in self.fields.items():
            values = value if isinstance(value, list) else [value]
            found += [(name, one) for one in values]
        return found


def confirm(asked: Confirmation) -> Page:
    """Ask whether this is meant, on a page of its own."""
    return render("confirm.html", asked=asked)
