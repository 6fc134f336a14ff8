"""What others are told and can undo, when somebody is erased: theirs goes on, and says no name any more."""

from __future__ import annotations

from collections.abc import Mapping
from re import Pattern
from typing import Any

from markupsafe import escape
from sqlalchemy import update
from sqlmodel import Session, SQLModel, col, or_, select

from mentorship.base import mentions
from mentorship.base.db import metadata
from mentorship.base.mail_kinds import SAID_ONCE
from mentorship.base.outbox import EMPTY, OutboxRow, unfinished
from mentorship.base.undo import UndoRow
from mentorship.checkins.models import CheckIn
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships.goals.models import Goal
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.questions.models import QuickQuestion
from mentorship.people.models import Person

NO_NAME = "–"
"""What stands where a name stood."""
NAMED_AS = {
    "person_id": "person",
    "mentorship_id": "mentorship",
    "request_id": "mentor_request",
    "check_in_id": "check_in",
    "goal_id": "goal",
    "question_id": "quick_question",
}
"""By which names verbs and doors take the id of a row, and of which table."""
Ids = Mapping[str, set[int]]


def theirs(session: Session, person_id: int) -> Ids:
    """Return the ids of what is somebody's, by table, as long as it is there."""
    pairs = or_(
        col(Mentorship.mentor_id) == person_id,
        col(Mentorship.junior_id) == person_id,
    )
    questions = or_(
        col(QuickQuestion.asker_id) == person_id,
        col(QuickQuestion.asked_id) == person_id,
    )
    of_pairs = select(Mentorship.id).where(pairs)
    found = {str(Person.__tablename__): {person_id}}
    which: list[tuple[type[SQLModel], Any]] = [
        (Mentorship, pairs),
        (Goal, col(Goal.mentorship_id).in_(of_pairs)),
        (MentorRequest, col(MentorRequest.person_id) == person_id),
        (CheckIn, col(CheckIn.person_id) == person_id),
        (QuickQuestion, questions),
    ]
    for model, condition in which:
        table = metadata.tables[str(model.__tablename__)]
        ids = session.scalars(select(table.c.id).where(condition))
        found[table.name] = set(ids)
    return found


def forget(session: Session, person: Person, ids: Ids) -> None:
    """Let mail that names them be written anew, and nothing be undone that is about them or theirs."""
    names = [person.name, person.email or ""]
    said = mentions.of(names)
    _forget_mail(session, said, mentions.of(str(escape(name)) for name in names))
    for row in session.scalars(select(UndoRow)).all():
        if _is_about(row, ids):
            session.delete(row)
        else:
            row.said = said.sub(NO_NAME, row.said)
    session.flush()


def _forget_mail(session: Session, said: Pattern[str], said_in_html: Pattern[str]) -> None:
    """Empty the words of mail that waits, to be written again; only the name goes where they are known nowhere else."""
    _release(session)
    worded = or_(OutboxRow.subject != "", OutboxRow.text != "", OutboxRow.html != "")
    for row in session.scalars(select(OutboxRow).where(worded)).all():
        if not said.search(f"{row.subject}\n{row.text}") and not said_in_html.search(row.html):
            continue
        if row.kind in SAID_ONCE:
            row.subject = said.sub(NO_NAME, row.subject)
            row.text = said.sub(NO_NAME, row.text)
            row.html = said_in_html.sub(NO_NAME, row.html)
        else:
            row.sqlmodel_update({**EMPTY, "message_id": ""})
    session.flush()


def _release(session: Session) -> None:
    """Take mail that is being written out of the hands of who writes it, who may have read the name already."""
    wordless = update(OutboxRow).where(
        unfinished(),
        col(OutboxRow.subject) == "",
        col(OutboxRow.text) == "",
    )
    session.exec(wordless.values(claimed_at=None), execution_options={"synchronize_session": False})


def _is_about(row: UndoRow, ids: Ids) -> bool:
    if _names_one(row.named, ids):
        return True
    for step in row.steps:
        arguments = step["arguments"]
        if _names_one(arguments, ids):
            return True
        kept = [*(arguments.get("before") or ()), *(arguments.get("left") or ())]
        if "table" in arguments and any(_points_at(arguments["table"], one, ids) for one in kept):
            return True
    return False


def _names_one(values: Mapping[str, Any], ids: Ids) -> bool:
    return any(values.get(name) in ids[table] for name, table in NAMED_AS.items())


def _points_at(name: str, row: Mapping[str, Any], ids: Ids) -> bool:
    """Tell whether a row of a table is one of these, or points at one."""
    if row.get("id") in ids.get(name, ()):
        return True
    for key in metadata.tables[name].foreign_keys:
        if row.get(key.parent.name) in ids.get(key.column.table.name, ()):
            return True
    return False
