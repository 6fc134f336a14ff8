"""Who comes in on a shared tablet, what waits for them there, and how they are out again."""

from __future__ import annotations

from flask import current_app, flash, redirect, session, url_for
from flask_login import login_user
from sqlmodel import Session
from werkzeug.wrappers import Response

from mentorship.base import security
from mentorship.base.db import id_of
from mentorship.people.access import Actor
from mentorship.people.account import actions as accounts
from mentorship.people.account import guard
from mentorship.people.kiosk.ways import Waiting, Waits
from mentorship.people.models import Person, Tablet
from mentorship.people.tablet import actions
from mentorship.people.tablet import guard as tablets
from mentorship.web.request import db, now
from mentorship.web.undo import SUCCESS


def waiting(actor: Actor) -> list[Waiting]:
    """Return what somebody can do on a tablet."""
    waits: Waits = current_app.extensions["mentorship_waits"]
    return waits(db(), actor.person_id, now())


def sign_in(opened: Session, person: Person, tablet: tablets.Here) -> None:
    """Start a short session on a tablet; neither does the tablet become a device of theirs, nor is anything opened."""
    token = actions.start(
        opened,
        id_of(person),
        opened.get_one(Tablet, tablet.id),
        now(),
    )
    no_roles_yet: frozenset[str] = frozenset()
    me = Actor(id_of(person), no_roles_yet, person.name)
    session.clear()
    login_user(guard.SignedIn(token, me))
    guard.tell_of_code(opened, id_of(person))
    security.signed_in(me.person_id)
    security.note("sign_in.good", person=me.person_id, kind="tablet")


def go_on(said: str) -> Response | None:
    """Say on a tablet what was done, and lead on: to what else waits, else out, for the next; None elsewhere."""
    if guard.actor().tablet_id is None:
        return None
    if any(one.waits for one in waiting(guard.actor())):
        flash(said, SUCCESS)
        return redirect(url_for("kiosk.own"), 303)
    return sign_out(said)


def sign_out(said: str) -> Response:
    """Sign out whoever is signed in on this tablet, and let it forget all of them."""
    me = guard.actor_or_none()
    if me is not None:
        accounts.end_sessions(db(), me.person_id, now(), only=me.sign_in_id)
        security.note("sign_out", person=me.person_id)
    tablets.leave()
    if said:
        flash(said, SUCCESS)
    return redirect(url_for("kiosk.index"), 303)
