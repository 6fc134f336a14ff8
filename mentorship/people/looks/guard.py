"""What stands before the doors that show another's pages: who looks is kept, before anything is shown."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Any, TypeVar

from flask import current_app, request

from mentorship.people.access import Actor, Subject
from mentorship.people.looks import actions, queries
from mentorship.people.looks.models import DUO, GOALS
from mentorship.web.request import apart, db, now

View = TypeVar("View", bound=Callable[..., Any])


def shows(kind: str) -> Callable[[View], View]:
    """State what a route shows of whose it is."""

    def mark(view: View) -> View:
        view.shows = kind  # type: ignore[attr-defined]
        return view

    return mark


duo_shown = shows(DUO)
goals_shown = shows(GOALS)


def look(actor: Actor, subject: Subject) -> None:
    """Keep that somebody looks, where a route shows what is another's; at one's own this costs nothing."""
    view = current_app.view_functions[request.endpoint or ""]
    kind = getattr(view, "shows", "")
    if kind:
        look_at(actor, subject.owners, kind)


def look_at(actor: Actor, people: Set[int], kind: str) -> None:
    """Keep that somebody looks at what is these people's, also where it opens beside a list; at one's own, nothing."""
    if actor.person_id in people:
        return
    just_now = queries.noted(
        db(),
        actor.person_id,
        people,
        kind,
        now(),
    )
    new = people - just_now
    if not new:
        return
    with apart() as opened:
        actions.note(
            opened,
            actor.person_id,
            new,
            kind,
            now(),
        )
