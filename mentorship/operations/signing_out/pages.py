"""Doors: sign somebody out everywhere, after it was said what that does."""

from __future__ import annotations

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from mentorship.base.i18n import gettext
from mentorship.operations.signing_out import actions
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.models import Person
from mentorship.web.confirm import Confirmation, confirm
from mentorship.web.page import Page, done
from mentorship.web.request import db, now

blueprint = Blueprint("signing_out", __name__, url_prefix="/signing-out")


def _of(person_id: int) -> Person:
    return db().get_one(Person, person_id)


@blueprint.get("/<id:person_id>")
@guard.allow(access.ADMINISTER, of=people.person_subject, again=True)
def ask(person_id: int) -> Page:
    """Say what signing somebody out everywhere does, before it is done."""
    person = _of(person_id)
    asked = Confirmation(
        title=gettext("Sign out %(name)s everywhere?", name=person.name),
        consequences=[
            gettext("Every phone and computer where %(given)s is signed in is signed out.", given=person.given_name),
            gettext("None of them counts as a device of %(given)s any more.", given=person.given_name),
            gettext("The calendar address stops. %(given)s can make a new one.", given=person.given_name),
            gettext("The password stays. Does somebody else know it? Then let a new code be made as well."),
            gettext("%(given)s is told that you did this. You see nothing of theirs by it.", given=person.given_name),
        ],
        button=gettext("Yes, sign out everywhere"),
        action=url_for("signing_out.end", person_id=person_id),
        back=_person(person_id),
        danger=True,
    )
    return confirm(asked)


def _person(person_id: int) -> str:
    return url_for("person.show", person_id=person_id)


@blueprint.post("/<id:person_id>")
@guard.allow(access.ADMINISTER, of=people.person_subject, again=True)
def end(person_id: int) -> Response:
    """Sign somebody out everywhere."""
    actions.end_everywhere(
        db(),
        guard.actor(),
        person_id,
        now(),
    )
    name = _of(person_id).name
    said = gettext("%(name)s is signed out everywhere.", name=name)
    return done(said, "person.show", person_id=person_id)
