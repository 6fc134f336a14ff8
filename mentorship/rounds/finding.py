"""What a round comes to, in a sentence with a number: the heading of its pages, and the quiet line under it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext, integer, long_day, moment, ngettext
from mentorship.mentorships.models import EXPIRED, PROPOSED, REFUSED, TAKEN_BACK
from mentorship.rounds.models import ANNOUNCED, CLOSED, DRAFT, SOLVING, Round


@dataclass(frozen=True)
class Outcome:
    """The counts that a finding is made of; `answers` by status, empty until the round is published."""

    pairs: int
    unmatched: int
    decided: int
    open: int
    answers: Mapping[str, int]

    @property
    def asked(self) -> int:
        """How many requests took part."""
        return self.pairs + self.unmatched

    @property
    def begun(self) -> int:
        """How many proposals became a pair."""
        over = (PROPOSED, REFUSED, EXPIRED, TAKEN_BACK)
        return sum(number for status, number in self.answers.items() if status not in over)


def heading(found: Round, outcome: Outcome) -> str:
    """Return what stands above every page of a round."""
    if found.status == SOLVING and found.solved_at is None:
        return gettext("Finding pairs for this round")
    if found.published_at is not None:
        return _answered(outcome)
    if found.solved_at is None:
        return ngettext(
            "%(num)s open request can take part",
            "%(num)s open requests can take part",
            outcome.open,
        )
    return matched(outcome)


def matched(outcome: Outcome) -> str:
    """Say how many requests have a mentor."""
    if not outcome.asked:
        return gettext("No request took part in this round")
    if not outcome.unmatched:
        return ngettext(
            "The one request has a mentor",
            "All %(num)s requests have a mentor",
            outcome.asked,
        )
    return ngettext(
        "%(num)s of the %(asked)s has a mentor",
        "%(num)s of the %(asked)s have a mentor",
        outcome.pairs,
        asked=integer(outcome.asked),
    )


def _answered(outcome: Outcome) -> str:
    waiting = outcome.answers.get(PROPOSED, 0)
    if waiting:
        return ngettext(
            "%(num)s proposal waits for an answer",
            "%(num)s proposals wait for an answer",
            waiting,
        )
    return ngettext(
        "%(num)s of the %(pairs)s pairs has begun",
        "%(num)s of the %(pairs)s pairs have begun",
        outcome.begun,
        pairs=integer(outcome.pairs),
    )


def brief(found: Round, outcome: Outcome) -> str:
    """Return since when the outcome stands, and who knows of it."""
    if found.status == SOLVING and found.solved_at is None:
        return ""
    if found.published_at is not None:
        published = gettext("Published on %(moment)s.", moment=moment(found.published_at))
        if found.status != CLOSED:
            return published
        return gettext("The round is closed.") + " " + published
    if found.solved_at is None:
        return gettext("No pairs yet")
    told = [gettext("Found on %(moment)s.", moment=moment(found.solved_at))]
    if outcome.decided:
        count = ngettext(
            "%(num)s decision about pairs.",
            "%(num)s decisions about pairs.",
            outcome.decided,
        )
        told.append(count)
    if found.status == ANNOUNCED and found.objections_until is not None:
        last = long_day(last_of(found.objections_until))
        told.append(gettext("Announced: managers can object until and including %(day)s.", day=last))
    else:
        told.append(gettext("Nobody has been told yet."))
    return " ".join(told)


def last_of(until: datetime) -> date:
    """Return the last whole day before a moment at which a term ends."""
    return local_date(until - timedelta(seconds=1))


def proven(found: Round) -> bool:
    """Tell whether the outcome shown is proven to be the best by the settings and decisions of now."""
    if found.solve_again:
        return False
    return found.solved_at is not None and found.status not in (DRAFT, SOLVING)
