"""What a word of ours is, and words that are read together. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A word, the anchor that pages link to, what it means and an example; all untranslated."""

    anchor: str
    word: str
    meaning: str
    example: str


@dataclass(frozen=True)
class Subject:
    """Words that are read together, under one heading."""

    title: str
    entries: tuple[Entry, ...]
