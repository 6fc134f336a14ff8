"""What a backup is on disk: a line that says what it is, a zipped stream, and marks by which any change is seen.

With a key the stream is sealed piece by piece with AES-256-GCM. The number of a piece, whether it is the last, and the
first line are sealed along, so that none can be changed, swapped or cut off, and what is read was looked at before.
Each file has a key of its own, drawn from the key of the settings. Without one the mark is a SHA-256 at the end, which
tells of damage and not of malice.
"""

from __future__ import annotations

import gzip
import hashlib
import hmac
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Protocol, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_

MAGIC = b"leermaat backup 1\n"
PIECE = 1 << 20
TAG, DIGEST = 16, 32
"""Bytes that a sealed piece is longer than what is in it, and of the mark of a plain stream."""
LONGEST_LINE = 4096
NO_BACKUP = N_("%(file)s is no backup of Leermaat.")
DAMAGED = N_("%(file)s is damaged or was changed: it is not as it was written.")
NO_KEY = N_("%(file)s is sealed: set MENTORSHIP_BACKUP_KEY to the key it was made with.")
UNSEALED = N_(
    "%(file)s is not sealed, so anybody may have written it; --unsealed puts it back, if you know where it comes from."
)
OTHER_KEY = N_("%(file)s was made with another key than MENTORSHIP_BACKUP_KEY says.")


@dataclass(frozen=True)
class Head:
    """What stands in the open on the first line; `salt` and `check` are empty where nothing is sealed."""

    kind: str
    revision: str
    made_at: str
    salt: str = ""
    check: str = ""

    def line(self) -> bytes:
        """Return the line."""
        return json.dumps(self.__dict__).encode() + b"\n"


class _Guard(Protocol):
    """Marks each piece on its way to a file, or looks at it on its way back."""

    longer: int
    """So many bytes more there are in the file of a piece."""
    at_end: int
    """So many bytes more there are after the last."""

    def mark(self, piece: bytes, *, last: bool) -> bytes:
        """Return what is written of a piece."""

    def look(self, written: bytes, *, last: bool) -> bytes | None:
        """Return the piece; None when it is not as it was written."""


class _Digest:
    """A SHA-256 of all, behind it."""

    longer, at_end = 0, DIGEST

    def __init__(self, line: bytes) -> None:
        self._sum = hashlib.sha256(line)

    def mark(self, piece: bytes, *, last: bool) -> bytes:
        self._sum.update(piece)
        return piece + self._sum.digest() if last else piece

    def look(self, written: bytes, *, last: bool) -> bytes | None:
        piece = written[:-DIGEST] if last else written
        self._sum.update(piece)
        if last and written[-DIGEST:] != self._sum.digest():
            return None
        return piece


