"""Door: the coordinator asks a manager again to confirm the hours of a mentor."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from mentorship.base.i18n import gettext, moment
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.reminders.managers import actions
from mentorship.web.page import done_at, sent
from mentorship.web.request import db, now

blueprint = Blueprint("managers", __name__, url_prefix="/managers")


@blueprint.post("/<id:person_id>/ask-again")
@guard.allow(access.COORDINATE, of=people.person_subject)
def ask_again(person_id: int) -> Response:
    """Ask whoever manages a mentor to answer about the hours that wait."""
    asked = actions.ask_again(
        db(),
        guard.actor(),
        person_id,
        now(),
    )
    said = gettext(
        "%(name)s is asked by mail in their shift, from %(moment)s on.",
        name=asked.manager.name,
        moment=moment(asked.moment),
    )
    return done_at(
        said,
        sent().get("back", ""),
        "insight.index",
        _anchor=f"p{person_id}",
    )
