"""The power goes: what was acknowledged is on the disk, on both databases; what was not synced is not.

Where no image can be mounted, the calls of the embedded database are read instead, and it must sync before it says yes.
"""

from __future__ import annotations

import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from tests.conftest import lacking
from tests.databases import postgres_programs, postgres_server
from tests.faults.conftest import Tell
from tests.faults.disks import Disk, may_mount, may_trace, standing_still
from tests.faults.service import serving
from tests.faults.stage import acknowledged, built, known, missing, wait_for, writing

MEGABYTES = {"sqlite": 48, "postgresql": 400}
KEPT = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@pytest.fixture
def traced() -> list[str]:
    """The program that writes down calls to the system."""
    assert may_trace(), "else it is left out"
    return ["strace", "-f", "-y"]


@pytest.fixture
def disk(kind: str) -> Iterator[Disk]:
    """A disk of its own, in a folder that PostgreSQL's account can reach too."""
    assert may_mount(), "else it is left out"
    folder = pathlib.Path(tempfile.mkdtemp(prefix="leermaat-disk-"))
    folder.chmod(0o755)
    yield Disk(folder, MEGABYTES[kind])
    shutil.rmtree(folder)


@contextmanager
def _database(kind: str, place: pathlib.Path, **kept: str) -> Iterator[tuple[str, list[int]]]:
    """The database of a disk, as it is found there, and the processes that write it besides ours."""
    if kind == "sqlite":
        yield f"sqlite:///{place / 'leermaat.db'}", []
        return
    programs = postgres_programs()
    if programs is None:
        lacking("PostgreSQL")
    assert programs is not None
    data = place / "data"
    (data / "postmaster.pid").unlink(missing_ok=True)  # of before the power went
    shutil.chown(place, "postgres")
    with postgres_server(programs, data, **kept) as server:
        engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            if not connection.scalar(sa.text("SELECT 1 FROM pg_database WHERE datname = 'leermaat'")):
                connection.execute(sa.text("CREATE DATABASE leermaat"))
        engine.dispose()
        master, *_ = (data / "postmaster.pid").read_text().split()
        yield server.set(database="leermaat").render_as_string(hide_password=False), [int(master)]


def test_the_power_goes_while_people_write(disk: Disk, kind: str, tmp_path: pathlib.Path, times: int, told: Tell):
    tried = gone = 0
    with disk.mounted() as place, _database(kind, place, **KEPT) as (url, pids):
        cookies = built(url)
        with serving(tmp_path, **known(url)) as service, writing(cookies, service.port) as people:
            for number in range(times):
                wait_for(people, 5)
                with standing_still(service.pid, *pids):
                    said = acknowledged(people)
                    with disk.after_a_cut(number) as left, _database(kind, left) as (found, _):
                        gone += len(missing(found, said))
                tried += len(said)
    told(tried, gone)


@pytest.mark.parametrize("kind", ["sqlite"])  # the instrument is the same for both
def test_what_was_not_synced_is_lost_with_the_power(disk: Disk, kind: str):
    """Else the test above would see nothing."""
    with disk.mounted() as place:
        connection = sqlite3.connect(place / "careless.db", isolation_level=None)
        connection.execute("CREATE TABLE t (n INTEGER)")
        subprocess.run(["sync", "--file-system", place], check=True)
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("INSERT INTO t VALUES (1)")
        with disk.after_a_cut(0) as left, sqlite3.connect(left / "careless.db") as found:
            assert found.execute("SELECT count(*) FROM t").fetchone() == (0,)
        found.close()
        connection.close()


WRITES = """
import sys
import sqlalchemy as sa
from mentorship.base.db import make_engine
engine = make_engine(sys.argv[1])
with engine.begin() as connection:
    connection.execute(sa.text("CREATE TABLE t (n INTEGER)"))
for n in range(int(sys.argv[2])):
    with engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO t VALUES (1)"))
    sys.stderr.write("acknowledged\\n")
"""
CALL = re.compile(r"^(?:\[pid +\d+\] )?(\w+)\((.*)$")


@pytest.mark.parametrize("kind", ["sqlite"])  # PostgreSQL's own calls are its own concern
def test_each_yes_comes_after_the_disk_has_it(
    kind: str, traced: list[str], tmp_path: pathlib.Path, times: int, told: Tell
):
    """Read from the calls to the system: journal, then file, then the folder in which the journal is no longer."""
    said = tmp_path / "calls"
    calls = "trace=fsync,fdatasync,unlink,write,pwrite64"
    program = [sys.executable, "-c", WRITES, f"sqlite:///{tmp_path / 'leermaat.db'}", str(10 * times)]
    subprocess.run([*traced, "-e", calls, "-o", str(said), *program], capture_output=True, check=True)
    commits = _between_yeses(said.read_text())
    told(len(commits), sum(not _is_safe(commit, tmp_path) for commit in commits))


def _between_yeses(text: str) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        if "acknowledged" in line:
            found.append([])
        elif "leermaat.db" in line or "sync(" in line:
            found[-1].append(line)
    return found[:-1]


def _is_safe(commit: list[str], folder: pathlib.Path) -> bool:
    """Tell whether nothing was written, or a journal taken away, after the last sync of it."""
    unsynced: set[str] = set()
    for line in commit:
        name = line.partition("<")[2].partition(">")[0]
        if "sync(" in line:
            unsynced.discard(name)
        elif "unlink(" in line:
            unsynced.add(str(folder))
        elif "write" in line:
            unsynced.add(name)
    return bool(commit) and not {one for one in unsynced if not one.endswith(("-journal", "-shm"))}
