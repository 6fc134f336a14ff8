"""Usual certificates to begin with, for a company to change. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mentorship.base.i18n import N_, gettext, locale, use_locale


@dataclass(frozen=True)
class UsualKind:
    """A kind as it is added: its names, how long it is usually valid, and the domains that it may belong to."""

    name: str
    name_en: str
    months: int | None
    entitles: bool
    domains: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it is called in the reader's language."""
        return self.name if locale() == "nl" else self.name_en


_USUAL = (
    (N_("VCA basic safety"), 120, False, ""),
    (N_("VCA for supervisors"), 120, False, ""),
    (N_("NEN 3140 instructed person"), 36, False, N_("Electrical installation")),
    (N_("F-gas certificate"), 84, False, N_("Cooling")),
    (N_("Hoisting and slinging"), 60, False, ""),
    (N_("Practice trainer"), 48, True, ""),
)
"""Name, months (a company sets its own), whether it entitles, and the domain it belongs to where there is one."""


def usual() -> Iterator[UsualKind]:
    """Yield the usual kinds, the same whichever language they were chosen in."""
    for name, months, entitles, domain in _USUAL:
        yield UsualKind(
            *_both(name),
            months,
            entitles,
            _both(domain) if domain else (),
        )


def _both(message: str) -> tuple[str, str]:
    found = []
    for language in ("nl", "en"):
        with use_locale(language):
            found.append(gettext(message))
    return found[0], found[1]
