"""The words for the criteria of a match and for what managers may see; settings as their forms show them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from mentorship.base.i18n import N_, decimal, gettext, ngettext
from mentorship.matching import CRITERIA
from mentorship.programme.rules import AGGREGATES, CLASSES, RELEASED

CRITERION_NAMES = {
    "domain": N_("domain"),
    "together": N_("at work together"),
    "preference": N_("way of learning"),
    "continuity": N_("continuity of knowledge"),
    "wish": N_("wish"),
}
VISIBILITY = {
    "released": (
        N_("Only what the writer shows"),
        N_(
            "The hours, that one of a pair leaves, that the two did not work together for four weeks or no longer fit "
            "a rule, help that they are asked for, and signals that the writer chooses to show. A manager may hear of "
            "trouble late."
        ),
    ),
    "classes": (
        N_("Also whether their own side is low"),
        N_(
            "The hours, that one of a pair leaves, that the two did not work together for four weeks or no longer fit "
            "a rule, help that they are asked for and, of the one in their own team, whether that side is low, and "
            "“talk with this pair”; never answers or figures, and nothing of what the other side answers."
        ),
    ),
    "aggregates": (
        N_("Nothing that is drawn from answers"),
        N_(
            "The hours, that one of a pair leaves, that the two did not work together for four weeks or no longer fit "
            "a rule, and help that they are asked for. The most private; a manager cannot act on how a pair is doing."
        ),
    ),
}
"""What managers may see of the check-ins in their own line: in a few words, and what it means."""


_BACK = N_("Choose back what holds now, and they see it again.")
CHANGES = {
    (CLASSES, RELEASED): (
        N_(
            "From the moment this holds, managers no longer see whether their side of a pair is low, nor “talk with "
            "this pair” unless the writer shows it."
        ),
        _BACK,
    ),
    (CLASSES, AGGREGATES): (
        N_(
            "From the moment this holds, managers no longer see whether their side of a pair is low, nor “talk with "
            "this pair”."
        ),
        _BACK,
    ),
    (RELEASED, AGGREGATES): (
        N_("From the moment this holds, managers no longer see what was shown to them."),
        _BACK,
    ),
    (AGGREGATES, RELEASED): (
        N_("From the moment this holds, people can show their signals; what they showed before shows again."),
    ),
    (RELEASED, CLASSES): (
        N_(
            "From the moment this holds, managers see whether their side of a pair is low by what is answered from "
            "then on."
        ),
    ),
    (AGGREGATES, CLASSES): (
        N_(
            "From the moment this holds, managers see whether their side of a pair is low by what is answered from "
            "then on; what people showed before shows again."
        ),
    ),
}
"""What hides and what shows when managers may see (the second) instead of (the first)."""
AGAIN = N_("What was answered while this held before shows again too; what was answered in between does not.")


@dataclass(frozen=True)
class VisibilityChoice:
    """One thing that managers may see, ready to choose; `change`: what choosing it hides and shows."""

    key: str
    title: str
    meaning: str
    change: str


def visibilities(chosen: str | None, held_before: Collection[str]) -> list[VisibilityChoice]:
    """Return what managers may see, from least to most about one pair and then in groups."""
    found = []
    for key, (title, meaning) in VISIBILITY.items():
        option = VisibilityChoice(
            key,
            gettext(title),
            gettext(meaning),
            _change(chosen, key, held_before),
        )
        found.append(option)
    return found


def _change(chosen: str | None, key: str, held_before: Collection[str]) -> str:
    """Say what hides and what shows from the day that a choice takes the place of the present one."""
    if chosen is None or chosen == key:
        return ""
    sentences = list(CHANGES[chosen, key])
    if key == CLASSES and key in held_before:
        sentences.append(AGAIN)
    return " ".join(gettext(sentence) for sentence in sentences)


def criterion_names() -> list[tuple[str, str]]:
    """Return the criteria, in their order, each with its name in the reader's language."""
    found = []
    for name in CRITERIA:
        found.append((name, gettext(CRITERION_NAMES[name])))
    return found


def weight_values(weights: Mapping[str, float], floor: float, spread: float, waiting: float) -> dict[str, str]:
    """Return weights, floor, spread and what waiting counts as their form shows them."""
    values = {
        "floor": decimal(floor, 6),
        "spread": decimal(spread, 6),
        "waiting": decimal(waiting, 6),
    }
    for name in CRITERIA:
        values[f"weight_{name}"] = decimal(weights[name], 6)
    return values


def heading(lacking: Sequence[str]) -> str:
    """Say how many things are lacking before rounds can be published."""
    if not lacking:
        return gettext("Everything that publishing needs is filled in")
    return ngettext(
        "%(num)s thing is lacking before you can publish",
        "%(num)s things are lacking before you can publish",
        len(lacking),
    )


def waits() -> str:
    """Say that something of what was saved waits."""
    return gettext("Saved. What was agreed goes on to hold until the change of it, which waits here, was agreed to.")


def weighing(agreed: bool) -> str:
    """Say how a round weighs, and whether one may differ."""
    if agreed:
        return gettext(
            "A score is the weighted average of five parts. In a round you may look what other weights would give; "
            "only a round by what was agreed can be published."
        )
    return gettext(
        "A score is the weighted average of five parts. Each round can differ; what it went by is kept with it."
    )
