"""What came of asking for help, told to who asked: whether it was seen, and when."""

from __future__ import annotations

from sqlmodel import Session, col, select

from mentorship.base.i18n import gettext, moment
from mentorship.checkins import words
from mentorship.checkins.findings import HELP
from mentorship.checkins.models import CheckIn
from mentorship.checkins.signals.models import Signal
from mentorship.people import queries as people
from mentorship.people.models import Person


def told(session: Session, found: CheckIn, *, open_yet: bool = False) -> list[str]:
    """Say of each whom help was asked of, by name where it was one person, whether and when they saw it.

    `open_yet`: of those alone who are not done with it.
    """
    if not found.help_from or found.closed_at is None:
        return []
    rows = _raised(session, found)
    persons = people.persons(session, [row.asked_id for row in rows.values()])
    said = []
    for about in found.help_from:
        row = rows.get(about)
        if open_yet and (row is None or row.done_at is not None):
            continue
        asked = None if row is None else persons.get(row.asked_id or 0)
        said.append(_said(about, row, asked))
    return said


def _raised(session: Session, found: CheckIn) -> dict[str, Signal]:
    """Return the requests that this check-in made, by whom it asked."""
    query = select(Signal).where(
        Signal.mentorship_id == found.mentorship_id,
        Signal.side == found.side,
        Signal.kind == HELP,
        col(Signal.about).in_(found.help_from),
        Signal.since == found.due_on,
    )
    return {row.about: row for row in session.exec(query)}


def _said(about: str, row: Signal | None, asked: Person | None) -> str:
    who = gettext(words.HELPERS[about])
    if asked is not None:
        who = gettext("%(helper)s (%(name)s)", helper=who, name=asked.name)
    if row is not None and row.seen_at is not None:
        return gettext("%(helper)s: seen on %(moment)s", helper=who, moment=moment(row.seen_at))
    return gettext("%(helper)s: not seen yet", helper=who)
