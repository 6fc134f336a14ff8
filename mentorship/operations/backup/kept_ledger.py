"""The ledger kept outside the database: who was erased and who leaves, as digests, so that a backup put back knows.

The worker keeps it beside the backups. It holds digests of numbers, made with the secret key, with when somebody was
erased or what their last day is; no name. A database that is older than the ledger never overwrites it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
UNREADABLE = N_("line %(number)s of the ledger cannot be read")
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
        if self.kept_at:
            yield _line(kept_at=self.kept_at.isoformat())
        for seal, at in self.erased.items():
            yield _line(number=seal, at=at.isoformat())
        for seal, day in self.leaving.items():
            yield _line(number=seal, last_day=day.isoformat())


def _line(**told: str) -> str:
    return json.dumps(told)


def parse(told: str) -> Ledger:
    """Read the lines of a ledger; a line that is none is refused."""
    erased: dict[str, datetime] = {}
    going: dict[str, date] = {}
    kept_at = None
    for number, line in enumerate(told.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry: dict[str, Any] = json.loads(line)
            if "kept_at" in entry:
                kept_at = _moment(entry["kept_at"])
            elif "last_day" in entry:
                going[str(entry["number"])] = date.fromisoformat(entry["last_day"])
            else:
                erased[str(entry["number"])] = _moment(entry["at"])
        except (ValueError, KeyError, TypeError):
            raise Refused(UNREADABLE, number=number) from None
    return Ledger(erased, going, kept_at)


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told).astimezone(UTC)


def read(path: Path) -> Ledger:
    """Read the ledger of a file."""
    return parse(path.read_text("utf-8"))


def of(session: Session) -> Ledger:
    """Return the ledger of a database."""
    erased = {entry.number_seal: entry.erased_at for entry in queries.ledger(session)}
    going = {}
    for number, day in leaving.last_days(session):
        seal, *_of_before = queries.seals_of(number)
        going[seal] = day
    return Ledger(erased, going)


def keep(engine: Engine, now: datetime, settings: Settings) -> bool:
    """Keep the ledger of the database beside its backups, where a folder for them is set; True when it was written."""
    if not settings.backup_folder:
        return False
    path = Path(settings.backup_folder) / NAME
    kept = read(path) if path.exists() else Ledger()
    with open_session(engine) as session:
        known_at = heartbeat.last(session, LEDGER)
        if kept.kept_at and (known_at is None or known_at < kept.kept_at):
            told = f"{path} is of a later database: mentorship privacy reapply --yes --ledger {path}"
            raise LedgerIsAhead(told)
        found = of(session)
        same = (found.erased, found.leaving) == (kept.erased, kept.leaving)
        if same and known_at and timedelta() <= now - known_at < AGAIN:
            return False
        note_kept(session, now)
        session.commit()  # first: a ledger that is behind the database is written anew, one that is ahead is not
    files.make_folder(path.parent)
    _write(path, Ledger(found.erased, found.leaving, now))
    return True


def note_kept(session: Session, now: datetime) -> None:
    """Note in a database that it knows all that any ledger held until now."""
    heartbeat.beat(session, LEDGER, now)


def _write(path: Path, ledger: Ledger) -> None:
    told = "".join(f"{line}\n" for line in ledger.lines())
    files.write(path, told)
    files.settle(path)
    files.settle(path.parent)
