"""The bytes of a text file -> text, and whether it is certain how they were written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

UTF8, UTF16 = "utf-8", "utf-16"
ENCODINGS = ("cp1252", "mac_roman", "cp850", "cp1250", "cp1254")
"""What text of before Unicode may be in here, the likeliest first; `cp1252` is what Dutch programs write."""
USUAL = frozenset("ÀÁÂÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖØÙÚÛÜßàáâäåæçèéêëìíîïñòóôöøùúûüÿœŒŠšŽžŸ")
"""Letters of names here that every Western alphabet writes; others are odd until the whole file needs them."""
EASTERN = frozenset("ĄąĆćČčĎďĐđĘęĚěĹĺĽľŁłŃńŇňŐőŔŕŘřŚśŞşŠšŤťŮůŰűŹźŻżŽžÝýĞğİı")
_LETTERS = USUAL | EASTERN
_ALONE = frozenset("à–—…€•°§»«®©·½¼¾")
"""What may stand without a letter beside it."""
_SAMPLE = 200_000
_WORD = re.compile(r"[^\s;,|\t\"]*[^\x00-\x7f][^\s;,|\t\"]*")
_BEHIND = "\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122"
"""Letters that cp1252 makes of the later bytes of a letter in UTF-8."""
_TWICE = re.compile(f"[\u00c2-\u00f4][{_BEHIND}]+")


@dataclass(frozen=True)
class Decoded:
    """A text, how it was written, and what else it might have been: nothing when that is certain."""

    text: str
    encoding: str
    others: tuple[str, ...] = ()
    sample: str = ""
    """A word of which the letters depend on it, as read."""
    mended: int = 0
    """How many words had been written as UTF-8 twice."""


def decoded(content: bytes, told: str | None = None) -> Decoded:
    """Return the text; `told` is how somebody said that it is written."""
    if told in ENCODINGS:
        return Decoded(content.decode(told, "replace"), told)
    marked = _by_its_mark(content)
    if marked is not None:
        return marked
    try:
        text = content.decode(UTF8)
    except UnicodeDecodeError:
        return _of_before_unicode(content)
    return _once(text, UTF8)


def _by_its_mark(content: bytes) -> Decoded | None:
    """Return the text of who says in its first bytes how it is written, or does so by a zero in every other byte."""
    if content.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return Decoded(content.decode("utf-32", "replace"), "utf-32")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Decoded(content.decode(UTF16, "replace"), UTF16)
    if content.startswith(b"\xef\xbb\xbf"):
        return _once(content.decode("utf-8-sig", "replace"), UTF8)
    head = content[:400]
    if len(head) < 4:
        return None
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if zeros.count(0) > 0.8 * len(zeros):
            return Decoded(content.decode(name, "replace"), UTF16)
    return None


def _once(text: str, encoding: str) -> Decoded:
    """Return a text of which words that were written as UTF-8 twice ("Ã«") are read as meant."""
    if text.isascii():
        return Decoded(text, encoding)
    mended = 0

    def mend(found: re.Match[str]) -> str:
        nonlocal mended
        try:
            meant = _as_cp1252(found[0]).decode(UTF8)
        except (UnicodeDecodeError, UnicodeEncodeError):
            return found[0]
        mended += 1
        return meant

    return Decoded(
        _TWICE.sub(mend, text),
        encoding,
        mended=mended,
    )


def _as_cp1252(text: str) -> bytes:
    """Return the bytes behind letters, those that cp1252 leaves without a letter as they are."""
    found = bytearray()
    for letter in text:
        if 0x80 <= ord(letter) <= 0x9F:
            found.append(ord(letter))
        else:
            found += letter.encode("cp1252")
    return bytes(found)


def _of_before_unicode(content: bytes) -> Decoded:
    nearly = _nearly_utf8(content)
    if nearly is not None:
        return nearly
    words = _words(content)
    fitting, certain = _fitting(words)
    best = fitting[0]
    text = content.decode(best, "replace")
    read = _once(text, best)
    if certain:
        return read
    return replace(
        read,
        others=tuple(name for name in ENCODINGS if name != best),
        sample=words[0].decode(best, "replace"),
    )


def _fitting(words: list[bytes]) -> tuple[list[str], bool]:
    """Return how a file is likely written, the likeliest first, and whether that is certain."""
    strange = {}
    readings = {}
    for name in ENCODINGS:
        read = [word.decode(name, "replace") for word in words]
        readings[name] = tuple(read)
        strange[name] = sum(map(_strange, read))
    usual = ENCODINGS[0]
    if strange[usual] == 0:
        return [usual], True
    fewest = min(strange.values())
    fitting = [name for name in ENCODINGS if strange[name] == fewest]
    alike = {readings[name] for name in fitting}
    one_word = len(words) == 1  # says too little
    return fitting, fewest == 0 and len(alike) == 1 and not one_word


def _nearly_utf8(content: bytes) -> Decoded | None:
    """Return the text of a file that is UTF-8 but for a few broken letters."""
    text = content.decode(UTF8, "replace")
    broken = text.count("\ufffd")
    right = sum(not letter.isascii() for letter in text[:_SAMPLE]) - broken
    if right > 5 * broken:
        return _once(text, UTF8)
    return None


def _words(content: bytes) -> list[bytes]:
    """Return some words with a letter of which the meaning depends on how the file is written."""
    text = content[:_SAMPLE].decode("latin-1")
    words = dict.fromkeys(_WORD.findall(text))
    found = []
    for word in list(words)[:500]:
        written = word.encode("latin-1")
        try:
            written.decode(UTF8)
        except UnicodeDecodeError:
            found.append(written)
    return found


def _strange(word: str) -> bool:
    """Tell whether a word is none that people write: a mark or an odd letter in it, or a capital behind a small one."""
    plain = word.strip("()[]{}'-.:/+&")
    if len(plain) == 1:
        return plain not in _ALONE
    plain = plain.removeprefix("‘").removeprefix("“").removesuffix("’").removesuffix("”")
    for before, letter in zip(
        " " + plain,
        plain,
        strict=False,
    ):
        if letter.isascii() or letter in "–—’":
            continue
        if letter not in _LETTERS:
            return True
        if before.islower() and letter.isupper():
            return True
    return False
