"""What every page of a round shows around its own: where it stands, what can be done now, how good it is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, ngettext
from mentorship.programme import queries as programme
from mentorship.rounds import counts, finding, queries, rules, words
from mentorship.rounds.finding import Outcome
from mentorship.rounds.models import DRAFT, PUBLISHED, SOLVED, SOLVING, Round


@dataclass(frozen=True)
class Progress:
    """How far solving is: `step` of `steps`, and what is done in it."""

    round_id: int
    doing: str
    step: int
    steps: int


@dataclass(frozen=True)
class Frame:
    """A round, ready to show around any page of it."""

    id: int
    name: str
    version: int
    heading: str
    brief: str
    proven: bool
    outcome: Outcome
    editable: bool
    decidable: bool
    again: bool
    solved: bool
    solved_before: bool
    publishable: bool
    published: bool
    outdated: bool
    lacking: list[str]
    failure: str
    progress: Progress | None
    rivals: list[Round]

    @property
    def pairs(self) -> int:
        """How many pairs were found."""
        return self.outcome.pairs

    @property
    def unmatched(self) -> int:
        """How many requests nobody was found for."""
        return self.outcome.unmatched

    @property
    def publish(self) -> str:
        """Return the words on the button that publishes."""
        return ngettext(
            "Publish %(num)s proposal",
            "Publish %(num)s proposals",
            self.pairs,
        )


def of(session: Session, found: Round) -> Frame:
    """Return what stands around the pages of a round."""
    solved = found.status == SOLVED
    editable = found.status in rules.EDITABLE
    again = found.status == SOLVING and found.solved_at is not None
    outcome = _outcome(session, found)
    lacking = programme.lacking(session) if solved else []
    return Frame(
        id=id_of(found),
        name=found.name,
        version=found.version,
        heading=finding.heading(found, outcome),
        brief=finding.brief(found, outcome),
        proven=finding.proven(found),
        outcome=outcome,
        editable=editable,
        decidable=found.status in rules.DECIDABLE,
        again=again,
        solved=solved,
        solved_before=found.solved_at is not None,
        publishable=solved and not lacking and outcome.pairs > 0,
        published=found.status == PUBLISHED,
        outdated=found.status == DRAFT and found.solved_at is not None,
        lacking=lacking,
        failure=gettext(found.failure) if found.failure else "",
        progress=None if again else progress(found),
        rivals=counts.rivals(session, found) if editable or again else [],
    )


def _outcome(session: Session, found: Round) -> Outcome:
    round_id = id_of(found)
    published = found.published_at is not None
    before = found.solved_at is None
    return Outcome(
        pairs=queries.pair_count(session, round_id),
        unmatched=queries.unmatched_count(session, round_id),
        decided=counts.decided(session, round_id),
        open=counts.open_requests(session, found.site_ids) if before else 0,
        answers=counts.answers(session, round_id) if published else {},
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
