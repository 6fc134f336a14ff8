"""Doors: the notes of coordinators about a request of a round; one is written, and taken back by who wrote it."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from mentorship.base.i18n import gettext
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.looks.guard import shows
from mentorship.people.looks.models import REQUEST
from mentorship.rounds import queries
from mentorship.rounds.models import Round
from mentorship.rounds.notes import actions
from mentorship.rounds.notes.forms import NoteForm
from mentorship.rounds.notes.queries import note_subject
from mentorship.rounds.notes.rows import rows
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("notes", __name__, url_prefix="/rounds")
OF_REQUEST = "/<id:round_id>/notes/<id:request_id>"


@blueprint.get(OF_REQUEST)
@guard.allow(access.COORDINATE, of=queries.request_subject)
@shows(REQUEST)
def show(round_id: int, request_id: int) -> Page:
    """Show what was noted about a request, with the form for one more."""
    return _page(round_id, request_id)


def _page(round_id: int, request_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    request = queries.requests(db(), [request_id])[request_id]
    junior = people.persons(db(), [request.person_id])[request.person_id]
    return render_form(
        "rounds/notes/show.html",
        wrong,
        round=db().get_one(Round, round_id),
        request_id=request_id,
        junior=junior,
        notes=rows(db(), round_id, request_id, guard.actor().person_id),
    )


@blueprint.post(OF_REQUEST)
@guard.allow(access.COORDINATE, of=queries.request_subject)
@shows(REQUEST)
def note(round_id: int, request_id: int) -> Page:
    """Note a few words for the other coordinators."""
    fields = sent()
    try:
        form = NoteForm.read(fields)
        actions.note(
            db(),
            guard.actor(),
            round_id,
            request_id,
            words=form.words,
            now=now(),
        )
    except MISTAKES as failure:
        return _page(round_id, request_id, mistake(failure, fields))
    return _back(gettext("Noted for the other coordinators."), round_id, request_id)


@blueprint.post("/notes/<id:note_id>/take-back")
@guard.allow(access.COORDINATE, of=note_subject)
def take_back(note_id: int) -> Response:
    """Take back one's own note."""
    noted = actions.take_back(db(), guard.actor(), note_id, now())
    return _back(gettext("The note is withdrawn."), noted.round_id, noted.request_id)


def _back(said: str, round_id: int, request_id: int) -> Response:
    """Return to the request, where its notes stand."""
    return done(said, "review.show", round_id=round_id, request_id=request_id, _anchor="notes")
