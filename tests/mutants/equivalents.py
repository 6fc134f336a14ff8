"""Mutants that change nothing anybody could notice, each with its reason, in equivalent.txt."""

from __future__ import annotations

from pathlib import Path

from tests.mutants.mutations import Key

LIST = Path(__file__).with_name("equivalent.txt")


def equivalents() -> dict[Key, str]:
    """Return why each is equivalent, by file, function, what was and what is now."""
    found: dict[Key, str] = {}
    for line in LIST.read_text().splitlines():
        if line and not line.startswith("#"):
            file, function, was, now, why = (part.strip() for part in line.split(" ¦ "))
            found[file, function, was, now] = why
    return found
