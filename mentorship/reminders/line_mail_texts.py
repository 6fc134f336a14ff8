"""What the weekly mail tells a manager of their line, a coordinator of all: counts, and whom to see first."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from mentorship.base.i18n import N_, gettext
from mentorship.base.outbox import OutboxRow
from mentorship.checkins import findings
from mentorship.insight.overview import Overview, overview
from mentorship.people.access import COORDINATOR, MANAGER, Actor
from mentorship.people.queries import persons, roles_of
from mentorship.reminders.line_counts import counts
from mentorship.reminders.mail_texts import Told

FIRST_CAUSES = {
    findings.LEAVES: N_("one of the two leaves"),
    findings.HOURS: N_("more hours than were confirmed"),
    findings.APART: N_("four weeks without working together"),
    findings.RULE: N_("the pair no longer fits a rule"),
}
"""Why a pair is to be seen first, where that tells nothing of what anybody answered."""


def _see_first(session: Session, found: Overview) -> list[str]:
    """Name whom to see first, where that tells nothing of what anybody answered."""
    first = found.first
    if first is None:
        return []
    known = persons(session, [first.mentor_id, first.junior_id])
    said = gettext(
        "See %(mentor)s and %(junior)s first: %(cause)s.",
        mentor=known[first.mentor_id].name,
        junior=known[first.junior_id].name,
        cause=gettext(FIRST_CAUSES[first.kind]),
    )
    return [said]


def line(session: Session, row: OutboxRow, now: datetime) -> Told:
    """Tell a manager how their line stands, a coordinator how all does; counts only."""
    actor = Actor(row.recipient_id, roles_of(session, row.recipient_id))
    if not actor.has(MANAGER, COORDINATOR):
        return None
    found = overview(session, actor, now)
    if found.empty:
        return None
    coordinates = actor.has(COORDINATOR)
    told = {
        "subject": gettext("The programme this week") if coordinates else gettext("Your team this week"),
        "sentences": [*_see_first(session, found), *counts(found, coordinates=coordinates)],
    }
    if found.signals:
        way = {"link": "/signals", "button": gettext("To the signals")}
    else:
        way = {"link": "/insight/workload", "button": gettext("Who carries what")}
    return {**told, **way}
