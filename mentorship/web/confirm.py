"""The page that says with numbers what will happen, before what cannot be undone is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from mentorship.web.page import Page, render

Fields = Mapping[str, Any]
"""What goes along unseen with a button; a list is a field that is sent several times."""


@dataclass(frozen=True)
class Other:
    """Something else that may be wanted first, or instead: a sentence, and the button of it."""

    told: str
    button: str
    action: str
    fields: Fields = field(default_factory=dict)

    @property
    def hidden(self) -> list[tuple[str, Any]]:
        """Return what goes along unseen."""
        return _one_by_one(self.fields)


@dataclass(frozen=True)
class Confirmation:
    """What will happen (translated), the button that does it, and the way back; `danger`: something is lost."""

    title: str
    consequences: Sequence[str]
    button: str
    action: str
    back: str
    fields: Fields = field(default_factory=dict)
    danger: bool = False
    named: str = ""
    """What the names are of, when there are any."""
    names: Sequence[str] = ()
    other: Other | None = None

    @property
    def hidden(self) -> list[tuple[str, Any]]:
        """Return what goes along unseen."""
        return _one_by_one(self.fields)


def _one_by_one(fields: Fields) -> list[tuple[str, Any]]:
    """Return each field; a list as one field for each in it."""
    found: list[tuple[str, Any]] = []
    for name, value in fields.items():
        values = value if isinstance(value, list) else [value]
        found += [(name, one) for one in values]
    return found


class Asking(Protocol):
    """What a room asks, which knows no addresses."""

    @property
    def title(self) -> str:
        """The question."""

    @property
    def consequences(self) -> Sequence[str]:
        """What will happen."""

    @property
    def button(self) -> str:
        """What does it."""

    @property
    def danger(self) -> bool:
        """Whether something is lost."""

    @property
    def named(self) -> str:
        """What the names are of."""

    @property
    def names(self) -> Sequence[str]:
        """Whom it concerns."""


def confirmation(asked: Asking, action: str, back: str, fields: Fields, other: Other | None = None) -> Confirmation:
    """Return what a room asks, with where it is sent."""
    return Confirmation(
        asked.title,
        asked.consequences,
        asked.button,
        action,
        back,
        fields=fields,
        danger=asked.danger,
        named=asked.named,
        names=asked.names,
        other=other,
    )


def confirm(asked: Confirmation) -> Page:
    """Ask whether this is meant, on a page of its own."""
    return render("confirm.html", asked=asked)
