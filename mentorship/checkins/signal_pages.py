"""Doors: the signals that one may act on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort

from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict, Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext
from mentorship.checkins import signal_actions, signal_queries, words
from mentorship.checkins.forms import CloseForm, TakeForm
from mentorship.mentorships import queries as mentorships
from mentorship.people import access, guard
from mentorship.people import queries as people
from mentorship.web.page import Page, done, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("signals", __name__, url_prefix="/signals")
LATER = timedelta(weeks=2)


def _index(status: int = 200, failed: int = 0, errors: object = None, values: object = None) -> Page:
    found = signal_queries.visible(db(), guard.actor())
    pairs = mentorships.by_id(db(), {s.row.mentorship_id for s in found})
    ids = [i for pair in pairs.values() for i in (pair.mentor_id, pair.junior_id)]
    return render(
        "checkins/signals.html",
        status,
        found=found,
        pairs=pairs,
        people=people.persons(db(), [*ids, *(s.row.owner_id for s in found)]),
        words=words,
        later=local_date(now()) + LATER,
        failed=failed,
        errors=errors or {},
        values=values or {},
    )


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """List the signals that one may act on, the most urgent first."""
    return _index()


def _acted(signal_id: int, form: Any, act: Any, said: str) -> Page:
    if not signal_queries.may_act(db(), guard.actor(), signal_id):
        abort(404)  # another's looks like what does not exist
    fields = sent()
    try:
        act(form.read(fields))
    except Invalid as failure:
        return _index(422, signal_id, failure.errors, fields)
    except Conflict:
        raise
    except Refused as refusal:
        if "field" not in refusal.params:
            raise
        return _index(422, signal_id, {str(refusal.params["field"]): str(refusal)}, fields)
    return done(said, "signals.index")


@blueprint.post("/<id:signal_id>/take")
@guard.allow(access.SIGNED_IN, of=signal_queries.subject)
def take(signal_id: int) -> Page:
    """Take a signal on."""
    return _acted(
        signal_id,
        TakeForm,
        lambda f: signal_actions.take(db(), guard.actor(), signal_id, f.action, f.look_again_on, now()),
        gettext("Taken on. It stays in the list until it is closed."),
    )


@blueprint.post("/<id:signal_id>/close")
@guard.allow(access.SIGNED_IN, of=signal_queries.subject)
def close(signal_id: int) -> Page:
    """Close a signal with what was done."""
    return _acted(
        signal_id,
        CloseForm,
        lambda f: signal_actions.close(db(), guard.actor(), signal_id, f.outcome, now()),
        gettext("Closed. If it returns, it says so."),
    )
