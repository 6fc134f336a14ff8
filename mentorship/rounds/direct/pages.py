"""Doors: choose whom to pair, see the best mentors side by side, and propose one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import flask
from flask import Blueprint

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, percent
from mentorship.checkins.steps import actions as steps
from mentorship.mentor_requests import queries as requests
from mentorship.mentor_requests.actions import Wanted
from mentorship.mentorships.models import Mentorship
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.looks.guard import shows
from mentorship.people.looks.models import REQUEST
from mentorship.people.models import Person
from mentorship.profiles.words import LEVELS
from mentorship.programme.queries import lacking
from mentorship.rounds.direct import actions, answers, queries, seconds, words
from mentorship.rounds.direct.forms import PLACES, NeedsForm, ProposalForm
from mentorship.rounds.direct.pool import Candidate, Pool, advised
from mentorship.rounds.direct.rows import AT_ONCE, Row, rows
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render_form, searched, sent
from mentorship.web.request import db, now

blueprint = Blueprint("direct", __name__, url_prefix="/direct")
FOUND_AT_ONCE = 10
LONGEST_ID = 9
"""Digits; a longer number is nobody's."""


@blueprint.get("")
@guard.allow(access.PAIR_SOMEBODY, of=queries.may_pair)
def index() -> Page:
    """Ask whom to pair: by name, or one of those who wait longest."""
    team = queries.own_team(db(), guard.actor())
    text = searched()
    found = queries.named_here(db(), text, team, FOUND_AT_ONCE) if text else []
    sites = people.site_names(db())
    return render_form(
        "rounds/direct/index.html",
        NOTHING_WRONG,
        q=text,
        found=[(person, sites[person.site_id]) for person in found],
        waiting=answers.waiting_longest(db(), team, now()),
        lacking=lacking(db()),
    )


@blueprint.get("/<id:person_id>")
@guard.allow(access.PAIR_SOMEBODY, of=queries.to_pair)
@shows(REQUEST)
def show(person_id: int) -> Page:
    """Show who could be somebody's mentor, or ask first what they want to learn."""
    return _page(person_id, flask.request.args, NOTHING_WRONG)


@blueprint.get("/second/<id:mentorship_id>")
@guard.allow(access.PAIR_SOMEBODY, of=queries.to_second)
def second(mentorship_id: int) -> Page:
    """Ask for what and until when somebody who has a mentor gets a second one."""
    pair = db().get_one(Mentorship, mentorship_id)
    along = seconds.along(flask.request.args)
    if requests.open_request(db(), pair.junior_id) is not None:
        return flask.redirect(flask.url_for("direct.show", person_id=pair.junior_id, **along), 303)
    sides = people.persons(db(), [pair.mentor_id, pair.junior_id])
    return render_form(
        "rounds/direct/second.html",
        NOTHING_WRONG,
        junior=sides[pair.junior_id],
        first=sides[pair.mentor_id],
        along=along,
        values=seconds.first_values(pair, local_date(now())),
        domains=answers.domain_options(db()),
        levels=_levels(),
    )


@blueprint.post("/<id:person_id>")
@guard.allow(access.PAIR_SOMEBODY, of=queries.to_pair)
def propose(person_id: int) -> Page:
    """Propose a mentor; who comes too late sees the page anew."""
    fields = sent()
    me = guard.actor()
    try:
        form = ProposalForm.read(fields)
        if form.signal is not None:
            steps.second_mentor(db(), me, form.signal, person_id, now())
        actions.propose(
            db(),
            me,
            person_id,
            form.mentor_id,
            now(),
            request_id=form.request_id,
            wanted=form.wanted,
            trainer=form.trainer,
            until=form.until,
        )
    except MISTAKES as failure:
        return _page(person_id, fields, mistake(failure, fields))
    names = people.persons(db(), [person_id, form.mentor_id])
    said = gettext(
        "%(mentor)s is proposed to %(name)s. Both are asked; they say yes or no without a reason.",
        mentor=names[form.mentor_id].name,
        name=names[person_id].name,
    )
    return done(said, "proposals.index" if me.has(access.COORDINATOR) else "direct.index")


def _page(person_id: int, typed: Mapping[str, Any], wrong: Mistake) -> Page:
    person = db().get_one(Person, person_id)
    asked = requests.open_request(db(), person_id)
    request_id = id_of(asked.request) if asked else None
    wanted, wrong = _wanted(asked, typed, wrong)
    shown: dict[str, Any] = {
        "person": person,
        "site": people.site_names(db())[person.site_id],
        "request_id": request_id,
        "lacking": lacking(db()),
        "values": {**_first_values(), **typed},
        "domains": answers.domain_options(db()),
        "levels": _levels(),
        "places": PLACES,
        "typed": _as_typed(wanted, typed) if asked is None else {},
        "along": seconds.along(typed),
        "trainer": _trainer(asked, typed),
    }
    shown["keeps"] = {**shown["typed"], **shown["along"]}
    if not wanted:
        return render_form("rounds/direct/ask.html", wrong, **shown)
    found = queries.around(db(), person_id, request_id, wanted, now(), trainer=shown["trainer"])
    if found is None:
        return render_form("rounds/direct/ask.html", wrong, **shown)
    return render_form("rounds/direct/show.html", wrong, **shown, **_beside(found, person, wanted, typed))


