"""The words for what managers say to a pair before it begins."""

from __future__ import annotations

from mentorship.base.i18n import N_
from mentorship.rounds.announcing.models import FINE, REASONS

REASON_NAMES = dict(
    zip(
        REASONS,
        (
            N_("Not in this planning"),
            N_("On another project"),
            N_("Too much for this person now"),
            N_("Better asked of somebody else"),
        ),
        strict=True,
    )
)
SAID = {FINE: N_("Fine"), **REASON_NAMES}
"""Every answer: nothing against it, or why not now."""
