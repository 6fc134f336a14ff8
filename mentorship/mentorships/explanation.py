"""An explanation -> sentences for its reader. Continuity is for the coordinator alone. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mentorship.base.i18n import N_, decimal, gettext, percent
from mentorship.matching import CRITERIA, HIDDEN, weighted
from mentorship.profiles.words import LEVELS

TITLES = {
    "domain": N_("What the mentor can pass on"),
    "together": N_("At work together"),
    "preference": N_("Way of learning"),
    "continuity": N_("Continuity of knowledge"),
    "wish": N_("Wish"),
}


@dataclass(frozen=True)
class Part:
    """One criterion of a pair: its title, value and weight, and a sentence about it."""

    title: str
    value: float
    weight: float
    sentence: str


def parts(explanation: Mapping[str, Any], *, coordinator: bool) -> list[Part]:
    """Return the parts of a match for one reader, empty for a pair that did not come from a match."""
    found = explanation.get("parts") or {}
    shown = [name for name in CRITERIA if name in found and (coordinator or name != HIDDEN)]
    weights = explanation.get("weights", {})
    return [Part(gettext(TITLES[n]), found[n], weights[n], _sentence(n, explanation)) for n in shown]


def score(explanation: Mapping[str, Any], *, coordinator: bool) -> float | None:
    """Return the weighted mean of the parts that this reader sees, recomputed from them."""
    found = {n: v for n, v in (explanation.get("parts") or {}).items() if coordinator or n != HIDDEN}
    weights = explanation.get("weights", {})
    return weighted(found, weights) if found and sum(weights[n] for n in found) else None


def _sentence(name: str, explanation: Mapping[str, Any]) -> str:
    value = explanation["parts"][name]
    if name == "domain":
        return "; ".join(_need(need) for need in explanation["needs"])
    if name == "together":
        return _together(explanation["meeting"], remote=explanation["remote"], share=value)
    if name == "preference":
        if not explanation["known"]:
            return gettext(N_("Not yet known of both, so counted as half."))
        return gettext(
            N_("How the junior likes to learn fits the way this mentor likes to teach for %(share)s."),
            share=percent(value),
        )
    if name == "continuity":
        return gettext(N_("The fewer lasting holders a domain has, the more it counts that this mentor passes it on."))
    return gettext(N_("One of the two named the other.")) if value else gettext(N_("Neither named the other."))


def _need(need: Mapping[str, Any]) -> str:
    if not need["mentor"]:  # cannot, or does not want to pass it on: which of the two is the mentor's own
        return gettext(N_("%(domain)s: not with this mentor"), domain=need["domain"])
    return gettext(
        N_("%(domain)s: from “%(current)s” to “%(target)s”; the mentor: “%(level)s”"),
        domain=need["domain"],
        current=gettext(LEVELS[need["current"]]),
        target=gettext(LEVELS[need["target"]]),
        level=gettext(LEVELS[need["mentor"]]),
    )


def _together(meeting: Mapping[str, float], *, remote: bool, share: float) -> str:
    if remote:
        return gettext(
            N_("At a distance they share about %(hours)s hours of work in two weeks (%(share)s of the junior's)."),
            hours=decimal(meeting["hours_per_two_weeks"], 0),
            share=percent(share),
        )
    return gettext(
        N_("They are at work together for about %(shifts)s shifts in four weeks (%(share)s of the junior's)."),
        shifts=decimal(meeting["shifts_per_four_weeks"], 1),
        share=percent(share),
    )
