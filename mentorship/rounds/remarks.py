"""What is to be looked at in a pair of a round: short words beside it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mentorship.base.i18n import gettext, ngettext
from mentorship.matching import HIDDEN, weighted

JUST = 0.05
"""So little above the floor is just above it."""
FEW = 5
"""Fewer together-shifts in four weeks than this are few."""
EPS = 1e-9


@dataclass(frozen=True)
class Remark:
    """Something to know of a pair; it `warns` where somebody may want to decide otherwise."""

    text: str
    warns: bool = False


def remarks(explanation: Mapping[str, Any], floor: float, before: str, becomes: str | None) -> list[Remark]:
    """Return what is to be known of a pair, what happens to it first.

    `before` names the mentor of the outcome before, "" for none; `becomes` the one that it was swapped for, "" while
    another is looked for, None where it stays.
    """
    warnings = []
    if _above_floor(explanation) < floor + JUST - EPS:
        warnings.append(gettext("just above the floor"))
    warnings.append(_few_shifts(explanation))
    found = [Remark(_change(before, becomes))]
    for text in warnings:
        remark = Remark(text, warns=True)
        found.append(remark)
    for text in _facts(explanation):
        remark = Remark(text)
        found.append(remark)
    return [remark for remark in found if remark.text]


def _change(before: str, becomes: str | None) -> str:
    """Say what happens to a pair, or happened to it last."""
    if becomes:
        return gettext("becomes %(mentor)s", mentor=becomes)
    if becomes == "":
        return gettext("another mentor is looked for")
    if before:
        return gettext("was %(mentor)s", mentor=before)
    return ""


def _facts(explanation: Mapping[str, Any]) -> list[str]:
    found = []
    if explanation["parts"].get("wish", 0) > 0:
        found.append(gettext("one of them named the other"))
    if not explanation.get("known", True):
        found.append(gettext("way of learning not known: counts for half"))
    return found


def _above_floor(explanation: Mapping[str, Any]) -> float:
    """Return the score as the floor counts it."""
    counted = dict(explanation["parts"])
    counted.pop(HIDDEN, None)
    return weighted(counted, explanation["weights"])


def _few_shifts(explanation: Mapping[str, Any]) -> str:
    """Say how seldom the two are at work together; "" where it is often enough to say nothing."""
    meeting = explanation.get("meeting")
    if meeting is None or explanation.get("remote"):
        return ""
    shifts = meeting["shifts_per_four_weeks"]
    if shifts >= FEW:
        return ""
    return ngettext(
        "seldom together: %(num)s shift in four weeks",
        "seldom together: %(num)s shifts in four weeks",
        round(shifts, 1),
    )
