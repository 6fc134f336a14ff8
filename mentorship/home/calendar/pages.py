"""Doors: one's calendar address, and the calendar itself for programmes that cannot sign in."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, url_for
from werkzeug.wrappers import Response as BaseResponse

from mentorship.base import outage
from mentorship.base.clock import local_date
from mentorship.base.i18n import day, gettext
from mentorship.checkins.steps import queries as steps
from mentorship.home.calendar import actions, feed, queries
from mentorship.home.calendar.forms import NamesForm
from mentorship.home.calendar.models import CalendarFeed
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.confirm import Confirmation, confirm
from mentorship.web.page import Page, done, download, render, sent
from mentorship.web.request import apart, choose_locale, db, now, settings

blueprint = Blueprint("calendar", __name__, url_prefix="/calendar")


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show whether there is an address, and what it tells; never the address itself."""
    found = queries.address_of(db(), guard.actor().person_id)
    return _page(found)


def _page(found: CalendarFeed | None, address: str = "", subscribe: str = "") -> Page:
    return render(
        "home/calendar/index.html",
        heading=_heading(found),
        found=found,
        address=address,
        subscribe=subscribe,
    )


def _heading(found: CalendarFeed | None) -> str:
    if found is None:
        return gettext("Your shifts together are not in your own calendar yet")
    if found.read_on is None:
        return gettext("You have an address; no calendar app has looked yet")
    return gettext("Your calendar app last looked on %(day)s", day=day(found.read_on))


@blueprint.get("/address")
@guard.allow(access.SIGNED_IN)
def ask_to_make() -> Page:
    """Say what a new address does, before it is made."""
    asked = Confirmation(
        gettext("Make a new address?"),
        [
            gettext("The old address stops at once: a calendar that has it finds nothing there any more."),
            gettext("You see the new address once. Put it in your calendar app again."),
        ],
        gettext("Make a new address"),
        action=url_for("calendar.make"),
        back=url_for("calendar.index"),
    )
    return confirm(asked)


@blueprint.get("/revoke")
@guard.allow(access.SIGNED_IN)
def ask_to_revoke() -> Page:
    """Say what stopping the address does, before it is done."""
    asked = Confirmation(
        gettext("Stop this address?"),
        [
            gettext("A calendar that has the address finds nothing there any more."),
            gettext("What a phone has already fetched stays on it until it looks again."),
        ],
        gettext("Stop this address"),
        action=url_for("calendar.revoke"),
        back=url_for("calendar.index"),
        danger=True,
    )
    return confirm(asked)


@blueprint.post("/address")
@guard.allow(access.SIGNED_IN)
def make() -> Page:
    """Make a new address and show it this once; the one before stops working."""
    me = guard.actor().person_id
    secret = actions.make(db(), me, now())
    address = url_for("calendar.read", secret=secret, _external=True)
    subscribe = address.replace("https:", "webcal:", 1).replace("http:", "webcal:", 1)
    found = queries.address_of(db(), me)
    return _page(found, address, subscribe)


@blueprint.post("/names")
@guard.allow(access.SIGNED_IN)
def names() -> BaseResponse:
    """Say in the calendar with whom, or no longer."""
    form = NamesForm.read(sent())
    actions.show_names(
        db(),
        guard.actor().person_id,
        form.names,
        now(),
    )
    return done(gettext("Saved. Your calendar app shows it the next time it looks."), "calendar.index")


@blueprint.post("/revoke")
@guard.allow(access.SIGNED_IN)
def revoke() -> BaseResponse:
    """Let the address stop working."""
    actions.revoke(db(), guard.actor().person_id, now())
    return done(gettext("The address has stopped working."), "calendar.index")


@blueprint.get("/<secret>.ics")
@guard.allow(access.PUBLIC)
def read(secret: str) -> Response:
    """Hand the calendar to whoever has the address; all other addresses look alike."""
    try:
        found = _calendar(secret)
    except outage.AWAY:
        raise  # has an answer of its own, and is logged without the address
    except Exception:
        # Flask would log the path, and the secret is in it
        current_app.logger.exception("a calendar cannot be made")
        abort(500)
    if found is None:
        abort(404)
    return Response(found, content_type="text/calendar; charset=utf-8")


@blueprint.get("/talk/<id:signal_id>.ics")
@guard.allow(access.OWN, of=steps.talk_subject)
def talk(signal_id: int) -> BaseResponse:
    """Hand out one talk by itself: a calendar that reads one's address knows it as the same."""
    me = guard.actor().person_id
    found = steps.talk(db(), me, signal_id)
    if found is None:
        abort(404)
    written = feed.ics(
        [feed.TalkDay(found.pair_id, found.day)],
        me,
        _key(),
        now(),
    )
    name = gettext("planned talk")
    return download(written, f"{name}-{found.day}.ics", "text/calendar; charset=utf-8")


def _key() -> bytes:
    """Return what seals the names of entries: a new key does not make other entries of the same shifts."""
    oldest = settings().secret_keys[-1]
    return oldest.encode()


def _calendar(secret: str) -> bytes | None:
    owned = queries.owner(db(), secret, now())
    if owned is None:
        return None
    address, person = owned
    choose_locale(person.locale)
    entries = queries.entries(
        db(),
        address.person_id,
        names=address.names,
        now=now(),
    )
    written = feed.ics(
        entries,
        address.person_id,
        _key(),
        now(),
    )
    if address.read_on != local_date(now()):
        db().rollback()  # on SQLite our own reading would keep the writer waiting
        with apart() as opened:
            actions.note_read(opened, secret, now())
    return written
