"""What to do about a gap: the five steps, as things that can be done here and now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mentorship.base.i18n import N_, gettext, percent
from mentorship.insight.mirror.rows import Row
from mentorship.insight.mirror.words import title
from mentorship.pulse.questions import (
    ALONE_SOON,
    HIERARCHY,
    HOLDERS,
    LEARNING_TIME,
    MISUNDERSTOOD,
    NEWCOMERS_TIME,
    OWN_CHOICE,
    OWN_WORK,
)


@dataclass(frozen=True)
class Way:
    """Something that can be done now: the page that does it, and what to do there."""

    endpoint: str
    text: str


@dataclass(frozen=True)
class Step:
    """A step: what it is, which statements it answers, and what can be done now."""

    name: str
    answers: tuple[str, ...]
    ways: tuple[Way, ...]


STEPS = (
    Step(
        N_("Make time"),
        (LEARNING_TIME, NEWCOMERS_TIME, OWN_WORK),
        (
            Way("insight.index", N_("See who carries what, confirm hours and lower a load")),
            Way("shortage.index", N_("See where places are short")),
            Way("what_if.index", N_("Try what one more mentor would come to")),
        ),
    ),
    Step(
        N_("Make mentoring a role that is seen and learned"),
        (NEWCOMERS_TIME, OWN_WORK),
        (
            Way("lessons.index", N_("Share the five short lessons for mentors")),
            Way("certificates.index", N_("See who is a practice trainer")),
        ),
    ),
    Step(
        N_("Fit how people learn, and show where they can grow"),
        (ALONE_SOON, OWN_CHOICE),
        (
            Way("jobs.index", N_("Say of each job what it asks, and how that is learned")),
            Way("matrix.index", N_("See where the training matrix has gaps")),
            Way("waiting.index", N_("Pair who still waits for a mentor")),
        ),
    ),
    Step(
        N_("Make it something to talk about"),
        (ALONE_SOON, HOLDERS),
        (
            Way("signals.index", N_("Act on the signals of pairs")),
            Way("knowledge.index", N_("See who holds which knowledge, and what leaves")),
            Way("waves.index", N_("Plan the next pulse")),
        ),
    ),
    Step(
        N_("Keep hierarchy out of the way, and value what everybody brings"),
        (HIERARCHY, MISUNDERSTOOD),
        (
            Way("teams.index", N_("See who could learn from whom in a team, both ways")),
            Way("confidants.index", N_("Name a confidant at each site")),
        ),
    ),
)


@dataclass(frozen=True)
class Advice:
    """A step as it stands on the page: its number, what of your answers it is about, and where it can be done."""

    number: int
    name: str
    about: list[str]
    ways: list[tuple[str, str]]


def advice(rows: Sequence[Row]) -> list[Advice]:
    """Return the five steps, each with the statements that it answers and how many said yes to them."""
    told = {}
    for row in rows:
        if row.ours is not None:
            told[row.question] = f"{title(row).rstrip('.')}: {percent(row.ours.share)}"
    found = []
    for number, step in enumerate(STEPS, 1):
        about = [told[question] for question in step.answers if question in told]
        ways = [(way.endpoint, gettext(way.text)) for way in step.ways]
        found.append(Advice(number, gettext(step.name), about, ways))
    return found
