"""Doors: what one gave as a mentor, and a statement of it to keep, for oneself alone."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from mentorship.base import marks, pdf
from mentorship.base.clock import local_date
from mentorship.base.i18n import locale
from mentorship.mentorships.mentoring import paper, queries, words
from mentorship.mentorships.mentoring.queries import Mentoring
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.programme.queries import programme
from mentorship.web.page import Page, download, render
from mentorship.web.request import db, now

blueprint = Blueprint("mentoring", __name__, url_prefix="/mentorships/mentoring")


@blueprint.get("")
@guard.allow(access.GUIDE)
def index() -> Page:
    """Show what one gave as a mentor."""
    found = _found()
    return render(
        "mentorships/mentoring/index.html",
        heading=words.heading(found),
        found=found,
        hours=words.hours(found.hours),
        weeks=words.weeks(found.weeks),
        notes={one.pair.id: words.pair_note(one) for one in found.pairs},
        kept=words.kept(programme(db()).answers_months),
    )


@blueprint.get("/statement")
@guard.allow(access.GUIDE)
def statement() -> Page:
    """Show the statement of guidance, to read and to print."""
    found = _found()
    if not found.anything:
        return _to_page()
    written = _written(found)
    return render(
        "mentorships/mentoring/statement.html",
        title=marks.title(written),
        blocks=marks.blocks(written),
        can_be_pdf=pdf.available(),
    )


@blueprint.get("/statement.pdf")
@guard.allow(access.GUIDE)
def statement_pdf() -> Response:
    """Download the statement of guidance, where PDF can be made."""
    found = _found()
    if not found.anything or not pdf.available():
        return _to_page()
    made = pdf.printed(_written(found), locale())
    return download(made, "statement-of-guidance.pdf", "application/pdf")


def _found() -> Mentoring:
    return queries.mentoring(db(), guard.actor().person_id)


def _written(found: Mentoring) -> str:
    return paper.written(
        found,
        guard.actor().name,
        programme(db()).organisation,
        local_date(now()),
    )


def _to_page() -> Response:
    return redirect(url_for("mentoring.index"), 303)
