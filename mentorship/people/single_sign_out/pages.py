"""Doors: on to the provider to sign out there, and where the provider tells that somebody did."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, abort, current_app, redirect, request, session, url_for
from werkzeug.wrappers import Response

from mentorship.base import security
from mentorship.base.errors import Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.people.identity_provider import actions as provided
from mentorship.people.identity_provider import guard as provider
from mentorship.people.identity_provider.openid import LEEWAY, LOGOUT_LASTS, Distrusted
from mentorship.people.identity_provider.transport import Unreachable
from mentorship.people.single_sign_out.forms import LogoutForm
from mentorship.web.page import Page, done
from mentorship.web.request import apart, now, settings

blueprint = Blueprint("single_sign_out", __name__, url_prefix="/single-sign-out")

FAULTS = (Refused, Invalid, Distrusted, Unreachable)


@blueprint.get("")
@guard.allow(access.PUBLIC)
def show() -> Page:
    """Say that somebody is signed out here, and go on to sign out at the provider."""
    if not provider.is_offered():
        return redirect(url_for("account.sign_in"), 303)
    return provider.going_on("people/single_sign_out/show.html", url_for("single_sign_out.leave"))


@blueprint.get("/leave")
@guard.allow(access.PUBLIC)
def leave() -> Response:
    """Lead who signed out here to the provider, to sign out there."""
    found = provider.left_by(session.pop(provider.LEAVING, None))
    if found is not None:
        with suppress(Unreachable, Distrusted):
            back = settings().link(url_for("account.sign_in"))
            address = provider.the_provider().leaving(found, back, now())
            if address is not None:
                return redirect(address, 303)
    return done(gettext("You are signed out."), "account.sign_in")


@blueprint.post("/by-provider")
@guard.allow(access.PUBLIC)
def by_provider() -> Response:
    """End the sessions that have ended at the provider, which tells so by itself: no browser, no token of a form."""
    try:
        if not provider.is_offered():
            raise Distrusted("no provider")
        form = LogoutForm.read({"logout_token": request.form.get("logout_token", "")})
        notice = provider.the_provider().logout_notice(form.logout_token, now())
        with apart() as opened:
            provided.use_once(opened, f"logout {notice.jti}", now() + LOGOUT_LASTS + 2 * LEEWAY)
            provided.end_as_told(
                opened,
                notice.subject,
                notice.sid,
                now(),
            )
    except FAULTS as failure:
        security.note("provider.refused", kind=f"logout {type(failure).__name__}")
        abort(400)
    return current_app.response_class(status=200)
