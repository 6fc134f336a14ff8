"""Why it matters that a section of a profile lacks something."""

from __future__ import annotations

from mentorship.base.i18n import N_, gettext

LACKING = {
    "learning": N_("You have not said yet how you like to learn."),
    "expertise": N_("You offer a place, and have named nothing yet that you pass on."),
    "time": N_("Without a roster nobody can tell when you are at work together."),
    "carry": N_("You offer a place, and have not said yet which way of learning suits you."),
}
"""Why something missing in a section of a profile matters."""


def lacking() -> dict[str, str]:
    """Return what is said of each section in which something may be missing."""
    return {section: gettext(said) for section, said in LACKING.items()}
