"""Doors: who works in which job profile, and what one's own asks."""

from __future__ import annotations

from flask import Blueprint

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import N_, day, gettext, ngettext
from mentorship.base.lists import Column, Filter, Listing
from mentorship.growth import queries as jobs
from mentorship.growth.certificates import actions as noting
from mentorship.growth.certificates import queries as certificates
from mentorship.growth.certificates import words as certificate_words
from mentorship.growth.certificates.forms import CertificateForm, ManyForm
from mentorship.growth.certificates.words import Shown
from mentorship.growth.held import actions, queries
from mentorship.growth.held.forms import HeldForm, ShownForm
from mentorship.growth.held.queries import HeldLine
from mentorship.growth.matrix import queries as matrix
from mentorship.growth.matrix import words as cells
from mentorship.growth.models import JobHeld, JobProfile
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.models import Person
from mentorship.profiles.queries import domain_names
from mentorship.web import lists
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, paging, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("held", __name__, url_prefix="/growth/held")

DOORS = lists.Doors("held.index", "held.index", "held.index")
TO_NOTE = lists.Doors("held.people_to_note", "held.people_to_note", "held.people_to_note")


def _titles() -> dict[int, str]:
    found = [*jobs.profiles(db()), *jobs.profiles(db(), retired=True)]
    return {id_of(job): job.title for job in found}


def _listing() -> Listing:
    sites = [(str(site.id), site.name) for site in people.sites(db())]
    profiles = [(str(job.id), job.title) for job in jobs.profiles(db())]
    return Listing(
        key="held",
        title=N_("Who works in which job"),
        columns=(
            Column(
                "name",
                N_("Name"),
                lambda line: line.person.name,
                fixed=True,
            ),
            Column("site", N_("Site"), lambda line: line.site),
            Column("job", N_("Job profile"), lambda line: line.profile or gettext("none yet")),
        ),
        filters=(
            Filter("site", gettext("Site"), sites),
            Filter(
                "profile",
                gettext("Job profile"),
                [(queries.NONE, gettext("none yet")), *profiles],
                several=False,
            ),
        ),
        search=gettext("Name or personnel number"),
    )


@blueprint.get("")
@guard.allow(access.SET_JOBS)
def index() -> Page:
    """List who works in which job profile."""
    return _index()


def _index(wrong: Mistake = NOTHING_WRONG) -> Page:
    me = guard.actor()
    line = None if me.has(access.COORDINATOR, access.HR) else me.person_id
    shown, rows = _listed(DOORS, line)
    return render_form(
        "growth/held/index.html",
        wrong,
        list=shown,
        heading=ngettext("%(num)s person and their job", "%(num)s people and their jobs", shown.paging.total),
        found=rows,
        profiles=[("", gettext("none")), *[(job.id, job.title) for job in jobs.profiles(db())]],
        sees_matrix=access.SEE_MATRIX.allows(me),
    )


def _listed(doors: lists.Doors, line: int | None) -> tuple[lists.ListPage, list[HeldLine]]:
    """Return a page of people with the job they work in: everybody, or a line."""
    listing = _listing()
    view = lists.read(listing)
    pages = paging(queries.count(db(), line, view))
    rows = queries.lines(
        db(),
        line,
        view.rows(pages.offset, pages.size),
        _titles(),
    )
    return lists.page(listing, view, pages, doors), rows


def _kinds() -> list[tuple[int | None, str]]:
    return [(kind.id, kind.title) for kind in certificates.kinds(db())]


@blueprint.post("")
@guard.allow(access.SET_JOBS)
def save() -> Page:
    """Say in which job profile the ticked people work."""
    fields = sent("person")
    try:
        form = HeldForm.read(fields)
        number = actions.hold(
            db(),
            guard.actor(),
            form.person,
            form.profile,
            now(),
        )
    except MISTAKES as failure:
        return _index(mistake(failure, fields))
    said = ngettext("%(num)s job profile set.", "%(num)s job profiles set.", number)
    return done(said, "held.index")


@blueprint.get("/certificates")
@guard.allow(access.KEEP_CERTIFICATES)
def people_to_note() -> Page:
    """List people, to note that some of them got a certificate."""
    return _to_note()


def _to_note(wrong: Mistake = NOTHING_WRONG) -> Page:
    shown, rows = _listed(TO_NOTE, None)
    return render_form(
        "growth/held/people.html",
        wrong,
        list=shown,
        found=rows,
        kinds=_kinds(),
    )


@blueprint.post("/certificates")
@guard.allow(access.KEEP_CERTIFICATES)
def note() -> Page:
    """Note that the ticked people got a certificate."""
    fields = sent("person")
    try:
        form = ManyForm.read(fields)
        number = noting.note(
            db(),
            guard.actor(),
            form.person,
            form.noted,
            now(),
        )
    except MISTAKES as failure:
        return _to_note(mistake(failure, fields))
    return done(certificate_words.noted(number), "certificates.index")


@blueprint.get("/mine")
@guard.allow(access.SIGNED_IN)
def mine() -> Page:
    """Show what one's own job asks, how far one is, one's certificates, and who may see that."""
    return _mine()


def _mine(wrong: Mistake = NOTHING_WRONG) -> Page:
    me = guard.actor().person_id
    own = _own_certificates(me)
    held = db().get(JobHeld, me)
    return render_form(
        "growth/held/mine.html",
        wrong,
        certificates=own,
        kinds=_kinds(),
        opened=bool(wrong),
        held=held,
        **(_of_job(held) if held else {"heading": _without_job(len(own))}),
    )


def _without_job(certificates_there: int) -> str:
    if not certificates_there:
        return gettext("You work in no job profile yet")
    return ngettext("You have %(num)s certificate", "You have %(num)s certificates", certificates_there)


def _of_job(held: JobHeld) -> dict[str, object]:
    """Return what a job asks of somebody, how far they are, and who said that they work in it."""
    job = db().get_one(JobProfile, held.profile_id)
    asked = jobs.levels_of(db(), held.profile_id)
    titles = domain_names(db())
    line = matrix.of_person(db(), db().get_one(Person, held.person_id), asked)
    by = people.persons(db(), [held.set_by]).get(held.set_by or 0)
    return {
        "heading": job.title,
        "order": cells.in_order(line, asked),
        "cells": [cells.cell(line, key, need, titles[key]) for key, need in asked.items()],
        "since": day(held.since),
        "by": by.name if by else "",
    }


def _own_certificates(me: int) -> list[Shown]:
    found = certificates.of_person(db(), me)
    confirming = people.persons(db(), [line.row.confirmed_by for line in found])
    names = {key: person.name for key, person in confirming.items()}
    return [certificate_words.shown(line, local_date(now()), names) for line in found]


@blueprint.post("/mine/certificates")
@guard.allow(access.SIGNED_IN)
def add() -> Page:
    """Note a certificate of one's own."""
    fields = sent()
    me = guard.actor()
    try:
        form = CertificateForm.read(fields)
        noting.note(
            db(),
            me,
            [me.person_id],
            form.noted,
            now(),
        )
    except MISTAKES as failure:
        return _mine(mistake(failure, fields))
    return done(gettext("Saved."), "held.mine")


@blueprint.post("/mine")
@guard.allow(access.SIGNED_IN)
def share() -> Page:
    """Show one's managers how far one is, or no longer."""
    form = ShownForm.read(sent())
    actions.show(
        db(),
        guard.actor(),
        form.shown == "yes",
        now(),
    )
    return done(gettext("Saved."), "held.mine")
