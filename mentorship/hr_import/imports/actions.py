"""Verbs on imports: note one that was taken in or set aside, take the last one back. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from mentorship.base import audit, collecting
from mentorship.base.db import id_of, locked
from mentorship.base.errors import Conflict
from mentorship.base.i18n import N_
from mentorship.checkins.signals import handing
from mentorship.hr_import.actions import import_files
from mentorship.hr_import.choices import Choices
from mentorship.hr_import.imports import queries
from mentorship.hr_import.imports.models import BROWSER, FOLDER, REJECTED, TakenImport
from mentorship.hr_import.reading.files import Upload
from mentorship.hr_import.report import Report
from mentorship.hr_import.writing.journal import differences, packed, snapshot, unpacked
from mentorship.hr_import.writing.restoring import check, restore
from mentorship.hr_import.writing.turns import wait_for_turn
from mentorship.leaving.actions import take_back
from mentorship.people.access import Actor
from mentorship.people.addresses.actions import tell_old
from mentorship.people.addresses.queries import addresses
from mentorship.people.models import Person

TOO_LATE = N_("Only the last import can be undone, within 24 hours. Nothing was changed.")


@dataclass(frozen=True)
class Took:
    """An import that was tried: what it came to, and its place in the history; nothing when something stops it."""

    report: Report
    taken: TakenImport | None = None


@collecting.paused()
def take_in(
    session: Session,
    person_id: int | None,
    uploads: Sequence[Upload],
    choices: Choices,
    now: datetime,
    *,
    files: Sequence[str] | None = None,
    origin: str = BROWSER,
) -> Took:
    """Take files in as one import of the history, which can be taken back; `files`: what it names, if not theirs."""
    wait_for_turn(session)  # what another import writes is not of this one
    before = snapshot(session)
    report = import_files(
        session,
        uploads,
        person_id,
        now,
        choices,
    )
    if report.stops:
        return Took(report)
    named = [one.name for one in uploads] if files is None else files
    journal = packed(differences(before, snapshot(session)))
    taken = _note_taken(
        session,
        person_id,
        named,
        report,
        journal,
        now,
        origin,
    )
    handing.hand_on(session, now)
    return Took(report, taken)


def _note_taken(
    session: Session,
    person_id: int | None,
    files: Sequence[str],
    report: Report,
    journal: bytes,
    now: datetime,
    origin: str,
) -> TakenImport:
    """Note an import in the history, with what it takes to take it back."""
    forget = update(TakenImport).values(journal=None)
    session.exec(forget)
    taken = TakenImport(
        at=now,
        taken_by=person_id,
        origin=origin,
        files=list(files),
        summary=summary(report),
        journal=journal,
    )
    session.add(taken)
    session.flush()
    return taken


def summary(report: Report) -> dict[str, Any]:
    """Return what an import came to, in numbers and without names; who left by it, by number, for taking it back."""
    rows = sum(count.rows for count in report.files.values())
    return {
        "rows": rows,
        "aside": len(report.set_aside),
        "created": sum(count.created for count in report.kinds.values()),
        "updated": sum(count.updated for count in report.kinds.values()),
        "people": report.kinds["person"].created if "person" in report.kinds else 0,
        "left": list(report.left),
        "away": bool(report.away),
        "leavers": len(report.leavers) - len(report.left),
    }


def note_rejected(session: Session, files: Sequence[str], reason: str, now: datetime) -> TakenImport:
    """Note files of the folder that could not be taken in."""
    rejected = TakenImport(
        at=now,
        origin=FOLDER,
        outcome=REJECTED,
        files=list(files),
        summary={"reason": reason},
    )
    session.add(rejected)
    session.flush()
    audit.record(
        session,
        now,
        None,
        "reject import",
        "hr_import",
        id_of(rejected),
        files=len(files),
    )
    return rejected


@collecting.paused()
def undo(session: Session, actor: Actor, import_id: int, now: datetime) -> None:
    """Take the last import back, if nobody built on it."""
    wait_for_turn(session)
    taken = locked(session, TakenImport, import_id)
    if taken is None or taken.journal is None or queries.undoable(session, now) != import_id:
        raise Conflict(TOO_LATE)
    journal = unpacked(taken.journal)
    check(session, journal)
    _bring_back_leavers(session, actor, taken.summary.get("left", ()), now)
    before = addresses(session)
    restore(session, journal)
    tell_old(
        session,
        before,
        actor.person_id,
        now,
    )
    undone = update(TakenImport).where(col(TakenImport.id) == import_id)
    values = undone.values(
        undone_at=now,
        undone_by=actor.person_id,
        journal=None,
    )
    session.exec(values)
    handing.hand_on(session, now)
    audit.record(
        session,
        now,
        actor.person_id,
        "undo import",
        "hr_import",
        import_id,
    )


def _bring_back_leavers(session: Session, actor: Actor, numbers: Collection[str], now: datetime) -> None:
    """Take the last days back that came with an import; what their rooms were told is untold."""
    leaving = select(Person.id).where(col(Person.number).in_(numbers), col(Person.left_on).is_(None))
    for person_id in session.exec(leaving).all():
        assert person_id is not None
        take_back(
            session,
            actor,
            person_id,
            now,
        )


def purge(session: Session, now: datetime) -> None:
    """Forget what takes back imports that nobody can take back any more, and imports of long ago."""
    too_late = col(TakenImport.at) <= now - queries.UNDO_LASTS
    long_ago = col(TakenImport.at) <= now - queries.KEPT
    with_journal = col(TakenImport.journal).is_not(None)
    session.exec(update(TakenImport).where(too_late, with_journal).values(journal=None))
    session.exec(delete(TakenImport).where(long_ago))
    for taken in session.exec(select(TakenImport).where(too_late)):
        left = taken.summary.get("left", ())
        if any(left):
            taken.summary = {**taken.summary, "left": [""] * len(left)}  # how many, and not who
