"""What the page of a team says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mentorship.base.i18n import gettext, ngettext
from mentorship.growth.teams.rules import Lesson
from mentorship.profiles.words import LEVELS


@dataclass(frozen=True)
class ToldLesson:
    """Who could learn what from whom, in words."""

    title: str
    note: str
    upward: bool


def heading(lessons: Sequence[Lesson], people: int) -> str:
    """Say how much a team could learn of itself."""
    if not people:
        return gettext("Nobody to show here yet")
    if not lessons:
        return gettext("Nobody in this team lacks what a colleague wants to pass on")
    return ngettext(
        "%(num)s way to learn from each other",
        "%(num)s ways to learn from each other",
        len(lessons),
    )


def brief(name: str, people: int) -> str:
    """Say whose team it is, and how many of it are shown."""
    return ngettext(
        "Team of %(name)s: %(num)s person.",
        "Team of %(name)s: %(num)s people.",
        people,
        name=name,
    )


def kept(number: int) -> str:
    """Say to a manager how many of the team do not show how far they are."""
    return ngettext(
        "%(num)s other of the team does not show how far they are, and counts in nothing here.",
        "%(num)s others of the team do not show how far they are, and count in nothing here.",
        number,
    )


def lesson(found: Lesson, names: Mapping[int, str], titles: Mapping[int, str]) -> ToldLesson:
    """Say who could learn what from whom."""
    title = gettext(
        "%(learner)s could learn %(domain)s from %(giver)s",
        learner=names[found.learner],
        domain=titles[found.domain_id],
        giver=names[found.giver],
    )
    note = gettext(
        "%(have)s and %(level)s",
        have=gettext(LEVELS[found.have]),
        level=gettext(LEVELS[found.level]),
    )
    return ToldLesson(title, note, found.upward)
