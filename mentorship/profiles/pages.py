"""Doors: one's own profile, section by section; the coordinator's view of somebody's."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.forms import Form, Invalid
from mentorship.base.i18n import gettext
from mentorship.matching import FORMS
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.profiles import actions, queries, rules, words
from mentorship.profiles.forms import (
    ComfortForm,
    ExpertiseForm,
    LearningForm,
    PauseForm,
    PlacesForm,
    PlanForm,
    TimeForm,
    TrainingForm,
    WishForm,
)
from mentorship.profiles.models import HORIZONS
from mentorship.profiles.rosters import queries as roster_queries
from mentorship.programme.queries import programme
from mentorship.web.page import Page, done, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("profiles", __name__, url_prefix="/profiles")


def context(person_id: int) -> dict[str, Any]:
    """Return what every section of a profile page shows."""
    found = queries.profile(db(), person_id)
    settings, offer = programme(db()), found.capacity
    usable = rules.places_that_count(offer, settings)
    person = people.persons(db(), [person_id])[person_id]
    return {
        "profile": found,
        "person": person,
        "usable": usable,
        "settings": settings,
        "words": words,
        "forms": FORMS,
        "horizons": HORIZONS,
        "paused": rules.is_paused(offer.paused, offer.paused_until, local_date(now())),
        "trainings": queries.trainings(db(), person_id),
        "domains": queries.domains(db()),
        "rosters": roster_queries.rosters(db()),
        "errors": {},
        "values": {},
        "wrong": "",
    }


@blueprint.get("")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show one's own profile."""
    return render("profiles/index.html", **context(guard.actor().person_id))


def _wrong(section: str, errors: dict[str, str], values: object) -> Page:
    shown = {**context(guard.actor().person_id), "errors": errors, "values": values, "wrong": section}
    return render("profiles/index.html", 422, **shown)


def _save(section: str, form: type[Form], lists: tuple[str, ...], save: Any) -> Page:
    """Read a section's form and hand it to `save`; on an error show the page again with all that was typed."""
    fields = sent(*lists)
    try:
        save(form.read(fields))
    except Invalid as failure:
        return _wrong(section, failure.errors, failure.values)
    except Refused as refusal:
        return _wrong(section, {refusal.field: str(refusal)}, fields)
    return done(gettext("Saved."), "profiles.index", _anchor=section)


@blueprint.post("/expertise")
@guard.allow(access.SIGNED_IN)
def expertise() -> Page:
    """Save what one can and wants to pass on."""

    def save(form: ExpertiseForm) -> None:
        actions.set_expertise(db(), guard.actor(), form.levels(), form.remove, now())

    return _save("expertise", ExpertiseForm, ("domain", "level", "willing", "remove"), save)


@blueprint.post("/learning")
@guard.allow(access.SIGNED_IN)
def learning() -> Page:
    """Save how one likes to learn."""

    def save(form: LearningForm) -> None:
        actions.set_learning(db(), guard.actor(), form.choice, now())

    return _save("learning", LearningForm, ("choice",), save)


@blueprint.post("/comfort")
@guard.allow(access.GUIDE)
def comfort() -> Page:
    """Save how well each way of teaching suits."""

    def save(form: ComfortForm) -> None:
        actions.set_comfort(db(), guard.actor(), form.model_dump(), now())

    return _save("comfort", ComfortForm, (), save)


@blueprint.post("/time")
@guard.allow(access.SIGNED_IN)
def time() -> Page:
    """Save roster, days off and remote work."""

    def save(form: TimeForm) -> None:
        me, days = guard.actor(), form.days_off()
        actions.set_time(db(), me, roster_id=form.roster_id, days_off=days, remote=form.remote, now=now())

    return _save("time", TimeForm, ("off", "school"), save)


@blueprint.post("/places")
@guard.allow(access.GUIDE)
def places() -> Page:
    """Save places and hours a week."""

    def save(form: PlacesForm) -> None:
        actions.set_places(db(), guard.actor(), form.places, form.hours, now())

    return _save("places", PlacesForm, (), save)


@blueprint.post("/pause")
@guard.allow(access.GUIDE)
def pause() -> Page:
    """Pause as a mentor, or go on."""

    def save(form: PauseForm) -> None:
        actions.set_pause(db(), guard.actor(), form.paused, form.until, now())

    return _save("pause", PauseForm, (), save)


@blueprint.post("/training")
@guard.allow(access.GUIDE)
def training() -> Page:
    """Note a training for mentors that one followed."""

    def save(form: TrainingForm) -> None:
        me = guard.actor()
        actions.note_training(db(), me, me.person_id, title=form.title, followed_on=form.followed_on, now=now())

    return _save("training", TrainingForm, (), save)


@blueprint.post("/<id:person_id>/training")
@guard.allow(access.COORDINATE, of=people.person_subject)
def training_of(person_id: int) -> Page:
    """Note, as the coordinator, a training for mentors that somebody followed."""
    fields = sent()
    try:
        form, me = TrainingForm.read(fields), guard.actor()
        actions.note_training(db(), me, person_id, title=form.title, followed_on=form.followed_on, now=now())
    except Invalid as failure:
        return _person(person_id, failure.errors, fields)
    except Refused as refusal:
        return _person(person_id, {refusal.field: str(refusal)}, fields)
    return done(gettext("Saved."), "profiles.person", person_id=person_id)


@blueprint.post("/trainings/<id:training_id>/remove")
@guard.allow(access.CORRECT_TRAINING, of=queries.training_subject)
def remove_training(training_id: int) -> Response:
    """Take a training off."""
    person_id = actions.remove_training(db(), guard.actor(), training_id, now())
    if person_id == guard.actor().person_id:
        return done(gettext("The training is taken off."), "profiles.index", _anchor="training")
    return done(gettext("The training is taken off."), "profiles.person", person_id=person_id)


@blueprint.post("/plans")
@guard.allow(access.SIGNED_IN)
def plans() -> Page:
    """Save how long one expects to stay."""

    def save(form: PlanForm) -> None:
        actions.set_plan(db(), guard.actor(), form.horizon, now())

    return _save("plans", PlanForm, (), save)


@blueprint.get("/wishes")
@guard.allow(access.GUIDE)
def wishes() -> Page:
    """Show whom one named, and search colleagues to name."""
    text = request.args.get("q", "")[:100].replace("\0", "").strip()
    me = guard.actor()
    named = queries.wishes(db(), me.person_id)
    found = people.colleagues(db(), text, me.person_id) if text else []
    sites = {s.id: s.name for s in people.sites(db())}
    return render(
        "profiles/wishes.html", named=named, found=found, q=text, sites=sites, chosen={p.id for _, p in named}
    )


@blueprint.post("/wishes")
@guard.allow(access.GUIDE)
def wish() -> Response:
    """Name a colleague as wanted or not wanted, or no longer."""
    form = WishForm.read(sent())
    wanted = {"wanted": True, "unwanted": False, "none": None}[form.wish]
    actions.set_wish(db(), guard.actor(), form.other_id, wanted, now())
    return redirect(guard.safe_next(form.next) or url_for("profiles.wishes"), 303)


@blueprint.get("/<id:person_id>")
@guard.allow(access.SEE_PROFILE, of=people.person_subject)
def person(person_id: int) -> Page:
    """Show somebody's profile to the coordinator."""
    return _person(person_id)


def _person(person_id: int, errors: dict[str, str] | None = None, values: object = None) -> Page:
    shown = {**context(person_id), "errors": errors or {}, "values": values or {}}
    return render("profiles/person.html", 422 if errors else 200, **shown)
