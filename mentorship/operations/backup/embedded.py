"""SQLite in a backup: copied by its own backup, which holds up who writes and gives one moment, and looked into."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO

from sqlalchemy import Engine, create_engine

from mentorship.base import files
from mentorship.base.driver import sqlite
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.operations.backup import contents
from mentorship.operations.backup.container import PIECE
from mentorship.operations.backup.contents import Contents

FULL = N_("There is no room on the disk, or it takes nothing more. Nothing was left behind: make room, and try again.")
BROKEN = N_("The database is damaged (%(what)s), and so would a backup of it be.")
COPY = ".leermaat-copy-"
A_DAY = 24 * 3600


@contextmanager
def _scratch(engine: Engine) -> Iterator[Path]:
    """Hand out the place of a file beside the database, where what is open stands already; it is gone at the end."""
    named = engine.url.database
    folder = Path(tempfile.gettempdir())
    if named and named != ":memory:":
        folder = Path(named).absolute().parent
    for left in folder.glob(f"{COPY}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > A_DAY:  # of one that was killed
                left.unlink()
    path = folder / f"{COPY}{secrets.token_hex(8)}"
    try:
        files.make_empty(path)
        yield path
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def dumped(engine: Engine) -> Iterator[tuple[str, Contents, Iterator[bytes]]]:
    """Hand out revision, contents and bytes of the database of one moment."""
    with _scratch(engine) as path:
        try:
            _copy(engine, path)
            revision, held = _leave_out(path)
        except sqlite.DatabaseError as failure:
            raise _told(failure) from None
        yield revision, held, _pieces(path)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _told(failure: Exception) -> Refused:
    if "full" in str(failure) or "disk I/O" in str(failure):
        return Refused(FULL)
    return Refused(BROKEN, what=str(failure))


def _copy(engine: Engine, path: Path) -> None:
    pooled = engine.raw_connection()
    try:
        with closing(sqlite.connect(path)) as target:
            source = pooled.driver_connection
            source.backup(target)  # type: ignore[union-attr]
    finally:
        pooled.close()


def _leave_out(path: Path) -> tuple[str, Contents]:
    """Delete in a copy what may be in no backup, overwritten where it stood; return its revision and contents."""
    engine = create_engine(f"sqlite:///{path}", module=sqlite, hide_parameters=True)
    try:
        with engine.connect() as connection:
            for pragma in ("journal_mode=MEMORY", "secure_delete=ON", "foreign_keys=OFF"):
                connection.exec_driver_sql(f"PRAGMA {pragma}")
            held = contents.counted(connection)
            for name in held.left_out:
                connection.exec_driver_sql(f'DELETE FROM "{name}"')  # noqa: S608 - a name that a model states
            connection.commit()
            return contents.revision(connection), held
    finally:
        engine.dispose()


def unpack(stream: IO[bytes], path: Path) -> None:
    """Write the rest of a stream into a file, and onto the disk."""
    with path.open("r+b") as file:
        shutil.copyfileobj(stream, file, PIECE)
    files.settle(path)


def look_into(path: Path, held: Contents) -> None:
    """Refuse a file that is no sound database with these rows."""
    engine = create_engine(f"sqlite:///{path}", module=sqlite, hide_parameters=True)
    try:
        with engine.connect() as connection:
            for pragma in ("integrity_check(1)", "foreign_key_check"):
                found = connection.exec_driver_sql(f"PRAGMA {pragma}").first()
                if found not in (None, ("ok",)):
                    raise Refused(BROKEN, what=str(found[0]))
            found_here = contents.counted(connection, held.left_out)
            held.check(found_here.tables)
    finally:
        engine.dispose()


def check(stream: IO[bytes], held: Contents, engine: Engine) -> None:
    """Open what a stream holds beside the database, and refuse what is not sound or not whole."""
    with _scratch(engine) as path:
        unpack(stream, path)
        look_into(path, held)