def _trainer(asked: Any, typed: Mapping[str, Any]) -> bool:
    """Tell whether the mentor must be a practice trainer: by their open request, or as it was ticked for them."""
    return asked.request.trainer if asked else bool(typed.get("trainer"))


def _wanted(asked: Any, typed: Mapping[str, Any], wrong: Mistake) -> tuple[Sequence[Wanted], Mistake]:
    """Return what they want to learn: by their open request, or as it was typed for them."""
    if asked is not None:
        return [(need.domain_id, need.current_level, need.target_level) for need in asked.needs], wrong
    names = NeedsForm.model_fields
    fields = {name: value for name, value in typed.items() if name in names}
    if not fields:
        return (), wrong
    try:
        wanted = NeedsForm.read(fields).wanted
        answers.check_wanted(db(), flask.request.view_args or {}, wanted)
    except MISTAKES as failure:
        return (), mistake(failure, fields)
    return wanted, wrong


def _levels() -> list[tuple[str, str]]:
    return [(str(level), gettext(name)) for level, name in enumerate(LEVELS)]


def _first_values() -> dict[str, str]:
    values = {}
    for place in PLACES:
        values[f"current_{place}"] = "0"
        values[f"target_{place}"] = "3"
    return values


def _as_typed(wanted: Sequence[Wanted], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is asked as the fields of its form, to go along with a choice."""
    fields: dict[str, Any] = {}
    if wanted and typed.get("trainer"):
        fields["trainer"] = "true"
    for place, (domain, current, target) in enumerate(wanted, 1):
        fields |= {f"domain_{place}": domain, f"current_{place}": current, f"target_{place}": target}
    return fields


def _beside(pool: Pool, person: Person, wanted: Sequence[Wanted], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the mentors side by side, who is chosen, and what happens next."""
    team = queries.own_team(db(), guard.actor())
    every = pool.candidates()
    mine = [one for one in every if team is None or one.mentor_id in team]
    best = advised(mine)
    chosen = _chosen(mine, typed, best)
    shown = _shown(mine, chosen, everybody="all" in typed)
    marks = {"advised": _id_of(best), "chosen": _id_of(chosen)}
    beside = rows(db(), pool, shown, marks, now(), merged=team is not None)
    picked = _picked(beside)
    return {
        **_asked(person, wanted),
        **_words(person, mine, best, beside, pool.waiting),
        "rows": beside,
        "more": len(mine) - len(shown),
        "elsewhere": len(every) - len(mine),
        "titles": answers.score_titles(merged=team is not None),
        "picked": picked,
        "next": answers.next_steps(db(), person, picked, now()),
        "answers": _why_not(pool, mine, team),
    }


def _asked(person: Person, wanted: Sequence[Wanted]) -> dict[str, Any]:
    """Return what they want to learn and how, by what floor, and what is searched for."""
    return {
        "needs": answers.told(db(), wanted),
        "likes": answers.likes(db(), id_of(person)),
        "floor": percent(queries.terms(db()).floor),
        "q": searched(),
    }


def _words(
    person: Person, mine: Sequence[Candidate], best: Candidate | None, beside: Sequence[Row], waiting: int
) -> dict[str, Any]:
    return {
        "heading": words.finding(person.given_name, _lead(mine, best), best, _lead_name(beside)),
        "brief": words.brief(len(beside), len(mine), waiting),
    }


def _picked(beside: Sequence[Row]) -> Row | None:
    return next((row for row in beside if row.chosen), None)


def _lead(mine: Sequence[Candidate], best: Candidate | None) -> Candidate | None:
    """Return whom the finding is about: who is advised, else who fits best."""
    return best or next(iter(mine), None)


def _lead_name(beside: Sequence[Row]) -> str:
    named = [row.mentor.name for row in beside if row.advised] or [row.mentor.name for row in beside]
    return named[0] if named else ""


def _id_of(candidate: Candidate | None) -> int | None:
    return None if candidate is None else candidate.mentor_id


def _chosen(mine: Sequence[Candidate], typed: Mapping[str, Any], best: Candidate | None) -> Candidate | None:
    """Return who was picked, or who is advised, or who fits best."""
    wanted = str(typed.get("mentor_id", ""))
    for candidate in mine:
        if str(candidate.mentor_id) == wanted:
            return candidate
    return best or (mine[0] if mine else None)


def _shown(mine: Sequence[Candidate], chosen: Candidate | None, *, everybody: bool) -> list[Candidate]:
    """Return the best few and whoever is chosen; all where that is asked for."""
    if everybody:
        return list(mine)
    shown = list(mine[:AT_ONCE])
    if chosen is not None and chosen not in shown:
        shown.append(chosen)  # who is advised is shown too, unless another was picked
    return shown


def _why_not(pool: Pool, mine: Sequence[Candidate], team: Collection[int] | None) -> list[tuple[Person, str]]:
    """Answer of each whom the search found why they cannot be the mentor, or that they can."""
    text = searched()
    if not text:
        return []
    found = queries.named_here(db(), text, team, AT_ONCE)
    able = {one.mentor_id for one in mine}
    return [(person, answers.why_not(db(), pool, person, able, merged=team is not None)) for person in found]
