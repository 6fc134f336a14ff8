"""Files that the service keeps or writes: for their owner alone, and never through a link that somebody laid."""

from __future__ import annotations

import errno
import os
import secrets
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO

FOR_US = 0o600
"""Who may read and write what we write: its owner."""
FOLDER_FOR_US = 0o700
OTHERS_READ = 0o077
OTHERS_WRITE = 0o022
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)  # Windows has none, and guards its folders otherwise
_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | _NO_LINK


def write(path: Path, text: str) -> None:
    """Put a text in place whole or not at all: who looks meanwhile sees the earlier one.

    What stands there is replaced, unless it is a link or no file at all: then OSError.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise OSError(
            errno.ELOOP,
            "it is a link, or no file",
            str(path),
        )
    beside = secrets.token_hex(8)
    made = path.with_name(f".leermaat-{beside}")
    opened = os.open(made, _NEW, FOR_US)
    try:
        with os.fdopen(
            opened,
            "w",
            encoding="utf-8",
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())  # before it has its name: a power cut leaves no empty file in its place
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def settle(path: Path) -> None:
    """Wait until a file, or who is in a folder, is on the disk and outlives a power cut."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError:
        if not path.is_dir():  # some systems sync no folders
            raise
    finally:
        os.close(opened)


def open_new(path: Path) -> IO[bytes]:
    """Make a file for us alone where nothing is, to be written to."""
    opened = os.open(path, _NEW, FOR_US)
    return os.fdopen(opened, "wb")


def make_empty(path: Path) -> None:
    """Make an empty file where nothing is; what is there, also a link, stays as it is."""
    try:
        opened = os.open(path, _NEW, FOR_US)
    except OSError:
        return  # whoever opens it next tells what is wrong
    os.close(opened)


def open_lock(path: Path) -> IO[str]:
    """Open a file that is there to be locked, and make it where it is not; a link is refused."""
    opened = os.open(
        path,
        os.O_CREAT | os.O_RDWR | _NO_LINK,
        FOR_US,
    )
    return os.fdopen(opened, "w")


def make_folder(path: Path) -> None:
    """Make a folder for us alone, where there is none."""
    path.mkdir(FOLDER_FOR_US, parents=True, exist_ok=True)


def open_to_others(kept: Iterable[Path]) -> list[str]:
    """Tell of each of these files that others can read, or can replace in its folder, how to close it."""
    if sys.platform == "win32":
        return []
    found = {}
    for path in kept:
        if not path.is_file():
            continue
        mode = path.stat().st_mode
        if mode & OTHERS_READ:
            found[path] = f"{path} can be read by others on this machine: run `chmod 600 {path}`"
        folder = path.absolute().parent
        mode = folder.stat().st_mode
        if mode & OTHERS_WRITE:
            found[folder] = f"{folder} can be written to by others on this machine: run `chmod go-w {folder}`"
    return list(found.values())
