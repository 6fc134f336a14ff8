"""Doors: what each job asks, and the training courses, for the coordinator."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from mentorship.base.db import id_of
from mentorship.base.i18n import N_, gettext
from mentorship.growth import queries
from mentorship.growth.jobs import actions, words
from mentorship.growth.jobs import courses as trainings
from mentorship.growth.jobs.beginning import start as begin
from mentorship.growth.jobs.forms import CourseForm, JobForm, JobLevelsForm, StartForm
from mentorship.growth.jobs.starting import JOBS
from mentorship.growth.models import JobProfile
from mentorship.people import access
from mentorship.people.access import Subject
from mentorship.people.account import guard
from mentorship.profiles import queries as known
from mentorship.profiles.domains.starting_lists import TRADES
from mentorship.profiles.words import LEVELS
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("jobs", __name__, url_prefix="/growth/jobs")

TEXTS = ("name", "name_en", "explanation", "explanation_en")
NOT_ASKED = N_("not asked")


def job_subject(session: Any, profile_id: int) -> Subject | None:
    """Return a job profile that is there: nobody's."""
    return Subject() if session.get(JobProfile, profile_id) is not None else None


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """List the job profiles."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    found = queries.profiles(db())
    retired = queries.profiles(db(), retired=True)
    held = queries.holders(db())
    sizes = queries.sizes(db())
    told = {}
    for job in [*found, *retired]:
        key = id_of(job)
        told[key] = words.asks(sizes.get(key, 0), held.get(key, 0))
    working = sum(held.get(id_of(job), 0) for job in found)
    return render_form(
        "growth/jobs/index.html",
        wrong,
        heading=words.heading(len(found), working),
        found=found,
        retired=retired,
        told=told,
        trades=[] if found else _trades(),
        opened=bool(wrong) or request.args.get("open") == "add",
    )


def _trades() -> list[tuple[str, str]]:
    found = []
    for key in JOBS:
        title, _domains = TRADES[key]
        found.append((key, gettext(title)))
    return found


@blueprint.post("")
@guard.allow(access.COORDINATE)
def add() -> Page:
    """Add a job profile, and go on to what it asks."""
    fields = sent()
    try:
        form = JobForm.read(fields)
        made = actions.add(
            db(),
            guard.actor(),
            form.words,
            now(),
        )
    except MISTAKES as failure:
        return _index(mistake(failure, fields))
    return done(
        gettext("Saved."),
        "jobs.show",
        profile_id=made.id,
    )


@blueprint.post("/start")
@guard.allow(access.COORDINATE)
def start() -> Page:
    """Add the usual jobs of a trade, where there are none yet."""
    form = StartForm.read(sent())
    number = begin(
        db(),
        guard.actor(),
        form.trade,
        now(),
    )
    return done(words.started(number), "jobs.index")


@blueprint.get("/<id:profile_id>")
@guard.allow(access.COORDINATE, of=job_subject)
def show(profile_id: int) -> Page:
    """Show what a job asks, to change it."""
    return _show(profile_id)


def _show(profile_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    job = db().get_one(JobProfile, profile_id)
    asked = queries.levels_of(db(), profile_id)
    named = wrong.values.get("domain", ())
    chosen = wrong.values.get("level", ())
    typed = dict(
        zip(
            named,
            chosen,
            strict=False,
        )
    )
    rows = []
    for domain in known.domains(db()):
        key = id_of(domain)
        level = typed.get(str(key), asked.get(key, 0))
        rows.append((domain, level))
    held = queries.holders(db()).get(profile_id, 0)
    levels = [(number, gettext(word)) for number, word in enumerate(LEVELS)]
    return render_form(
        "growth/jobs/show.html",
        wrong,
        job=job,
        rows=rows,
        known={key: getattr(job, key) for key in TEXTS},
        levels=[(0, gettext(NOT_ASKED)), *levels[1:]],
        told=words.asks(len(asked), held),
    )


@blueprint.post("/<id:profile_id>")
@guard.allow(access.COORDINATE, of=job_subject)
def change(profile_id: int) -> Page:
    """Say what a job is called and asks."""
    fields = sent("domain", "level")
    try:
        form = JobLevelsForm.read(fields)
        actions.change(
            db(),
            guard.actor(),
            profile_id,
            form.words,
            form.asked,
            now(),
        )
    except MISTAKES as failure:
        return _show(profile_id, mistake(failure, fields))
    return done(
        gettext("Saved."),
        "jobs.show",
        profile_id=profile_id,
    )


@blueprint.post("/<id:profile_id>/retire")
@guard.allow(access.COORDINATE, of=job_subject)
def retire(profile_id: int) -> Page:
    """Take a job profile out of use."""
    actions.retire(
        db(),
        guard.actor(),
        profile_id,
        True,
        now(),
    )
    return done(gettext("No longer in use. Who works in it stays as it was."), "jobs.index")


@blueprint.post("/<id:profile_id>/again")
@guard.allow(access.COORDINATE, of=job_subject)
def again(profile_id: int) -> Page:
    """Use a job profile again."""
    actions.retire(
        db(),
        guard.actor(),
        profile_id,
        False,
        now(),
    )
    return done(gettext("In use again."), "jobs.index")


@blueprint.get("/courses")
@guard.allow(access.COORDINATE)
def courses() -> Page:
    """List the training courses by domain."""
    return _courses()


def _courses(wrong: Mistake = NOTHING_WRONG) -> Page:
    found = queries.courses(db())
    all_domains = known.domains(db())
    rows = []
    number = 0
    for domain in all_domains:
        lines = [(course, words.course(course)) for course in found.get(id_of(domain), ())]
        number += len(lines)
        if lines:
            rows.append((domain, lines))
    return render_form(
        "growth/jobs/courses.html",
        wrong,
        heading=words.courses_heading(number),
        rows=rows,
        domains=[(domain.id, domain.title) for domain in all_domains],
        opened=bool(wrong) or not rows,
    )


@blueprint.post("/courses")
@guard.allow(access.COORDINATE)
def add_course() -> Page:
    """Add a training course."""
    fields = sent()
    try:
        form = CourseForm.read(fields)
        trainings.add_course(
            db(),
            guard.actor(),
            form.domain,
            title=form.title,
            provider=form.provider,
            days=form.days,
            basics=form.basics,
            now=now(),
        )
    except MISTAKES as failure:
        return _courses(mistake(failure, fields))
    return done(gettext("Saved."), "jobs.courses")


@blueprint.post("/courses/<id:course_id>/remove")
@guard.allow(access.COORDINATE, of=queries.course_subject)
def remove_course(course_id: int) -> Page:
    """Take a training course off."""
    trainings.remove_course(
        db(),
        guard.actor(),
        course_id,
        now(),
    )
    return done(gettext("Removed."), "jobs.courses")
