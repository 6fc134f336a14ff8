"""What a conversation card is made of. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """A card for the two: what it is about, questions to ask each other, and how to go about it; all untranslated."""

    title: str
    questions: tuple[str, ...]
    way: str


@dataclass(frozen=True)
class Phase:
    """A part of the time together with its cards; `number` stands in its address; untranslated."""

    number: int
    title: str
    about: str
    cards: tuple[Card, ...]
