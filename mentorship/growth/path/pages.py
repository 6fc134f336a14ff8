"""Doors: where one wants to grow to, the steps that lead there, and the sheet for the talk about it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for

from mentorship.base.clock import local_date
from mentorship.base.i18n import gettext, ngettext
from mentorship.growth import queries as jobs
from mentorship.growth.models import JobProfile
from mentorship.growth.path import actions, queries, sheets, showing, walking, words
from mentorship.growth.path.forms import DirectionForm, FollowedForm, ShownForm
from mentorship.growth.path.models import PathChosen
from mentorship.growth.path.walking import Path, Walker
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.people.looks.guard import shows
from mentorship.people.looks.models import KNOWLEDGE
from mentorship.people.models import Person
from mentorship.web import lists
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, paging, render, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("path", __name__, url_prefix="/growth/path")

DOORS = lists.Doors("path.shown", "path.shown", "path.shown")


def _open(found: list[PathChosen]) -> PathChosen | None:
    """Return the direction that the address asks for, else the first."""
    asked = request.args.get("profile", "")
    for row in found:
        if str(row.profile_id) == asked:
            return row
    return found[0] if found else None


def _at() -> dict[str, Any]:
    """Return the direction that a form was sent from, to come back to it."""
    asked = request.args.get("profile", type=int)
    return {"profile": asked} if asked else {}


def _walker(person_id: int) -> Walker:
    """Read how somebody stands; what certificates they have stands on their own page alone."""
    today = local_date(now()) if person_id == guard.actor().person_id else None
    return walking.walker(db(), db().get_one(Person, person_id), today)


def _views(found: list[PathChosen], row: PathChosen | None, door: str, **at: Any) -> list[dict[str, Any]]:
    """Return the directions as views of the page, by the name of their job."""
    views = []
    for one in found:
        title = db().get_one(JobProfile, one.profile_id).title
        url = url_for(door, profile=one.profile_id, **at)
        views.append({"title": title, "url": url, "here": one is row})
    return views


def _path(who: Walker, row: PathChosen) -> Path:
    return walking.path(db(), who, db().get_one(JobProfile, row.profile_id), now())


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show the steps to where one wants to grow, or where that could be."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    me = guard.actor()
    mine = queries.chosen(db(), me.person_id)
    who = _walker(me.person_id)
    row = _open(mine)
    taken = {one.profile_id for one in mine}
    near = who.near(db(), who.stands.have)
    return render_form(
        "growth/path/index.html",
        wrong,
        chosen=_views(mine, row, "path.index"),
        others=[one for one in near if one.profile_id not in taken],
        row=row,
        today=local_date(now()),
        asks=access.ASK.allows(me),
        own=True,
        **(_shown(_path(who, row)) if row else {"heading": gettext("Where do you want to grow?")}),
    )


def _shown(path: Path) -> dict[str, Any]:
    return {
        "path": path,
        "heading": words.heading(path.job, path.left),
        "brief": words.brief(path.steps),
    }


@blueprint.post("/choose")
@guard.allow(access.SIGNED_IN)
def choose() -> Page:
    """Choose where to grow."""
    fields = sent()
    try:
        form = DirectionForm.read(fields)
        actions.choose(db(), guard.actor(), form.profile, now())
    except MISTAKES as failure:
        return _index(mistake(failure, fields))
    return done(gettext("Chosen. Nobody sees it unless you show it."), "path.index", profile=form.profile)


@blueprint.post("/let-go")
@guard.allow(access.SIGNED_IN)
def let_go() -> Page:
    """Let a direction go."""
    form = DirectionForm.read(sent())
    actions.let_go(db(), guard.actor(), form.profile, now())
    return done(gettext("Let go."), "path.index")


@blueprint.post("/show")
@guard.allow(access.SIGNED_IN)
def share() -> Page:
    """Show a path to one's managers and the coordinator, or no longer."""
    form = ShownForm.read(sent())
    actions.show(db(), guard.actor(), form.profile, form.shown == "yes", now())
    return done(gettext("Saved."), "path.index", profile=form.profile)


@blueprint.post("/courses/<id:course_id>")
@guard.allow(access.SIGNED_IN, of=jobs.course_subject)
def follow(course_id: int) -> Page:
    """Say when one followed a training course."""
    fields = sent()
    try:
        form = FollowedForm.read(fields)
        actions.follow(db(), guard.actor(), course_id, form.followed_on, now())
    except MISTAKES as failure:
        return _index(mistake(failure, fields, f"course-{course_id}"))
    return done(gettext("Saved."), "path.index", **_at())


@blueprint.post("/courses/<id:course_id>/not")
@guard.allow(access.SIGNED_IN, of=jobs.course_subject)
def unfollow(course_id: int) -> Page:
    """Say that one did not follow a training course."""
    actions.unfollow(db(), guard.actor(), course_id, now())
    return done(gettext("Saved."), "path.index", **_at())


@blueprint.get("/sheet")
@guard.allow(access.SIGNED_IN)
def sheet() -> Page:
    """Print what the development talk is about: where to, the steps, guidance received and given."""
    who = _walker(guard.actor().person_id)
    mine = queries.chosen(db(), guard.actor().person_id)
    received, given = sheets.guidance(db(), who.person.id or 0, who.titles)
    return render(
        "growth/path/sheet.html",
        person=who.person,
        paths=[_path(who, row) for row in mine],
        received=received,
        given=given,
    )


@blueprint.get("/shown")
@guard.allow(access.SEE_MATRIX)
def shown() -> Page:
    """List the paths that people show to who looks."""
    me = guard.actor()
    manager = None if me.has(access.COORDINATOR) else me.person_id
    listing = showing.listing(db())
    view = lists.read(listing)
    number = showing.count(db(), manager, view)
    pages = paging(number)
    return render(
        "growth/path/shown.html",
        list=lists.page(listing, view, pages, DOORS),
        heading=ngettext("%(num)s path is shown to you", "%(num)s paths are shown to you", number),
        found=showing.rows(db(), manager, view.rows(pages.offset, pages.size)),
    )


@blueprint.get("/<id:person_id>")
@guard.allow(access.SEE_PATH, of=queries.shown_subject)
@shows(KNOWLEDGE)
def of_person(person_id: int) -> Page:
    """Show the path of somebody who shows it."""
    mine = queries.chosen(db(), person_id, shown=True)
    who = _walker(person_id)
    row = _open(mine)
    assert row is not None
    path = _path(who, row)
    return render(
        "growth/path/index.html",
        chosen=_views(mine, row, "path.of_person", person_id=person_id),
        row=row,
        own=False,
        path=path,
        heading=words.of_another(who.person.given_name, path.job, path.left),
        brief=words.brief(path.steps),
        person=who.person,
    )
