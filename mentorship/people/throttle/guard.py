"""Tries to get in: each is counted before anything is verified."""

from __future__ import annotations

from flask import request

from mentorship.people.devices import guard as devices
from mentorship.people.devices.queries import known_as
from mentorship.people.throttle import actions
from mentorship.people.throttle.rules import Try
from mentorship.web.request import apart, db, now


def book(kind: str, name: str) -> Try:
    """Count a try to get in, before anything is verified; refuse what comes too soon."""
    address = request.remote_addr or ""
    secret = devices.secret()
    with apart() as opened:
        device = known_as(opened, name, secret, now()) if secret else ""
        tried = Try(
            kind,
            name,
            address,
            device,
        )
        actions.book(opened, tried, now())
    return tried


def was_right(tried: Try) -> None:
    """Take a try off what was counted, in the transaction of what it led to."""
    actions.give_back(db(), tried)


def was_no_guess(tried: Try) -> None:
    """Take a try off what was counted that was refused, but not for what it guessed."""
    with apart() as opened:
        actions.give_back(opened, tried)
