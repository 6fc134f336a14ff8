"""How long what is done about a signal lasts, and how many of one kind a pair has at once. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from mentorship.checkins import findings
from mentorship.checkins.findings import Earlier, Finding

LATER = timedelta(weeks=2)
"""When a signal is looked at again, unless somebody says otherwise."""
PAUSE = timedelta(weeks=4)
"""How long a pause lasts that a mentor takes in one tap."""


def one_rule(found: Collection[Finding], earlier: Collection[Earlier]) -> list[Finding]:
    """Return what is found with at most one failing rule, none where one stands: one change often breaks several."""
    stands = any(one.kind == findings.RULE and one.closed_at is None for one in earlier)
    kept = []
    for one in found:
        if one.kind != findings.RULE:
            kept.append(one)
        elif not stands:
            kept.append(one)
            stands = True
    return kept
