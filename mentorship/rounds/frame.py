"""What every page of a round shows around its own: where it stands, what can be done now, how good it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, long_day, ngettext
from mentorship.programme import queries as programme
from mentorship.rounds import counts, finding, queries, rules, silence, words
from mentorship.rounds.finding import Outcome, last_of
from mentorship.rounds.models import ANNOUNCED, DRAFT, PUBLISHED, SOLVED, SOLVING, Round

ANNOUNCE, PUBLISH = "announce", "publish"
"""What may come next of an outcome that stands."""


@dataclass(frozen=True)
class Progress:
    """How far solving is: `step` of `steps`, what is done in it, and whether nobody is seen at it (else "")."""

    round_id: int
    doing: str
    step: int
    steps: int
    silence: str

    @property
    def shown(self) -> str:
        """What tells this from what a page shows already: so that each is read out once."""
        step = str(self.step)
        if self.silence:
            step += "-silent"
        return step


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
    announceable: bool
    announced: bool
    renewing: bool
    objections_until: str
    outdated: bool
    lacking: list[str]
    failure: str
    solving: Progress | None
    rivals: list[Round]

    @property
    def progress(self) -> Progress | None:
        """How far solving is, where there is no outcome of before to show meanwhile."""
        if self.again:
            return None
        return self.solving

    @property
    def silence(self) -> str:
        """What is said beside an outcome of before when nobody is seen at work on the next."""
        if self.solving is None or not self.again:
            return ""
        return self.solving.silence

    @property
    def pairs(self) -> int:
        """How many pairs were found."""
        return self.outcome.pairs

    @property
    def unmatched(self) -> int:
        """How many requests nobody was found for."""
        return self.outcome.unmatched

    @property
    def announce(self) -> str:
        """Return the words on the button that announces."""
        return ngettext(
            "Announce %(num)s pair",
            "Announce %(num)s pairs",
            self.pairs,
        )

    @property
    def publish(self) -> str:
        """Return the words on the button that publishes."""
        return ngettext(
            "Publish %(num)s proposal",
            "Publish %(num)s proposals",
            self.pairs,
        )


def of(session: Session, found: Round, now: datetime) -> Frame:
    """Return what stands around the pages of a round."""
    solved = found.status == SOLVED
    editable = found.status in rules.EDITABLE
    again = _is_again(found)
    outcome = _outcome(session, found)
    lacking = _lacking(session, found)
    steps = _steps(session, found, not lacking and outcome.pairs > 0)
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
        publishable=PUBLISH in steps,
        announceable=ANNOUNCE in steps,
        announced=found.status == ANNOUNCED,
        renewing=found.solve_again,
        objections_until=_until(found),
        published=found.status == PUBLISHED,
        outdated=found.status == DRAFT and found.solved_at is not None,
        lacking=lacking,
        failure=_failure(found),
        solving=progress(session, found, now),
        rivals=_rivals(session, found, editable or again),
    )


def _is_again(found: Round) -> bool:
    """Tell whether pairs are being found for a round that had some already."""
    if found.status != SOLVING:
        return False
    return found.solved_at is not None


def _rivals(session: Session, found: Round, changing: bool) -> list[Round]:
    """Return which other rounds are over the same requests, while this one can still change."""
    if not changing:
        return []
    return counts.rivals(session, found)


def _failure(found: Round) -> str:
    """Say why no pairs could be found; "" where they could."""
    if not found.failure:
        return ""
    return gettext(found.failure)


def _lacking(session: Session, found: Round) -> list[str]:
    """Return what must be complete before a round is announced or published, where that is the next step."""
    if found.status in (SOLVED, ANNOUNCED):
        return programme.lacking(session)
    return []


def _steps(session: Session, found: Round, ready: bool) -> set[str]:
    """Return what can be done with an outcome that stands: announce it to managers first, or publish it."""
    if not ready:
        return set()
    if found.status == ANNOUNCED:
        return set() if found.solve_again else {PUBLISH}
    if found.status != SOLVED:
        return set()
    days = programme.programme(session).objection_days
    return {ANNOUNCE} if days else {PUBLISH}


def _until(found: Round) -> str:
    """Say until when managers may object; "" where the round is not announced."""
    if found.status != ANNOUNCED or found.objections_until is None:
        return ""
    last = last_of(found.objections_until)
    return gettext(
        "Managers can object until and including %(day)s.",
        day=long_day(last),
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


def progress(session: Session, found: Round, now: datetime) -> Progress | None:
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
        silence=silence.told(session, found, now),
    )
