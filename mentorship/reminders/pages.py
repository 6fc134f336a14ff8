"""Doors: what mail one gets, and no more of it at one click, without signing in."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from mentorship.base import links
from mentorship.base.i18n import gettext
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.people.models import Person
from mentorship.reminders import actions, queries
from mentorship.reminders.forms import TopicsForm
from mentorship.reminders.mails import UNSUBSCRIBE
from mentorship.reminders.models import TOPICS
from mentorship.reminders.rules import UNSUBSCRIBE_LASTS
from mentorship.reminders.words import TOPIC_HINTS, TOPIC_NAMES
from mentorship.web.page import Page, done, render, sent
from mentorship.web.request import choose_locale, db, now, settings

blueprint = Blueprint("reminders", __name__)


@blueprint.get("/reminders")
@guard.allow(access.SIGNED_IN)
def preferences() -> Page:
    """Show what mail one gets."""
    wanted = queries.topics_of(db(), guard.actor().person_id)
    return render("reminders/preferences.html", topics=TOPICS, names=TOPIC_NAMES, hints=TOPIC_HINTS, wanted=wanted)


@blueprint.post("/reminders")
@guard.allow(access.SIGNED_IN)
def choose() -> Response:
    """Get mail of exactly the topics ticked."""
    actions.choose(db(), guard.actor().person_id, TopicsForm.read(sent("wanted")).wanted, now())
    return done(gettext("Saved."), "reminders.preferences")


def _signed() -> tuple[int, str] | None:
    """Return whom the link was mailed to and the topic of that mail; None when it is not ours or too old."""
    found = links.read(settings(), UNSUBSCRIBE, request.args.get("token", "")[:500], now(), UNSUBSCRIBE_LASTS)
    person = db().get(Person, found[0]) if found else None
    if person is None:
        return None
    choose_locale(person.locale)
    return found[0], found[1]


@blueprint.get("/mail/unsubscribe")
@blueprint.get("/reminders/unsubscribe")
@guard.allow(access.PUBLIC)
def unsubscribe() -> Page:
    """Ask whether the mails of one topic should stop; opening a link changes nothing."""
    found = _signed()
    return render("reminders/unsubscribe.html", topic=found and found[1], names=TOPIC_NAMES, stopped=False)


@blueprint.post("/mail/unsubscribe")  # as mailed before: mail programs follow no redirect
@blueprint.post("/reminders/unsubscribe")
@guard.allow(access.PUBLIC)
def do_unsubscribe() -> Page:
    """Stop the mails of one topic, for whoever has the link; mail programs send this by themselves at one click."""
    found = _signed()
    if found is None:
        return render("reminders/unsubscribe.html", 400, topic=None, names=TOPIC_NAMES, stopped=False)
    actions.unsubscribe(db(), *found, now())
    return render("reminders/unsubscribe.html", topic=found[1], names=TOPIC_NAMES, stopped=True)
