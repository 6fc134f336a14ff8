"""What the pictures of a report show: a title that states the finding, a description, and the figures. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from mentorship.base.i18n import N_, gettext, integer, joined, ngettext, percent
from mentorship.matching import SCALE

BIN = 5
"""Scores are counted in steps of so many per cent."""
MOST_DOMAINS = 12
"""So many domains are drawn, those with the least room; the table beneath has them all."""
TIGHTEST = 3
"""So many domains are named in the title."""


@dataclass(frozen=True)
class Picture:
    """A picture: `head` names the columns of its table, `rows` are that table, `marks` what is drawn."""

    key: str
    title: str
    description: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    marks: list[dict[str, Any]]


def pictures(outcome: dict[str, Any]) -> list[Picture]:
    """Return the pictures of an outcome, without those that would be empty."""
    found = []
    if outcome["pairs"]:
        found.append(scores(outcome))
    if outcome["mentors"]:
        found.append(loads(outcome))
    if outcome["quality"]["requests"]:
        found.append(domains(outcome))
    return found


def scores(outcome: dict[str, Any]) -> Picture:
    """Show how the scores of the pairs are spread; there is a pair."""
    found = [pair["score"] for pair in outcome["pairs"]]
    counts = Counter(map(_bin, found))
    rows = []
    marks = []
    for step in range(min(counts), max(counts) + 1):
        low = percent(step * BIN / 100)
        high = percent((step + 1) * BIN / 100)
        between = gettext(N_("%(low)s to %(high)s"), low=low, high=high)
        rows.append((between, integer(counts[step])))
        label = low if step % 2 == 0 else ""
        marks.append(_mark(label, counts[step]))
    return Picture(
        key="scores",
        title=gettext(
            N_("Half of the pairs score %(middle)s or more; the lowest score is %(lowest)s."),
            middle=percent(median(found)),
            lowest=percent(min(found)),
        ),
        description=gettext(
            N_("How many pairs have which score. The floor of %(floor)s counts without continuity of knowledge."),
            floor=percent(outcome["terms"]["floor"]),
        ),
        head=(gettext(N_("Score")), gettext(N_("Pairs"))),
        rows=rows,
        marks=marks,
    )


def _bin(score: float) -> int:
    """Return its step, counted in whole millionths: one on an edge falls above it, whatever a float makes of it."""
    return round(score * SCALE) * 100 // (BIN * SCALE)


def loads(outcome: dict[str, Any]) -> Picture:
    """Show how many juniors the mentors have after this round; there is a mentor."""
    mentors = outcome["mentors"]
    counts = Counter(mentor["running"] + mentor["gets"] for mentor in mentors)
    most = max(counts)
    rows = []
    marks = []
    for juniors in range(most + 1):
        label = integer(juniors)
        rows.append((label, integer(counts[juniors])))
        marks.append(_mark(label, counts[juniors], idle=juniors == 0))
    return Picture(
        key="loads",
        title=ngettext(
            "%(busy)s of %(num)s mentor will have a junior after this round; nobody has more than %(most)s.",
            "%(busy)s of %(num)s mentors will have a junior after this round; nobody has more than %(most)s.",
            len(mentors),
            busy=integer(len(mentors) - counts[0]),
            most=integer(most),
        ),
        description=gettext(N_("How many mentors have how many juniors, with those they had already.")),
        head=(gettext(N_("Juniors")), gettext(N_("Mentors"))),
        rows=rows,
        marks=marks,
    )


def _mark(label: str, value: int, *, idle: bool = False) -> dict[str, Any]:
    return {
        "label": label,
        "value": value,
        "idle": idle,
    }


def domains(outcome: dict[str, Any]) -> Picture:
    """Show where few places stand against the requests; there is a request."""
    asked = [domain for domain in outcome["domains"] if domain["requests"]]
    asked.sort(key=_least_room_first)
    tightest = [domain["domain"] for domain in asked[:TIGHTEST]]
    return Picture(
        key="domains",
        title=gettext(
            N_("There is least room in %(domains)s."),
            domains=joined(tightest),
        ),
        description=" ".join(_told_of_domains(asked)),
        head=(
            gettext(N_("Domain")),
            gettext(N_("Requests")),
            gettext(N_("Nobody found")),
            gettext(N_("Free places")),
        ),
        rows=[_in_figures(domain) for domain in asked],
        marks=asked[:MOST_DOMAINS],
    )


def _in_figures(domain: dict[str, Any]) -> tuple[str, ...]:
    return (
        domain["domain"],
        integer(domain["requests"]),
        integer(domain["unmatched"]),
        integer(domain["places"]),
    )


def _least_room_first(domain: dict[str, Any]) -> tuple[float, str]:
    room = domain["places"] / domain["requests"]
    return room, domain["domain"]


def _told_of_domains(asked: list[dict[str, Any]]) -> Iterator[str]:
    yield gettext(N_("Requests by main need, and the free places of the mentors who may mentor one of them."))
    if len(asked) > MOST_DOMAINS:
        yield gettext(
            N_("Shown are the %(most)s domains with the least room."),
            most=integer(MOST_DOMAINS),
        )
    lacking = sum(domain["unmatched"] > 0 for domain in asked)
    if lacking:
        yield gettext(N_("Most places serve one site and its shifts: somebody can find nobody where places are left."))
        yield ngettext(
            "This is so in %(num)s domain.",
            "This is so in %(num)s domains.",
            lacking,
        )
