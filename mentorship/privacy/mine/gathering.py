"""Gathers all that is kept about somebody, by subject: a fixed number of queries, whoever it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from mentorship.base.i18n import gettext
from mentorship.leaving.queries import of_number
from mentorship.mentor_requests.rules import TOLD_FROM
from mentorship.mentorships.explanation import NOT_FOR_THE_TWO
from mentorship.people.models import Person
from mentorship.privacy.mine.naming import Row, call_by_name, put_choices, put_questions
from mentorship.privacy.mine.parts import Part
from mentorship.privacy.mine.subjects import SUBJECTS, Subject
from mentorship.privacy.notice.naming import named
from mentorship.profiles.queries import titles_of_names

FROM_FILES, ANSWERS, NOTICES = "imported_record", "check_in_answer", "notice_shown"
MEETINGS = "meeting_point"
"""Tables that are read in a way of their own."""
EXPLANATION, SENTENCES = "explanation", "sentences"


@dataclass(frozen=True)
class Gathered:
    """The rows of one part, by the names of their columns; what they point at is called by its name."""

    part: Part
    rows: list[Row]
    withheld: bool = False
    """Closed to who signed in by a code that another made, until they confirm that it is them."""


def gather(
    session: Session,
    person_id: int,
    subjects: Sequence[Subject] = SUBJECTS,
    *,
    closed: bool = False,
) -> dict[str, list[Gathered]]:
    """Return all that is kept about somebody, by subject; `closed`: not what they keep to themselves."""
    found: dict[str, list[Gathered]] = {}
    everything: list[Gathered] = []
    for subject in subjects:
        of_subject = []
        for part in subject.parts:
            gathered = _gathered(
                session,
                part,
                person_id,
                closed,
            )
            of_subject.append(gathered)
        found[subject.key] = of_subject
        everything += of_subject
    call_by_name(
        session,
        [(gathered.part, gathered.rows) for gathered in everything],
    )
    return found


def _gathered(session: Session, part: Part, person_id: int, closed: bool) -> Gathered:
    if closed and part.closed:
        return Gathered(
            part,
            [],
            withheld=True,
        )
    rows = _rows(
        session,
        part,
        person_id,
    )
    if part.table == ANSWERS:
        put_questions(
            session,
            rows,
        )
    if part.table == MEETINGS:
        put_choices(
            session,
            rows,
        )
    if EXPLANATION in part.shown:
        titles = titles_of_names(session)
        for row in rows:
            row[EXPLANATION] = _for_the_two(
                row[EXPLANATION],
                titles,
            )
            if "junior_id" in row:  # how long they waited is theirs
                row[EXPLANATION].pop("waited", None)
    if part.table == NOTICES:
        _put_names(
            session,
            rows,
        )
    for row in rows:
        for name in part.merged:
            row[name] = _count(row[name])
    return Gathered(
        part,
        rows,
    )


def _put_names(session: Session, rows: list[Row]) -> None:
    """Say who it is in notices that were read."""
    told = named(
        session,
        [row[SENTENCES] for row in rows],
    )
    for row, sentences in zip(
        rows,
        told,
        strict=True,
    ):
        row[SENTENCES] = sentences


def _count(count: int) -> int | str:
    """Tell a count of colleagues as `why_nobody` does, so that one or two cannot be guessed at."""
    if 0 < count < TOLD_FROM:
        return gettext("fewer than %(num)s", num=TOLD_FROM)
    return count


def _rows(session: Session, part: Part, person_id: int) -> list[Row]:
    table = part.rows_of
    keys = list(table.primary_key)
    columns = [table.c[name] for name in part.shown] or keys
    order: list[ColumnElement[Any]] = list(keys)
    if part.newest:
        newest = table.c[part.newest].desc()
        order.insert(
            0,
            newest,
        )
    about = _about(
        session,
        part,
        person_id,
    )
    query = select(*columns).where(about)
    found = session.execute(query.order_by(*order))
    rows = []
    for row in found.mappings():
        values = {name: row[name] for name in part.shown}
        rows.append(values)
    return rows


def _about(session: Session, part: Part, person_id: int) -> ColumnElement[bool]:
    """Say which rows are about somebody; what files said is kept by their number."""
    if part.table != FROM_FILES:
        return part.about(person_id)
    person = session.get_one(Person, person_id)
    return of_number(part.rows_of.c.key, person.number)


def _need(need: Row, titles: Mapping[str, str]) -> Row:
    name = need["domain"]
    return need | {"domain": titles.get(name, name)}


def _for_the_two(explanation: Row, titles: Mapping[str, str]) -> Row:
    """Leave out of why two people match what neither of them reads, and call domains in the reader's language."""
    found = dict(explanation)
    if "needs" in found:
        found["needs"] = [_need(need, titles) for need in found["needs"]]
    found.pop(
        "score",
        None,
    )
    for name in ("parts", "weights"):
        values = dict(
            found.get(
                name,
                {},
            )
        )
        for hidden in NOT_FOR_THE_TWO:
            values.pop(
                hidden,
                None,
            )
        found[name] = values
    return found
