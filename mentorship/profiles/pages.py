"""Doors: one's own profile, section by section; the coordinator's view of somebody's."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.forms import Form
from mentorship.base.i18n import gettext, time_of_day
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.looks.guard import shows
from mentorship.people.looks.models import PROFILE
from mentorship.profiles import actions, folds, forms, own, queries, sections, trainings, words
from mentorship.profiles.contact import actions as contact_actions
from mentorship.profiles.rosters import actions as roster_actions
from mentorship.profiles.rosters import patterns as rosters
from mentorship.profiles.sections import Told
from mentorship.programme.queries import programme
from mentorship.web import undo
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, is_part, render, render_form, safe_next, searched, sent
from mentorship.web.request import db, now
from mentorship.web.undo import say

blueprint = Blueprint("profiles", __name__, url_prefix="/profiles")

SectionForm = TypeVar("SectionForm", bound=Form)
BUTTON = "button"
"""What taps.js sent when it was not a tap, which one taps back, but a button: that can be undone."""
UNDONE_TAPS = ("places",)
"""Sections in which a tap can be undone too: fewer hours lower what was confirmed, and a tap back does not raise it."""


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show one's own profile."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG, saved: str = "") -> Page:
    told = {wrong.about: Told(wrong.values, wrong.errors)}
    opened = {wrong.about, request.args.get("open", "")}
    shown = own.own_profile(db(), guard.actor(), local_date(now()), told, opened)
    return render_form(
        "profiles/index.html",
        wrong,
        **shown,
        saved=saved,
        alone=wrong.about or folds.first_form(request.args.get("form", ""), shown["folds"], opened),
    )


def _save(
    section: str,
    form: type[SectionForm],
    lists: tuple[str, ...],
    save: Callable[[SectionForm], object],
) -> Page:
    """Read a section's form and hand it to `save`; on an error show the page again with all that was typed.

    Who saved by a tap is where they were: script takes from the page what changed.
    """
    fields = sent(*lists)
    try:
        save(form.read(fields))
    except MISTAKES as failure:
        return _index(mistake(failure, fields, section))
    return _done(gettext("Saved."), section)


def _done(said: str, section: str) -> Page:
    if not is_part():
        return done(said, "profiles.index", open=section, _anchor=section)
    by_button = request.headers.get("HX-Trigger") == BUTTON
    if by_button or section in UNDONE_TAPS:
        undo.say(said)
    return _index(saved=gettext("Saved at %(time)s", time=time_of_day(now())))


@blueprint.post("/expertise")
@guard.allow(access.SIGNED_IN)
def expertise() -> Page:
    """Save what one can and wants to pass on."""

    def save(form: forms.ExpertiseForm) -> None:
        actions.set_expertise(
            db(),
            guard.actor(),
            form.levels(),
            form.remove,
            now(),
        )

    lists = "domain", "level", "willing", "remove"
    return _save("expertise", forms.ExpertiseForm, lists, save)


@blueprint.post("/learning")
@guard.allow(access.SIGNED_IN)
def learning() -> Page:
    """Save how one likes to learn."""

    def save(form: forms.LearningForm) -> None:
        actions.set_learning(db(), guard.actor(), form.choice, now())

    return _save("learning", forms.LearningForm, ("choice",), save)


@blueprint.post("/comfort")
@guard.allow(access.GUIDE)
def comfort() -> Page:
    """Save how well each way of teaching suits."""

    def save(form: forms.ComfortForm) -> None:
        actions.set_comfort(db(), guard.actor(), form.model_dump(), now())

    return _save("comfort", forms.ComfortForm, (), save)


@blueprint.post("/time")
@guard.allow(access.SIGNED_IN)
def time() -> Page:
    """Save roster, days off and remote work."""

    def save(form: forms.TimeForm) -> None:
        roster_actions.set_time(
            db(),
            guard.actor(),
            roster_id=form.roster_id,
            days_off=form.days_off(),
            remote=form.remote,
            now=now(),
        )

    return _save("time", forms.TimeForm, ("off", "school"), save)


@blueprint.post("/places")
@guard.allow(access.GUIDE)
def places() -> Page:
    """Save places and hours a week."""

    def save(form: forms.PlacesForm) -> None:
        actions.set_places(db(), guard.actor(), form.places, form.hours, now())

    return _save("places", forms.PlacesForm, (), save)


@blueprint.post("/pause")
@guard.allow(access.GUIDE)
def pause() -> Page:
    """Pause as a mentor, or go on."""

    def save(form: forms.MentorPauseForm) -> None:
        actions.set_pause(db(), guard.actor(), form.paused, form.until, now())

    return _save("pause", forms.MentorPauseForm, (), save)


@blueprint.post("/contact")
@guard.allow(access.SIGNED_IN)
def contact() -> Page:
    """Save how the other of a duo reaches one."""

    def save(form: forms.ContactForm) -> None:
        contact_actions.set_contact(db(), guard.actor(), **form.model_dump(), now=now())

    return _save("contact", forms.ContactForm, (), save)


def _note_training(person_id: int, form: forms.TrainingForm) -> None:
    trainings.note_training(
        db(),
        guard.actor(),
        person_id,
        title=form.title,
        followed_on=form.followed_on,
        now=now(),
    )


@blueprint.post("/training")
@guard.allow(access.GUIDE)
def training() -> Page:
    """Note a training for mentors that one followed."""

    def save(form: forms.TrainingForm) -> None:
        _note_training(guard.actor().person_id, form)

    return _save("training", forms.TrainingForm, (), save)


@blueprint.post("/<id:person_id>/training")
@guard.allow(access.COORDINATE, of=people.person_subject)
@shows(PROFILE)
def training_of(person_id: int) -> Page:
    """Note, as the coordinator, a training for mentors that somebody followed."""
    fields = sent()
    try:
        _note_training(person_id, forms.TrainingForm.read(fields))
    except MISTAKES as failure:
        return _person(person_id, mistake(failure, fields))
    return done(gettext("Saved."), "profiles.person", person_id=person_id, _anchor="training")


@blueprint.post("/trainings/<id:training_id>/remove")
@guard.allow(access.CORRECT_TRAINING, of=queries.training_subject)
@shows(PROFILE)
def remove_training(training_id: int) -> Page:
    """Take a training off."""
    said = gettext("The training course is removed.")
    person_id = trainings.remove_training(db(), guard.actor(), training_id, now())
    if person_id == guard.actor().person_id:
        return _done(said, "training")
    return done(said, "profiles.person", person_id=person_id)


@blueprint.post("/plans")
@guard.allow(access.SIGNED_IN)
def plans() -> Page:
    """Save how long one expects to stay."""

    def save(form: forms.PlanForm) -> None:
        actions.set_plan(db(), guard.actor(), form.horizon, now())

    return _save("plans", forms.PlanForm, (), save)


@blueprint.get("/wishes")
@guard.allow(access.GUIDE)
def wishes() -> Page:
    """Show whom one named, and search colleagues to name."""
    text = searched()
    me = guard.actor()
    found = []
    if text:
        found = people.colleagues(db(), text, me.person_id)
    named = queries.wishes(db(), me.person_id, me)
    return render(
        "profiles/wishes.html",
        heading=words.wishes_named(len(named)),
        named=named,
        said={wish.other_id: wish.wanted for wish, _ in named},
        found=found,
        q=text,
        next=url_for("profiles.wishes", q=text or None),
        sites=people.site_names(db()),
    )


@blueprint.post("/wishes")
@guard.allow(access.GUIDE)
def wish() -> Response:
    """Name a colleague as wanted or not wanted, or no longer."""
    form = forms.WishForm.read(sent())
    wanted = forms.WISHES[form.wish]
    actions.set_wish(
        db(),
        guard.actor(),
        form.other_id,
        wanted,
        now(),
    )
    say(gettext("Your wishes are saved."))
    return redirect(safe_next(form.next) or url_for("profiles.wishes"), 303)


@blueprint.get("/<id:person_id>")
@guard.allow(access.SEE_PROFILE, of=people.person_subject)
@shows(PROFILE)
def person(person_id: int) -> Page:
    """Show somebody's profile to the coordinator."""
    return _person(person_id)


def _person(person_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    today = local_date(now())
    profile = queries.profile(db(), person_id, today, guard.actor())
    found = people.persons(db(), [person_id])[person_id]
    sees_person = access.SEE_PEOPLE.allows(guard.actor())
    return render_form(
        "profiles/person.html",
        wrong,
        **sections.as_seen(profile, programme(db()), today),
        person=found,
        link=url_for("person.show", person_id=person_id) if sees_person else "",
        finding=folds.finding_of(found.name, profile),
        roster=own.roster_name(profile, rosters.rosters(db())),
        strip=own.strip(db(), person_id, profile.days_off, today),
        trainings=queries.trainings(db(), person_id),
        notes_trainings=access.COORDINATE.allows(guard.actor()),
    )
