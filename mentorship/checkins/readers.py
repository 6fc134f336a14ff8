"""Who will see what of a check-in that is sent, with their names: what its form says before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext, joined
from mentorship.checkins import helping, words
from mentorship.checkins.confidants import words as confidants
from mentorship.checkins.models import CheckIn
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.models import Person

ALL, PART, NOTHING = "st-ok", "st-duo", "st-gap"
"""The mark before a reader: sees everything, something drawn from it, nothing by themselves."""
MOST_NAMED = 2
"""More coordinators than these are not named one by one."""


@dataclass(frozen=True)
class Reader:
    """Somebody who sees something, or nothing, of what is sent."""

    who: str
    sees: str
    mark: str


def asks_help(session: Session, found: CheckIn, now: datetime, *, alone: bool = False) -> dict[str, Any]:
    """Return what the form needs to have help asked: of whom, and whom one reaches by asking the confidant today."""
    if alone:
        return {"helpers": [], "confidant_told": ""}
    offered = helping.offered(session, found, local_date(now))
    return {
        "helpers": confidants.choices(offered.helpers, offered.confidant),
        "confidant_told": confidants.told(offered.confidant),
    }


def readers(session: Session, found: CheckIn, visibility: str, other: str, *, alone: bool = False) -> list[Reader]:
    """Return who sees what, a row each; `visibility` as the programme chose it, "" where nothing is chosen.

    `alone`: nothing of it can go to others.
    """
    other_sees = gettext("Nothing.") if alone else gettext(words.OTHER_SEES)
    rows = [
        Reader(gettext("You"), gettext(words.YOU_SEE), ALL),
        Reader(other, other_sees, NOTHING),
        Reader(_coordinators(session), gettext(words.COORDINATOR_SEES), PART),
    ]
    if visibility:
        mark = PART if visibility == "classes" else NOTHING
        line = Reader(_line(session, found), words.line_sees(visibility, found.side, other), mark)
        rows.append(line)
    if alone:
        return rows
    rows.append(Reader(gettext("Whom you ask for help"), gettext(words.HELPER_SEES), PART))
    if found.closing:
        last = Reader(gettext("Your last words"), words.last_words_seen(found.side, other), PART)
        rows.append(last)
    return rows


def _coordinators(session: Session) -> str:
    ids = people.people_with_role(session, access.COORDINATOR)
    if not 0 < len(ids) <= MOST_NAMED:
        return gettext("The coordinators")
    return gettext("%(name)s, coordinator", name=_named(people.persons(session, ids)))


def _named(persons: dict[int, Person]) -> str:
    names = [person.name for person in persons.values()]
    return joined(sorted(names))


def _line(session: Session, found: CheckIn) -> str:
    author = session.get_one(Person, found.person_id)
    if author.manager_id is None:
        return gettext("Managers above you")
    manager = session.get_one(Person, author.manager_id)
    return gettext("%(name)s, your manager, and the managers above", name=manager.name)
