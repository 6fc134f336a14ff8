"""Why nobody was found, and what would help: honest, in merged counts, without anybody's name or block. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorship.base.i18n import N_, gettext
from mentorship.mentor_requests.models import MentorRequest, RequestOutcome
from mentorship.mentor_requests.rules import TOLD_FROM


@dataclass(frozen=True)
class Step:
    """How many colleagues are left after a step: `few` where that is one or two; it stops where nobody is."""

    left: int | None
    text: str
    few: bool = False
    stop: bool = False


@dataclass(frozen=True)
class Reason:
    """What stood in the way: in the heading, as a finding, step by step; and what would help."""

    heading: str
    finding: str
    steps: Sequence[Step]
    helps: str


@dataclass(frozen=True)
class Nobody:
    """That the last round found nobody: why, when it was told, and whether the request changed since."""

    reason: Reason
    round_name: str
    told_at: datetime
    changed_since: bool


HEADINGS = (
    N_("Your request stands; nobody is far enough to help"),
    N_("Your request stands; nobody could be paired with you"),
    N_("Your request stands; no place was free"),
    N_("Your request stands; nobody fitted well enough"),
    N_("Your request stands; there were too few places"),
)
FINDINGS = (
    N_("No colleague who wants to pass on %(domain)s is far enough for what you ask"),
    N_("Who can teach you %(domain)s cannot be paired with you now"),
    N_("All who fit have no free place"),
    N_("There was a free place, but the fit was under the bar of your company, or the coordinator decided otherwise"),
    N_("There were more requests than places"),
)
HELPS = (
    N_(
        "Choose a nearer target, or make another need the main one. Ask your manager whether an outside course can "
        "fill the gap."
    ),
    N_(
        "Ask your manager whether you can work other shifts for a while, or learn a part of it at a distance. Does your"
        " roster stand right in your profile?"
    ),
    N_("Your request stays open: as soon as a place comes free it counts in the next round."),
    N_("Say how you like to learn, add a second need, or name the people you would like: then you may match better."),
    N_(
        "It does not say anything about you. Your request stays open for the next round; one place more helps, and your"
        " coordinator knows where."
    ),
)
"""What helps, by how many of the four counts are above none."""
STEPS = (
    N_("pass on %(domain)s and are far enough"),
    N_("can be paired with you: site, language, shifts and other rules"),
    N_("have a free place"),
    N_("fit well enough"),
)
STOPS = (
    N_("are far enough for what you ask in %(domain)s: here it stops"),
    N_("can be paired with you (site, language, shifts and other rules): here it stops"),
    N_("have a free place: here it stops"),
    N_("fit well enough: here it stops"),
    N_("more requests than places: here it stops"),
)


TRAINERS = N_("pass on %(domain)s, are far enough and are a practice trainer")
NO_TRAINER = N_("No practice trainer who wants to pass on %(domain)s is far enough for what you ask")
NO_TRAINER_HERE = N_("are far enough in %(domain)s and a practice trainer: here it stops")
TRAINER_HELPS = N_(
    "Your coordinator sees which colleagues could become a practice trainer. Does your training not ask for one? Then "
    "take that off your request, and more colleagues can be your mentor."
)
"""The same for who asks for a practice trainer."""


def nobody(outcome: RequestOutcome | None, domain: str, request: MentorRequest) -> Nobody | None:
    """Return what is told of the last round, with the domain of the main need; None when it did not concern this."""
    if outcome is None:
        return None
    return Nobody(
        reason=reason(outcome, domain, trainer=request.trainer),
        round_name=outcome.round_name,
        told_at=outcome.told_at,
        changed_since=request.changed_at > outcome.told_at,
    )


def reason(outcome: RequestOutcome, domain: str, *, trainer: bool = False) -> Reason:
    """Return the reason for whoever asked, with the domain of the main need; `trainer`: they ask a practice trainer."""
    counts = outcome.able, outcome.reachable, outcome.free, outcome.fitting
    stage = [*counts, 0].index(0)
    of_trainers = trainer and stage == 0
    able = TRAINERS if trainer else STEPS[0]
    steps = [
        _step(count, gettext(text, domain=domain))
        for count, text in zip(counts[:stage], (able, *STEPS[1:]), strict=False)
    ]
    stops_at = None if stage == len(counts) else 0
    stopped = NO_TRAINER_HERE if of_trainers else STOPS[stage]
    stop = Step(stops_at, gettext(stopped, domain=domain), stop=True)
    return Reason(
        heading=gettext(HEADINGS[stage]),
        finding=gettext(NO_TRAINER if of_trainers else FINDINGS[stage], domain=domain),
        steps=[*steps, stop],
        helps=gettext(TRAINER_HELPS if of_trainers else HELPS[stage]),
    )


def _step(count: int, text: str) -> Step:
    if count < TOLD_FROM:
        return Step(None, text, few=True)
    return Step(count, text)
