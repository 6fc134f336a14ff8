"""Doors: choose the sheet of the training matrix, look at what would change, fill in what is ticked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, request

from mentorship.base.errors import Refused
from mentorship.base.i18n import N_, gettext, ngettext
from mentorship.hr_import.levels import actions, queries, rules
from mentorship.hr_import.levels.forms import TakeForm
from mentorship.hr_import.levels.rules import Change, Found, Known
from mentorship.hr_import.levels.uploaded import lines_of
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.profiles.queries import domain_names
from mentorship.profiles.words import LEVELS
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("levels", __name__, url_prefix="/levels")

TOLD = 20
"""Of what cannot be read so much is told; the rest is counted."""
NO_FILE = N_("Choose a file first.")


@dataclass(frozen=True)
class Row:
    """A level that would change, in words."""

    key: str
    name: str
    domain: str
    before: str
    after: str
    lower: bool


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """Ask for the sheet."""
    return _page(NOTHING_WRONG)


def _page(wrong: Mistake) -> Page:
    return render_form("hr_import/levels/index.html", wrong)


@blueprint.post("")
@guard.allow(access.COORDINATE)
def read() -> Page:
    """Show what the sheet would change; nothing is changed yet."""
    fields = sent()
    try:
        lines = _lines()
        known = queries.known(db())
        found = rules.read(lines, known)
    except MISTAKES as failure:
        return _page(mistake(failure, fields))
    return render(
        "hr_import/levels/read.html",
        heading=_heading(found),
        rows=_rows(found.changes, known),
        troubles=[gettext(one.sentence, **one.values) for one in found.troubles[:TOLD]],
        more=_more(len(found.troubles) - TOLD),
    )


def _lines() -> Iterator[tuple[int, Sequence[str]]]:
    """Return the lines of the file that was chosen."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Refused(NO_FILE, field="file")
    return lines_of(upload.filename, upload.stream.read())


def _more(number: int) -> str:
    if number <= 0:
        return ""
    return ngettext("And %(num)s more.", "And %(num)s more.", number)


def _heading(found: Found) -> str:
    number = len(found.changes)
    if not number:
        return gettext("This sheet changes nothing")
    return ngettext(
        "This sheet changes %(num)s level",
        "This sheet changes %(num)s levels",
        number,
    )


def _rows(changes: Sequence[Change], known: Known) -> list[Row]:
    titles = domain_names(db())
    rows = []
    for change in changes:
        row = Row(
            change.key,
            known.names[change.person_id],
            titles[change.domain_id],
            gettext(LEVELS[change.before]),
            gettext(LEVELS[change.after]),
            change.lower,
        )
        rows.append(row)
    return rows


@blueprint.post("/take")
@guard.allow(access.COORDINATE)
def take() -> Page:
    """Fill in what was ticked, and tell whom it is about."""
    fields = sent("change")
    try:
        form = TakeForm.read(fields)
        number = actions.take(db(), guard.actor(), form.changes(), now())
    except MISTAKES as failure:
        return _page(mistake(failure, fields))
    said = ngettext(
        "Filled in for %(num)s person, who is told.",
        "Filled in for %(num)s people, who are told.",
        number,
    )
    return done(said, "matrix.index")
