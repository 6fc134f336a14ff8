"""An explanation -> sentences for its reader. Continuity is for the coordinator alone. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mentorship.base.i18n import N_, gettext, ngettext, percent
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
class ScorePart:
    """One criterion of a pair: its title, value and weight, and a sentence about it."""

    title: str
    value: float
    weight: float
    sentence: str


def parts(explanation: Mapping[str, Any], *, coordinator: bool) -> list[ScorePart]:
    """Return the parts of a match for one reader, empty for a pair that did not come from a match."""
    values = _seen_values(explanation, coordinator)
    weights = explanation.get("weights", {})
    found = []
    for name in CRITERIA:
        if name in values:
            part = ScorePart(
                title=gettext(TITLES[name]),
                value=values[name],
                weight=weights[name],
                sentence=_sentence(name, explanation),
            )
            found.append(part)
    return found


def score(explanation: Mapping[str, Any], *, coordinator: bool) -> float | None:
    """Return the weighted mean of the parts that this reader sees, recomputed from them."""
    values = _seen_values(explanation, coordinator)
    weights = explanation.get("weights", {})
    whole = sum(weights[name] for name in values)
    if not whole:
        return None
    return weighted(values, weights)


def _seen_values(explanation: Mapping[str, Any], coordinator: bool) -> dict[str, float]:
    """Return what each criterion came to, but for what is not this reader's to see."""
    values = dict(explanation.get("parts") or {})
    if not coordinator:
        values.pop(HIDDEN, None)
    return values


def _sentence(name: str, explanation: Mapping[str, Any]) -> str:
    value = explanation["parts"][name]
    if name == "domain":
        needs = [_need(need) for need in explanation["needs"]]
        return "; ".join(needs)
    if name == "together":
        return _together(explanation["meeting"], remote=explanation["remote"], share=value)
    if name == "preference":
        return _preference(value, known=explanation["known"])
    if name == "continuity":
        return gettext("The fewer lasting holders a domain has, the more it counts that this mentor passes it on.")
    if value:
        return gettext("One of the two named the other.")
    return gettext("Neither named the other.")


def _preference(share: float, *, known: bool) -> str:
    if not known:
        return gettext("Not yet known of both, so counted as half.")
    return gettext(
        "How the junior likes to learn fits the way this mentor likes to teach for %(share)s.",
        share=percent(share),
    )


def _need(need: Mapping[str, Any]) -> str:
    if not need["mentor"]:  # cannot, or does not want to pass it on: which of the two is the mentor's own
        return gettext("%(domain)s: not with this mentor", domain=need["domain"])
    return gettext(
        "%(domain)s: from “%(current)s” to “%(target)s”; the mentor: “%(level)s”",
        domain=need["domain"],
        current=gettext(LEVELS[need["current"]]),
        target=gettext(LEVELS[need["target"]]),
        level=gettext(LEVELS[need["mentor"]]),
    )


def _together(meeting: Mapping[str, float], *, remote: bool, share: float) -> str:
    if remote:
        return ngettext(
            "At a distance they share about %(num)s hour of work in two weeks (%(share)s of the junior's).",
            "At a distance they share about %(num)s hours of work in two weeks (%(share)s of the junior's).",
            round(meeting["hours_per_two_weeks"]),
            share=percent(share),
        )
    return ngettext(
        "They are at work together for about %(num)s shift in four weeks (%(share)s of the junior's).",
        "They are at work together for about %(num)s shifts in four weeks (%(share)s of the junior's).",
        round(meeting["shifts_per_four_weeks"], 1),
        share=percent(share),
    )
