"""The risk of the whole in one word, as it is kept when a quarter closes, and what managers read. Never of a few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mentorship.base.i18n import gettext, integer, ngettext
from mentorship.insight.knowledge import guarding, queries
from mentorship.insight.knowledge.facts import Bands
from mentorship.insight.knowledge.rules import Row, band, critical, rows
from mentorship.insight.knowledge.words import BANDS, what_it_is
from mentorship.insight.outcomes import queries as outcomes
from mentorship.insight.outcomes.rules import FEWEST, Figure
from mentorship.insight.published.words import quarter_name
from mentorship.profiles.coverage import ALONE, FEW, UNKNOWN

KEPT = "knowledge"
"""Under this name the word stands among the outcomes that are kept of a quarter."""
HIGHEST = 5
LEANING = 4
"""From this position on a domain is one of those that the page is about."""


@dataclass(frozen=True)
class Position:
    """A domain as a manager reads it: how much hangs on it, and why, without anybody's name or plans."""

    title: str
    kind: str
    position: int
    why: str
    bars: range
    dim: range


def at_close(session: Session, now: datetime) -> dict[str, Figure]:
    """Return what is kept of the whole; nothing where few said how long they stay, or it tells of one."""
    facts = queries.gathered(session, now)
    counted = of_what(rows(facts))
    known = said_how_long(counted)
    if known < FEWEST or not guarding.singles_nobody_out(counted, facts.bands):
        return {}
    return {KEPT: Figure(number=of_whole(counted, facts.bands), people=known)}


def said_how_long(found: Sequence[Row]) -> int:
    """Count the people who hold something and said how long they stay."""
    people = set()
    for row in found:
        for holder in row.holders:
            if holder.horizon != UNKNOWN:
                people.add(holder.person_id)
    return len(people)


def of_what(found: Sequence[Row]) -> list[Row]:
    """Return the domains that the word is for: the critical ones; all, where none is critical."""
    return critical(found) or list(found)


def of_whole(counted: Sequence[Row], bands: Bands) -> int:
    """Return what the average risk of domains is called."""
    return band(guarding.summed(counted).figure, bands)


def told(session: Session) -> str:
    """Say what was kept of the newest closed quarter; or that nothing is told, and why."""
    quarters = outcomes.quarters(session)
    closed = outcomes.kept(session, quarters[0]) if quarters else None
    if closed is None:
        return gettext("The risk of the whole is told when the first quarter is closed.")
    figure = closed.whole.get(KEPT)
    if figure is None:
        return gettext(
            "The risk of the whole is not told: when the quarter closed fewer than five people had said how long they "
            "stay, or one could have worked out from it what somebody said."
        )
    return gettext(
        "The risk that knowledge is lost was %(band)s for the whole organisation when %(quarter)s was closed.",
        band=gettext(BANDS[figure.number]),
        quarter=quarter_name(closed.quarter),
    )


def positions(session: Session, now: datetime) -> list[Position]:
    """Return the domains of the whole organisation by their position, the highest first."""
    found = rows(queries.gathered(session, now))
    in_order = sorted(found, key=lambda row: (-row.risk.position, row.field.title.casefold()))
    return [_position(row) for row in in_order]


def _position(row: Row) -> Position:
    position = row.risk.position
    return Position(
        title=row.field.title,
        kind=what_it_is(row),
        position=position,
        why=_why(row.risk.holders),
        bars=range(position),
        dim=range(HIGHEST - position),
    )


def _why(holders: int) -> str:
    if holders <= ALONE:
        return gettext("one holder at most")
    if holders <= FEW:
        return gettext("three holders at most")
    return gettext("more than three holders")


def heading(found: Sequence[Position]) -> str:
    """Say how many domains lean on few."""
    if not found:
        return gettext("There are no domains yet")
    number = sum(one.position >= LEANING for one in found)
    if not number:
        return gettext("No domain here leans on a few people")
    return ngettext(
        "%(num)s of %(all)s domains leans on a few people",
        "%(num)s of %(all)s domains lean on a few people",
        number,
        all=integer(len(found)),
    )
