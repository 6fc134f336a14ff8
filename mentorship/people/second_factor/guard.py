"""What stands before the doors for the second factor: who waits for it, and who must set one up first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, redirect, request, session, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from mentorship.base import security
from mentorship.base.db import id_of
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.people.second_factor import actions, queries, rules
from mentorship.web.page import safe_next
from mentorship.web.request import now, settings

View = TypeVar("View", bound=Callable[..., Any])
HALF = "half"
"""Where the cookie holds the token of a sign-in that waits for its second factor."""


def asked_first(opened: Session, person: Person, wanted: str = "") -> Response | None:
    """Lead whose password was right to where the code is asked, if they have a second factor; they are not in yet."""
    person_id = id_of(person)
    if not queries.has_one(opened, person_id):
        return None
    security.note("sign_in.half", person=person_id)
    session[HALF] = actions.start_half(opened, person_id, now())
    return redirect(url_for("second_step.ask", next=safe_next(wanted)), 303)


def half_signed_in(opened: Session) -> Person | None:
    """Return whose second factor is still to come on this device."""
    token = str(session.get(HALF, ""))
    return queries.waiting(opened, token, now())


def there_before(view: View) -> View:
    """State that a route is there for who must still set up their second factor."""
    view.before_second_factor = True  # type: ignore[attr-defined]
    return view


def must_have(actor: Actor) -> bool:
    """Tell whether somebody may do nothing without a second factor here."""
    return rules.must_have(
        actor.roles,
        required=settings().requires_second_factor,
        by_provider=actor.vouched_at is not None,
    )


def is_lacking(actor: Actor) -> bool:
    """Tell whether somebody must set up a second factor before what is asked for now."""
    if actor.second_factor or not must_have(actor):
        return False
    view = current_app.view_functions[request.endpoint or ""]
    return not hasattr(view, "before_second_factor")
