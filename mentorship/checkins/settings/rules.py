"""Pure decisions about the settings: why no check-in is opened."""

from __future__ import annotations

from collections.abc import Sequence

from mentorship.base.i18n import N_

SCALE_BEFORE = (
    {"nl": "helemaal niet", "en": "not at all"},
    {"nl": "nauwelijks", "en": "hardly"},
    {"nl": "een beetje", "en": "somewhat"},
    {"nl": "meestal", "en": "mostly"},
    {"nl": "helemaal", "en": "entirely"},
)
"""The five steps of a version of the questions that keeps none of its own."""
SWITCHED_OFF = N_("Check-ins are switched off.")


def missing(running: bool, programme_lacks: Sequence[str]) -> list[str]:
    """List why no check-in is opened; empty when they run."""
    if running:
        return list(programme_lacks)
    return [SWITCHED_OFF, *programme_lacks]
