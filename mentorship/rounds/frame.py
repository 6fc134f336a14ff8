"""What every page of a round shows around its own: where it stands, what can be done now, how good it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.i18n import decimal, gettext, integer, ngettext, percent
from mentorship.programme import queries as programme
from mentorship.rounds import queries, rules, words
from mentorship.rounds.models import DRAFT, PUBLISHED, SOLVED, SOLVING, Round


@dataclass(frozen=True)
class Progress:
    """How far solving is: `step` of `steps`, and what is done in it."""

    round_id: int
    doing: str
    step: int
    steps: int


@dataclass(frozen=True)
class Figure:
    """One figure about the outcome, with its title and a note."""

    title: str
    value: str
    note: str


@dataclass(frozen=True)
class Frame:
    """A round, ready to show around any page of it."""

    id: int
    name: str
    version: int
    status: str
    editable: bool
    solved: bool
    solved_before: bool
    publishable: bool
    published: bool
    outdated: bool
    lacking: list[str]
    failure: str
    progress: Progress | None
    figures: list[Figure]
    pairs: int
    unmatched: int


def of(session: Session, found: Round) -> Frame:
    """Return what stands around the pages of a round."""
    round_id = id_of(found)
    solved = found.status == SOLVED
    pairs = queries.pair_count(session, round_id)
    lacking = programme.lacking(session) if solved else []
    return Frame(
        id=round_id,
        name=found.name,
        version=found.version,
        status=gettext(words.STATUS_NAMES[found.status]),
        editable=found.status in rules.EDITABLE,
        solved=solved,
        solved_before=found.solved_at is not None,
        publishable=solved and not lacking and pairs > 0,
        published=found.status == PUBLISHED,
        outdated=found.status == DRAFT and found.solved_at is not None,
        lacking=lacking,
        failure=gettext(found.failure) if found.failure else "",
        progress=progress(found),
        figures=_figures(found.quality),
        pairs=pairs,
        unmatched=queries.unmatched_count(session, round_id),
    )


def progress(found: Round) -> Progress | None:
    """Return how far solving is; None when the round is not being solved."""
    if found.status != SOLVING:
        return None
    stages = list(words.STAGES)
    stage = found.stage if found.stage in words.STAGES else ""
    return Progress(
        id_of(found),
        gettext(words.STAGES[stage]),
        step=stages.index(stage),
        steps=len(stages),
    )


def _figures(quality: Mapping[str, Any]) -> list[Figure]:
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
            gettext("All scores together, less the spread"),
            decimal(quality["total"], 2),
            eligible,
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


def answers(session: Session, found: Round) -> str:
    """Say what became of the pairs of a round; nothing before it is published."""
    if found.published_at is None:
        return ""
    counted = queries.answers(session, id_of(found))
    if not counted:
        return ""
    told = gettext(
        "Answers: %(active)s running, %(proposed)s still open, %(refused)s said no.",
        active=integer(counted.get("active", 0)),
        proposed=integer(counted.get("proposed", 0)),
        refused=integer(counted.get("refused", 0)),
    )
    expired = counted.get("expired", 0)
    if not expired:
        return told
    late = ngettext(
        "%(num)s was not answered in time.",
        "%(num)s were not answered in time.",
        expired,
    )
    return f"{told} {late}"
