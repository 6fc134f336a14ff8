"""Door: say that colleagues may find one, or no longer."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from mentorship.base.i18n import gettext
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.profiles.findable import actions
from mentorship.profiles.findable.forms import FindableForm
from mentorship.web.page import done, sent
from mentorship.web.request import db, now

blueprint = Blueprint("findable", __name__, url_prefix="/findable")


@blueprint.post("")
@guard.allow(access.GUIDE)
def choose() -> Response:
    """Let colleagues find one by what one passes on, or no longer."""
    found = FindableForm.read(sent()).found == "yes"
    actions.be_found(db(), guard.actor(), found=found, now=now())
    said = gettext("Colleagues can find you now.") if found else gettext("Nobody finds you any more.")
    return done(said, "profiles.index", open="findable", _anchor="findable")
