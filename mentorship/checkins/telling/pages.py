"""Door: that somebody shall know of one's lowest answer."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from mentorship.base.i18n import gettext
from mentorship.checkins import queries as check_ins
from mentorship.checkins.telling import actions
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.page import done
from mentorship.web.request import db, now

blueprint = Blueprint("telling", __name__, url_prefix="/checkins/telling")


@blueprint.post("/<id:check_in_id>")
@guard.allow(access.OWN, of=check_ins.subject)
def let_known(check_in_id: int) -> Response:
    """Let somebody know of one's lowest answer."""
    actions.let_known(db(), check_in_id, now())
    said = gettext("Somebody hears that it is time to talk, and not what you answered.")
    return done(said, "checkins.show", check_in_id=check_in_id)
