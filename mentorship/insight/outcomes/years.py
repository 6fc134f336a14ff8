"""The past year as the page tells it; kept while nothing was decided that could change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.collecting import paused
from mentorship.base.keeping import kept
from mentorship.insight.outcomes import queries, rules
from mentorship.insight.outcomes.months import Month, months
from mentorship.insight.outcomes.rules import Outcomes
from mentorship.insight.outcomes.sites import of_sites, visible
from mentorship.insight.outcomes.survival import Span


@dataclass(frozen=True)
class Year:
    """The past year: the whole, what may be shown of each site, month by month, and how long each request waited.

    `names`: those of the sites.
    """

    since: date
    whole: Outcomes
    sites: Mapping[int, Outcomes]
    months: Sequence[Month]
    waits: Sequence[Span]
    names: Mapping[int, str]


def past(session: Session, now: datetime) -> Year:
    """Return the past year."""
    return kept(
        session,
        "outcomes.year",
        now,
        lambda: _counted(session, now),
    )


@paused()
def _counted(session: Session, now: datetime) -> Year:
    until = local_date(now) + timedelta(days=1)
    since = rules.months_before(until, rules.YEAR)
    facts = queries.gathered(session, until)
    waits, _people = rules.waited(facts, until)
    return Year(
        since=since,
        whole=rules.outcomes(
            facts,
            since,
            until,
        ),
        sites=visible(
            of_sites(
                facts,
                since,
                until,
            )
        ),
        months=months(facts, until),
        waits=waits,
        names=facts.sites,
    )
