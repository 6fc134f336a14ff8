"""Which of the questions one check-in asks: all that count, and of those that take turns two. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mentorship.checkins.balance import TURN

AT_ONCE = 2
"""Of the questions that take turns so many are asked in one check-in."""
OF_FORM = "form"
"""What a question calls the form of guiding that it is about, where it is about one."""
Questions = Sequence[dict[str, str]]


def keys_asked(questions: Questions, earlier: int, forms: Collection[str] = ()) -> list[str] | None:
    """Return what a check-in asks of a side that was asked so many times before; None where that is everything.

    `forms`: in which forms of guiding the pair agreed to work; a question about another one is not asked.
    """
    asked = [question for question in questions if question.get(OF_FORM) in (None, *forms)]
    turning = [question["key"] for question in asked if question["key"] in TURN]
    in_turn = turning
    if len(turning) > AT_ONCE:
        first = earlier * AT_ONCE % len(turning)
        in_turn = (turning + turning)[first : first + AT_ONCE]
    keys = [question["key"] for question in asked]
    keys = [key for key in keys if key not in TURN or key in in_turn]
    return None if len(keys) == len(questions) else keys


def on_slip(questions: Questions) -> list[dict[str, str]]:
    """Return the questions that a slip opens: none by which its holder reads what two agreed between them."""
    return [question for question in questions if OF_FORM not in question]


def among(questions: Questions, keys: Collection[str] | None) -> list[dict[str, str]]:
    """Return the questions that were asked, by their keys; None for all."""
    if keys is None:
        return list(questions)
    return [question for question in questions if question["key"] in keys]
