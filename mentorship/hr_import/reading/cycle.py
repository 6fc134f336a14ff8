"""The cycle of a roster, as people write one -> the codes of each of its days."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.cells import CAPITALS, DASH, LIST, Broken, Cells
from mentorship.hr_import.reading.spellings import is_free, plain

FREE = "-"
LONGEST = 371
_BETWEEN_DAYS = re.compile(r"[,/;|]")
_BETWEEN_BLOCKS = re.compile(r"[+&]")
_TIMES = re.compile(r"([1-9][0-9]{0,2})[x*×](.+)")
Day = tuple[str, ...]
"""The codes of what is worked on a day; none on a free one."""


class Codes:
    """The codes that a cycle may hold, and what others stand for."""

    def __init__(
        self,
        cells: Cells,
        known: Mapping[str, str],
        settled: Mapping[str, str],
        unknown: Callable[[Cells, str, str], Broken],
        column: str,
    ) -> None:
        self.cells = cells
        self.known = known
        self.settled = settled
        self.unknown = unknown
        self.column = column
        self.tidied: set[str] = set()

    def one(self, word: str) -> Day | None:
        """Return what one word says of a day, None when it is no code."""
        code = self.known.get(word.casefold())
        if code is not None:
            if code != word:
                self.tidied.add(CAPITALS)
            return (code,)
        said = self.settled.get(plain(word))
        if said is not None:
            meant = self.known.get(said.casefold()) if said else None
            return (meant,) if meant else () if not said else None
        if is_free(word):
            if word != FREE:
                self.tidied.add(DASH)
            return ()
        return None

    def day(self, word: str) -> Day:
        """Return what one word says of a day, which may have several blocks."""
        found = self.one(word)
        if found is not None:
            return found
        blocks: list[str] = []
        for part in _BETWEEN_BLOCKS.split(word):
            block = self.one(part)
            if block is None:
                raise self.unknown(
                    self.cells,
                    self.column,
                    part or word,
                )
            blocks += block
        return tuple(dict.fromkeys(blocks))


def days(text: str, codes: Codes) -> tuple[Day, ...]:
    """Return the days of a cycle: words parted by spaces, commas or slashes, or single letters behind each other."""
    found: list[Day] = []
    joined = re.sub(
        r"\s*([+&])\s*",
        r"\1",
        text,
    )
    words = _words(joined, codes)
    for word in words:
        times = _TIMES.fullmatch(word)
        if times and codes.one(word) is None:
            found += [codes.day(times[2])] * int(times[1])
            codes.tidied.add(LIST)
        else:
            found.append(codes.day(word))
        if len(found) > LONGEST:
            raise Broken(
                N_("The cycle has %(found)s days; at most %(most)s can be."),
                found=max(len(found), len(words)),
                most=LONGEST,
            )
    if not found:
        raise Broken(N_("The cycle has no days."))
    codes.cells.tidied += sorted(codes.tidied)
    return tuple(found)


def _words(text: str, codes: Codes) -> list[str]:
    """Return a cycle as words; nothing between two commas is a free day, unless free days have a sign of their own."""
    words: list[str] = []
    for word in text.split():
        words += _parted(word, codes)
    if " " in text or any(_means_free(word, codes) for word in words):
        return [word for word in words if word]
    return [word or FREE for word in words]


def _parted(word: str, codes: Codes) -> list[str]:
    """Return the words in one: parted by commas, or letters behind each other."""
    if codes.one(word) is not None:
        return [word]
    if _BETWEEN_DAYS.search(word):
        codes.tidied.add(LIST)
        return _BETWEEN_DAYS.split(word)
    if len(word) > 1 and all(codes.one(letter) is not None for letter in word):
        codes.tidied.add(LIST)
        return list(word)
    return [word]


def _means_free(word: str, codes: Codes) -> bool:
    return bool(word) and codes.one(word) == ()
