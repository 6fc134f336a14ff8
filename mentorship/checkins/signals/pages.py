"""Doors: the signals that one sees, and what one does about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from flask import Blueprint, redirect, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.errors import Conflict, Refused
from mentorship.base.forms import Form
from mentorship.base.i18n import day, gettext, ngettext
from mentorship.base.lists import Listing, View
from mentorship.checkins.signals import (
    actions,
    around,
    inbox,
    lines,
    queries,
    signal_list,
    stepping,
    tuning,
    viewers,
    where,
    words,
)
from mentorship.checkins.signals.cards import SignalCard
from mentorship.checkins.signals.forms import CloseForm, ReleaseForm, TakeForm
from mentorship.checkins.signals.signal_list import Listed, SheetRow
from mentorship.checkins.signals.viewers import Seen
from mentorship.people import access
from mentorship.people.access import Subject
from mentorship.people.account import guard
from mentorship.people.models import Person
from mentorship.people.views.queries import saved
from mentorship.web import lists
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, Paging, done, paging, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("signals", __name__, url_prefix="/signals")
Sent = TypeVar("Sent", bound=Form)
DOORS = lists.Doors("signals.index", "signals.csv", "signals.xlsx")


def _acting(session: Session, signal_id: int) -> Subject | None:
    return viewers.who_acts(session, signal_id, now())


def _easing(session: Session, signal_id: int) -> Subject | None:
    return viewers.who_eases(session, signal_id, now())


def _releasing(session: Session, signal_id: int) -> Subject | None:
    return viewers.who_releases(session, signal_id, now())


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    """Show one view of the signals; what was typed stands on the line it was typed on."""
    shown = _listed()
    reader = shown.reader
    wanted = wrong.about or request.args.get("open")
    listed, by_line = inbox.folded(shown.found, wanted)
    pages = _paging(listed)
    last = pages.offset + pages.size
    found = listed[pages.offset : last]
    sent_on = inbox.by_id(shown.everything, wrong.about)
    if sent_on is not None and sent_on not in found:
        found = [sent_on, *found]
    open_id = inbox.opened(found, wanted, reader)
    cards, persons = _cards(found, wrong)
    return render_form(
        "checkins/signals/index.html",
        wrong,
        list=_page(shown, pages),
        parts=inbox.parts(found, cards, persons, open_id, reader, by_line, inbox.free(shown.everything)),
        here=where.here(request.args, pages.page),
        **stepping.of_open(db(), guard.actor(), found, open_id),
        matter=tuning.lines(db(), guard.actor()),
        **shown.said,
    )


def _page(shown: Listed, pages: Paging) -> lists.ListPage:
    """Return what stands around the lines: views, filters and pages."""
    kept = saved(db(), shown.reader.person_id, shown.listing.key)
    return lists.page(shown.listing, shown.view, pages, DOORS, _presets(shown), kept)


def _listed() -> Listed:
    reader = inbox.Reader(guard.actor().person_id, local_date(now()))
    me = guard.actor()
    everything = queries.visible(db(), me, now())
    shown = everything
    if request.args.get("view") == inbox.CLOSED:
        shown = queries.closed(db(), me, now())
    about = around.around(db(), shown)
    listing = signal_list.listing(shown, about)
    view = lists.read(listing)
    names = {}
    if view.text:
        cards, _ = _cards(shown)
        names = {card.signal_id: card.names for card in cards}
    found = signal_list.fitting(shown, view, reader, names, about)
    return Listed(listing, view, reader, everything, found)


def _paging(listed: list[Seen]) -> Paging:
    """Return the page that the address asks for, else the one that holds the signal to open."""
    pages = paging(len(listed))
    place = inbox.place(listed, request.args.get("open"))
    if "page" in request.args or place is None:
        return pages
    return replace(pages, page=place // pages.size + 1)


def _presets(shown: Listed) -> list[lists.Preset]:
    """Return the views with how many lines stand in each."""
    found = []
    for key, title in words.VIEWS.items():
        preset = lists.Preset(
            gettext(title),
            {} if key == inbox.ALL else {"view": (key,)},
            where.number_of(shown, key),
            waits=key == inbox.WAITS,
        )
        found.append(preset)
    return found


def _cards(found: list[Seen], wrong: Mistake = NOTHING_WRONG) -> tuple[list[SignalCard], dict[int, Person]]:
    sent_there = lines.Sent(wrong.about, wrong.values, wrong.errors)
    return lines.cards(db(), found, guard.actor(), now(), sent_there)


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """List the signals that one may see, the most urgent first."""
    return _index()


def _sheet() -> tuple[Listing, View, list[SheetRow], str]:
    """Return what the list shows, all pages of it, for a sheet."""
    shown = _listed()
    cards, _ = _cards(shown.found)
    return shown.listing, shown.view, signal_list.sheet(shown.found, cards), gettext("signals")


@blueprint.get("/signals.csv")
@guard.allow(access.SIGNED_IN, again=True)
def csv() -> Response:
    """Download the signals that the list shows, as one sees them there."""
    return lists.csv(*_sheet())


@blueprint.get("/signals.xlsx")
@guard.allow(access.SIGNED_IN, again=True)
def xlsx() -> Response:
    """Download the same as a workbook."""
    return lists.xlsx(*_sheet())


def _acted(signal_id: int, form: type[Sent], act: Callable[[Sent], object], said: str, *, gone: bool) -> Page:
    """Do what a card sent; what is wrong in a field is said on the card."""
    fields = sent()
    try:
        act(form.read(fields))
    except MISTAKES as failure:
        about_all = isinstance(failure, Refused) and not failure.field
        if about_all or isinstance(failure, Conflict):
            raise
        return _index(mistake(failure, fields, str(signal_id)))
    return _back(said, signal_id, gone=gone)


def _back(said: str, signal_id: int, *, gone: bool = False, **values: str) -> Response:
    """Say what happened, and come back to the same place in the list: to the line beside one that is gone."""
    beside = request.args.get("after", "")
    place = beside if gone and beside.isdecimal() else signal_id
    here = where.came_from(request.args)
    if "open" in values:
        here.pop("page", None)  # what is done moves it: the one that is open tells the page
    return done(said, "signals.index", _anchor=f"signal-{place}", **here, **values)


@blueprint.post("/<id:signal_id>/take")
@guard.allow(access.ACT_ON_SIGNAL, of=_acting)
def take(signal_id: int) -> Page:
    """Take a signal on."""

    def act(form: TakeForm) -> None:
        actions.take(
            db(),
            guard.actor(),
            signal_id,
            form.action,
            form.look_again_on,
            now(),
        )

    said = gettext("Picked up. It stays in the list until it is closed.")
    answer = _acted(signal_id, TakeForm, act, said, gone=request.args.get("view") == inbox.WAITS)
    if isinstance(answer, Response) and stepping.leads_on(db(), guard.actor(), signal_id):
        return redirect(url_for("steps.show", signal_id=signal_id), 303)
    return answer


@blueprint.post("/<id:signal_id>/take-line")
@guard.allow(access.ACT_ON_SIGNAL, of=_acting)
def take_line(signal_id: int) -> Response:
    """Take on at once what nobody picked up of the line that a signal stands on."""
    number = actions.take_line(db(), guard.actor(), signal_id, now())
    said = ngettext(
        "Picked up: %(num)s signal of this pair. What you do about it can be said later.",
        "Picked up: %(num)s signals of this pair. What you do about them can be said later.",
        number,
    )
    return _back(said, signal_id, gone=request.args.get("view") == inbox.WAITS)


@blueprint.post("/<id:signal_id>/close")
@guard.allow(access.ACT_ON_SIGNAL, of=_acting)
def close(signal_id: int) -> Page:
    """Close a signal with what was done."""

    def act(form: CloseForm) -> None:
        actions.close(
            db(),
            guard.actor(),
            signal_id,
            form.outcome,
            form.matter,
            now(),
        )

    said = gettext("Closed. If it returns, it says so.")
    return _acted(signal_id, CloseForm, act, said, gone=True)


def _tapped(signal_id: int, changed: bool, said: str) -> Response:
    """Tell what a tap did; a second tap did nothing."""
    if not changed:
        again = gettext("You have already done this with this signal: nothing was changed again.")
        said = f"{again} {said}"
    return _back(said, signal_id, open=str(signal_id))


@blueprint.post("/<id:signal_id>/fewer-places")
@guard.allow(access.EASE_ONES_LOAD, of=_easing)
def fewer_places(signal_id: int) -> Response:
    """Offer one place fewer, and take one's own signal on with that."""
    me = guard.actor()
    changed, places = actions.fewer_places(db(), me, signal_id, now())
    said = ngettext(
        "You now offer %(num)s place as a mentor.",
        "You now offer %(num)s places as a mentor.",
        places,
    )
    return _tapped(signal_id, changed, said)


