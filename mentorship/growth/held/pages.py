"""Doors: who works in which job profile, and what one's own asks."""

from __future__ import annotations

from flask import Blueprint

from mentorship.base.db import id_of
from mentorship.base.i18n import N_, day, gettext, ngettext
from mentorship.base.lists import Column, Filter, Listing
from mentorship.growth import queries as jobs
from mentorship.growth.held import actions, queries
from mentorship.growth.held.forms import HeldForm, ShownForm
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
from mentorship.web.page import Page, done, paging, render, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("held", __name__, url_prefix="/growth/held")

DOORS = lists.Doors("held.index", "held.index", "held.index")


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
    listing = _listing()
    view = lists.read(listing)
    number = queries.count(db(), line, view)
    pages = paging(number)
    rows = queries.lines(
        db(),
        line,
        view.rows(pages.offset, pages.size),
        _titles(),
    )
    return render_form(
        "growth/held/index.html",
        wrong,
        list=lists.page(
            listing,
            view,
            pages,
            DOORS,
        ),
        heading=ngettext("%(num)s person and their job", "%(num)s people and their jobs", number),
        found=rows,
        profiles=[("", gettext("none")), *[(job.id, job.title) for job in jobs.profiles(db())]],
        sees_matrix=access.SEE_MATRIX.allows(me),
    )


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


@blueprint.get("/mine")
@guard.allow(access.SIGNED_IN)
def mine() -> Page:
    """Show what one's own job asks, how far one is, and who may see that."""
    me = guard.actor().person_id
    held = db().get(JobHeld, me)
    if held is None:
        return render("growth/held/mine.html", held=None, heading=gettext("You work in no job profile yet"))
    job = db().get_one(JobProfile, held.profile_id)
    asked = jobs.levels_of(db(), held.profile_id)
    titles = domain_names(db())
    line = matrix.of_person(db(), db().get_one(Person, me), asked)
    by = people.persons(db(), [held.set_by]).get(held.set_by or 0)
    return render(
        "growth/held/mine.html",
        held=held,
        heading=job.title,
        order=cells.in_order(line, asked),
        cells=[
            cells.cell(
                line,
                domain_id,
                need,
                titles[domain_id],
            )
            for domain_id, need in asked.items()
        ],
        since=day(held.since),
        by=by.name if by else "",
    )


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
