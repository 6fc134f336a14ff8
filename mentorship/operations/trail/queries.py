"""Reads of the audit log: what a view shows of it, without what is private."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.audit import AuditRow
from mentorship.base.db import MAX_ID, id_of
from mentorship.base.lists import View
from mentorship.operations.trail import rules
from mentorship.people import queries as people
from mentorship.people.models import Person

BY, ABOUT = "by", "about"
PERSON = "person"
MOST = 10_000
"""So many rows are counted and can be turned to; the file holds all of them."""
RECENT = 5_000
"""In so many of the newest rows it is looked which verbs there are to choose from."""
AT_ONCE = 500


def _open() -> SelectOfScalar[AuditRow]:
    return select(AuditRow).where(
        col(AuditRow.subject).not_in(rules.PRIVATE_SUBJECTS),
        col(AuditRow.verb).not_in(rules.private_verbs()),
    )


def fitting(view: View, now: datetime) -> SelectOfScalar[AuditRow]:
    """Return a query of the rows that fit a view, the newest first."""
    query = _open()
    days = view.one("days")
    if days:
        since = now - timedelta(days=int(days))
        lately = col(AuditRow.at) >= since
        query = query.where(lately)
    subjects = view.chosen("subject")
    if subjects:
        about_these = col(AuditRow.subject).in_(subjects)
        query = query.where(about_these)
    verbs = view.chosen("verb")
    if verbs:
        one_of = col(AuditRow.verb).in_(verbs)
        query = query.where(one_of)
    if view.text:
        theirs = _of_people(view)
        query = query.where(theirs)
    return query.order_by(
        col(AuditRow.at).desc(),
        col(AuditRow.id).desc(),
    )


def _of_people(view: View) -> Any:
    """Say of which rows who is called so is the one who decided, or the one it is about."""
    fits = people.named(view.text)
    named = select(Person.id).where(*fits)
    by = col(AuditRow.actor_id).in_(named)
    about = and_(
        col(AuditRow.subject) == PERSON,
        col(AuditRow.subject_id).in_(named),
    )
    side = view.one("side")
    if side == BY:
        return by
    if side == ABOUT:
        return about
    return or_(by, about)


def count(session: Session, view: View, now: datetime) -> int:
    """Count the rows that fit a view, as far as one can turn to."""
    in_no_order = fitting(view, now).order_by(None)
    some = in_no_order.limit(MOST).subquery()
    counted = select(func.count()).select_from(some)
    return session.exec(counted).one()


def shown(session: Session, view: View, now: datetime) -> list[AuditRow]:
    """Return the rows of one page."""
    page = fitting(view, now).offset(view.offset).limit(view.limit)
    return list(session.exec(page))


def every(opens: Callable[[], Session], view: View, now: datetime) -> Iterator[AuditRow]:
    """Yield all rows that fit a view, the last written first, some at a time.

    In a session for each time: whoever reads slowly holds none open, while which SQLite would let nobody write.
    """
    number = col(AuditRow.id)
    anyhow = fitting(view, now).order_by(None)
    last_first = anyhow.order_by(number.desc())
    before = MAX_ID
    while True:
        rest = last_first.where(number <= before)
        some = rest.limit(AT_ONCE)
        with opens() as session:
            found = session.exec(some).all()
        yield from found
        if len(found) < AT_ONCE:
            return
        before = id_of(found[-1]) - 1


def kinds(session: Session) -> tuple[list[str], list[str]]:
    """Return what there is to choose from: the subjects and the verbs of the newest rows."""
    newest = col(AuditRow.id).desc()
    recent = _open().order_by(newest).limit(RECENT)
    rows = recent.subquery()
    query = select(rows.c.subject, rows.c.verb)
    subjects = set()
    verbs = set()
    for subject, verb in session.execute(query.distinct()):
        subjects.add(subject)
        verbs.add(verb)
    return sorted(subjects), sorted(verbs)
