"""Doors: all that is kept about oneself, by subject, as one page and as a file."""

from __future__ import annotations

import json

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.people.models import Person
from mentorship.privacy.mine.gathering import gather
from mentorship.privacy.mine.reading import boxes, document
from mentorship.privacy.mine.subjects import BY_KEY, SUBJECTS
from mentorship.web.page import Page, download, render
from mentorship.web.request import db, now, settings

JSON_TYPE = "application/json; charset=utf-8"

blueprint = Blueprint("mine", __name__, url_prefix="/mine")


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show the subjects, and what one can ask for."""
    return render(
        "privacy/mine/index.html",
        subjects=SUBJECTS,
        closed=guard.actor().closed_before is not None,
    )


@blueprint.get("/subject")
@guard.allow(access.SIGNED_IN)
def subject() -> Page:
    """Show what is kept of one subject; the address says of which."""
    chosen = BY_KEY.get(
        request.args.get(
            "of",
            SUBJECTS[0].key,
        )
    )
    if chosen is None:
        abort(404)
    me = guard.actor()
    found = gather(
        db(),
        me.person_id,
        [chosen],
        closed=me.closed_before is not None,
    )
    return render(
        "privacy/mine/subject.html",
        subject=chosen,
        boxes=boxes(found[chosen.key]),
    )


@blueprint.get("/whole")
@guard.allow(access.SIGNED_IN, again=True)
def whole() -> Page:
    """Show everything on one page, to be printed."""
    me = guard.actor()
    found = gather(
        db(),
        me.person_id,
        closed=me.closed_before is not None,
    )
    told = [(one, boxes(found[one.key])) for one in SUBJECTS]
    return render(
        "privacy/mine/whole.html",
        subjects=[(one, parts) for one, parts in told if parts],
        person=db().get_one(
            Person,
            me.person_id,
        ),
    )


@blueprint.get("/data.json")
@guard.allow(access.SIGNED_IN, again=True)
def as_file() -> Response:
    """Offer everything as a file that other programs read."""
    me = guard.actor()
    person = db().get_one(
        Person,
        me.person_id,
    )
    found = gather(
        db(),
        id_of(person),
        closed=me.closed_before is not None,
    )
    about = {
        "what": gettext("All that Leermaat keeps about you"),
        "service": settings().public_url,
        "person": person.name,
        "made_at": now().isoformat(),
    }
    text = json.dumps(
        document(
            found,
            about,
        ),
        ensure_ascii=False,
        indent=2,
    )
    return download(
        text.encode(),
        f"leermaat-{local_date(now()).isoformat()}.json",
        JSON_TYPE,
    )
