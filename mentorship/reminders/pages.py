"""Doors: what mail one gets, and no more of it at one click, without signing in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request
from werkzeug.wrappers import Response

from mentorship.base import links
from mentorship.base.i18n import gettext, ngettext
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


@dataclass(frozen=True)
class Topic:
    """A topic of mail, and whether somebody gets it."""

    key: str
    name: str
    hint: str
    wanted: bool


@blueprint.get("/reminders")
@guard.allow(access.SIGNED_IN)
def preferences() -> Page:
    """Show what mail one gets."""
    me = guard.actor()
    wanted = queries.topics_of(db(), me.person_id)
    topics = []
    for key in TOPICS:
        topic = Topic(
            key,
            gettext(TOPIC_NAMES[key]),
            gettext(TOPIC_HINTS[key]),
            key in wanted,
        )
        topics.append(topic)
    finding = ngettext(
        "You get mail about %(num)s of %(of)s topics",
        "You get mail about %(num)s of %(of)s topics",
        len(wanted),
        of=len(topics),
    )
    return render("reminders/preferences.html", topics=topics, finding=finding)


@blueprint.post("/reminders")
@guard.allow(access.SIGNED_IN)
def choose() -> Response:
    """Get mail of exactly the topics ticked."""
    me = guard.actor()
    form = TopicsForm.read(sent("wanted"))
    actions.choose(db(), me.person_id, form.wanted, now())
    return done(gettext("Saved."), "reminders.preferences")


def _signed() -> tuple[int, str] | None:
    """Return whom the link was mailed to and the topic of that mail; None when it is not ours or too old."""
    token = _token()
    found = links.read(settings(), UNSUBSCRIBE, token, now(), UNSUBSCRIBE_LASTS)
    if not found:
        return None
    person_id, topic = found
    person = db().get(Person, person_id)
    if person is None:
        return None
    choose_locale(person.locale)
    return person_id, topic


def _token() -> str:
    token = request.args.get("token", "")
    return token[:500]


def _no_more(topic: str | None, *, stopped: bool = False, status: int = 200) -> Page:
    """Show what becomes of the mails of a topic; without one that the link does not work."""
    name = gettext(TOPIC_NAMES[topic]) if topic else ""
    return render(
        "reminders/unsubscribe.html",
        status,
        topic=name,
        stopped=stopped,
        token=request.args.get("token"),
    )


@blueprint.get("/mail/unsubscribe")
@blueprint.get("/reminders/unsubscribe")
@guard.allow(access.PUBLIC)
def unsubscribe() -> Page:
    """Ask whether the mails of one topic should stop; opening a link changes nothing."""
    found = _signed()
    if found is None:
        return _no_more(None)
    _, topic = found
    return _no_more(topic)


@blueprint.post("/mail/unsubscribe")  # as mailed before: mail programs follow no redirect
@blueprint.post("/reminders/unsubscribe")
@guard.allow(access.PUBLIC)
def do_unsubscribe() -> Page:
    """Stop the mails of one topic, for whoever has the link; mail programs send this by themselves at one click."""
    found = _signed()
    if found is None:
        return _no_more(None, status=400)
    person_id, topic = found
    actions.unsubscribe(db(), person_id, topic, now())
    return _no_more(topic, stopped=True)
