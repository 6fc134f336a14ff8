"""Doors: paste a list of people, or choose a sheet; look at how it is read, then take it over."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from mentorship.base.i18n import gettext, ngettext
from mentorship.home.setup import queries as setup
from mentorship.home.setup import rules, words
from mentorship.hr_import.pasting import actions, preview
from mentorship.hr_import.pasting.actions import Listed, Taken
from mentorship.hr_import.pasting.forms import PastedForm
from mentorship.hr_import.pasting.rules import check_readable, readable
from mentorship.hr_import.pasting.uploaded import text_of
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, download, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("pasting", __name__, url_prefix="/pasting")

TAKE = "take"
"""The button that takes the list over; any other shows how it is read."""
LISTS = "column", "word", "role", "question", "answer"


@blueprint.get("")
@guard.allow(access.IMPORT)
def index() -> Page:
    """Ask for a list."""
    return _page(NOTHING_WRONG)


def _page(wrong: Mistake, **shown: Any) -> Page:
    return render_form(
        "hr_import/pasting/index.html",
        wrong,
        **_around(),
        columns=preview.column_choices(),
        **shown,
    )


def _around() -> dict[str, Any]:
    """Return what stands around the list: the guide, for who is guided by it."""
    if not access.COORDINATE.allows(guard.actor()):
        return {"frame": "hr_import/pasting/_frame.html"}
    stands = setup.stands(db(), now())
    return {"frame": words.FRAME, "guide": words.guide(stands, rules.PEOPLE)}


def _next_door() -> str:
    if access.COORDINATE.allows(guard.actor()):
        return words.next_door(setup.stands(db(), now()))
    return "imports.index"


@blueprint.post("")
@guard.allow(access.IMPORT)
def read() -> Page:
    """Show how a list is read; or take it over."""
    fields = sent(*LISTS)
    fields.pop("file", None)  # of who cannot send one
    takes = fields.pop(TAKE, None) is not None
    typed = str(fields.get("text", ""))
    fields["text"] = readable(typed)
    try:
        check_readable(typed)
        listed = _listed(fields)
        fields["text"] = listed.text
        taken = actions.take(
            db(),
            guard.actor(),
            listed,
            now(),
        )
    except MISTAKES as failure:
        return _page(mistake(failure, fields))
    if takes and not taken.report.stops:
        return done(_said(taken), _next_door())
    shown = preview.preview(
        taken,
        listed.answers,
        listed.asked,
    )
    db().rollback()
    return _page(
        NOTHING_WRONG,
        values=fields,
        preview=shown,
    )


def _listed(fields: dict[str, Any]) -> Listed:
    """Return the list that was sent: a file goes before what stands in the field."""
    upload = request.files.get("file")
    if upload is not None and upload.filename:
        text = text_of(upload.filename, upload.stream.read())
        fields = {"text": readable(text)}
    return PastedForm.read(fields).listed()


def _said(taken: Taken) -> str:
    counts = taken.report.kinds.get("person")
    added = counts.created if counts else 0
    return ngettext(
        "%(num)s person is added.",
        "%(num)s people are added.",
        added,
    )


@blueprint.get("/example.csv")
@guard.allow(access.IMPORT)
def example() -> Page:
    """Download an empty sheet with its headings."""
    headings = [gettext(preview.COLUMN_NAMES[column]) for column in preview.IN_EXAMPLE]
    line = ";".join(headings) + "\r\n"
    return download(b"\xef\xbb\xbf" + line.encode(), "people.csv")
