"""Doors on one's own initiative: being asked now, and changing what one sent."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.errors import Conflict
from mentorship.base.i18n import gettext
from mentorship.checkins import pages, queries, statements, terms, words
from mentorship.checkins.endings.forms import read_reply
from mentorship.checkins.own import actions
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, sent
from mentorship.web.request import db, now

blueprint = Blueprint("own", __name__, url_prefix="/checkins/own")


@blueprint.post("/ask/<id:mentorship_id>")
@guard.allow(access.OWN, of=queries.pair_subject)
def ask(mentorship_id: int) -> Response:
    """Open a check-in on one's own wish, for oneself alone."""
    opened = actions.ask(
        db(),
        guard.actor().person_id,
        mentorship_id,
        now(),
    )
    address = url_for("checkins.show", check_in_id=id_of(opened))
    return redirect(address, 303)


@blueprint.get("/<id:check_in_id>")
@guard.allow(access.OWN, of=queries.subject)
def show_sent(check_in_id: int) -> Page:
    """Show what one sent as a form, to change it."""
    return _sent_again(check_in_id)


def _sent_again(check_in_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    found = queries.one(db(), check_in_id)
    address = url_for("checkins.show", check_in_id=check_in_id)
    if not terms.is_correctable(db(), found, local_date(now())):
        if wrong:
            raise Conflict(actions.TOO_LATE)
        return redirect(address, 303)
    urls = {
        "send": url_for("own.correct", check_in_id=check_in_id),
        "answer": "",
        "skip": "",
        "out": address,
    }
    asked = queries.asked(db(), found)
    return pages.to_answer(
        asked,
        urls,
        pages.WayOn("", gettext("Back"), address),
        {key: words.step(value) for key, value in asked.answers.items()},
        wrong or Mistake(values=statements.sent_before(found)),
        correcting=True,
    )


@blueprint.post("/<id:check_in_id>")
@guard.allow(access.OWN, of=queries.subject)
def correct(check_in_id: int) -> Page:
    """Put other answers in place of those that were sent."""
    fields = sent("help_from")
    try:
        reply = read_reply(fields)
        actions.correct(
            db(),
            check_in_id,
            reply,
            now(),
        )
    except Conflict:
        raise
    except MISTAKES as failure:
        return _sent_again(check_in_id, mistake(failure, fields))
    return done(gettext("Changed. What you sent now counts."), "checkins.show", check_in_id=check_in_id)
