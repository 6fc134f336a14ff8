"""The lessons for mentors, in the order in which they are offered, and what is said of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mentorship.base.i18n import LOCALES, N_, gettext, ngettext, use_locale
from mentorship.profiles.lessons.asking import ASKING
from mentorship.profiles.lessons.cards import Lesson
from mentorship.profiles.lessons.explaining import EXPLAINING
from mentorship.profiles.lessons.feedback import FEEDBACK
from mentorship.profiles.lessons.letting_go import LETTING_GO
from mentorship.profiles.lessons.own_time import OWN_TIME

LESSONS = (EXPLAINING, ASKING, FEEDBACK, LETTING_GO, OWN_TIME)
BY_NUMBER: Mapping[int, Lesson] = {lesson.number: lesson for lesson in LESSONS}
LENGTH = N_("Five cards of about two minutes")
"""What each lesson comes to."""


def noted_as() -> Mapping[int, str]:
    """Return what a lesson is called among the courses that a mentor followed."""
    named = {}
    for lesson in LESSONS:
        title = gettext(lesson.title)
        named[lesson.number] = gettext("Leermaat cards: %(title)s", title=title)
    return named


def followed(titles: Collection[str]) -> set[int]:
    """Return the numbers of the lessons that are among these courses, in whichever language they were noted."""
    found = set()
    for language in LOCALES:
        with use_locale(language):
            named = noted_as()
        found |= {number for number, title in named.items() if title in titles}
    return found


def heading(number: int) -> str:
    """Say how many of the lessons somebody noted."""
    if not number:
        return gettext("Five short lessons for whoever mentors")
    return ngettext(
        "You noted %(num)s of the five lessons",
        "You noted %(num)s of the five lessons",
        number,
    )


def place(number: int, lesson: Lesson) -> str:
    """Say which card this is."""
    return gettext("Card %(number)s of %(all)s", number=number, all=len(lesson.cards))


def begins(number: int) -> str:
    """Say how one goes on, from the card where one was; 0: none was opened here."""
    if number <= 1:
        return gettext("Begin with the first card")
    return gettext("Go on with card %(number)s", number=number)
