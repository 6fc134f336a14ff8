"""Door: say that what was filled in for oneself is right."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from mentorship.base.i18n import gettext
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.profiles.filled import actions
from mentorship.web.page import done
from mentorship.web.request import db, now

blueprint = Blueprint("filled", __name__, url_prefix="/filled")


@blueprint.post("")
@guard.allow(access.SIGNED_IN)
def say_right() -> Response:
    """Let the marks go of what others filled in."""
    actions.say_right(db(), guard.actor(), now())
    return done(gettext("Good. You can always change it here."), "profiles.index")
