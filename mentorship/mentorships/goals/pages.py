"""Doors: the goals of a pair, a level claimed and confirmed, and the page of the second who confirms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import gettext
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.goals import actions, cards, claims, paces, queries, rules, seconds, trail, words
from mentorship.mentorships.goals.calendars import calendar
from mentorship.mentorships.goals.forms import OTHER, ClaimForm, ConfirmLevelForm, NewGoalForm, SecondForm
from mentorship.mentorships.goals.models import CONFIRMED, SECONDING, Goal
from mentorship.mentorships.goals.queries import GoalState
from mentorship.mentorships.models import Mentorship
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.looks.guard import goals_shown
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.profiles.words import LEVELS
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, form_page, render, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("goals", __name__)


@blueprint.get("/mentorships/<id:mentorship_id>/goals")
@guard.allow(access.SEE_PAIR, of=mentorships.subject)
@goals_shown
def show(mentorship_id: int) -> Page:
    """Show what the junior of a pair works on, and how far they are."""
    return show_again(mentorship_id)


def show_again(mentorship_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    """Show the goals, and what is not right with a form on that page."""
    pair = mentorships.one(db(), mentorship_id)
    reader = _reader(pair)
    states = queries.of_pair(db(), mentorship_id)
    persons = people.persons(db(), [pair.mentor_id, pair.junior_id, *cards.seconds_of(states)])
    mentor = persons[pair.mentor_id]
    junior = persons[pair.junior_id]
    found = _cards(pair, reader, states, persons)
    trails = _trails(pair, reader, states, persons)
    return render_form(
        "mentorships/goals/show.html",
        wrong,
        mentorship=pair,
        mentor=mentor,
        junior=junior,
        found=found,
        trails=trails,
        paces=paces.paces(db(), states, now()),
        blue=trail.first_to_act(trails.values()),
        who=trail.who(reader.side, mentor, junior),
        heading=trail.heading(trails.values()),
        adding=_adding(pair, reader, states, wrong),
        dropped=_dropped(mentorship_id, reader),
        levels=LEVELS,
        other=OTHER,
        changing=reader.changing,
        homeless=_homeless(wrong, found),
    )


def _trails(
    pair: Mentorship,
    reader: cards.Reader,
    states: Sequence[GoalState],
    persons: Mapping[int, Person],
) -> dict[int, trail.Trail]:
    today = local_date(now())
    looking = trail.Looking(
        reader,
        persons[pair.mentor_id],
        persons[pair.junior_id],
        persons,
        calendar(db(), pair, reader.side, today),
    )
    return trail.trails(states, looking)


def _cards(
    pair: Mentorship,
    reader: cards.Reader,
    states: Sequence[GoalState],
    persons: Mapping[int, Person],
) -> list[cards.GoalCard]:
    found = []
    junior = persons[pair.junior_id]
    choices = seconds.choices(db(), pair, junior, states, reader)
    for state in states:
        offered = choices.get(state.goal.domain_id, [])
        found.append(cards.card(state, reader, persons[pair.mentor_id], persons, offered))
    return found


def _reader(pair: Mentorship) -> cards.Reader:
    side = pair.side_of(guard.actor().person_id)
    return cards.Reader(side, side is not None and rules.can_change(pair.status))


def _dropped(mentorship_id: int, reader: cards.Reader) -> list[GoalState]:
    """Return what the reader can take up again."""
    if not reader.changing:
        return []
    return queries.of_pair(db(), mentorship_id, dropped=True)


def _homeless(wrong: Mistake, found: Sequence[cards.GoalCard]) -> str:
    """Return what a mentor wrote in a form that is no longer there."""
    forms = [card.form for card in found if card.confirms]
    if wrong.about in forms:
        return ""
    return str(wrong.values.get("evidence", ""))


def _adding(pair: Mentorship, reader: cards.Reader, states: Sequence[GoalState], wrong: Mistake) -> cards.Adding:
    if not reader.changing:
        return cards.NOTHING_TO_ADD
    wanted = wrong.values.get("domain", request.args.get("domain"))
    found = cards.adding(states, profiles.domains(db()), wanted)
    if found.domain is None:
        return found
    shared = queries.shared_levels(db(), pair, own=reader.as_junior)
    known = shared.get(id_of(found.domain))
    junior = db().get_one(Person, pair.junior_id)
    asks = trail.asks_level(reader.side, junior)
    hint = cards.hint(junior, reader, known is not None)
    return cards.filled(found, known, wrong.of("add").values, asks, hint)


@blueprint.post("/mentorships/<id:mentorship_id>/goals")
@guard.allow(access.OWN, of=mentorships.subject)
def add(mentorship_id: int) -> Page:
    """Set a goal."""
    fields = sent()
    try:
        form = NewGoalForm.read(fields)
        actions.add(
            db(),
            guard.actor(),
            mentorship_id,
            domain_id=form.domain,
            current=form.current,
            target=form.target,
            words=form.words,
            due_on=form.due_on,
            now=now(),
        )
    except MISTAKES as failure:
        return show_again(mentorship_id, mistake(failure, fields, "add"))
    return back(mentorship_id, gettext("The goal is set."))


@blueprint.post("/goals/<id:goal_id>/drop")
@guard.allow(access.OWN, of=queries.goal_junior)
def drop(goal_id: int) -> Page:
    """Drop a goal; the next page offers to take it up again."""
    try:
        actions.drop(db(), guard.actor(), goal_id, now())
    except Refused as refusal:
        return show_again(_pair_of_goal(goal_id), mistake(refusal, {}))
    return back(_pair_of_goal(goal_id), gettext("The goal is dropped. You can reopen it below."))


@blueprint.post("/goals/<id:goal_id>/claim")
@guard.allow(access.OWN, of=queries.goal_junior)
def claim(goal_id: int) -> Page:
    """Say that a level was reached."""
    fields = sent()
    try:
        level = ClaimForm.read(fields).level
        claims.claim(db(), guard.actor(), goal_id, level, now())
    except MISTAKES as failure:
        return show_again(_pair_of_goal(goal_id), mistake(failure, fields, f"goal-{goal_id}"))
    return back(_pair_of_goal(goal_id), gettext("Your mentor sees it on their page."), goal_id)


@blueprint.post("/goals/claims/<id:claim_id>/withdraw")
@guard.allow(access.OWN, of=queries.claim_junior)
def withdraw(claim_id: int) -> Page:
    """Take back what one said."""
    try:
        claims.withdraw(db(), guard.actor(), claim_id, now())
    except Refused as refusal:
        return show_again(_pair_of_claim(claim_id), mistake(refusal, {}))
    return back(_pair_of_claim(claim_id), gettext("Withdrawn."))


@blueprint.post("/goals/claims/<id:claim_id>/confirm")
@guard.allow(access.OWN, of=queries.claim_mentor)
def confirm(claim_id: int) -> Page:
    """Confirm as the mentor, with what was seen."""
    fields = sent("seen")
    try:
        form = ConfirmLevelForm.read(fields)
        found = claims.confirm(
            db(),
            guard.actor(),
            claim_id,
            evidence=form.told(),
            second=form.chosen(),
            now=now(),
        )
    except MISTAKES as failure:
        return show_again(_pair_of_claim(claim_id), mistake(failure, fields, f"claim-{claim_id}"))
    said = gettext("Confirmed.")
    if rules.needs_second(found.level):
        said = gettext("Confirmed. Now it waits for your colleague.")
    return back(_pair_of_claim(claim_id), said)


@blueprint.post("/goals/claims/<id:claim_id>/decline")
@guard.allow(access.OWN, of=queries.claim_mentor)
def decline(claim_id: int) -> Page:
    """Say as the mentor: not yet."""
    try:
        claims.decline(db(), guard.actor(), claim_id, now())
    except Refused as refusal:
        return show_again(_pair_of_claim(claim_id), mistake(refusal, {}))
    return back(_pair_of_claim(claim_id), gettext("Saved: not yet. They can say it again later."))


@blueprint.post("/goals/claims/<id:claim_id>/second")
@guard.allow(access.OWN, of=queries.claim_mentor)
def name_second(claim_id: int) -> Page:
    """Ask somebody else to confirm as the second."""
    fields = sent()
    try:
        chosen = SecondForm.read(fields).chosen()
        claims.name_second(db(), guard.actor(), claim_id, chosen, now())
    except MISTAKES as failure:
        return show_again(_pair_of_claim(claim_id), mistake(failure, fields, f"claim-{claim_id}"))
    return back(_pair_of_claim(claim_id), gettext("Asked. Your colleague sees it on their page."))


def _pair_of_goal(goal_id: int) -> int:
    return db().get_one(Goal, goal_id).mentorship_id


def _pair_of_claim(claim_id: int) -> int:
    return queries.claimed(db(), claim_id).goal.mentorship_id


def back(mentorship_id: int, said: str, goal_id: int | None = None) -> Response:
    """Return to where the form stood: the page of the duo, or that of its goals."""
    anchor = None if goal_id is None else f"goal-{goal_id}"
    endpoint = "goals.show"
    if form_page().partition("?")[0] == url_for("duo.show", mentorship_id=mentorship_id):
        endpoint = "duo.show"
    return done(said, endpoint, mentorship_id=mentorship_id, _anchor=anchor)


@blueprint.get("/goals/claims/<id:claim_id>")
@guard.allow(access.OWN, of=queries.claim_second)
def second(claim_id: int) -> Page:
    """Show the second what they are asked to confirm, and nothing else of the pair."""
    found = queries.claimed(db(), claim_id)
    claimed = found.claim
    confirmed = claimed.status == CONFIRMED
    waits = claimed.status == SECONDING and rules.can_change(found.mentorship.status)
    return render(
        "mentorships/goals/second.html",
        heading=words.asked_of_second(found.junior.name, claimed.level, waits=waits, confirmed=confirmed),
        waits=waits,
        asked=found,
    )


@blueprint.post("/goals/claims/<id:claim_id>/agree")
@guard.allow(access.OWN, of=queries.claim_second)
def agree(claim_id: int) -> Response:
    """Confirm as the second."""
    claims.agree(db(), guard.actor(), claim_id, now())
    return done(gettext("Confirmed. Thank you!"), "goals.second", claim_id=claim_id)


@blueprint.post("/goals/claims/<id:claim_id>/disagree")
@guard.allow(access.OWN, of=queries.claim_second)
def disagree(claim_id: int) -> Response:
    """Say as the second: not yet."""
    claims.disagree(db(), guard.actor(), claim_id, now())
    return done(gettext("Saved: not yet. Thank you!"), "goals.second", claim_id=claim_id)
