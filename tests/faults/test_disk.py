"""The disk is full for a while: what is acknowledged is there, the rest is refused, and then it goes on."""

from __future__ import annotations

import pathlib
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from tests.faults.conftest import Tell
from tests.faults.service import serving
from tests.faults.stage import LONGEST, Writer, acknowledged, built, known, lost, wait_for, writing
from tests.serving.stage import family

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there a limit of another process cannot be set")
ROOM = 6 << 20
FULL, TAKES_NOTHING = {"503", "507"}, {"500", "503", "507"}
Limit = Callable[[int, bool], None]


@pytest.fixture
def small_disk(tmp_path: pathlib.Path) -> Iterator[tuple[pathlib.Path, Limit, set[str]]]:
    """A folder, what fills it (and makes room again), and what a refusal may be.

    A small disk of its own where we may mount one; else a limit of file sizes, as which a broken disk looks.
    """
    folder = tmp_path / "disk"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={ROOM},mode=0700", "none", str(folder)]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        yield folder, _limit_sizes(folder), TAKES_NOTHING
        return
    filler = folder / "filler"

    def limit(_pid: int, full: bool) -> None:
        if full:
            _fill(filler)
        else:
            filler.unlink()

    yield folder, limit, FULL
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(filler: pathlib.Path) -> None:
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return


def _limit_sizes(folder: pathlib.Path) -> Limit:
    def limit(pid: int, full: bool) -> None:
        size = (folder / "leermaat.db").stat().st_size + 8192 if full else resource.RLIM_INFINITY
        for one in family(pid):
            resource.prlimit(one, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    return limit


def test_the_disk_is_full_while_people_write(small_disk, tmp_path: pathlib.Path, times: int, told: Tell):
    """The embedded database; a full disk beneath the other: tests/web/test_errors.py."""
    folder, limit, may_say = small_disk
    url = f"sqlite:///{folder / 'leermaat.db'}"
    cookies = built(url)
    with serving(tmp_path, **known(url)) as service, writing(cookies, service.port) as people:
        for _ in range(times):
            wait_for(people, 5)
            limit(service.pid, True)
            _wait_for_refusals(people, 8)
            limit(service.pid, False)
            wait_for(people, 5)
    refused = [said.rpartition(" ")[2] for writer in people for said in writer.refused]
    assert set(refused) <= may_say, sorted(set(refused))
    told(len(acknowledged(people)), len(lost(url, people)))


def _wait_for_refusals(people: list[Writer], more: int) -> None:
    wanted = sum(len(writer.refused) for writer in people) + more
    until = time.monotonic() + LONGEST
    while sum(len(writer.refused) for writer in people) < wanted:
        assert time.monotonic() < until
        time.sleep(0.02)