@blueprint.post("/<id:signal_id>/pause")
@guard.allow(access.EASE_ONES_LOAD, of=_easing)
def pause(signal_id: int) -> Response:
    """Take no new juniors for four weeks, and take one's own signal on with that."""
    me = guard.actor()
    changed, until = actions.pause(db(), me, signal_id, now())
    if until is None:
        said = gettext("You take no new juniors until you end the pause; your current juniors stay.")
    else:
        said = gettext("You take no new juniors until %(day)s; your current juniors stay.", day=day(until))
    return _tapped(signal_id, changed, said)


@blueprint.post("/<id:signal_id>/second-mentor")
@guard.allow(access.EASE_ONES_LOAD, of=_easing)
def second_mentor(signal_id: int) -> Response:
    """Ask the coordinator for a second mentor, and take one's own signal on with that."""
    me = guard.actor()
    changed = actions.second_mentor(db(), me, signal_id, now())
    said = gettext("The coordinator sees that you ask for a second mentor, and none of your answers.")
    return _tapped(signal_id, changed, said)


@blueprint.post("/<id:signal_id>/release")
@guard.allow(access.RELEASE_SIGNAL, of=_releasing)
def release(signal_id: int) -> Response:
    """Release a signal of one's own to others, or take it back."""
    wanted = ReleaseForm.read(sent()).release
    actions.release(db(), guard.actor(), signal_id, wanted, now())
    if wanted:
        said = gettext("Shown. Below it says who sees what of it; nobody sees your answers.")
    else:
        said = gettext("Withdrawn: what it is about is yours alone again.")
    return _back(said, signal_id, open=str(signal_id))
