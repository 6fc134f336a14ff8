"""Calls what rows point at by its name: people, domains, sites, rosters, tablets, and the questions of answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, select
from sqlmodel import Session, col

from mentorship.base.i18n import gettext, locale
from mentorship.checkins import words
from mentorship.checkins.models import CheckIn
from mentorship.checkins.settings.models import QuestionSet
from mentorship.checkins.settings.queries import scale_of
from mentorship.growth.certificates.models import CertificateKind
from mentorship.growth.models import Course, JobProfile
from mentorship.mentorships.meeting.offered import title
from mentorship.mentorships.meeting.points import BY_KEY
from mentorship.people.models import Person, Site, Tablet
from mentorship.privacy.mine.parts import Part
from mentorship.profiles.models import Domain
from mentorship.profiles.queries import domain_names
from mentorship.profiles.rosters.models import Roster

Row = dict[str, Any]
PEOPLE = frozenset({"by_id", "slip_by_id", "actor_id"})
"""Columns that hold a person without saying so to the database."""
NAMED: dict[str, Any] = {
    "person": Person,
    "domain": Domain,
    "course": Course,
    "job_profile": JobProfile,
    "certificate_kind": CertificateKind,
    "site": Site,
    "roster": Roster,
    "tablet": Tablet,
}


TITLED = frozenset({"certificate_kind", "course", "domain", "job_profile"})
"""What is called by a title, in the reader's language where it has one."""
DETAILS = "details"
INSIDE = {
    "domain_id": ("domain", "domain"),
    "profile_id": ("profile", "job_profile"),
    "manager_id": ("manager", "person"),
    "mentor": ("mentor_name", "person"),
    "mentor_id": ("mentor_name", "person"),
    "roster_id": ("roster", "roster"),
    "second": ("second_name", "person"),
    "second_id": ("second_name", "person"),
    "site_id": ("site", "site"),
}
"""What the values of a decision point at, and as what the name of it is told."""


class Pointing(NamedTuple):
    """A value that points at something: its row, its column, the table it points at, and as what the name stands."""

    row: Row
    name: str
    kind: str
    told_as: str


def call_by_name(session: Session, found: Sequence[tuple[Part, list[Row]]]) -> None:
    """Put the names of what rows point at in their place: a query for each kind."""
    pointing = list(_pointing(found))
    names = {}
    for kind in NAMED:
        names[kind] = _names(
            session,
            kind,
            pointing,
        )
    for at in pointing:
        of_kind = names[at.kind]
        at.row[at.told_as] = of_kind.get(
            at.row[at.name],
            "",
        )
        if at.told_as != at.name:
            del at.row[at.name]


def _pointing(found: Iterable[tuple[Part, list[Row]]]) -> Iterator[Pointing]:
    for part, rows in found:
        for name in part.shown:
            kind = _points_at(part.rows_of.c[name])
            if name == DETAILS:
                for row in rows:
                    yield from _inside(row[name])
            if not kind:
                continue
            for row in rows:
                if row[name] is not None:
                    yield Pointing(
                        row,
                        name,
                        kind,
                        name,
                    )


def _inside(told: Any) -> Iterator[Pointing]:
    """Yield what points at something within the values of a decision."""
    if isinstance(told, list):
        for one in told:
            yield from _inside(one)
    if not isinstance(told, dict):
        return
    for name, one in told.items():
        if name in INSIDE and isinstance(one, int):
            told_as, kind = INSIDE[name]
            yield Pointing(
                told,
                name,
                kind,
                told_as,
            )
        yield from _inside(one)


def _points_at(column: Column[Any]) -> str:
    """Return the table that a column points at, of those that have names; "" when it points at none."""
    if column.name in PEOPLE:
        return "person"
    for key in column.foreign_keys:
        table, _, _ = key.target_fullname.partition(".")
        if table in NAMED:
            return table
    return ""


def _names(session: Session, kind: str, pointing: Iterable[Pointing]) -> dict[int, str]:
    ids = {at.row[at.name] for at in pointing if at.kind == kind}
    if not ids:
        return {}
    model = NAMED[kind]
    query = select(model).where(model.id.in_(ids))
    names = {}
    for row in session.scalars(query):
        names[row.id] = row.title if kind in TITLED else row.name
    return names


def put_questions(session: Session, rows: list[Row]) -> None:
    """Say of each answer on which day it was asked, what, and what was answered, in the words that were read then."""
    ids = {row["check_in_id"] for row in rows}
    asked = select(CheckIn).where(col(CheckIn.id).in_(ids))
    check_ins = {found.id: found for found in session.scalars(asked)}
    sets = {found.set_id for found in check_ins.values()}
    worded = select(QuestionSet).where(col(QuestionSet.id).in_(sets))
    questions = {found.id: found for found in session.scalars(worded)}
    for row in rows:
        check_in = check_ins[row["check_in_id"]]
        by = questions[check_in.set_id]
        steps = words.steps(
            row["key"],
            scale_of(by),
        )
        answer = words.step(row["value"])
        row["value"] = steps[answer]
        row["check_in_id"] = check_in.due_on
        row["key"] = _question(
            by.questions[check_in.side],
            row["key"],
        )


def _question(asked: Iterable[dict[str, str]], key: str) -> str:
    for question in asked:
        if question["key"] == key:
            return question.get(locale()) or key
    return key


def put_choices(session: Session, rows: list[Row]) -> None:
    """Say of each point of a first meeting what it is about, and what was chosen, as its page says it."""
    titles = domain_names(session)
    for row in rows:
        point = row["point"]
        for name in ("agreed", "proposed"):
            row[name] = title(point, row[name], titles)
        row["point"] = gettext(BY_KEY[point].question) if point in BY_KEY else ""
