"""Reads for the console: how accounts stand, which codes are out, which mail failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.db import id_of
from mentorship.base.lists import View
from mentorship.base.outbox import OutboxRow
from mentorship.people import queries as people
from mentorship.people.access import Subject
from mentorship.people.models import Account, ActivationCode, Person, SignIn
from mentorship.people.second_factor.queries import is_on

YES, NO = "yes", "no"


@dataclass(frozen=True)
class AccountRow:
    """How somebody's account stands; nothing of what they keep in it."""

    person: Person
    active: bool
    second_factor: bool
    seen_at: datetime | None
    sessions: int
    code_until: datetime | None


def _has_account() -> ColumnElement[bool]:
    theirs = select(Account.person_id).where(Account.person_id == Person.id)
    return theirs.exists()


def _has_code(now: datetime) -> ColumnElement[bool]:
    theirs = select(ActivationCode.id).where(
        ActivationCode.person_id == Person.id,
        *_open(now),
    )
    return theirs.exists()


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(ActivationCode.used_at).is_(None),
        col(ActivationCode.expires_at) > now,
    )


def _running(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(SignIn.ended_at).is_(None),
        col(SignIn.expires_at) > now,
    )


def _fitting(view: View, now: datetime) -> SelectOfScalar[Person]:
    query = people.people_named(view.text)
    running = select(SignIn.id).where(SignIn.person_id == Person.id, *_running(now))
    questions = {
        "account": _has_account(),
        "factor": is_on(),
        "code": _has_code(now),
        "session": running.exists(),
    }
    for name, holds in questions.items():
        wanted = view.one(name)
        if wanted == YES:
            query = query.where(holds)
        elif wanted == NO:
            query = query.where(~holds)
    return query


def count(session: Session, view: View, now: datetime) -> int:
    """Count the people who fit a view."""
    fitting = _fitting(view, now).subquery()
    counted = select(func.count()).select_from(fitting)
    return session.exec(counted).one()


def accounts(session: Session, view: View, now: datetime) -> list[AccountRow]:
    """Return how the accounts that a view shows stand, by name."""
    query = _fitting(view, now).order_by(*people.BY_NAME)
    page = query.offset(view.offset).limit(view.limit)
    persons = list(session.exec(page))
    ids = [id_of(person) for person in persons]
    stands = _standing(session, ids, now)
    seen = _sessions(session, ids, now)
    found = []
    for person in persons:
        active, second_factor, until = stands[id_of(person)]
        last, running = seen.get(id_of(person), (None, 0))
        row = AccountRow(
            person,
            active,
            second_factor,
            last,
            running,
            until,
        )
        found.append(row)
    return found


def _standing(session: Session, ids: list[int], now: datetime) -> dict[int, Any]:
    """Return of each whether they have an account and a second factor, and until when a code works."""
    until = select(func.max(ActivationCode.expires_at)).where(
        ActivationCode.person_id == Person.id,
        *_open(now),
    )
    query = select(
        Person.id,
        _has_account(),
        is_on(),
        until.scalar_subquery(),
    ).where(col(Person.id).in_(ids))
    found = {}
    for person_id, active, second_factor, code_until in session.execute(query):
        found[person_id] = bool(active), bool(second_factor), code_until
    return found


def _sessions(session: Session, ids: list[int], now: datetime) -> dict[int, Any]:
    """Return of each who signed in when they were seen last, and how many sessions run."""
    running = func.count().filter(*_running(now))
    query = (
        select(SignIn.person_id, func.max(SignIn.seen_at), running)
        .where(col(SignIn.person_id).in_(ids))
        .group_by(col(SignIn.person_id))
    )
    found = {}
    for person_id, seen_at, number in session.execute(query):
        found[person_id] = seen_at, number
    return found


def count_codes(session: Session, now: datetime) -> int:
    """Count the codes that open an account."""
    query = select(func.count(col(ActivationCode.id))).where(*_open(now))
    return session.exec(query).one()


def codes(session: Session, now: datetime, offset: int, limit: int) -> list[ActivationCode]:
    """Return codes that open an account, the newest first."""
    query = select(ActivationCode).where(*_open(now))
    newest_first = query.order_by(
        col(ActivationCode.expires_at).desc(),
        col(ActivationCode.id),
    )
    return list(session.exec(newest_first.offset(offset).limit(limit)))


def code_subject(session: Session, code_id: int) -> Subject | None:
    """Tell whether there is such a code; it is nobody's own."""
    return None if session.get(ActivationCode, code_id) is None else Subject()


def mail_subject(session: Session, mail_id: int) -> Subject | None:
    """Tell whether there is such a mail; it is nobody's own."""
    return None if session.get(OutboxRow, mail_id) is None else Subject()


def count_failed(session: Session) -> int:
    """Count the mails that were given up."""
    query = select(func.count(col(OutboxRow.id))).where(col(OutboxRow.failed_at).is_not(None))
    return session.exec(query).one()


def failed(session: Session, offset: int, limit: int) -> list[OutboxRow]:
    """Return mails that were given up, the newest first."""
    query = select(OutboxRow).where(col(OutboxRow.failed_at).is_not(None))
    newest_first = query.order_by(
        col(OutboxRow.failed_at).desc(),
        col(OutboxRow.id).desc(),
    )
    return list(session.exec(newest_first.offset(offset).limit(limit)))


def size(session: Session) -> int:
    """Return how many bytes the database takes."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        asked = "SELECT pg_database_size(current_database())"
    else:
        asked = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    found = connection.exec_driver_sql(asked).scalar_one()
    return int(found)
