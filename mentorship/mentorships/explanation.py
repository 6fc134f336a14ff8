"""An explanation -> sentences for its reader: figures for the coordinator, words for the two themselves. Pure.

Continuity is for the coordinator alone. The two read no figures and nothing of the wish: a bare score would hurt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mentorship.base.figures import score as figures
from mentorship.base.figures.score import Score
from mentorship.base.i18n import N_, decimal, gettext, ngettext, percent
from mentorship.matching import CRITERIA, HIDDEN, weighted
from mentorship.mentorships.models import JUNIOR
from mentorship.profiles.words import LEVELS

TITLES = {
    "domain": N_("What the mentor can pass on"),
    "together": N_("At work together"),
    "preference": N_("Way of learning"),
    "continuity": N_("Continuity of knowledge"),
    "wish": N_("Wish"),
}
NOT_FOR_THE_TWO = (HIDDEN, "wish")
GOOD, FAIR = 0.7, 0.4
"""From what share on a part, or the whole, is called good or fair."""

FITS = {
    3: N_("good"),
    2: N_("fair"),
    1: N_("little"),
}
"""How well a part fits, in a word; by the bars that are drawn of it."""


@dataclass(frozen=True)
class ScorePart:
    """One criterion of a pair: its title, value and weight, how well that fits in a word, and a sentence about it."""

    key: str
    title: str
    value: float
    weight: float
    fit: str
    sentence: str

    @property
    def bars(self) -> int:
        """How well it fits: 3 good, 2 fair, 1 little."""
        return _bars(self.value)


def parts(explanation: Mapping[str, Any], titles: Mapping[str, str], *, side: str | None) -> list[ScorePart]:
    """Return the parts of a match for one of the two, or for the coordinator; empty for a pair without a match.

    `titles`: what domains are called in the reader's language, by the names that stand with the match.
    """
    values = _seen_values(explanation, side)
    weights = explanation.get("weights", {})
    found = []
    for name in CRITERIA:
        if name in values:
            part = ScorePart(
                key=name,
                title=gettext(TITLES[name]),
                value=values[name],
                weight=weights[name],
                fit=gettext(FITS[_bars(values[name])]),
                sentence=_sentence(name, explanation, titles, side),
            )
            found.append(part)
    return found


def why(explanation: Mapping[str, Any], titles: Mapping[str, str], *, side: str | None) -> dict[str, Any]:
    """Return all that a page shows of why two people match, for one reader."""
    found = parts(explanation, titles, side=side)
    return {
        "parts": found,
        "bar": drawn(explanation, side=side),
        "sentences": sentences(found),
        "verdict": " ".join(filter(None, (verdict(explanation, side=side), waiting(explanation, side=side)))),
    }


def drawn(explanation: Mapping[str, Any], *, side: str | None, floor: float | None = None) -> Score | None:
    """Draw what the parts add to the score, for the same reader; None without any."""
    values = _seen_values(explanation, side)
    if not values:
        return None
    titles = {name: gettext(TITLES[name]) for name in values}
    return figures.score(values, explanation["weights"], titles, floor)


def sentences(found: Sequence[ScorePart]) -> dict[str, str]:
    """Return what is said about each part, by its criterion."""
    return {part.key: part.sentence for part in found}


def score(explanation: Mapping[str, Any], *, side: str | None) -> float | None:
    """Return the weighted mean of the parts that this reader sees, recomputed from them."""
    values = _seen_values(explanation, side)
    weights = explanation.get("weights", {})
    whole = sum(weights[name] for name in values)
    if not whole:
        return None
    return weighted(values, weights)


def verdict(explanation: Mapping[str, Any], *, side: str | None) -> str:
    """Say how well two people match as a whole: to the two in words, to the coordinator as a figure."""
    value = score(explanation, side=side)
    if value is None:
        return ""
    if side is None:
        return gettext("These two match %(score)s. Below is how.", score=percent(value))
    share = round(value, 2)  # as the figure that the coordinator reads
    if share >= GOOD:
        return gettext("You two match well. Below is how.")
    if share >= FAIR:
        return gettext("You two match fairly well. Below is how.")
    return gettext("You two match on a few points. Below is how.")


def waiting(explanation: Mapping[str, Any], *, side: str | None) -> str:
    """Say that a request had waited, to who asked and to the coordinator; it says nothing of how well two match."""
    waited = explanation.get("waited")
    if waited is None or side not in (None, JUNIOR):
        return ""
    if side is None:
        return waiting_counts(waited["rounds"], waited["bonus"])
    return ngettext(
        "You had waited for %(num)s round. That counted in who gets a mentor first, not in how well you match.",
        "You had waited for %(num)s rounds. That counted in who gets a mentor first, not in how well you match.",
        waited["rounds"],
    )


def waiting_counts(rounds: int, bonus: float) -> str:
    """Say what a match is worth more because its request waited, apart from its score."""
    return ngettext(
        "Waited for %(num)s round: a match counts %(bonus)s more, apart from the score.",
        "Waited for %(num)s rounds: a match counts %(bonus)s more, apart from the score.",
        rounds,
        bonus=decimal(bonus, 6),
    )


def _bars(value: float) -> int:
    share = round(value, 2)
    if share >= GOOD:
        return 3
    return 2 if share >= FAIR else 1


def _seen_values(explanation: Mapping[str, Any], side: str | None) -> dict[str, float]:
    """Return what each criterion came to, but for what is not this reader's to see."""
    values = dict(explanation.get("parts") or {})
    if side is not None:
        for name in NOT_FOR_THE_TWO:
            values.pop(name, None)
    return values


