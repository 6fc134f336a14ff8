"""What a person reads when something goes wrong: what happened, what was kept, what to do.

The pages are rendered without anything that can fail: no session, no database, no signed-in user.
"""

from __future__ import annotations

import errno
from collections import Counter
from time import monotonic
from typing import Any

from flask import Flask, current_app, flash, redirect, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from mentorship.base import outage, security
from mentorship.base.errors import Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import N_, gettext, moment
from mentorship.web.mistakes import note_refusal, retry_after, status_of
from mentorship.web.page import Page, link_back, way_back
from mentorship.web.request import now

TOLD_EVERY = 10.0
"""Seconds before the log takes the same line about the database again."""
MOST_LINES = 100
AWAY_FOR = 60
"""Seconds after which to try again while the database is away, as the page says too."""

SENTENCES: dict[int, tuple[str, str]] = {
    400: (
        N_("We could not read this"),
        N_("Something in the address or the form was not as expected. Nothing was changed."),
    ),
    403: (
        N_("You have no access to this"),
        N_("Your role does not allow this. Ask the coordinator if you think it should."),
    ),
    404: (N_("Nothing here"), N_("This page does not exist, or it is not yours. Go back or start from your own page.")),
    405: (N_("This cannot be done here"), N_("Use the buttons on the page. Nothing was changed.")),
    409: (
        N_("Somebody else was first"),
        N_("Somebody else was just before you, so this no longer fits. Nothing was changed; look again."),
    ),
    413: (N_("Too large"), N_("What you sent is too large. Nothing was changed.")),
    422: (
        N_("This cannot be done like this"),
        N_("Something in the address or the form was not as expected. Nothing was changed."),
    ),
    429: (N_("Try again later"), N_("There were too many attempts. Wait a few minutes.")),
    500: (
        N_("Something went wrong on our side"),
        N_("Nothing was changed. Try again; if it keeps happening, tell the coordinator."),
    ),
    503: (
        N_("Busy for a moment"),
        N_("The database is busy or restarting. Nothing was changed. Try again in a minute."),
    ),
    507: (
        N_("The disk is full"),
        N_("There is no room left to save anything, so nothing was changed. Tell the admin."),
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
    for failure in outage.AWAY:
        app.register_error_handler(failure, _away)
    app.register_error_handler(DBAPIError, _broken)
    app.register_error_handler(OSError, _no_room)
    app.log_exception = _log_fault  # type: ignore[assignment,method-assign]
    app.extensions["mentorship_away"] = _Seldom()


def _log_fault(fault: Any) -> None:
    """Log a fault of ours by the door and not by the address, which may be a secret: a signed link, a calendar."""
    security.note("fault", door=request.endpoint, method=request.method)
    current_app.logger.error(
        "a fault at %s [%s]",
        request.endpoint,
        request.method,
        exc_info=fault,
    )


class _Seldom:
    """Says when a line that comes with every request may go to the log again."""

    def __init__(self) -> None:
        self._again: dict[str, float] = {}
        self._untold: Counter[str] = Counter()

    def untold(self, line: str) -> int | None:
        """Return how often this line was kept back since it was told last; None when it is kept back now."""
        passed = monotonic()
        if passed < self._again.get(line, 0):
            self._untold[line] += 1
            return None
        if len(self._again) > MOST_LINES:
            self._again.clear()
        self._again[line] = passed + TOLD_EVERY
        return self._untold.pop(line, 0)


def _shown(status: int, sentence: str | None = None) -> Page:
    title, text = SENTENCES.get(status, SENTENCES[500 if status >= 500 else 400])
    template = current_app.jinja_env.get_template("error.html")  # not render_template, which asks who is signed in
    page = template.render(
        title=gettext(title),
        text=sentence or gettext(text),
        code=status,
        way_back=link_back(),
        at=moment(now()),
    )
    return page, status


def _http(error: HTTPException) -> Page:
    if error.response is not None:
        return error.get_response()  # led elsewhere from within a door
    status = error.code or 500
    if status < 400:
        return error.get_response()
    return _shown(status)


def _elsewhere(_error: SecurityError) -> Page:
    security.note("host.refused")
    # asked for by a name that we do not serve: a page could link to nothing
    _title, text = SENTENCES[400]
    said = gettext(text) + "\n"
    return Response(said, 400, content_type="text/plain; charset=utf-8")


def _stale(_error: CSRFError) -> Page:
    security.note("form.forged", door=request.endpoint, method=request.method)
    back = way_back()
    if not back:
        return _shown(400, gettext("This form did not come from a page of this service. Nothing was changed."))
    flash(
        gettext("This page has expired: it was open too long. Nothing was sent yet. Look at it, and send it again."),
        "warning",
    )
    return redirect(back, 303)


def _refused(error: Refused) -> Page:
    note_refusal(error)
    return _shown(status_of(error), str(error))


def _invalid(error: Invalid) -> Page:
    security.note("input.refused", door=request.endpoint, method=request.method)
    _title, text = SENTENCES[422]
    said = [gettext(text)]
    said.extend(error.errors.values())
    each_once = dict.fromkeys(said)
    sentence = " ".join(each_once)
    return _shown(422, sentence)


def _clash(_error: IntegrityError) -> Page:
    current_app.logger.warning("the database refused a change at %s", request.endpoint)
    return _shown(409)


def _away(error: SQLAlchemyError) -> Page:
    seldom: _Seldom = current_app.extensions["mentorship_away"]
    line = outage.in_a_line(error)
    untold = seldom.untold(line)
    if untold is not None:
        current_app.logger.error(
            "%s (at %s; %s more since this was told last)",
            line,
            request.endpoint,
            untold,
        )
    if outage.is_full(error):
        return _shown(507)
    if outage.is_lasting(error):
        return _shown(500)
    retry_after(AWAY_FOR)
    return _shown(503)


def _broken(error: DBAPIError) -> Page:
    if not error.connection_invalidated:
        raise error
    return _away(error)


def _no_room(error: OSError) -> Page:
    if error.errno != errno.ENOSPC:
        raise error
    current_app.logger.error("the disk is full at %s", request.endpoint)
    return _shown(507)
