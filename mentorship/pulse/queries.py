"""Reads on the pulse: the wave of today, whom it asks, and the slips of closed ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.db import id_of
from mentorship.base.settled import settled
from mentorship.people.access import Subject
from mentorship.people.models import Account, Person
from mentorship.people.queries import is_here
from mentorship.pulse.models import PulseInvited, PulseSlip, PulseWave
from mentorship.pulse.questions import fingerprint

Slips = Mapping[str, Mapping[str, Mapping[str, int]]]
"""How often each answer was given: by question, by group, by answer."""


@dataclass(frozen=True)
class Mine:
    """The open wave as it stands for one person who is asked."""

    wave: PulseWave
    grouped: str
    taken: bool


def wave_subject(session: Session, wave_id: int) -> Subject | None:
    """Return whose a wave is: nobody's; None when there is none."""
    return None if session.get(PulseWave, wave_id) is None else Subject()


def waves(session: Session) -> list[PulseWave]:
    """Return every wave, the newest first."""
    query = select(PulseWave).order_by(col(PulseWave.opens_on).desc())
    return list(session.exec(query))


def open_waves(today: date) -> SelectOfScalar[PulseWave]:
    """Return the query for the wave that is open on a day: one at most, for two are never near.

    One that was agreed to with other questions than there are by now is open to nobody.
    """
    return select(PulseWave).where(*_is_open(today))


def _is_open(today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        col(PulseWave.opens_on) <= today,
        col(PulseWave.closes_on) >= today,
        col(PulseWave.closed_at).is_(None),
        col(PulseWave.asks) == fingerprint(),
    )


def open_wave(session: Session, today: date) -> PulseWave | None:
    """Return the wave that is open on a day."""
    return session.exec(open_waves(today)).first()


def to_close(session: Session, today: date) -> list[PulseWave]:
    """Return the waves whose last day has passed, and that are not closed yet."""
    query = select(PulseWave).where(
        col(PulseWave.closes_on) < today,
        col(PulseWave.closed_at).is_(None),
    )
    return list(session.exec(query))


def newest_closed(session: Session) -> PulseWave | None:
    """Return the newest wave that is closed."""
    is_closed = col(PulseWave.closed_at).is_not(None)
    newest_first = col(PulseWave.opens_on).desc()
    query = select(PulseWave).where(is_closed).order_by(newest_first)
    return session.exec(query).first()


def mine(session: Session, person_id: int, today: date) -> Mine | None:
    """Return how the open wave stands for somebody; None where none asks them."""
    if not _any_open(session, today):
        return None
    query = (
        select(PulseWave, PulseInvited)
        .join(PulseInvited, col(PulseInvited.wave_id) == PulseWave.id)
        .where(
            PulseInvited.person_id == person_id,
            *_is_open(today),
        )
    )
    found = session.exec(query).first()
    if found is None:
        return None
    wave, invited = found
    return Mine(wave, invited.grouped, invited.taken)


@settled
def _any_open(session: Session, today: date) -> bool:
    return open_wave(session, today) is not None


def _with_account(today: date) -> SelectOfScalar[int]:
    """Return the query for who has an account and is here."""
    whose = col(Person.id) == Account.person_id
    here = is_here(today)
    return select(Account.person_id).join(Person, whose).where(here)


def uninvited(session: Session, wave: PulseWave, today: date) -> list[int]:
    """Return who has an account and was not asked by a wave yet."""
    of_wave = PulseInvited.wave_id == id_of(wave)
    asked = select(PulseInvited.person_id).where(of_wave)
    others = col(Account.person_id).not_in(asked)
    query = _with_account(today).where(others)
    return sorted(session.exec(query))


def count_accounts(session: Session, today: date) -> int:
    """Return how many people have an account and are here: whom a wave that opens today would ask."""
    theirs = _with_account(today).subquery()
    query = select(func.count()).select_from(theirs)
    return session.exec(query).one()


def invited(session: Session, wave_id: int) -> list[PulseInvited]:
    """Return whom an open wave asks."""
    query = select(PulseInvited).where(PulseInvited.wave_id == wave_id)
    return list(session.exec(query))


def counted(session: Session, wave: PulseWave) -> tuple[int, int]:
    """Return how many a wave asked and how many took part: so far, or in all once it is closed."""
    if wave.closed_at is not None:
        return wave.invited, wave.answered
    asked = select(func.count()).where(PulseInvited.wave_id == id_of(wave))
    took_part = asked.where(col(PulseInvited.taken).is_(True))
    return (
        session.exec(asked).one(),
        session.exec(took_part).one(),
    )


def slips(session: Session, wave: PulseWave) -> Slips:
    """Return how often each answer was given in a closed wave."""
    columns = (
        PulseSlip.question,
        PulseSlip.grouped,
        PulseSlip.answer,
    )
    of_wave = PulseSlip.wave_id == id_of(wave)
    query = select(*columns, func.count()).where(of_wave).group_by(*columns)
    found: dict[str, dict[str, dict[str, int]]] = {}
    for question, group, answer, times in session.exec(query):
        groups = found.setdefault(question, {})
        tally = groups.setdefault(group, {})
        tally[answer] = times
    return found
