"""What a lesson for mentors is made of. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """A card of some two minutes: what to do on the job, an example, one thing to try this week; all untranslated."""

    title: str
    steps: tuple[str, ...]
    example: str
    attempt: str


@dataclass(frozen=True)
class Lesson:
    """Five cards that belong together; `number` stands in its address, `about` says what for; untranslated."""

    number: int
    title: str
    about: str
    cards: tuple[Card, ...]
