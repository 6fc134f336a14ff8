"""What a page says was done, and how it offers to undo that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, flash, get_flashed_messages, request

from mentorship.base import undo
from mentorship.base.db import id_of
from mentorship.base.undo import Doer, Inverse
from mentorship.web.request import db, now

SUCCESS = "success"
UNDO = "undo"
"""The flash behind a success that holds the id of what can be undone."""


@dataclass(frozen=True)
class Toast:
    """What was done just now; `undo_id` where it can be undone."""

    text: str
    undo_id: int | None = None


def init(app: Flask, inverses: Iterable[Inverse], who: Callable[[], Doer | None]) -> None:
    """Say which verbs take others back, and how to find who is signed in."""
    named = {undo.name_of(inverse): inverse for inverse in inverses}
    app.extensions["mentorship_inverses"] = named
    app.extensions["mentorship_doer"] = who
    app.jinja_env.globals.update(toasts=toasts, notices=notices)


def inverses() -> Mapping[str, Inverse]:
    """Return the verbs that take others back, by name."""
    found: Mapping[str, Inverse] = current_app.extensions["mentorship_inverses"]
    return found


def say(text: str) -> None:
    """Say on the next page what was done, and offer to undo what the verbs of this request stated."""
    flash(text, SUCCESS)
    doer = current_app.extensions["mentorship_doer"]()
    if doer is None:
        return
    ids = {name: value for name, value in (request.view_args or {}).items() if isinstance(value, int)}
    offered = undo.offer(
        db(),
        doer,
        text,
        request.endpoint or "",
        ids,
        now(),
    )
    if offered is not None:
        flash(str(id_of(offered)), UNDO)


def toasts() -> list[Toast]:
    """Return what was done before this page, in order."""
    found: list[Toast] = []
    for category, text in _flashed():
        if category == SUCCESS:
            toast = Toast(text)
            found.append(toast)
        elif category == UNDO:
            done = found.pop()
            toast = Toast(done.text, int(text))
            found.append(toast)
    return found


def notices() -> list[tuple[str, str]]:
    """Return what else there is to know before this page: its kind and its words."""
    found = []
    for category, text in _flashed():
        if category not in (SUCCESS, UNDO):
            found.append((category, text))
    return found


def _flashed() -> list[tuple[str, str]]:
    """Return all that was said before this page; asked for again, the same."""
    found: Any = get_flashed_messages(with_categories=True)
    return list(found)
