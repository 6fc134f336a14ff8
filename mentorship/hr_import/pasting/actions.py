"""The verb of a pasted list: read it, and take it in as an export of people. It never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from mentorship.hr_import.choices import Choices
from mentorship.hr_import.imports.actions import take_in
from mentorship.hr_import.pasting import filling, queries, rules
from mentorship.hr_import.pasting.filling import Answers, Filled
from mentorship.hr_import.pasting.rules import Pasted
from mentorship.hr_import.reading.files import Upload
from mentorship.hr_import.reading.kinds import PEOPLE
from mentorship.hr_import.report import Report
from mentorship.people.access import Actor


@dataclass(frozen=True)
class Listed:
    """A list as it was sent: its text, what its columns are (none: to be guessed), and what was answered."""

    text: str
    columns: Sequence[str] = ()
    answers: Answers = field(default_factory=Answers)
    asked: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """A list as it was read, and what became of it."""

    pasted: Pasted
    columns: Sequence[str]
    filled: Filled
    report: Report


def take(session: Session, actor: Actor, listed: Listed, now: datetime) -> Taken:
    """Take in a list as one import, which can be taken back; a preview is the same call with a rollback after it."""
    pasted = rules.parted(listed.text)
    columns = listed.columns
    if len(columns) != len(pasted.headings):
        columns = rules.likely(pasted, queries.sites(session))
    rules.check_columns(columns)
    made = filling.filled(
        pasted,
        columns,
        queries.numbers_by_name(session),
        listed.answers,
    )
    settled = filling.settled(
        made.words,
        listed.answers.roles,
        listed.asked,
    )
    upload = Upload(PEOPLE.name, filling.as_file(made.people, columns))
    took = take_in(
        session,
        actor.person_id,
        [upload],
        Choices(settled=settled, confirmed=True),
        now,
        files=(),
    )
    return Taken(
        pasted,
        columns,
        made,
        took.report,
    )
