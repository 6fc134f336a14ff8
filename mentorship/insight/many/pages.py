"""Doors: change one thing of the people that were ticked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, url_for
from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import N_, gettext
from mentorship.insight.many import actions, queries, words
from mentorship.insight.many.forms import ManyForm, PeopleForm
from mentorship.insight.many.rules import ROSTER, SITE, Plan
from mentorship.people import access, rules
from mentorship.people.access import Actor
from mentorship.people.account import guard
from mentorship.people.models import ROLES
from mentorship.people.queries import site_names
from mentorship.people.sites.queries import open_sites
from mentorship.people.words import TITLES
from mentorship.profiles.rosters import patterns
from mentorship.rounds.roster.asking import parting
from mentorship.rounds.roster.words import Question
from mentorship.web import undo
from mentorship.web.confirm import Confirmation, confirm
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, choices, form_page, options, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("many", __name__, url_prefix="/many")

NAMED = 20
"""So many names are shown before a change."""


@blueprint.post("")
@guard.allow(access.MANAGE_PEOPLE, again=True)
def choose() -> Page:
    """Ask what is to change of the people that were ticked."""
    ids: list[int] = []
    with suppress(Invalid):
        ids = PeopleForm.read(sent("person")).person
    if not ids:
        raise Refused(N_("Choose at least one person, and at most 500 at once."))
    return _ask(ids)


def _ask(ids: list[int], wrong: Mistake = NOTHING_WRONG) -> Page:
    actor = guard.actor()
    mine = rules.may_give(actor)
    roles = choices([role for role in ROLES if role in mine], TITLES)
    nothing = [("", gettext("no change"))]
    rosters: list[tuple[Any, str]] = []
    if access.KEEP_ROSTERS.allows(actor):
        rosters = [*nothing, *options(patterns.rosters(db()))]
    found = queries.here(db(), ids)
    return render_form(
        "insight/many/choose.html",
        wrong,
        people=found,
        ids=[id_of(person) for person in found],
        back=_list(),
        roles=[*nothing, *roles],
        sites=[*nothing, *options(open_sites(db()))],
        rosters=rosters,
    )


@blueprint.post("/look")
@guard.allow(access.MANAGE_PEOPLE, again=True)
def look() -> Page:
    """Say with numbers and names what a change would come to."""
    return _with(actions.planned, _ask_sure)


@blueprint.post("/change")
@guard.allow(access.MANAGE_PEOPLE, again=True)
def change() -> Page:
    """Change it, and go back to the list as it was looked at."""
    return _with(actions.change, _changed)


def _with(
    verb: Callable[[Session, Actor, list[int], str, str | int, datetime], Plan],
    answer: Callable[[ManyForm, Plan], Page],
) -> Page:
    """Read what was chosen, plan it or do it, and answer; on an error ask again with what was typed."""
    fields = sent("person")
    try:
        form = ManyForm.read(fields)
        what, value = form.change()
        _check_roster(what)
        plan = verb(
            db(),
            guard.actor(),
            form.person,
            what,
            value,
            now(),
        )
    except MISTAKES as failure:
        return _again(fields, failure)
    return answer(form, plan)


def _changed(_form: ManyForm, plan: Plan) -> Page:
    undo.say(words.done(plan))
    return redirect(_list(), 303)


def _list() -> str:
    """Return the list as it was when people were ticked in it: its search, filters and page go along unseen."""
    here, people_list = form_page(), url_for("people.index")
    return here if here.partition("?")[0] == people_list else people_list


def _ask_sure(form: ManyForm, plan: Plan) -> Page:
    what, value = form.change()
    parted = _parted(form, plan.changes) if what == ROSTER else None
    changes = set(plan.changes)
    names = [person.name for person in queries.here(db(), form.person) if person.id in changes]
    asked = Confirmation(
        title=gettext(words.TITLES[what], value=_named(what, value)),
        consequences=[*words.consequences(what, plan), *words.parting(parted, NAMED)],
        button=gettext("Yes, change it"),
        action=url_for("many.change"),
        back=_list(),
        fields=sent("person"),
        danger=parted is not None,
        named=gettext("For whom it changes"),
        names=names[:NAMED] + (["…"] if len(names) > NAMED else []),
    )
    return confirm(asked)


def _parted(form: ManyForm, changes: list[int]) -> Question | None:
    """Return what giving these people a roster parts, if anything."""

    def give() -> None:
        actions.change(
            db(),
            guard.actor(),
            form.person,
            *form.change(),
            now(),
        )

    return parting(
        db(),
        guard.actor(),
        set(changes),
        local_date(now()),
        give,
    )


def _again(fields: dict[str, Any], failure: Invalid | Refused) -> Page:
    wrong = mistake(failure, fields)
    ids: list[int] = []
    with suppress(Invalid):
        ids = PeopleForm.read({"person": fields["person"]}).person
    return _ask(ids, wrong)


def _check_roster(what: str) -> None:
    """Refuse a roster from who does not keep rosters."""
    if what == ROSTER and not access.KEEP_ROSTERS.allows(guard.actor()):
        raise Refused(N_("The coordinator and HR keep the rosters."))


def _named(what: str, value: str | int) -> str:
    if what == SITE:
        return site_names(db())[int(value)]
    if what == ROSTER:
        return dict(options(patterns.rosters(db()))).get(int(value), "")
    return gettext(TITLES[str(value)])
