"""Verb: keep the outcomes of a closed quarter, once."""

from __future__ import annotations

from dataclasses import asdict

from sqlmodel import Session

from mentorship.insight.outcomes.models import KeptOutcome
from mentorship.insight.outcomes.quarters import WHOLE, Closed
from mentorship.insight.outcomes.rules import Outcomes


def keep(session: Session, closed: Closed) -> None:
    """Write the outcomes of a quarter, as far as they may be shown; whoever leaves or is erased, they stay."""
    session.add(_row(closed, WHOLE, closed.whole))
    for site, found in closed.sites.items():
        session.add(_row(closed, site, found))


def _row(closed: Closed, site: int, found: Outcomes) -> KeptOutcome:
    return KeptOutcome(
        quarter=closed.quarter,
        site=site,
        name=closed.names.get(site, ""),
        figures={key: asdict(figure) for key, figure in found.items()},
    )
