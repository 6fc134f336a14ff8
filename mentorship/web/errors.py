"""What a person reads when something goes wrong: what happened, what was kept, what to do."""

from __future__ import annotations

from flask import Flask, current_app, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from mentorship.base.errors import Conflict, Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import N_, gettext
from mentorship.web.page import Page, render

SENTENCES: dict[int, tuple[str, str]] = {
    400: (
        N_("This could not be read"),
        N_("Something in the address or the form was not as expected. Nothing was changed."),
    ),
    403: (
        N_("This is not yours to see"),
        N_("Your role does not allow this. Ask the coordinator if you think it should."),
    ),
    404: (N_("Nothing here"), N_("This page does not exist, or it is not yours. Go back or start from your own page.")),
    405: (N_("This cannot be done here"), N_("Use the buttons on the page. Nothing was changed.")),
    413: (N_("Too large"), N_("What you sent is larger than we take. Nothing was changed.")),
    422: (
        N_("This cannot be done like this"),
        N_("Something in the address or the form was not as expected. Nothing was changed."),
    ),
    429: (N_("Try again later"), N_("There were too many attempts. Wait a quarter of an hour.")),
    500: (N_("Something went wrong with us"), N_("Nothing was changed. Try again; if it stays, tell the coordinator.")),
    503: (
        N_("Busy for a moment"),
        N_("The database is busy or restarting. Nothing was changed. Try again in a minute."),
    ),
}


def init(app: Flask) -> None:
    """Register the error pages."""

    def shown(status: int, sentence: str | None = None) -> Page:
        title, text = SENTENCES.get(status, SENTENCES[500 if status >= 500 else 400])
        return render("error.html", status, title=gettext(title), text=sentence or gettext(text), code=status)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Page:
        if error.code and error.code < 400:
            return error.get_response()
        return shown(error.code or 500)

    @app.errorhandler(SecurityError)
    def elsewhere(_error: SecurityError) -> Page:
        # asked for by a name that we do not serve: a page could link to nothing
        return Response(gettext(SENTENCES[400][1]) + "\n", 400, content_type="text/plain; charset=utf-8")

    @app.errorhandler(CSRFError)
    def stale(_error: CSRFError) -> Page:
        return shown(
            400, gettext("This form was open too long or came from elsewhere. Go back, reload the page and send again.")
        )

    @app.errorhandler(Refused)
    def refused(error: Refused) -> Page:
        return shown(409 if isinstance(error, Conflict) else 422, str(error))

    @app.errorhandler(Invalid)
    def invalid(error: Invalid) -> Page:
        said = [gettext(SENTENCES[422][1]), *error.errors.values()]
        return shown(422, " ".join(dict.fromkeys(said)))

    @app.errorhandler(IntegrityError)
    def clash(_error: IntegrityError) -> Page:
        current_app.logger.warning("the database refused a change at %s", request.endpoint)
        return shown(
            409, gettext("Somebody else was just before you, so this no longer fits. Nothing was changed; look again.")
        )

    @app.errorhandler(OperationalError)
    def away(_error: OperationalError) -> Page:
        current_app.logger.exception("the database does not answer")
        return shown(503)
