"""Who will see what of a check-in that is sent, with their names: what its form says before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext, joined
from mentorship.checkins import helping, promises, words
from mentorship.checkins.confidants import words as confidants
from mentorship.checkins.models import CheckIn
from mentorship.checkins.visibility import ASKED
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.programme import queries as programme

ALL, PART, NOTHING = "st-ok", "st-duo", "st-gap"
"""The mark before a reader: sees everything, something drawn from it, nothing by themselves."""
MOST_NAMED = 2
"""More coordinators than these are not named one by one."""
MOST_IN_LINE = 3
"""So many of one's line are named, the nearest first."""


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


@dataclass(frozen=True)
class Author:
    """One side of a pair, to whom it is said who sees what of it; `other` is the name of the other side."""

    person_id: int
    side: str
    other: str


def readers(session: Session, found: CheckIn, visibility: str, other: str, *, alone: bool = False) -> list[Reader]:
    """Return who sees what, a row each; `visibility` as the programme chose it, "" where nothing is chosen.

    `alone`: nothing of it can go to others.
    """
    rows = who_sees(
        session,
        Author(found.person_id, found.side, other),
        visibility,
        alone=alone,
    )
    if found.closing and not alone:
        last = Reader(gettext("Your last words"), words.last_words_seen(found.side, other), PART)
        rows.append(last)
    return rows


def of_side(session: Session, person_id: int, side: str, other: str) -> list[Reader]:
    """Return who sees what of one side now, as its page and its notice say."""
    chosen = programme.programme(session).visibility or ""
    author = Author(person_id, side, other)
    return who_sees(session, author, chosen)


def who_sees(session: Session, author: Author, visibility: str, *, alone: bool = False) -> list[Reader]:
    """Return who sees what of one side, as `promises` reads it from the tables that decide."""
    names = {
        promises.OTHER: author.other,
        access.COORDINATOR: _coordinators(session),
        promises.OWN_LINE: _line(session, author.person_id),
        promises.OTHER_LINE: gettext("The managers of %(name)s", name=author.other),
        ASKED: gettext("Whom you ask for help"),
    }
    rows = [Reader(gettext("You"), gettext(words.YOU_SEE), ALL)]
    for viewer, who in names.items():
        if alone and viewer == ASKED:
            continue
        row = _reader(
            viewer,
            who,
            author.side,
            visibility,
            alone=alone,
        )
        rows.append(row)
    return rows


def _reader(viewer: str, who: str, side: str, visibility: str, *, alone: bool) -> Reader:
    chosen = visibility or None
    sees = promises.sees(viewer, side, chosen)
    if alone and viewer == promises.OTHER:
        sees = gettext("Nothing.")
    shown = viewer == ASKED or promises.shows_answers(viewer, side, chosen)
    return Reader(who, sees, PART if shown else NOTHING)


def coordinators(session: Session) -> list[Person]:
    """Return the coordinators by name; nobody when they are too many to be named one by one."""
    ids = people.people_with_role(session, access.COORDINATOR)
    if len(ids) > MOST_NAMED:
        return []
    return sorted(people.persons(session, ids).values(), key=lambda person: person.name)


def _coordinators(session: Session) -> str:
    names = [person.name for person in coordinators(session)]
    if not names:
        return gettext("The coordinators")
    return gettext("%(name)s, coordinator", name=joined(names))


def _line(session: Session, person_id: int) -> str:
    """Name who manages somebody, the nearest first."""
    line = nearest_first(session, person_id)
    names = [person.name for person in line[:MOST_IN_LINE]]
    if not names:
        return gettext("Your managers")
    if len(names) == 1:
        return gettext("%(name)s, your manager", name=names[0])
    if len(line) > MOST_IN_LINE:
        return gettext("Your managers: %(names)s, and those above them", names=", ".join(names))
    return gettext("Your managers: %(names)s", names=joined(names))


def nearest_first(session: Session, person_id: int) -> list[Person]:
    """Return the managers of somebody who are one by role, the nearest first; these alone see anything as such."""
    managers = set(people.people_with_role(session, access.MANAGER))
    above = people.persons(session, people.line_above(session, person_id))
    found = []
    at = session.get_one(Person, person_id).manager_id
    while at is not None and at in above:
        found.append(above.pop(at))
        at = found[-1].manager_id
    found += sorted(above.values(), key=lambda person: person.name)
    return [person for person in found if person.id in managers]
