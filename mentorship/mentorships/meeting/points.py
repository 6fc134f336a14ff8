"""The ten points of a first meeting and what can be chosen at each; all untranslated. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mentorship.base.i18n import N_

WHEN, FORM, START = "when", "form", "start"
"""The points that something else goes by: shifts that are shared, how the two work, what is learned."""
WEEKDAY, DOMAIN = "weekday", "domain"
"""How the choices begin that the pair itself brings: a day on which they share shifts, a domain of their goals."""
INSTRUCTOR, SHOW, SIDE_BY_SIDE, NEAR = "instructor", "show", "side", "near"
"""The forms of guiding."""


@dataclass(frozen=True)
class Option:
    """Something to choose: its key, what it says, and perhaps what it means."""

    key: str
    title: str
    note: str = ""


@dataclass(frozen=True)
class Point:
    """A point to agree on: its key, the question, what it is called in a list, a word of help, and the choices."""

    key: str
    question: str
    title: str
    options: tuple[Option, ...]
    help: str = ""
    glyph: str = "dots"


POINTS = (
    Point(
        WHEN,
        N_("When do you sit down together?"),
        N_("When"),
        (
            Option("every", N_("At every shift that we share")),
            Option("weekly", N_("At the first shift that we share in a week")),
            Option("next", N_("We choose the next one each time")),
        ),
        N_("The days are those on which your rosters bring you together."),
        "calendar-event",
    ),
    Point(
        "long",
        N_("How long do you take for it?"),
        N_("How long"),
        (
            Option("quarter", N_("A quarter of an hour")),
            Option("half", N_("Half an hour")),
            Option("hour", N_("An hour")),
            Option("half_shift", N_("Half a shift, working")),
            Option("shift", N_("The whole shift, working")),
        ),
        glyph="clock",
    ),
    Point(
        "where",
        N_("Where?"),
        N_("Where"),
        (
            Option("work", N_("At the work itself")),
            Option("road", N_("In the van, on the way")),
            Option("canteen", N_("In the canteen or the site hut")),
            Option("quiet", N_("Somewhere quiet, the door shut")),
            Option("distance", N_("At a distance, by phone or on a screen")),
        ),
        glyph="map-pin",
    ),
    Point(
        "reach",
        N_("How do you reach each other in between?"),
        N_("In between"),
        (
            Option("call", N_("Just call")),
            Option("message", N_("A message; call when it is urgent")),
            Option("walk", N_("Walk up to each other")),
            Option("radio", N_("Over the radio")),
            Option("meeting", N_("It waits until we sit down together")),
        ),
        N_("Numbers and addresses stand on the page of your pair, as each of you chose to show them."),
        "phone",
    ),
    Point(
        FORM,
        N_("How do you work together?"),
        N_("Way of working"),
        (
            Option(
                INSTRUCTOR,
                N_("Like a driving instructor"),
                N_("The junior does the work. The mentor rides along, and steers only when needed."),
            ),
            Option(
                SHOW,
                N_("First watch, then do"),
                N_("The mentor shows it once, the junior does it after that."),
            ),
            Option(
                SIDE_BY_SIDE,
                N_("Side by side"),
                N_("Each does a part of the same job, and says what they are doing."),
            ),
            Option(
                NEAR,
                N_("Alone, with the mentor near"),
                N_("The junior does the job alone and comes with questions. They look at the result together."),
            ),
        ),
        glyph="stairs-up",
    ),
    Point(
        START,
        N_("What does the junior start with?"),
        N_("The start"),
        (Option("work", N_("With the first job that comes along")),),
        glyph="flag",
    ),
    Point(
        "stuck",
        N_("What does the junior do when stuck?"),
        N_("When stuck"),
        (
            Option("ask", N_("Ask at once")),
            Option("ten", N_("Try for ten minutes, then ask")),
            Option("safe", N_("Stop, make it safe, and call")),
            Option("nearest", N_("Ask whoever is near, and tell it later")),
        ),
        N_("When it is dangerous there is one rule, whatever you choose: stop, hands off, and call."),
        "hand-stop",
    ),
    Point(
        "feedback",
        N_("How does the junior hear how it goes?"),
        N_("Feedback"),
        (
            Option("at_once", N_("On the spot, while it happens")),
            Option("shift", N_("At the end of the shift")),
            Option("meeting", N_("When we sit down together")),
            Option("asked", N_("When the junior asks for it")),
        ),
        glyph="message-circle",
    ),
    Point(
        "between",
        N_("What stays between you two?"),
        N_("Between us"),
        (
            Option("all", N_("Everything that we say")),
            Option("doubts", N_("Mistakes and doubts; what goes well may be told")),
            Option("asked", N_("What one of us asks to keep")),
            Option("nothing", N_("Nothing has to stay between us")),
        ),
        N_("What is unsafe is always told, whatever you choose."),
        "lock",
    ),
    Point(
        "back",
        N_("When do you look back at how you work together?"),
        N_("Looking back"),
        (
            Option("two_weeks", N_("Every two weeks")),
            Option("four_weeks", N_("Every four weeks")),
            Option("eight_weeks", N_("Every eight weeks")),
            Option("checkin", N_("After each check-in")),
        ),
        N_("Then you change what does not work: a tap here, and a yes of the other."),
        "history",
    ),
)
"""In the order in which they are asked."""
BY_KEY: Mapping[str, Point] = {point.key: point for point in POINTS}
