"""PostgreSQL in a backup: dumped as SQL by pg_dump, of the moment at which its rows were counted."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from sqlalchemy import Connection, Engine, text

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.operations.backup import contents, unfinished
from mentorship.operations.backup.container import PIECE
from mentorship.operations.backup.contents import Contents

SCHEMA = "public"
ITS_OWN = (b"CREATE SCHEMA public;\n", b"COMMENT ON SCHEMA public IS")
"""What a dump says of the schema itself, which is there already."""
NO_PROGRAM = N_("%(program)s is not on this machine: install the client programs of PostgreSQL.")
NEWER = N_(
    "pg_dump is of version %(program)s and the server of %(server)s: what a newer one writes an older server may not"
    " read. Install the client programs of version %(server)s."
)
FAILED = N_("%(program)s failed: %(why)s")
ROWS_OF = re.compile(rb'COPY public\."?(\w+)"? ')
VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
END_OF_ROWS = b"\\.\n"
END_OF_DUMP = b"-- PostgreSQL database dump complete\n"
EMPTIED = """
BEGIN;
DO $empty$ DECLARE one text; BEGIN
  FOR one IN SELECT format('public.%I', tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE 'DROP TABLE IF EXISTS ' || one || ' CASCADE';
  END LOOP;
  FOR one IN SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE 'DROP ROUTINE IF EXISTS ' || one || ' CASCADE';
  END LOOP;
END $empty$;
"""
"""Takes tables and routines out of the schema, and leaves it and the rights on it."""


def _program(name: str, engine: Engine) -> tuple[list[str], dict[str, str]]:
    """Return how a program of PostgreSQL is called for a database; its password is in no list of processes."""
    found = shutil.which(name)
    if found is None:
        raise Refused(NO_PROGRAM, program=name)
    url = engine.url
    query = dict(url.query)
    password = url.password or query.pop("password", None)
    plain = url.set(drivername="postgresql", password=None, query=query)
    environment = dict(os.environ)
    if password:
        environment["PGPASSWORD"] = str(password)
    return [found, "--dbname", plain.render_as_string()], environment


@contextmanager
def dumped(engine: Engine) -> Iterator[tuple[str, Contents, Iterator[bytes]]]:
    """Hand out revision, contents and lines of the database of one moment."""
    still = engine.execution_options(isolation_level="REPEATABLE READ")
    with still.connect() as connection:
        revision = contents.revision(connection)
        held = contents.counted(connection)
        _refuse_newer(connection, engine)
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        yield revision, held, _lines(engine, held, str(snapshot))


def _refuse_newer(connection: Connection, engine: Engine) -> None:
    """Refuse a pg_dump of a later major version than the server; an older one refuses by itself."""
    (program, *_words), _environment = _program("pg_dump", engine)
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    found = VERSION.search(said)
    server = int(connection.scalar(text("SHOW server_version_num")) or 0) // 10_000
    if found and int(found[1]) > server:
        raise Refused(NEWER, program=found[1], server=server)


def _lines(engine: Engine, held: Contents, snapshot: str) -> Iterator[bytes]:
    command, environment = _program("pg_dump", engine)
    words = ["--schema", SCHEMA, "--no-owner", "--no-privileges", "--encoding", "UTF8", "--snapshot", snapshot]
    for name in sorted(held.left_out):
        words += ["--exclude-table-data", f'{SCHEMA}."{name}"']
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            [*command, *words],
            stdout=subprocess.PIPE,
            stderr=said,
            env=environment,
        ) as process,
    ):
        assert process.stdout is not None
        try:
            yield from _without_schema(process.stdout)
        except BaseException:
            process.kill()  # nobody reads on
            raise
        _refuse_failure("pg_dump", process, said)


def _without_schema(lines: IO[bytes]) -> Iterator[bytes]:
    in_rows = False
    for line in lines:
        if in_rows:
            in_rows = line != END_OF_ROWS
        elif line.startswith(ITS_OWN):
            continue
        else:
            in_rows = ROWS_OF.match(line) is not None
        yield line


def _refuse_failure(program: str, process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    if not process.wait():
        return
    said.seek(0)
    told = said.read().decode("utf-8", "replace").strip().splitlines()
    why = told[-1] if told else str(process.returncode)
    raise Refused(FAILED, program=program, why=why)


def check(stream: IO[bytes], held: Contents, _engine: Engine) -> None:
    """Refuse a dump that does not end as one, or does not hold these rows."""
    found = dict.fromkeys(held.tables, 0)
    table = b""
    ended = False
    for line in stream:
        if table:
            if line == END_OF_ROWS:
                table = b""
            else:
                found[table.decode()] += 1
            continue
        rows = ROWS_OF.match(line)
        table = rows[1] if rows else b""
        ended = ended or line == END_OF_DUMP
        if table:
            found.setdefault(table.decode(), 0)
    held.check(found)
    if not ended:
        raise Refused(contents.NOT_SO, what="pg_dump")


def put_back(stream: IO[bytes], engine: Engine) -> None:
    """Put a dump in the place of what is in the database: all of it, or nothing."""
    command, environment = _program("psql", engine)
    words = ["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--file", "-"]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            [*command, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env=environment,
        ) as process,
    ):
        assert process.stdin is not None
        try:
            process.stdin.write(EMPTIED.encode())
            shutil.copyfileobj(stream, process.stdin, PIECE)
            process.stdin.write(unfinished.MARKED.encode())
            process.stdin.write(b"COMMIT;\n")  # last: who stops before, stops without a change
            process.stdin.close()
        except BrokenPipeError:
            pass  # it says why
        except BaseException:
            process.kill()  # and with it goes its transaction
            raise
        _refuse_failure("psql", process, said)
