"""Deletes who left 24 months ago, with all that is theirs; what others wrote loses the name of who wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, delete, exists, select, update
from sqlmodel import Session, col

from mentorship.base.audit import AuditRow
from mentorship.base.clock import local_date
from mentorship.base.db import metadata
from mentorship.base.outbox import OutboxRow
from mentorship.base.personal import AFTER_LEAVING, PERSONAL, UNTIL_LEAVING
from mentorship.checkins.models import CheckIn
from mentorship.checkins.settings.models import CheckInSettings
from mentorship.people.models import NAMELESS, Person
from mentorship.profiles.models import FilledIn, Training
from mentorship.programme.rules import over_on

KEPT_MONTHS = AFTER_LEAVING.months
OF_PAIRS = {
    *("mentor_request", "mentorship", "check_in", "worked_week", "level_claim"),
    *("round_pair", "round_override", "round_note", "announced_pair", "objection"),
}
"""What hangs on pairs and rounds goes with those, by their own retention, before who took part."""
THEIRS = ("person_id", "other_id")
"""The columns that say of a row whose it is."""
NOBODY = 0
"""Who filled something in, when nobody may know it any more."""
EMPTIED: dict[str, Any] = {
    "given_name": "",
    "infix": "",
    "family_name": "",
    "email": None,
    "department": "",
    "languages": "nl",
    "sort_key": "",
    "manager_id": None,
    "locale": "nl",
}
"""What stays of somebody as long as something of others still points there: nothing but the row."""


def purge_leftovers(session: Session, _now: datetime) -> None:
    """Delete what is not kept of who left, should anything of it be there still."""
    left = select(col(Person.id)).where(col(Person.left_on).is_not(None))
    for table in metadata.tables.values():
        stated = table.info.get(PERSONAL, {})
        if UNTIL_LEAVING in stated.get("retention", ()):
            _run(session, delete(table).where(table.c.person_id.in_(left)))
    session.expire_all()


def over(session: Session, now: datetime) -> dict[int, str]:
    """Return who left so long ago, and the numbers by which they are known."""
    day = over_on(local_date(now), KEPT_MONTHS)
    query = select(col(Person.id), col(Person.number)).where(
        col(Person.left_on) <= day,
    )
    return dict(session.execute(query.order_by(col(Person.id))).all())


def let_go(session: Session, known: Mapping[int, str]) -> set[str]:
    """Delete these people, each with their number, and what is theirs; return the numbers that say who it was.

    What others wrote stays, without their name; a row to which it points says no more than that somebody was here.
    """
    gone = list(known)
    if not gone:
        return set()
    _hand_on(session, gone)
    for column in _pointing():
        _let_go(session, column, gone)
    _let_go_of_loose(session, gone)
    _forget_asked(session, list(known.values()))
    _delete(session, gone)
    session.expire_all()
    return {number for number in known.values() if not number.startswith(NAMELESS)}


def _hand_on(session: Session, gone: list[int]) -> None:
    """Give their people the manager above, and let what they noted of somebody be that person's own note."""
    boss = Person.__table__.alias("boss")  # type: ignore[attr-defined]
    above = select(boss.c.manager_id).where(boss.c.id == col(Person.manager_id)).scalar_subquery()
    team = update(Person).where(col(Person.manager_id).in_(gone))
    _run(session, team.values(manager_id=above))
    noted = update(Training).where(col(Training.noted_by).in_(gone))
    _run(session, noted.values(noted_by=Training.person_id))


def _pointing() -> Iterator[Column[Any]]:
    """Yield the columns that point at people, of what hangs on other rows first."""
    for table in reversed(metadata.sorted_tables):
        for key in table.foreign_keys:
            if key.target_fullname == "person.id" and table.name != "person":
                yield key.parent


def _let_go(session: Session, column: Column[Any], gone: list[int]) -> None:
    """Delete the rows that are theirs, and take their id off what is others'."""
    table = column.table
    assert isinstance(table, Table)
    theirs = column.in_(gone)
    if table.name in OF_PAIRS:
        return
    if column.name in THEIRS or column.primary_key:  # half a tie says nothing
        _run(session, delete(table).where(theirs))
    elif column.nullable:
        _run(session, update(table).where(theirs).values({column.name: None}))


def _let_go_of_loose(session: Session, gone: list[int]) -> None:
    """Forget them where their id stands by itself: what was decided about them, the mail to them, who filled in."""
    about = col(AuditRow.subject_id).in_(gone)
    _run(session, delete(AuditRow).where(col(AuditRow.subject) == "person", about))
    _run(session, delete(OutboxRow).where(col(OutboxRow.recipient_id).in_(gone)))
    loose = (
        (AuditRow, "actor_id", None),
        (CheckIn, "slip_by_id", None),
        (FilledIn, "by_id", NOBODY),
    )
    for model, name, nobody in loose:
        theirs = getattr(model, name).in_(gone)
        forgetting = update(model).where(theirs)
        _run(session, forgetting.values({name: nobody}))


def _forget_asked(session: Session, numbers: list[str]) -> None:
    """Let nobody be sent to them for help any more."""
    asked = col(CheckInSettings.confidant).in_(numbers)
    _run(session, update(CheckInSettings).where(asked).values(confidant=""))


def _delete(session: Session, gone: list[int]) -> None:
    """Delete the people that nothing points at any more; of the others nothing is left that says who it was."""
    person = Person.__table__  # type: ignore[attr-defined]
    free = person.c.id.in_(gone)
    for column in _pointing():
        free &= ~exists().where(column == person.c.id)
    boss = person.alias("team")
    free &= ~exists().where(boss.c.manager_id == person.c.id)
    _run(session, delete(person).where(free))
    number = NAMELESS + person.c.id.cast(person.c.number.type)
    kept = update(person).where(
        person.c.id.in_(gone),
        ~person.c.number.startswith(NAMELESS),
    )
    _run(session, kept.values(number=number, **EMPTIED))


def _run(session: Session, statement: Any) -> None:
    session.execute(statement, execution_options={"synchronize_session": False})
