"""What somebody answered by a link or a slip in this browser: in its own cookie, sealed, so that we alone read it."""

from __future__ import annotations

import json

from flask import session

from mentorship.base import vault
from mentorship.checkins.forms import AnswerForm
from mentorship.web.request import settings

GIVEN_HERE, REMEMBERED = "given_here", 5


def given_here(check_in_id: int) -> dict[str, str]:
    """Return the answers to a check-in that this browser gave, by question."""
    return dict(_kept()).get(check_in_id, {})


def _kept() -> list[tuple[int, dict[str, str]]]:
    """Return what this browser gave to the last few check-ins; others who look into its cookie read nothing of it."""
    told = vault.opened(
        str(session.get(GIVEN_HERE, "")),
        settings().secret_keys,
        GIVEN_HERE,
    )
    found: list[tuple[int, dict[str, str]]] = json.loads(told) if told else []
    return found


def _keep(given: list[tuple[int, dict[str, str]]]) -> None:
    session[GIVEN_HERE] = vault.sealed(
        json.dumps(given),
        settings().secret_keys,
        GIVEN_HERE,
    )


def remember(check_in_id: int, given: AnswerForm) -> None:
    """Keep an answer in this browser's own session: the cookie holds the last few check-ins only."""
    answers = {**given_here(check_in_id), given.key: given.value}
    others = [one for one in _kept() if one[0] != check_in_id]
    _keep([*others, (check_in_id, answers)][-REMEMBERED:])


def forget(check_in_id: int) -> None:
    """Drop from this browser's session what it gave to a check-in that closed."""
    left = [one for one in _kept() if one[0] != check_in_id]
    if left:
        _keep(left)
    else:
        session.pop(GIVEN_HERE, None)
