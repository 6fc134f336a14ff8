"""Doors: one's own PIN for the shared tablet."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for

from mentorship.base.errors import Refused
from mentorship.base.i18n import gettext
from mentorship.people import access
from mentorship.people.account import guard, passwords
from mentorship.people.models import Person
from mentorship.people.pin.forms import PinForm
from mentorship.people.tablet import actions
from mentorship.people.tablet.models import TabletCard
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now, settings

blueprint = Blueprint("pin", __name__, url_prefix="/pin")


@blueprint.get("")
@guard.allow(access.SIGNED_IN, again=True)
def index() -> Page:
    """Show the form to choose one's PIN for the tablet; whoever came in by a code confirms first that it is them."""
    return _confirmed_first() or _index()


def _confirmed_first() -> Page | None:
    if guard.actor().closed_before is None:
        return None
    return redirect(url_for("confirming.show"), 303)


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    card = db().get(TabletCard, guard.actor().person_id)
    told = gettext("You have no card for the shared tablet. You can choose a PIN for when you get one.")
    if card is not None and card.secret_hash is not None:
        told = gettext("With your card and this PIN you answer your check-ins on the shared tablet.")
    return render_form(
        "people/pin/index.html",
        wrong,
        heading=gettext("Choose another PIN") if card and card.pin_hash else gettext("Choose a PIN"),
        told=told,
    )


@blueprint.post("")
@guard.allow(access.SIGNED_IN, again=True)
def choose() -> Page:
    """Choose one's PIN."""
    elsewhere = _confirmed_first()
    if elsewhere is not None:
        return elsewhere
    try:
        form = PinForm.read(sent())
        if form.pin != form.again:
            raise Refused(actions.NOT_THE_SAME, field="again")
        actions.choose_pin(
            db(),
            db().get_one(Person, guard.actor().person_id),
            form.pin,
            passwords.from_settings(settings()),
            settings().secret_keys,
            now(),
        )
    except MISTAKES as failure:
        return _index(mistake(failure, {}))
    return done(gettext("Your PIN is set. Use it with your card on the shared tablet."), "account.show")
