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
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _elsewhere)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Invalid, _invalid)
    app.register_error_handler(IntegrityError, _clash)
    app.register_error_handler(OperationalError, _away)


def _shown(status: int, sentence: str | None = None) -> Page:
    title, text = SENTENCES.get(status, SENTENCES[500 if status >= 500 else 400])
    return render(
        "error.html",
        status,
        title=gettext(title),
        text=sentence or gettext(text),
        code=status,
    )


def _http(error: HTTPException) -> Page:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    return _shown(status)


def _elsewhere(_error: SecurityError) -> Page:
    # asked for by a name that we do not serve: a page could link to nothing
    _title, text = SENTENCES[400]
    said = gettext(text) + "\n"
    return Response(said, 400, content_type="text/plain; charset=utf-8")


def _stale(_error: CSRFError) -> Page:
    return _shown(
        400, gettext("This form was open too long or came from elsewhere. Go back, reload the page and send again.")
    )


def _refused(error: Refused) -> Page:
    status = 409 if isinstance(error, Conflict) else 422
    return _shown(status, str(error))


def _invalid(error: Invalid) -> Page:
    _title, text = SENTENCES[422]
    said = [gettext(text), *error.errors.values()]
    each_once = dict.fromkeys(said)
    return _shown(422, " ".join(each_once))


def _clash(_error: IntegrityError) -> Page:
    current_app.logger.warning("the database refused a change at %s", request.endpoint)
    return _shown(
        409, gettext("Somebody else was just before you, so this no longer fits. Nothing was changed; look again.")
    )


def _away(_error: OperationalError) -> Page:
    current_app.logger.exception("the database does not answer")
    return _shown(503)
