"""A form that is shown again: what is not right with it, what was typed, and the summary above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Response, after_this_request, g, request
from markupsafe import Markup

from mentorship.base import security
from mentorship.base.errors import Conflict, Later, Refused, TooBusy, TooSoon
from mentorship.base.forms import Invalid
from mentorship.web.request import db

MISTAKES = (Invalid, Refused)
"""What a person can mend in the form they sent."""
STATUS = {Conflict: 409, TooSoon: 429, TooBusy: 503}
NOTED: Mapping[type[Refused], str] = {TooSoon: "throttled", TooBusy: "too_busy"}
"""Refusals that the security log tells of."""
SECRETS = ("password", "old", "new")
"""Fields that never go back into a page."""
SUMMARY_PLACE = Markup("<!-- summary -->")
"""Where a form says, once it was refused, what is not right with it."""


@dataclass(frozen=True)
class Mistake:
    """Why a form is shown again: a sentence per field ("" for the whole), and what was typed.

    `about` tells which form it was, on a page that has several. One without errors is falsy: nothing is wrong.
    """

    errors: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    about: str = ""

    def __bool__(self) -> bool:
        return bool(self.errors)

    def of(self, form: str) -> Mistake:
        """Return what one of several forms is shown again with: this, when it is about that form, else nothing."""
        return self if self.about == form else NOTHING_WRONG


NOTHING_WRONG = Mistake()


def mistake(failure: Invalid | Refused, fields: Mapping[str, Any], about: str = "") -> Mistake:
    """Undo what this request did, and return what its form is shown again with: the sentences and what was typed."""
    db().rollback()
    typed = dict(fields)
    for secret in SECRETS:
        typed.pop(secret, None)
    if isinstance(failure, Invalid):
        return Mistake(
            failure.errors,
            typed,
            422,
            about,
        )
    note_refusal(failure)
    told = {failure.field: str(failure)}
    return Mistake(told, typed, status_of(failure), about)


def status_of(refused: Refused) -> int:
    """Return the status of an answer that says why a rule said no."""
    for kind, status in STATUS.items():
        if isinstance(refused, kind):
            return status
    return 422


def note_refusal(refused: Refused) -> None:
    """Tell of a refusal that slows somebody down: the security log, and the browser for how long."""
    if isinstance(refused, Later):
        retry_after(refused.seconds)
    event = NOTED.get(type(refused))
    if event is not None:
        security.note(event, door=request.endpoint)


def retry_after(seconds: int) -> None:
    """Tell with the answer when the same may be tried again."""

    @after_this_request
    def tell(answer: Response) -> Response:
        answer.headers["Retry-After"] = str(seconds)
        return answer


@dataclass(frozen=True)
class WrongField:
    """A field that something is not right with, as it stands on the page."""

    id: str
    label: str
    error: str


def mention(id: str, label: str, error: str) -> str:
    """Note a field for the summary above its form; leaves nothing on the page."""
    noted: list[WrongField] = g.setdefault("wrong_fields", [])
    noted.append(WrongField(id, label, error))
    return ""


def wrong_fields() -> list[WrongField]:
    """Return the fields mentioned while the page was rendered, in its order."""
    noted: list[WrongField] = g.pop("wrong_fields", [])
    return noted


def unplaced(errors: Mapping[str, str], fields: Sequence[WrongField]) -> list[str]:
    """Return the sentences about fields that the page does not show."""
    told = {field.error for field in fields}
    return [text for name, text in errors.items() if name and text not in told]


def with_summary(shown: Markup, summary: Markup) -> Markup:
    """Put a summary where the form that was refused keeps the place for it, else above everything."""
    if SUMMARY_PLACE not in shown:
        return summary + shown
    before, after = shown.split(SUMMARY_PLACE, 1)
    return before + summary + after.replace(SUMMARY_PLACE, Markup())
