"""Doors: the signals that one sees, and what one does about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint
from sqlmodel import Session
from werkzeug.wrappers import Response

from mentorship.base.errors import Conflict, Refused
from mentorship.base.forms import Form
from mentorship.base.i18n import day, gettext, ngettext
from mentorship.checkins.signals import actions, queries, viewers, words
from mentorship.checkins.signals.cards import CardReader, SignalCard, card
from mentorship.checkins.signals.forms import CloseForm, ReleaseForm, TakeForm
from mentorship.checkins.signals.viewers import Seen
from mentorship.mentorships import queries as mentorships
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.access import Subject
from mentorship.people.account import guard
from mentorship.profiles import queries as profiles
from mentorship.programme import queries as programme
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, choices, done, paging, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("signals", __name__, url_prefix="/signals")
Sent = TypeVar("Sent", bound=Form)


def _acting(session: Session, signal_id: int) -> Subject | None:
    return viewers.who_acts(session, signal_id, now())


def _easing(session: Session, signal_id: int) -> Subject | None:
    return viewers.who_eases(session, signal_id, now())


def _releasing(session: Session, signal_id: int) -> Subject | None:
    return viewers.who_releases(session, signal_id, now())


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    """Show the cards of one page; what was typed stands on the card it was typed on."""
    everything = queries.visible(db(), guard.actor(), now())
    pages = paging(len(everything))
    last = pages.offset + pages.size
    found = everything[pages.offset : last]
    sent_on = _of_card(everything, wrong)
    if sent_on is not None and sent_on not in found:
        found = [sent_on, *found]
    return render_form(
        "checkins/signals/index.html",
        wrong,
        cards=_cards(found, wrong),
        acts_on_any=any(seen.acts for seen in found),
        paging=pages,
        steps=choices(words.ACTIONS, words.ACTIONS),
    )


def _of_card(found: list[Seen], wrong: Mistake) -> Seen | None:
    """Return the signal on whose card something was sent that was wrong."""
    for seen in found:
        if str(seen.row.id) == wrong.about:
            return seen
    return None


def _cards(found: list[Seen], wrong: Mistake) -> list[SignalCard]:
    pairs = mentorships.by_id(db(), {seen.row.mentorship_id for seen in found})
    ids = {seen.row.owner_id for seen in found}
    for pair in pairs.values():
        ids |= {pair.mentor_id, pair.junior_id}
    persons = people.persons(db(), ids)
    reader = CardReader(
        person_id=guard.actor().person_id,
        now=now(),
        managers=programme.visibility(db()),
        places=_places(found),
        sent_on=wrong.about,
        typed=wrong.values,
        wrong=wrong.errors,
    )
    cards = []
    for seen in found:
        pair = pairs[seen.row.mentorship_id]
        cards.append(card(seen, pair, persons, reader))
    return cards


def _places(found: list[Seen]) -> int:
    """Return the places that the reader offers, read only where a card needs it."""
    if not any(seen.eases for seen in found):
        return 0
    me = guard.actor()
    return profiles.capacity(db(), me.person_id).places


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """List the signals that one may see, the most urgent first."""
    return _index()


def _acted(signal_id: int, form: type[Sent], act: Callable[[Sent], object], said: str) -> Page:
    """Do what a card sent; what is wrong in a field is said on the card."""
    fields = sent()
    try:
        act(form.read(fields))
    except MISTAKES as failure:
        about_all = isinstance(failure, Refused) and not failure.field
        if about_all or isinstance(failure, Conflict):
            raise
        return _index(mistake(failure, fields, str(signal_id)))
    return done(said, "signals.index")


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
    return _acted(signal_id, TakeForm, act, said)


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
            now(),
        )

    said = gettext("Closed. If it returns, it says so.")
    return _acted(signal_id, CloseForm, act, said)


def _tapped(signal_id: int, changed: bool, said: str) -> Response:
    """Tell what a tap did; a second tap did nothing."""
    if not changed:
        again = gettext("You have already done this with this signal: nothing was changed again.")
        said = f"{again} {said}"
    return done(said, "signals.index", _anchor=f"signal-{signal_id}")


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
    """Release a signal of one's own to the manager of one's line, or take it back."""
    wanted = ReleaseForm.read(sent()).release
    actions.release(db(), guard.actor(), signal_id, wanted, now())
    if wanted:
        said = gettext("Shown: your manager hears that something needs attention, and none of your answers.")
    else:
        said = gettext("Withdrawn: your manager does not see it any more.")
    return done(said, "signals.index", _anchor=f"signal-{signal_id}")
