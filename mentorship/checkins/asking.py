"""Which of the questions one check-in asks: all that count, and of those that take turns two. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mentorship.checkins.balance import TURN

AT_ONCE = 2
"""Of the questions that take turns so many are asked in one check-in."""
Questions = Sequence[dict[str, str]]


def keys_asked(questions: Questions, earlier: int) -> list[str] | None:
    """Return what a check-in asks of a side that was asked so many times before; None where that is everything."""
    turning = [question["key"] for question in questions if question["key"] in TURN]
    if len(turning) <= AT_ONCE:
        return None
    first = earlier * AT_ONCE % len(turning)
    in_turn = (turning + turning)[first : first + AT_ONCE]
    keys = [question["key"] for question in questions]
    return [key for key in keys if key not in TURN or key in in_turn]


def among(questions: Questions, keys: Collection[str] | None) -> list[dict[str, str]]:
    """Return the questions that were asked, by their keys; None for all."""
    if keys is None:
        return list(questions)
    return [question for question in questions if question["key"] in keys]
