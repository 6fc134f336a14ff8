"""Doors: the signals that one may act on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort

from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict, Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import day, gettext, ngettext
from mentorship.checkins.signals import actions as signal_actions
from mentorship.checkins.signals import queries as signal_queries
from mentorship.checkins.signals import words
from mentorship.checkins.signals.forms import CloseForm, ReleaseForm, TakeForm
from mentorship.mentorships import queries as mentorships
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.profiles import queries as profiles
from mentorship.programme.queries import programme
from mentorship.web.page import Page, done, paging, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("signals", __name__, url_prefix="/signals")


def _index(status: int = 200, failed: int = 0, errors: object = None, values: object = None) -> Page:
    me, today = guard.actor().person_id, local_date(now())
    everything = signal_queries.visible(db(), guard.actor(), now())
    pages = paging(len(everything))
    found = everything[pages.offset : pages.offset + pages.size]
    if failed and all(s.row.id != failed for s in found):  # what was typed stands on the card it was typed on
        found = [s for s in everything if s.row.id == failed] + found
    pairs = mentorships.by_id(db(), {s.row.mentorship_id for s in found})
    ids = [i for pair in pairs.values() for i in (pair.mentor_id, pair.junior_id)]
    return render(
        "checkins/signals/index.html",
        status,
        found=found,
        paging=pages,
        pairs=pairs,
        people=people.persons(db(), [*ids, *(s.row.owner_id for s in found)]),
        words=words,
        today=today,
        later=today + signal_actions.LATER,
        visibility=programme(db()).visibility,
        places=profiles.capacity(db(), me).places if any(s.eases for s in found) else 0,
        failed=failed,
        errors=errors or {},
        values=values or {},
    )


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """List the signals that one may see, the most urgent first."""
    return _index()


def _acted(signal_id: int, form: Any, act: Any, said: str) -> Page:
    if not signal_queries.may_act(db(), guard.actor(), signal_id, now()):
        abort(404)  # another's looks like what does not exist
    fields = sent()
    try:
        act(form.read(fields))
    except Invalid as failure:
        return _index(422, signal_id, failure.errors, fields)
    except Conflict:
        raise
    except Refused as refusal:
        if not refusal.field:
            raise
        return _index(422, signal_id, {refusal.field: str(refusal)}, fields)
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


def _seen(signal_id: int) -> signal_queries.Seen:
    found = signal_queries.one(db(), guard.actor(), signal_id, now())
    if found is None:
        abort(404)
    return found


def _tapped(signal_id: int, changed: bool, said: str) -> Page:
    """Tell what a tap did; a second tap did nothing."""
    again = gettext("You did this already with this signal: nothing was changed again.")
    return done(f"{'' if changed else again + ' '}{said}", "signals.index", _anchor=f"signal-{signal_id}")


@blueprint.post("/<id:signal_id>/fewer-places")
@guard.allow(access.SIGNED_IN, of=signal_queries.subject)
def fewer_places(signal_id: int) -> Page:
    """Offer one place fewer, and take one's own signal on with that."""
    if not _seen(signal_id).eases:
        abort(404)
    changed, places = signal_actions.fewer_places(db(), guard.actor(), signal_id, now())
    said = ngettext("You now offer %(num)s place as a mentor.", "You now offer %(num)s places as a mentor.", places)
    return _tapped(signal_id, changed, said)


@blueprint.post("/<id:signal_id>/pause")
@guard.allow(access.SIGNED_IN, of=signal_queries.subject)
def pause(signal_id: int) -> Page:
    """Take no new juniors for four weeks, and take one's own signal on with that."""
    if not _seen(signal_id).eases:
        abort(404)
    changed, until = signal_actions.pause(db(), guard.actor(), signal_id, now())
    if until is None:
        said = gettext("You take no new juniors until you end the pause; your present juniors stay.")
    else:
        said = gettext("You take no new juniors until %(day)s; your present juniors stay.", day=day(until))
    return _tapped(signal_id, changed, said)


@blueprint.post("/<id:signal_id>/second-mentor")
@guard.allow(access.SIGNED_IN, of=signal_queries.subject)
def second_mentor(signal_id: int) -> Page:
    """Ask the coordinator for a second mentor, and take one's own signal on with that."""
    if not _seen(signal_id).eases:
        abort(404)
    changed = signal_actions.second_mentor(db(), guard.actor(), signal_id, now())
    said = gettext("The coordinator sees that you ask for a second mentor, and none of your answers.")
    return _tapped(signal_id, changed, said)


@blueprint.post("/<id:signal_id>/release")
@guard.allow(access.SIGNED_IN, of=signal_queries.subject)
def release(signal_id: int) -> Page:
    """Release a signal of one's own to the manager of one's line, or take it back."""
    if not _seen(signal_id).releasable:
        abort(404)
    wanted = ReleaseForm.read(sent()).release
    signal_actions.release(db(), guard.actor(), signal_id, wanted, now())
    if wanted:
        said = gettext("Released: your manager hears that something asks for attention, and none of your answers.")
    else:
        said = gettext("Taken back: your manager does not see it any more.")
    return done(said, "signals.index", _anchor=f"signal-{signal_id}")
