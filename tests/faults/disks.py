"""A disk that loses its power: an image mounted by a loop device, copied while all who write to it stand still.

Into the image comes what was synced, and what the system wrote by itself; it is told to wait with that for an hour.
"""

from __future__ import annotations

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache

from tests.serving.stage import family

LATER = "commit=3600"
"""Seconds after which ext4 writes its journal by itself; else it does every five."""


class Disk:
    """An image of some megabytes with ext4 in it, mounted on a folder."""

    def __init__(self, folder: pathlib.Path, megabytes: int) -> None:
        self.image, self.place = folder / "disk.img", folder / "disk"
        _make(self.image, self.place, megabytes)

    @contextmanager
    def mounted(self) -> Iterator[pathlib.Path]:
        """Mount it until the block ends; a machine that lets us mount nothing skips the test and says so."""
        assert _mount(self.image, self.place)
        try:
            yield self.place
        finally:
            _unmount(self.place)

    @contextmanager
    def after_a_cut(self, number: int) -> Iterator[pathlib.Path]:
        """Mount what would be on it if the power went now, as another disk."""
        copy, place = self.image.with_name(f"cut{number}.img"), self.place.with_name(f"cut{number}")
        subprocess.run(["cp", "--sparse=always", self.image, copy], check=True)
        place.mkdir()
        assert _mount(copy, place), "it mounted before"
        try:
            yield place
        finally:
            _unmount(place)
            copy.unlink()


@contextmanager
def standing_still(*pids: int) -> Iterator[None]:
    """Let these processes and all that they started do nothing until the block ends."""
    stopped = [one for pid in pids for one in family(pid)]
    for one in stopped:
        os.kill(one, signal.SIGSTOP)
    try:
        yield
    finally:
        for one in stopped:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGCONT)


@cache
def may_mount() -> bool:
    """Tell whether this machine lets us mount an image: that takes root, loop devices and mkfs.ext4."""
    if sys.platform != "linux" or os.geteuid() or shutil.which("mkfs.ext4") is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        image, place = pathlib.Path(folder) / "image", pathlib.Path(folder) / "place"
        _make(image, place, 4)
        mounted = _mount(image, place)
        if mounted:
            _unmount(place)
    return mounted


@cache
def may_trace() -> bool:
    """Tell whether this machine lets us read the calls of a process to the system: that takes strace."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0


def _make(image: pathlib.Path, place: pathlib.Path, megabytes: int) -> None:
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(megabytes << 20)
    _run("mkfs.ext4", "-q", "-F", image)


def _run(*words: object) -> None:
    subprocess.run([str(word) for word in words], check=True, capture_output=True)


def _mount(image: pathlib.Path, place: pathlib.Path) -> bool:
    words = ["mount", "-o", f"loop,{LATER}", str(image), str(place)]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def _unmount(place: pathlib.Path) -> None:
    for _ in range(50):
        if subprocess.run(["umount", str(place)], capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.1)
    _run("umount", "--lazy", place)
