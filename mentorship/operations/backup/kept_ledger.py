"""The ledger kept outside the database: who was erased and who leaves, as digests, so that a backup put back knows.

The worker keeps it beside the backups. It holds digests of numbers, made with the secret key, with when somebody was
erased or what their last day is; no name. Its first line says when it was kept and how many follow, so that one that
was cut off is not believed. A database that is older than the ledger never overwrites it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from mentorship.base import files, heartbeat
from mentorship.base.config import Settings
from mentorship.base.db import open_session
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.leaving import queries as leaving
from mentorship.operations.queries import LEDGER
from mentorship.privacy.requests import queries

NAME = "leermaat-ledger.ndjson"
OF_BEFORE = "leermaat-ledger-of-before.ndjson"
"""Kept while a backup takes the place of a database: what that one knew, should the restore not come to its end."""
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
CANNOT = N_("%(file)s cannot be written: %(why)s")
UNREADABLE = N_("line %(number)s of the ledger cannot be read")
NOT_WHOLE = N_(
    "The ledger is not whole: its first line must say when it was kept, and how many entries follow. Take another copy."
)
AGAIN = timedelta(hours=1)
"""So often it is written though nothing changed, for the date on it."""


class LedgerIsAhead(Exception):
    """The ledger was kept by a later database: a backup was put back, and nobody erased again."""


@dataclass(frozen=True)
class Ledger:
    """Digests of numbers: when each was erased, and the last day of who leaves or left; `kept_at` where it was kept."""

    erased: Mapping[str, datetime] = field(default_factory=dict)
    leaving: Mapping[str, date] = field(default_factory=dict)
    kept_at: datetime | None = None

    def lines(self) -> Iterator[str]:
        """Yield a line of JSON for each."""
        kept_at = self.kept_at.isoformat() if self.kept_at else None
        yield _line(kept_at=kept_at, entries=len(self.erased) + len(self.leaving))
        for seal, at in self.erased.items():
            yield _line(number=seal, at=at.isoformat())
        for seal, day in self.leaving.items():
            yield _line(number=seal, last_day=day.isoformat())


def _line(**told: str | int | None) -> str:
    return json.dumps(told)


def parse(told: str) -> Ledger:
    """Read the lines of a ledger; a line that is none is refused, and a ledger that is not whole."""
    erased: dict[str, datetime] = {}
    going: dict[str, date] = {}
    kept_at = entries = None
    for number, line in enumerate(told.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry: dict[str, Any] = json.loads(line)
            if "kept_at" in entry:
                kept_at, entries = _moment(entry["kept_at"]), entry["entries"]
            elif "last_day" in entry:
                going[str(entry["number"])] = date.fromisoformat(entry["last_day"])
            else:
                erased[str(entry["number"])] = _moment(entry["at"])
        except (ValueError, KeyError, TypeError):
            raise Refused(UNREADABLE, number=number) from None
    if kept_at is None or entries != len(erased) + len(going):
        raise Refused(NOT_WHOLE)
    return Ledger(erased, going, kept_at)


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told).astimezone(UTC)


def read(path: Path) -> Ledger:
    """Read the ledger of a file."""
    return parse(path.read_text("utf-8"))


def of(session: Session, kept_at: datetime | None = None) -> Ledger:
    """Return the ledger of a database; `kept_at`: until when it knows all that a ledger held."""
    erased = {entry.number_seal: entry.erased_at for entry in queries.ledger(session)}
    going = {}
    for number, day in leaving.last_days(session):
        seal, *_of_before = queries.seals_of(number)
        going[seal] = day
    return Ledger(erased, going, kept_at)


def keep(engine: Engine, now: datetime, settings: Settings) -> bool:
    """Keep the ledger of the database beside its backups, where a folder for them is set; True when it was written."""
    if not settings.backup_folder:
        return False
    path = Path(settings.backup_folder) / NAME
    kept = read(path) if path.exists() else Ledger()
    with open_session(engine) as session:
        until = known_at(session)
        if kept.kept_at and (until is None or until < kept.kept_at):
            told = f"{path} is of a later database: mentorship privacy reapply --yes --ledger {path}"
            raise LedgerIsAhead(told)
        found = of(session)
        same = (found.erased, found.leaving) == (kept.erased, kept.leaving)
        if same and until and timedelta() <= now - until < AGAIN:
            return False
        heartbeat.beat(session, LEDGER, now)
        session.commit()  # first: a ledger that is behind the database is written anew, one that is ahead is not
    files.make_folder(path.parent)
    write(path, Ledger(found.erased, found.leaving, now))
    return True


def known_at(session: Session) -> datetime | None:
    """Return until when a database knows all that any ledger held."""
    return heartbeat.last(session, LEDGER)


def note_kept(session: Session, kept_at: datetime | None) -> None:
    """Note in a database that it knows all that a ledger of that moment held; None where none was read."""
    before = known_at(session)
    if kept_at and (before is None or before < kept_at):
        heartbeat.beat(session, LEDGER, kept_at)


def hold(path: Path, known: Ledger) -> None:
    """Write what is known to the disk before the database that knows it goes; refused where that cannot be."""
    try:
        files.make_folder(path.parent)
        write(path, replace(known, kept_at=known.kept_at or NEVER))
    except OSError as failure:
        raise Refused(CANNOT, file=path, why=failure.strerror or type(failure).__name__) from None


def write(path: Path, ledger: Ledger) -> None:
    """Write a ledger to a file, and onto the disk."""
    told = "".join(f"{line}\n" for line in ledger.lines())
    files.write(path, told)
    files.settle(path.parent)
