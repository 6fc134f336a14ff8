"""The device that asks: known again by a secret in a cookie of its own."""

from __future__ import annotations

from flask import after_this_request, request
from sqlmodel import Session
from werkzeug.wrappers import Response

from mentorship.people.closed import actions as closed
from mentorship.people.closed.queries import is_closed
from mentorship.people.devices import actions
from mentorship.people.devices.queries import is_trusted
from mentorship.people.devices.rules import KEPT
from mentorship.web.request import now, settings


def recognise(opened: Session, person_id: int) -> None:
    """Let the device keep a secret by which it is known again; one of before confirms whose account it is."""
    if is_closed(opened, person_id) and is_trusted(opened, person_id, secret(), now()):
        closed.reopen(opened, person_id, now(), "device")
    kept = actions.remember(
        opened,
        person_id,
        secret(),
        now(),
        trusted=not is_closed(opened, person_id),
    )

    @after_this_request
    def keep(answer: Response) -> Response:
        answer.set_cookie(
            _cookie(),
            kept,
            max_age=KEPT,
            secure=settings().secure_cookies,
            httponly=True,
            samesite="Lax",
        )
        return answer


def _cookie() -> str:
    return "__Host-device" if settings().secure_cookies else "device"


def secret() -> str:
    """Return what the device that asks knows of itself; empty for a new one."""
    return request.cookies.get(_cookie(), "")
