"""Doors: the training matrix, people by domains against what their job asks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext
from mentorship.base.lists import Listing, View
from mentorship.growth import queries as jobs
from mentorship.growth.jobs import words as course_words
from mentorship.growth.matrix import queries, rules, words
from mentorship.growth.matrix.queries import Line, Whose
from mentorship.growth.matrix.rules import Column
from mentorship.growth.models import JobProfile
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.profiles.queries import domain_names
from mentorship.profiles.words import LEVELS
from mentorship.web import lists
from mentorship.web.page import Page, paging, render
from mentorship.web.request import db

blueprint = Blueprint("matrix", __name__, url_prefix="/growth/matrix")


@dataclass(frozen=True)
class Matrix:
    """What of the matrix is asked for: a profile, what it asks, and of whom."""

    job: JobProfile
    asked: dict[int, int]
    titles: dict[int, str]
    listing: Listing
    whose: Whose
    columns: list[Column]
    people: int

    @property
    def doors(self) -> lists.Doors:
        """Return where it stands, and where its sheets are."""
        return lists.Doors(
            "matrix.index",
            "matrix.csv",
            "matrix.xlsx",
            {"profile": id_of(self.job)},
        )


def _profile(found: list[JobProfile]) -> JobProfile | None:
    """Return the profile that the address asks for, else the one that most people work in."""
    asked = request.args.get("profile", "")
    for job in found:
        if str(job.id) == asked:
            return job
    held = jobs.holders(db())
    return max(found, key=lambda job: held.get(id_of(job), 0), default=None)


def _manager() -> int | None:
    me = guard.actor()
    return None if me.has(access.COORDINATOR) else me.person_id


def _matrix(job: JobProfile) -> Matrix:
    """Read what was asked for; which domains show at first depends on how many lack each."""
    asked = jobs.levels_of(db(), id_of(job))
    titles = domain_names(db())
    everybody = Whose(id_of(job), _manager())
    sites = [(str(site.id), site.name) for site in people.sites(db())]
    teams = queries.teams(db(), everybody)
    number = queries.count(db(), everybody)
    columns = queries.columns(
        db(),
        everybody,
        asked,
        number,
    )
    by_gaps = sorted(columns, key=lambda column: -column.gaps)
    first = [column.domain_id for column in by_gaps[: words.AT_FIRST]]
    listing = words.listing(
        asked,
        titles,
        first,
        sites,
        teams,
    )
    view = lists.read(listing)
    whose = replace(everybody, view=view)
    if view.narrowed:
        number = queries.count(db(), whose)
        columns = queries.columns(
            db(),
            whose,
            asked,
            number,
        )
    return Matrix(
        job,
        asked,
        titles,
        listing,
        whose,
        columns,
        number,
    )


@blueprint.get("")
@guard.allow(access.SEE_MATRIX)
def index() -> Page:
    """Show who has what their job asks, who grows towards it, and what lacks without a plan."""
    profiles = jobs.profiles(db())
    job = _profile(profiles)
    if job is None:
        return render("growth/matrix/none.html", makes=access.COORDINATE.allows(guard.actor()))
    matrix = _matrix(job)
    view = matrix.whose.view
    pages = paging(matrix.people)
    page = lists.page(
        matrix.listing,
        view,
        pages,
        matrix.doors,
    )
    return render(
        "growth/matrix/index.html",
        list=page,
        job=job,
        profiles=[(each.id, each.title) for each in profiles],
        lacks=view.one("lacks"),
        courses=_courses(view),
        states=[(words.MARKS[key], key, gettext(word)) for key, word in words.STATES.items()],
        coordinates=access.COORDINATE.allows(guard.actor()),
        asked=bool(matrix.asked),
        **_told(matrix),
        **_table(matrix, view.rows(pages.offset, pages.size)),
    )


def _told(matrix: Matrix) -> dict[str, Any]:
    """Return what the page finds."""
    worst = rules.worst(matrix.columns)
    whole = queries.whole(db(), matrix.whose, len(matrix.asked))
    unshown = queries.unshown(db(), matrix.whose)
    return {
        "heading": words.heading(worst, matrix.titles, matrix.people),
        "brief": words.brief(matrix.job.title, whole, matrix.people),
        "worst": worst,
        "worst_title": matrix.titles[worst.domain_id] if worst else "",
        "kept": words.kept(unshown) if unshown else "",
    }


def _table(matrix: Matrix, view: View) -> dict[str, Any]:
    """Return the heads, the rows of this page, and the foot."""
    narrowed = replace(matrix.whose, view=view)
    found = queries.lines(db(), narrowed, matrix.asked)
    shown = _shown(matrix, view)
    worst = rules.worst(matrix.columns)
    heads = []
    foot = []
    for column in shown:
        title = matrix.titles[column.domain_id]
        level = gettext(LEVELS[column.need])
        heads.append((title, level))
        foot.append((column.gaps, column is worst))
    rows = [_row(matrix, shown, line) for line in found]
    return {
        "heads": heads,
        "rows": rows,
        "foot": foot,
    }


def _shown(matrix: Matrix, view: View) -> list[Column]:
    return [column for column in matrix.columns if f"d{column.domain_id}" in view.columns]


def _row(matrix: Matrix, shown: list[Column], line: Line) -> dict[str, Any]:
    cells = [
        words.cell(
            line,
            one.domain_id,
            one.need,
            matrix.titles[one.domain_id],
        )
        for one in shown
    ]
    return {
        "person": line.person,
        "order": words.in_order(line, matrix.asked),
        "cells": cells,
    }


def _courses(view: View) -> list[tuple[str, str]]:
    """Return the training courses of the domain that is looked at."""
    lacks = view.one("lacks")
    if not lacks:
        return []
    found = jobs.courses(db()).get(int(lacks), [])
    return [(course.title, course_words.course(course)) for course in found]


@blueprint.get("/sheet.xlsx")
@guard.allow(access.COORDINATE)
def sheet() -> Response:
    """Offer a sheet to fill in: who works in a profile, and how far each is in what it asks."""
    job = _profile(jobs.profiles(db()))
    if job is None:
        return redirect(url_for("matrix.index"), 303)
    matrix = _matrix(job)
    listing = words.sheet(matrix.asked, matrix.titles)
    found = queries.lines(db(), matrix.whose, matrix.asked)
    return lists.xlsx(listing, View(columns=listing.shown_at_first()), found, "levels")


def _sheet() -> tuple[Listing, View, list[Line]]:
    """Return everybody who fits, with every domain unless some were chosen; nothing where there is no profile."""
    job = _profile(jobs.profiles(db()))
    if job is None:
        nothing = words.listing({}, {}, (), (), ())
        return nothing, View(), []
    matrix = _matrix(job)
    view = matrix.whose.view
    if "columns" not in request.args:
        every = [column.key for column in matrix.listing.columns]
        view = replace(view, columns=tuple(every))
    found = queries.lines(db(), matrix.whose, matrix.asked)
    return matrix.listing, view, found


@blueprint.get("/matrix.csv")
@guard.allow(access.SEE_MATRIX)
def csv() -> Response:
    """Offer the matrix as CSV: everybody who fits."""
    return lists.csv(*_sheet(), "matrix")


@blueprint.get("/matrix.xlsx")
@guard.allow(access.SEE_MATRIX)
def xlsx() -> Response:
    """Offer the matrix as a workbook: everybody who fits."""
    return lists.xlsx(*_sheet(), "matrix")
