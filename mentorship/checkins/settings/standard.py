"""The standard questions, what they are answered with, and whether that is what is asked now. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mentorship.checkins.asking import OF_FORM
from mentorship.checkins.balance import BY_FORM, FIXED, PACE, QUESTIONS, SAFETY, counts
from mentorship.mentorships.meeting.points import INSTRUCTOR
from mentorship.mentorships.rules import JUNIOR, MENTOR

Questions = dict[str, list[dict[str, str]]]
Scale = list[dict[str, str]]
Words = dict[str, tuple[str, str, Scale]]
"""What each question is asked and answered in, by key."""

_WORDS = {
    "progress": ("Ik ga vooruit in wat ik wil leren.", "I am getting ahead in what I want to learn."),
    "own_work": ("Ik doe zelf werk waar ik van leer.", "I do work myself that I learn from."),
    SAFETY: ("Bij werk dat ik nog niet kan, is er iemand bij me.", "With work I cannot do yet, somebody is with me."),
    "dare_to_ask": (
        "Ik durf alles te vragen, ook als het fout ging.",
        "I dare to ask anything, also when it went wrong.",
    ),
    "working_time": ("Ik krijg er tijd voor onder werktijd.", "I get time for it in working hours."),
    "quick_help": ("Loop ik vast, dan is er snel iemand.", "When I get stuck, somebody is there soon."),
    "feedback": ("Ik hoor hoe ik het doe.", "I hear how I am doing."),
    "recognised": ("Wat ik kan, wordt gezien.", "What I can do is seen."),
    "hours_free": ("De afgesproken uren waren vrij.", "The agreed hours were free."),
    "own_job": ("Het ging samen met mijn eigen werk.", "It went together with my own work."),
    "support": ("Ik krijg de steun die ik als mentor nodig heb.", "I get the support that I need as a mentor."),
    "go_on": ("Zo kan ik ermee door.", "I can go on with it like this."),
    BY_FORM[JUNIOR]: (
        "Ik doe het werk zelf; mijn mentor grijpt alleen in als het nodig is.",
        "I do the work myself; my mentor steps in only when needed.",
    ),
    BY_FORM[MENTOR]: (
        "Ik liet het werk bij mijn junior en greep alleen in als het nodig was.",
        "I left the work to my junior and stepped in only when needed.",
    ),
    PACE: ("Het tempo naar zelfstandig werken is …", "The pace towards working alone is …"),
}
_STEPS = (
    ("helemaal niet", "not at all"),
    ("een beetje", "a little"),
    ("redelijk", "fairly"),
    ("grotendeels", "mostly"),
    ("helemaal", "completely"),
)
_EARLIER_STEPS = (
    ("helemaal niet", "not at all"),
    ("nauwelijks", "hardly"),
    ("een beetje", "somewhat"),
    ("meestal", "mostly"),
    ("helemaal", "entirely"),
)


def question(key: str, dutch: str, english: str) -> dict[str, str]:
    """Return a question with its words; one about a form of guiding says so, and is agreed to with that."""
    asked = {"key": key, "nl": dutch, "en": english}
    if key in BY_FORM.values():
        asked[OF_FORM] = INSTRUCTOR
    return asked


def with_form(questions: Questions) -> Questions:
    """Return the questions with one to each side about the driving instructor, in place of one that is there."""
    found = {}
    for side, asked in questions.items():
        key = BY_FORM[side]
        others = [one for one in asked if one["key"] != key]
        found[side] = [*others, of_form(side)]
    return found


def of_form(side: str) -> dict[str, str]:
    """Return the question about the driving instructor to a side."""
    key = BY_FORM[side]
    return question(key, *_WORDS[key])


def asks_form(questions: Questions) -> bool:
    """Tell whether somebody is asked about the driving instructor."""
    return any(one["key"] == BY_FORM[side] for side, asked in questions.items() for one in asked)


def _of(side: str) -> list[dict[str, str]]:
    found = []
    for key in QUESTIONS[side]:
        found.append(question(key, *_WORDS[key]))
    return found


STANDARD: Questions = {side: _of(side) for side in (JUNIOR, MENTOR)}
SCALE: Scale = [{"nl": dutch, "en": english} for dutch, english in _STEPS]
EARLIER_SCALE: Scale = [{"nl": dutch, "en": english} for dutch, english in _EARLIER_STEPS]
"""The words that versions without a scale of their own were answered in."""


@dataclass(frozen=True)
class Wording:
    """How a version asks one side: in which series, and since which version each question has its words and scale."""

    series: int
    since: Mapping[str, int]


def wordings(versions: Sequence[tuple[int, Questions, Scale]]) -> dict[tuple[int, str], Wording]:
    """Return how each version, the oldest first, asks each side.

    Answers of a side can be compared within a series: it goes on while the words of its questions that count, and the
    scale, are the same, in whatever order.
    """
    found = {}
    for side in FIXED:
        words: Words = {}
        since: dict[str, int] = {}
        series = 0
        for version, questions, scale in versions:
            before = words
            words = _words(questions[side], scale)
            since = {key: since[key] if before.get(key) == words[key] else version for key in words}
            if _counting(before) != _counting(words):
                series = version
            found[version, side] = Wording(series, since)
    return found


def begins_series(before: Questions, after: Questions, scale: Scale, new_scale: Scale) -> bool:
    """Tell whether a side cannot be compared with before; the version before this one counts series of both at once."""
    for side in FIXED:
        then = _words(before[side], scale)
        now = _words(after[side], new_scale)
        if _counting(then) != _counting(now):
            return True
    return False


def _words(questions: Sequence[Mapping[str, str]], scale: Scale) -> Words:
    return {question["key"]: (question["nl"], question["en"], scale) for question in questions}


def _counting(words: Words) -> Words:
    return {key: words[key] for key in words if counts(key)}
