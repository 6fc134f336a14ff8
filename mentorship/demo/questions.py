"""Who may be found in the demo, and the quick questions that colleagues ask each other by then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.matching import LEAST_LEVEL
from mentorship.mentorships.models import PROPOSED, Mentorship
from mentorship.mentorships.questions import actions, queries
from mentorship.mentorships.questions.models import QuickQuestion
from mentorship.people.access import JUNIOR, SENIOR, Actor
from mentorship.people.models import Person, PersonRole
from mentorship.profiles.findable.actions import be_found
from mentorship.profiles.models import Expertise

EVERY = 2
"""One in so many who pass something on may be found."""
QUESTIONS = (
    "Mag ik een keer meekijken hoe jij een storing zoekt?",
    "Hoe stel je de drukregelaar goed af?",
    "Waar let je op voordat je een installatie oplevert?",
    "Ik wil graag zien hoe je de meetwaarden uitleest.",
)
ASKED_AGO = timedelta(days=4)


def two(session: Session) -> list[int]:
    """Return a junior and a senior of whom a proposal waits, the two who are shown first."""
    proposal = session.exec(waiting()).first()
    return [proposal.junior_id, proposal.mentor_id] if proposal else []


def waiting() -> SelectOfScalar[Mentorship]:
    """Return a query of the proposals to which neither said anything."""
    silent = select(Mentorship).where(
        Mentorship.status == PROPOSED,
        col(Mentorship.mentor_accepted).is_(None),
        col(Mentorship.junior_accepted).is_(None),
    )
    return silent.order_by(col(Mentorship.id))


def ask_around(session: Session, first: Sequence[int], now: datetime) -> None:
    """Let colleagues be found, and juniors ask some of them; `first`: a junior and a senior who certainly do."""
    found = _let_be_found(session, first, now - ASKED_AGO)
    juniors = list(dict.fromkeys([*first[:1], *_with_role(session, JUNIOR)]))
    for number, words in enumerate(QUESTIONS):
        asker = juniors[number % len(juniors)]
        asked = found[number % len(found)]
        question = _ask(session, asker, asked, words, number, now)
        if question is not None and number % 2:
            _say_yes(session, question, now)


def _let_be_found(session: Session, first: Sequence[int], now: datetime) -> list[int]:
    passing_on = select(Expertise.person_id).where(
        col(Expertise.willing).is_(True),
        Expertise.level >= LEAST_LEVEL,
    )
    able = sorted(set(session.exec(passing_on)) & set(_with_role(session, SENIOR)))
    chosen = [person_id for person_id in first[1:] if person_id in able]
    chosen += [person_id for person_id in able[::EVERY] if person_id not in chosen]
    for person_id in chosen:
        mentor = Actor(person_id, frozenset({SENIOR}))
        be_found(session, mentor, found=True, now=now)
    return chosen


def _with_role(session: Session, role: str) -> list[int]:
    query = (
        select(Person)
        .join(PersonRole, col(PersonRole.person_id) == Person.id)
        .where(PersonRole.role == role, col(Person.left_on).is_(None))
    )
    return [id_of(person) for person in session.exec(query.order_by(col(Person.id)))]


def _ask(
    session: Session,
    asker: int,
    asked: int,
    words: str,
    number: int,
    now: datetime,
) -> QuickQuestion | None:
    """Ask somebody, some time before; None where the two would rather not."""
    try:
        return actions.ask(
            session,
            Actor(asker, frozenset({JUNIOR})),
            asked,
            now - timedelta(hours=30 - number),
            words=words,
            along=number != 1,
        )
    except Refused:
        return None


def _say_yes(session: Session, question: QuickQuestion, now: datetime) -> None:
    days = queries.days(session, question, local_date(now))
    if question.along and not days:
        return
    actions.answer(
        session,
        Actor(question.asked_id, frozenset({SENIOR})),
        id_of(question),
        now - timedelta(hours=20),
        day=days[0] if question.along else None,
        said_yes=True,
    )
