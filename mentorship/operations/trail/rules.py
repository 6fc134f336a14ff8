"""What of the audit log is not for an admin: that somebody answered, was away, or wishes something."""

from __future__ import annotations

from mentorship.base.audit_words import UNDO

PRIVATE_SUBJECTS = ("check-in", "signal")
"""A row of these alone tells who answered, or that something is the matter in a pair."""
PRIVATE_VERBS = (
    "refuse",
    "set not available",
    "change wishes",
    "set plans",
    "set contact",
    "say closing words",
    "take back closing words",
    "note week",
    "note other guiding",
)


def private_verbs() -> list[str]:
    """Return the verbs that nobody else reads of, and how it is called when they are undone."""
    undone = [f"{UNDO}{verb}" for verb in PRIVATE_VERBS]
    return [*PRIVATE_VERBS, *undone]