def _sentence(name: str, explanation: Mapping[str, Any], titles: Mapping[str, str], side: str | None) -> str:
    value = explanation["parts"][name]
    if name == "domain":
        needs = [_need(need, titles.get(need["domain"], need["domain"]), side) for need in explanation["needs"]]
        return "; ".join(needs)
    if name == "together":
        return _together(explanation, value, side)
    if name == "preference":
        return _preference(value, explanation["known"], side)
    if name == "continuity":
        return gettext("The fewer lasting holders a domain has, the more it counts that this mentor passes it on.")
    if value:
        return gettext("One of the two named the other.")
    return gettext("Neither named the other.")


def _preference(share: float, known: bool, side: str | None) -> str:
    if not known:
        return gettext("Not yet known of both, so counted as half.")
    if side is None:
        return gettext(
            "How the junior likes to learn and how the mentor likes to mentor: %(share)s match.",
            share=percent(share),
        )
    if side == JUNIOR:
        return gettext("How you like to learn, beside how your mentor likes to mentor.")
    return gettext("How you like to mentor, beside how your junior likes to learn.")


def _need(need: Mapping[str, Any], domain: str, side: str | None) -> str:
    if not need["mentor"]:  # cannot, or does not want to pass it on: which of the two is the mentor's own
        if side is None or side == JUNIOR:
            return gettext("%(domain)s: not with this mentor", domain=domain)
        return gettext("%(domain)s: not with you", domain=domain)
    said = gettext("%(domain)s: from “%(current)s” to “%(target)s”; the mentor: “%(level)s”")
    if side == JUNIOR:
        said = gettext("%(domain)s: you want to go from “%(current)s” to “%(target)s”; your mentor: “%(level)s”")
    elif side is not None:
        said = gettext("%(domain)s: your junior wants to go from “%(current)s” to “%(target)s”; you: “%(level)s”")
    return said % {
        "domain": domain,
        "current": gettext(LEVELS[need["current"]]),
        "target": gettext(LEVELS[need["target"]]),
        "level": gettext(LEVELS[need["mentor"]]),
    }


def _together(explanation: Mapping[str, Any], share: float, side: str | None) -> str:
    said = _meeting(explanation, share, side)
    default = explanation.get("default_roster")
    if default is None:
        return said
    return f"{said} {_by_default(default, side)}"


def _by_default(default: Mapping[str, Any], side: str | None) -> str:
    """Return that for want of an own roster that of the programme counts."""
    said = gettext("Who of the two has no roster counts as working by “%(roster)s”.")
    if side in default["of"]:
        said = gettext("You filled in no roster, so you count as working by “%(roster)s”.")
    elif side == JUNIOR:
        said = gettext("Your mentor filled in no roster, so they count as working by “%(roster)s”.")
    elif side is not None:
        said = gettext("Your junior filled in no roster, so they count as working by “%(roster)s”.")
    return said % {"roster": default["name"]}


def _meeting(explanation: Mapping[str, Any], share: float, side: str | None) -> str:
    meeting = explanation["meeting"]
    if explanation["remote"]:
        hours = round(meeting["hours_per_two_weeks"])
        return _hours_in_common(hours, share) if side is None else _your_hours(hours)
    if side is None:
        return _shifts_in_common(round(meeting["shifts_per_four_weeks"], 1), share)
    return _your_shifts(round(meeting["shifts_per_four_weeks"]))


def _hours_in_common(hours: int, share: float) -> str:
    return ngettext(
        "At a distance they share about %(num)s hour of work in two weeks (%(share)s of the junior's).",
        "At a distance they share about %(num)s hours of work in two weeks (%(share)s of the junior's).",
        hours,
        share=percent(share),
    )


def _shifts_in_common(shifts: float, share: float) -> str:
    return ngettext(
        "They are at work together for about %(num)s shift in four weeks (%(share)s of the junior's).",
        "They are at work together for about %(num)s shifts in four weeks (%(share)s of the junior's).",
        shifts,
        share=percent(share),
    )


def _your_hours(hours: int) -> str:
    return ngettext(
        "At a distance you two share about %(num)s hour of work every two weeks.",
        "At a distance you two share about %(num)s hours of work every two weeks.",
        hours,
    )


def _your_shifts(shifts: int) -> str:
    return ngettext(
        "You two share about %(num)s shift every four weeks.",
        "You two share about %(num)s shifts every four weeks.",
        shifts,
    )
