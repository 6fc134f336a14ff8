"""Pure decisions about the settings: why no check-in is opened."""

from __future__ import annotations

from collections.abc import Sequence

from mentorship.base.i18n import N_

SWITCHED_OFF = N_("Check-ins are switched off.")


def missing(running: bool, programme_lacks: Sequence[str]) -> list[str]:
    """List why no check-in is opened; empty when they run."""
    if running:
        return list(programme_lacks)
    return [SWITCHED_OFF, *programme_lacks]
