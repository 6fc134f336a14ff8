"""The words for the criteria of a match and for what managers may see; settings as their forms show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mentorship.base.i18n import N_, decimal, gettext
from mentorship.matching import CRITERIA

CRITERION_NAMES = {
    "domain": N_("domain"),
    "together": N_("at work together"),
    "preference": N_("way of learning"),
    "continuity": N_("continuity of knowledge"),
    "wish": N_("wish"),
}
VISIBILITY = {
    "released": (
        N_("Only what its author releases"),
        N_(
            "Hours, and signals that the person who wrote them releases. The most private; a manager may hear of"
            " trouble late."
        ),
    ),
    "classes": (
        N_("Also the balance of each pair"),
        N_(
            "Hours and, of each mentorship, whether it is in balance, on reserve, stuck, or needs a talk now; never"
            " answers or figures."
        ),
    ),
    "aggregates": (
        N_("Groups of five or more"),
        N_(
            "Hours, and figures over at least five people; nothing about one pair. A manager cannot act on a single"
            " pair."
        ),
    ),
}
"""What managers may see of the check-ins in their own line: in a few words, and what it means."""


@dataclass(frozen=True)
class VisibilityChoice:
    """One thing that managers may see, ready to choose."""

    key: str
    title: str
    meaning: str


def visibilities() -> list[VisibilityChoice]:
    """Return what managers may see, from least to most about one pair and then in groups."""
    found = []
    for key, (title, meaning) in VISIBILITY.items():
        shown = VisibilityChoice(
            key,
            gettext(title),
            gettext(meaning),
        )
        found.append(shown)
    return found


def criterion_names() -> list[tuple[str, str]]:
    """Return the criteria, in their order, each with its name in the reader's language."""
    found = []
    for name in CRITERIA:
        found.append((name, gettext(CRITERION_NAMES[name])))
    return found


def weight_values(weights: Mapping[str, float], floor: float, spread: float) -> dict[str, str]:
    """Return weights, floor and spread as their form shows them."""
    values = {
        "floor": decimal(floor, 6),
        "spread": decimal(spread, 6),
    }
    for name in CRITERIA:
        values[f"weight_{name}"] = decimal(weights[name], 6)
    return values
