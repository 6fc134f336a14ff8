"""What the two said at the end, as the page of a duo shows it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mentorship.base.i18n import gettext
from mentorship.mentorships.models import JUNIOR, ClosingWord
from mentorship.people.models import Person


@dataclass(frozen=True)
class LastWords:
    """What one side said at the end, as far as the reader may read it."""

    author: Person
    reached: str
    thanks: str
    thanked: str


def rows(said: Iterable[ClosingWord], mentor: Person, junior: Person, *, thanks: bool) -> list[LastWords]:
    """Return what was said, each with its author; the thanks only for who reads those."""
    found = []
    for word in said:
        author = junior if word.side == JUNIOR else mentor
        last = LastWords(
            author=author,
            reached=word.reached,
            thanks=word.thanks if thanks else "",
            thanked=gettext(
                "%(junior)s thanks %(mentor)s",
                junior=author.name,
                mentor=mentor.name,
            ),
        )
        found.append(last)
    return found
