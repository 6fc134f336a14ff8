"""What the pictures of a report show: a title that states the finding, a description, and the figures. Pure."""

from __future__ import annotations

from collections import Counter
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
    rows: list[tuple[str, ...]]
    marks: list[dict[str, Any]]


def pictures(outcome: dict[str, Any]) -> list[Picture]:
    """Return the pictures of an outcome, without those that would be empty."""
    shown = [
        scores(outcome) if outcome["pairs"] else None,
        loads(outcome) if outcome["mentors"] else None,
        domains(outcome) if outcome["quality"]["requests"] else None,
    ]
    return [picture for picture in shown if picture]


def scores(outcome: dict[str, Any]) -> Picture:
    """Show how the scores of the pairs are spread; there is a pair."""
    found = [pair["score"] for pair in outcome["pairs"]]
    # counted in whole millionths: a score on an edge falls above it, whatever a float makes of it
    counts = Counter(round(score * SCALE) * 100 // (BIN * SCALE) for score in found)
    steps = range(min(counts), max(counts) + 1)
    edges = {step: percent(step * BIN / 100) for step in (*steps, steps.stop)}
    between = N_("%(low)s to %(high)s")
    return Picture(
        "scores",
        gettext(
            N_("Half of the pairs score %(middle)s or more; the lowest score is %(lowest)s."),
            middle=percent(median(found)), lowest=percent(min(found)),
        ),
        gettext(
            N_("How many pairs have which score. The floor of %(floor)s counts without continuity of knowledge."),
            floor=percent(outcome["terms"]["floor"]),
        ),
        (gettext(N_("Score")), gettext(N_("Pairs"))),
        [(gettext(between, low=edges[s], high=edges[s + 1]), integer(counts[s])) for s in steps],
        [{"label": edges[s] if s % 2 == 0 else "", "value": counts[s], "idle": False} for s in steps],
    )  # fmt: skip


def loads(outcome: dict[str, Any]) -> Picture:
    """Show how many juniors the mentors have after this round; there is a mentor."""
    counts = Counter(mentor["running"] + mentor["gets"] for mentor in outcome["mentors"])
    mentors, steps = len(outcome["mentors"]), range(max(counts) + 1)
    return Picture(
        "loads",
        gettext(
            N_("%(busy)s of %(mentors)s mentors guide somebody after this round; nobody guides more than %(most)s."),
            busy=integer(mentors - counts[0]), mentors=integer(mentors), most=integer(max(counts)),
        ),
        gettext(N_("How many mentors have how many juniors, with those they had already.")),
        (gettext(N_("Juniors")), gettext(N_("Mentors"))),
        [(integer(k), integer(counts[k])) for k in steps],
        [{"label": integer(k), "value": counts[k], "idle": not k} for k in steps],
    )  # fmt: skip


def domains(outcome: dict[str, Any]) -> Picture:
    """Show where few places stand against the requests; there is a request."""
    asked = [domain for domain in outcome["domains"] if domain["requests"]]
    asked.sort(key=lambda domain: (domain["places"] / domain["requests"], domain["domain"]))
    lacking = sum(domain["unmatched"] > 0 for domain in asked)
    told = [gettext(N_("Requests by main need, and the free places of the mentors who may guide one of them."))]
    if len(asked) > MOST_DOMAINS:
        told.append(gettext(N_("Drawn are the %(most)s domains with the least room."), most=integer(MOST_DOMAINS)))
    if lacking:
        told.append(
            gettext(N_("Most places serve one site and its shifts: somebody can find nobody where places are left."))
        )
        told.append(ngettext("This is so in %(num)s domain.", "This is so in %(num)s domains.", lacking))
    return Picture(
        "domains",
        gettext(
            N_("There is least room in %(domains)s."), domains=joined([d["domain"] for d in asked[:TIGHTEST]])
        ),
        " ".join(told),
        tuple(gettext(text) for text in (N_("Domain"), N_("Requests"), N_("Nobody found"), N_("Free places"))),
        [(d["domain"], integer(d["requests"]), integer(d["unmatched"]), integer(d["places"])) for d in asked],
        asked[:MOST_DOMAINS],
    )  # fmt: skip
