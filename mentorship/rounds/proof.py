"""What stands behind an outcome, for whoever wants to check it: its figures and its certificate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mentorship.base.i18n import decimal, gettext, integer, ngettext, percent
from mentorship.matching import SCALE
from mentorship.rounds.models import Round


@dataclass(frozen=True)
class Proof:
    """The certificate of an outcome: its objective, which is also the bound, and what it was computed from."""

    objective: str
    input_hash: str
    seed: int
    figures: list[Figure]


@dataclass(frozen=True)
class Figure:
    """One figure about the outcome, with its title and a note."""

    title: str
    value: str
    note: str


def proof(found: Round) -> Proof | None:
    """Return the certificate of a round; None before it is solved."""
    if not found.input_hash:
        return None
    objective = " / ".join(str(part) for part in found.quality.get("objective", ()))
    return Proof(objective, found.input_hash, found.seed, figures(found.quality))


def figures(quality: Mapping[str, Any]) -> list[Figure]:
    """Return how good the outcome is; nothing before the first."""
    if not quality:
        return []
    requests = ngettext(
        "of %(num)s request",
        "of %(num)s requests",
        quality["requests"],
    )
    eligible = ngettext(
        "from %(num)s eligible pair; proven the best",
        "from %(num)s eligible pairs; proven the best",
        quality["eligible_pairs"],
    )
    return [
        Figure(
            gettext("Matched"),
            integer(quality["matched"]),
            requests,
        ),
        Figure(
            gettext("All scores together"),
            decimal(quality["total"], 2),
            _value(quality, eligible),
        ),
        Figure(
            gettext("Average score"),
            _share(quality["mean"]),
            gettext("lowest %(lowest)s", lowest=_share(quality["lowest"])),
        ),
        Figure(
            gettext("Got their best mentor"),
            percent(quality["first"]),
            _top_three(quality),
        ),
    ]


def _value(quality: Mapping[str, Any], eligible: str) -> str:
    """Say how the scores add up to the value that is the highest there is."""
    objective = quality.get("objective", ())
    if len(objective) < 2:
        return eligible
    value = objective[-1] / SCALE
    waiting = quality.get("waiting", 0)  # counted nothing in the rounds of before
    told = gettext(
        "with waiting %(waiting)s and less the spread %(spread)s: %(value)s",
        waiting=decimal(waiting, 2),
        spread=decimal(quality["total"] + waiting - value, 2),
        value=decimal(value, 2),
    )
    return f"{told}; {eligible}"


def _share(value: float | None) -> str:
    if value is None:
        return "–"
    return percent(value)


def _top_three(quality: Mapping[str, Any]) -> str:
    told = [gettext("one of their best three: %(share)s", share=percent(quality["top_three"]))]
    blocking = quality.get("blocking")  # not counted in the rounds of long ago
    if blocking:
        rather = ngettext(
            "%(num)s junior and mentor would rather have each other",
            "%(num)s juniors and mentors would rather have each other",
            blocking,
        )
        told.append(rather)
    return "; ".join(told)
