"""Files that HR or a transfer drops into a folder: taken in with the same guards, moved away, and told of.

A file is complete when nobody wrote to it for a minute. What was taken goes to `taken`, what could not be to
`rejected` with the reason beside it. Files that were taken in and could not be moved, or not before the
service was killed, are only moved once that can be done: nothing is taken in or told twice.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from mentorship.base.config import Settings
from mentorship.base.db import open_session
from mentorship.base.errors import Refused
from mentorship.base.files import write
from mentorship.base.i18n import gettext, use_locale
from mentorship.base.personal import FILES_KEPT
from mentorship.hr_import import sources
from mentorship.hr_import.choices import Choices
from mentorship.hr_import.imports import queries
from mentorship.hr_import.imports.actions import note_rejected, take_in
from mentorship.hr_import.imports.models import FOLDER
from mentorship.hr_import.imports.telling import tell
from mentorship.hr_import.reading.files import ENDINGS, MAX_FILES, MAX_MEGABYTES, MEGABYTE, Upload, open_files
from mentorship.hr_import.reading.mapping import Mapping

log = logging.getLogger(__name__)
QUIET = timedelta(minutes=1)
TAKEN, REJECTED = "taken", "rejected"
KEPT = timedelta(days=FILES_KEPT.days)
"""How long a file that was moved away stays there, for who wants to see what was taken in."""
STAMP = "%Y%m%d-%H%M%S"
OURS = re.compile(r"(\d{8}-\d{6})-.")
"""How the name of a file that we moved away begins."""


@dataclass(frozen=True)
class Dropped:
    """A file in the folder, with what is in it; `mark` tells it from one that is dropped anew under its name."""

    path: Path
    upload: Upload
    mark: str


def take_dropped(engine: Engine, now: datetime, settings: Settings) -> None:
    """Take in what was dropped, when there is something and all of it is complete."""
    if not settings.import_folder:
        return
    folder = Path(settings.import_folder)
    try:
        files = _complete(folder, now)
        if not files:
            return
        for name in (TAKEN, REJECTED):
            (folder / name).mkdir(exist_ok=True)
        dropped = list(map(_read, files))
        with use_locale("nl"):
            _take(engine, dropped, settings.import_source, now)
    except OSError as failure:
        log.error("the import folder cannot be used: %s", failure.strerror)


def _complete(folder: Path, now: datetime) -> list[Path]:
    """Return the files to take in; none while one of them is still being written."""
    found = []
    for path in sorted(folder.iterdir()):
        known = path.suffix.lower() in ENDINGS and not path.name.startswith((".", "~$"))
        if not known or path.is_symlink() or not path.is_file():
            continue
        written = path.stat().st_mtime
        if abs(now.timestamp() - written) < QUIET.total_seconds():
            return []
        found.append(path)
    return found[:MAX_FILES]


def _read(path: Path) -> Dropped:
    mark = _mark(path)
    with path.open("rb") as source:
        content = source.read(MAX_MEGABYTES * MEGABYTE + 1)
    return Dropped(path, Upload(path.name, content), mark)


def _mark(path: Path) -> str:
    written = path.stat()
    return f"{path.name} {written.st_mtime_ns} {written.st_size}"


def _take(engine: Engine, dropped: Sequence[Dropped], source: str, now: datetime) -> None:
    """Set aside what cannot be read at all, and take in the rest."""
    readable = []
    for one in dropped:
        reason = _why_not(one.upload)
        if reason:
            _reject(engine, [one], reason, now)
        else:
            readable.append(one)
    if not readable:
        return
    with open_session(engine) as session:
        before = queries.last_dropped(session)
    fresh = [one for one in readable if one.mark not in before]
    marks = [one.mark for one in readable]
    reason = ""
    if fresh:
        reason = _import(
            engine,
            fresh,
            marks,
            source,
            now,
        )
    if reason:
        _reject(engine, fresh, reason, now)
    else:
        _move(readable, TAKEN, now)


def _why_not(upload: Upload) -> str:
    """Return why a file cannot be read, "" when it can."""
    try:
        open_files([upload])
    except Refused as refused:
        return str(refused)
    return ""


def _import(engine: Engine, fresh: Sequence[Dropped], marks: Sequence[str], source: str, now: datetime) -> str:
    """Take files in, in one transaction, and remember what lies in the folder; return why not, "" when it was done."""
    uploads = [one.upload for one in fresh]
    with open_session(engine) as session:
        try:
            settled = sources.kept(session, source) if source else Mapping()
            took = take_in(
                session,
                None,
                uploads,
                Choices(settled, source=source),
                now,
                origin=FOLDER,
            )
        except Refused as refused:
            return str(refused)
        if took.taken is None:
            return took.report.to_text()
        took.taken.summary = {**took.taken.summary, "dropped": list(marks)}
        tell(session, took.taken, now)
        session.commit()
    return ""


def _reject(engine: Engine, dropped: Sequence[Dropped], reason: str, now: datetime) -> None:
    """Note why files were not taken in, tell who must know, and move them away with the reason beside them."""
    names = [one.upload.name for one in dropped]
    first, _, _ = reason.partition("\n")
    with open_session(engine) as session:
        rejected = note_rejected(session, names, first, now)
        tell(session, rejected, now)
        session.flush()
        all_moved = _move(dropped, REJECTED, now)
        session.commit()  # nothing is told, and told again, of what cannot be moved
    for moved in all_moved:
        beside = moved.with_name(f"{moved.name}.txt")
        write(beside, f"{gettext('Not taken in:')}\n{reason}\n")


def _move(dropped: Iterable[Dropped], place: str, now: datetime) -> list[Path]:
    """Move files to a folder beside them, under names that tell when; not what was written over meanwhile."""
    moved = []
    for one in dropped:
        if _mark(one.path) != one.mark:
            continue
        goal = one.path.parent / place / f"{now:{STAMP}}-{one.path.name}"
        one.path.replace(goal)
        moved.append(goal)
    return moved


def purge(folder: Path, now: datetime) -> int:
    """Delete the files that we moved away longer ago than they are kept; return how many."""
    oldest = f"{now - KEPT:{STAMP}}"
    number = 0
    for place in (TAKEN, REJECTED):
        for path in folder.glob(f"{place}/*"):
            moved = OURS.match(path.name)
            if moved and moved[1] < oldest and path.is_file() and not path.is_symlink():
                path.unlink()
                number += 1
    return number
