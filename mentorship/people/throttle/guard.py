"""Tries to get in: each is counted before anything is verified, and told when it was wrong."""

from __future__ import annotations

from flask import Flask, current_app, g, request
from werkzeug.wrappers import Response

from mentorship.base import security
from mentorship.base.errors import TooBusy, TooSoon
from mentorship.base.i18n import N_
from mentorship.people import queries as people
from mentorship.people.devices import guard as devices
from mentorship.people.devices.queries import known_as
from mentorship.people.throttle import actions
from mentorship.people.throttle.crowding import Crowd, pace_of
from mentorship.people.throttle.rules import BY_NAME, FAILED, Try
from mentorship.web.mistakes import STATUS
from mentorship.web.request import apart, db, now

CROWD = "mentorship_crowd"
OFTEN = N_("You ask so much in a short time that others would have to wait. Try again in %(wait)s s.")


def count_the_crowd(app: Flask) -> None:
    """Let `app` count how often each asks; tests ask more in a second than anybody."""
    if app.extensions["mentorship_settings"].mode != "test":
        app.extensions[CROWD] = Crowd()


def mind(person_id: int) -> None:
    """Let somebody wait who asks without end, or whose account a program uses."""
    crowd: Crowd | None = current_app.extensions.get(CROWD)
    if crowd is None:
        return
    pace = pace_of(request.method, request.path)
    wait = crowd.wait(person_id, pace, int(now().timestamp() * 1000))
    if wait:
        seconds = -(-wait // 1000)
        raise TooSoon(OFTEN, seconds, wait=seconds)


def book(kind: str, name: str, person_id: int | None = None) -> Try:
    """Count a try to get in, before anything is verified; refuse what comes too soon. `person_id`: whose, if known."""
    address = request.remote_addr or ""
    secret = devices.secret()
    with apart() as opened:
        device = known_as(opened, name, secret, now()) if secret and kind in BY_NAME else ""
        tried = Try(
            kind,
            name,
            address,
            device,
        )
        actions.book(opened, tried, now())
    g.tried = tried, person_id
    return tried


def was_right(tried: Try) -> None:
    """Take a try off what was counted, in the transaction of what it led to."""
    g.pop("tried", None)
    actions.give_back(db(), tried)


def was_no_guess(tried: Try) -> None:
    """Take a try off what was counted that was refused, but not for what it guessed."""
    g.pop("tried", None)
    with apart() as opened:
        actions.give_back(opened, tried)


def note_failed(answer: Response) -> Response:
    """Tell the security log of a try that was counted, and was not found right.

    One that was not looked at, for so many signed in at that moment, is taken off again.
    """
    tried, person_id = g.pop("tried", (None, None))
    if tried is None:
        return answer
    if answer.status_code >= 500:
        if answer.status_code == STATUS[TooBusy]:
            with apart() as opened:
                actions.take_off(opened, tried)
        return answer
    if tried.kind in BY_NAME:
        person = people.person_by_login(db(), tried.name)
        person_id = person.id if person else None
    security.note(
        FAILED[tried.kind],
        person=person_id,
    )
    return answer
