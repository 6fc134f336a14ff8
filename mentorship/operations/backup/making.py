"""Makes a backup: beside its place, looked into after writing, and put in place whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import time
from collections.abc import Generator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import cast

from sqlalchemy import Engine

from mentorship.base import files
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.operations.backup import container, contents, embedded, server
from mentorship.operations.backup.container import Head
from mentorship.operations.backup.contents import Contents

KINDS: dict[str, ModuleType] = {"sqlite": embedded, "postgresql": server}
"""Who dumps, and looks into, which kind of database."""
BESIDE = ".leermaat-backup-"
A_DAY = 24 * 3600
TAKEN = N_("%(file)s is there already; --overwrite puts the new backup in its place.")
CANNOT = N_("%(file)s cannot be written: %(why)s")
NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


@dataclass(frozen=True)
class Made:
    """A backup that was made and looked into."""

    path: Path
    size: int
    sealed: bool
    contents: Contents


def make(engine: Engine, place: Path, secret: str, now: datetime, *, overwrite: bool = False) -> Made:
    """Back the database up; refuses what was not written whole, and leaves nothing of it behind.

    `secret`: the key of the settings it is sealed with; "" for none. `overwrite`: what is at the place goes, once the
    new one was found to be sound.
    """
    if place.exists() and not (overwrite and place.is_file()):
        raise Refused(TAKEN, file=place)
    beside = place.with_name(BESIDE + secrets.token_hex(8))
    try:
        _clear(place.absolute().parent)
        held = _write(engine, beside, secret, now)
        verify(beside, secret, engine)
        size = beside.stat().st_size
        _put(beside, place, overwrite)
    except OSError as failure:
        raise _told(place, failure) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return Made(
        place,
        size,
        bool(secret),
        held,
    )


def _told(place: Path, failure: OSError) -> Refused:
    if failure.errno in NO_ROOM:
        return Refused(embedded.FULL)
    if isinstance(failure, FileExistsError):
        return Refused(TAKEN, file=place)
    return Refused(CANNOT, file=place, why=failure.strerror or type(failure).__name__)


def _clear(folder: Path) -> None:
    """Delete what one that was killed left behind."""
    for left in folder.glob(f"{BESIDE}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > A_DAY:
                left.unlink()


def _write(engine: Engine, beside: Path, secret: str, now: datetime) -> Contents:
    kind = engine.dialect.name
    with KINDS[kind].dumped(engine) as (revision, held, pieces):
        head = Head(kind, revision, now.isoformat())
        with (
            closing(cast(Generator[bytes, None, None], pieces)),
            files.open_new(beside) as file,
        ):
            with container.writing(file, head, secret) as stream:
                stream.write(held.line())
                for piece in pieces:
                    stream.write(piece)
            file.flush()
            os.fsync(file.fileno())
    return cast(Contents, held)


def verify(path: Path, secret: str, engine: Engine) -> tuple[Head, Contents]:
    """Read a backup to its end: it is as it was written, and holds a sound database with all its rows.

    `engine`: of the database that it is to be put into, beside whose file there is room to look.
    """
    with container.reading(path, secret) as (_head, stream):
        while stream.read(container.PIECE):
            pass
    with container.reading(path, secret) as (head, stream):
        held = contents.read(stream)
        KINDS[head.kind].check(stream, held, engine)
    return head, held


def _put(beside: Path, place: Path, overwrite: bool) -> None:
    """Put a file in its place, where nobody loses what came there meanwhile; and onto the disk."""
    if overwrite:
        beside.replace(place)
    else:
        _take(beside, place)
    files.settle(place.absolute().parent)


def _take(beside: Path, place: Path) -> None:
    """Name a file so unless something else is, in one step where the folder knows two names for a file."""
    try:
        os.link(beside, place)
    except FileExistsError:
        raise
    except OSError:
        if place.exists():
            raise FileExistsError(place) from None
        beside.rename(place)
