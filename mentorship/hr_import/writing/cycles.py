"""The cycle of a roster as an import remembers it: a word a day, the codes of a day joined. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from mentorship.hr_import.reading.cycle import FREE

AND = "+"
"""Between the codes of one day."""
Cycle = tuple[tuple[str, ...], ...]


def text(days: Iterable[Collection[str]]) -> str:
    """Write a cycle as one line, whatever the order of the codes of a day."""
    words = []
    for codes in days:
        ordered = sorted(set(codes))
        words.append(AND.join(ordered) or FREE)
    return " ".join(words)


def days(line: str, known: Collection[str]) -> Cycle:
    """Read a cycle again; a code of `known` may hold a plus itself."""
    found: list[tuple[str, ...]] = []
    for word in line.split():
        if word in known:
            found.append((word,))
        elif word == FREE:
            found.append(())
        else:
            found.append(tuple(word.split(AND)))
    return tuple(found)