class _Seal:
    """AES-256-GCM of each piece, with its number and whether it is the last."""

    longer, at_end = TAG, 0

    def __init__(self, key: bytes, line: bytes) -> None:
        self._cipher, self._line = AESGCM(key), line
        self._number = 0

    def mark(self, piece: bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(self._nonce(last), piece, self._line)

    def look(self, written: bytes, *, last: bool) -> bytes | None:
        try:
            return self._cipher.decrypt(self._nonce(last), written, self._line)
        except InvalidTag:
            return None

    def _nonce(self, last: bool) -> bytes:
        """Return what no other piece of this key has."""
        number = self._number.to_bytes(11, "big")
        self._number += 1
        return number + bytes([last])


def _keys(secret: str, salt: str) -> tuple[bytes, str]:
    """Return the key of one file, and what tells in its first line whether somebody has the right one."""
    drawn = []
    for purpose in (b"leermaat backup", b"leermaat backup, which key"):
        told = purpose + bytes.fromhex(salt)
        drawn.append(hmac.digest(secret.encode(), told, "sha256"))
    key, check = drawn
    return key, check[:8].hex()


class Writer:
    """Writes a stream into a file, in pieces with their marks."""

    def __init__(self, file: IO[bytes], head: Head, secret: str) -> None:
        self._file = file
        self._waiting = bytearray()
        self._guard: _Guard = _Digest(head.line())
        if secret:
            salt = os.urandom(32).hex()
            key, check = _keys(secret, salt)
            head = replace(head, salt=salt, check=check)
            self._guard = _Seal(key, head.line())
        file.write(MAGIC + head.line())

    def write(self, told: bytes) -> int:
        """Write what comes next."""
        self._waiting += told
        while len(self._waiting) > PIECE:
            self._write(last=False)
        return len(told)

    def flush(self) -> None:
        """Hand on nothing: a piece waits until it is full."""

    def end(self) -> None:
        """Write the last piece."""
        self._write(last=True)

    def _write(self, *, last: bool) -> None:
        piece = bytes(self._waiting[:PIECE])
        del self._waiting[:PIECE]
        self._file.write(self._guard.mark(piece, last=last))


class Reader:
    """Reads a stream from a file; what is not as it was written is refused."""

    def __init__(self, path: Path, file: IO[bytes], secret: str) -> None:
        self._path, self._file = path, file
        self.head = _head(path, file)
        self._guard = self._guarded(secret)
        self._left = path.stat().st_size - file.tell()
        self._waiting = b""
        self._ended = False

    def _guarded(self, secret: str) -> _Guard:
        head = self.head
        if not head.salt and secret:
            raise Refused(UNSEALED, file=self._path.name)
        if not head.salt:
            return _Digest(head.line())
        if not secret:
            raise Refused(NO_KEY, file=self._path.name)
        key, check = _keys(secret, head.salt)
        if check != head.check:
            raise Refused(OTHER_KEY, file=self._path.name)
        return _Seal(key, head.line())

    def read(self, size: int = -1) -> bytes:
        """Return what comes next; at the end nothing."""
        while not self._waiting and not self._ended:
            self._waiting = self._next()
        wanted = len(self._waiting) if size < 0 else size
        told, self._waiting = self._waiting[:wanted], self._waiting[wanted:]
        return told

    def _next(self) -> bytes:
        """Read a piece."""
        size = PIECE + self._guard.longer
        self._ended = self._left <= size + self._guard.at_end
        written = self._file.read(self._left if self._ended else size)
        self._left -= len(written)
        piece = self._guard.look(written, last=self._ended)
        if piece is None:
            raise Refused(DAMAGED, file=self._path.name)
        return piece

    def check(self) -> None:
        """Read what is left, to the mark at the end."""
        while self.read():
            pass


def _head(path: Path, file: IO[bytes]) -> Head:
    """Read the first two lines."""
    if file.read(len(MAGIC)) != MAGIC:
        raise Refused(NO_BACKUP, file=path.name)
    line = file.readline(LONGEST_LINE)
    try:
        head = Head(**json.loads(line))
        bytes.fromhex(head.salt)
    except (ValueError, TypeError):
        raise Refused(DAMAGED, file=path.name) from None
    if head.line() != line:
        raise Refused(DAMAGED, file=path.name)
    return head


@contextmanager
def writing(file: IO[bytes], head: Head, secret: str) -> Iterator[IO[bytes]]:
    """Hand out a stream that zips what is written to it, and end it with its mark."""
    writer = Writer(file, head, secret)
    with gzip.GzipFile(
        fileobj=cast(IO[bytes], writer),
        mode="wb",
        compresslevel=6,
        mtime=0,
    ) as zipped:
        yield cast(IO[bytes], zipped)
    writer.end()


@contextmanager
def reading(path: Path, secret: str) -> Iterator[tuple[Head, IO[bytes]]]:
    """Hand out what a backup says of itself and its stream; at the end all of it must be as it was written.

    What was read is to be believed only after the block has ended well.
    """
    with path.open("rb") as file:
        reader = Reader(path, file, secret)
        try:
            with gzip.GzipFile(fileobj=cast(IO[bytes], reader), mode="rb") as stream:
                yield reader.head, cast(IO[bytes], stream)
        except (gzip.BadGzipFile, zlib.error, EOFError):
            raise Refused(DAMAGED, file=path.name) from None
        reader.check()
