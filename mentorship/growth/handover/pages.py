"""Doors: a handover plan, for who leaves and, once it is open to them, for the coordinator."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import day, gettext
from mentorship.growth.handover import actions, lines, queries, receivers, rules, ways, words
from mentorship.growth.handover.forms import DomainForm, MoveForm, PieceForm, ReceiverForm, ShareForm
from mentorship.growth.handover.lines import Line, Reading
from mentorship.growth.handover.models import HandoverPiece, HandoverPlan
from mentorship.growth.handover.receivers import Looking
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.looks.guard import look_at
from mentorship.people.looks.models import KNOWLEDGE
from mentorship.people.models import Person
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, render, render_form, searched, sent
from mentorship.web.request import db, now

blueprint = Blueprint("handover", __name__, url_prefix="/growth/handover")


def _person(person_id: int) -> Person:
    """Return whose plan is read, and keep that somebody else did."""
    look_at(guard.actor(), {person_id}, KNOWLEDGE)
    return db().get_one(Person, person_id)


def _reading(person: Person) -> Reading:
    return Reading(person, guard.actor(), local_date(now()))


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """List who leaves, and whose plan the coordinator may read, with how far each is."""
    found = queries.open_to_coordinators(db())
    ids = [id_of(person) for person, _plan in found]
    pieces = queries.pieces_of(db(), ids)
    rows = []
    for person, plan in found:
        standing = queries.of_pieces(plan, pieces[id_of(person)])
        rows.append((person, words.leaving(person), words.stands(standing)))
    return render(
        "growth/handover/index.html",
        heading=words.index_heading(len(rows)),
        found=rows,
        kept=words.kept(),
    )


@blueprint.get("/mine")
@guard.allow(access.SIGNED_IN)
def mine() -> Response:
    """Lead to one's own plan."""
    return redirect(url_for("handover.show", person_id=guard.actor().person_id), 303)


@blueprint.get("/<id:person_id>")
@guard.allow(access.SEE_HANDOVER, of=queries.subject)
def show(person_id: int) -> Page:
    """Show a plan, or why one would begin it."""
    return _show(person_id)


def _show(person_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    person = _person(person_id)
    plan = queries.plan_of(db(), person_id)
    if plan is None:
        return _none(person, wrong)
    return _plan(person, plan, wrong)


def _none(person: Person, wrong: Mistake) -> Page:
    reading = _reading(person)
    horizon = queries.horizon(db(), person, reading.today)
    gone = person.is_gone(reading.today)
    may = not gone and (person.last_day is not None or rules.is_short(horizon))
    held = rules.in_order(queries.held(db(), id_of(person)), horizon) if may else []
    return render_form(
        "growth/handover/none.html",
        wrong,
        person=person,
        title=words.title(person, own=reading.own),
        heading=words.to_begin(person, held, own=reading.own, may=may),
        brief=words.leaves(person, reading.today, own=reading.own),
        own=reading.own,
        may=may,
        held=[(one.title, words.leans(one)) for one in held],
        kept=words.kept(),
    )


def _plan(person: Person, plan: HandoverPlan, wrong: Mistake) -> Page:
    reading = _reading(person)
    pieces = queries.pieces(db(), id_of(person))
    standing = queries.of_pieces(plan, pieces)
    by = people.persons(db(), [plan.started_by]).get(plan.started_by or 0)
    found = lines.lines(db(), reading, pieces)
    return render_form(
        "growth/handover/show.html",
        wrong,
        person=person,
        plan=plan,
        title=words.title(person, own=reading.own),
        heading=words.heading(pieces, standing),
        brief=words.leaves(person, reading.today, own=reading.own),
        own=reading.own,
        open=rules.is_open(shared=plan.shared, last_day=person.last_day),
        shown=ways.shown(found, reading),
        begun=words.begun(plan, by, person),
        more=lines.more(db(), person, pieces),
        gone=person.is_gone(reading.today),
        kept=words.kept(),
        wishes=access.GUIDE.allows(guard.actor()),
    )


@blueprint.post("/<id:person_id>")
@guard.allow(access.SEE_HANDOVER, of=queries.subject)
def start(person_id: int) -> Page:
    """Begin a plan."""
    try:
        actions.start(db(), guard.actor(), person_id, now())
    except MISTAKES as failure:
        return _show(person_id, mistake(failure, {}))
    return done(gettext("The handover plan is begun."), "handover.show", person_id=person_id)


@blueprint.post("/<id:person_id>/share")
@guard.allow(access.OWN, of=queries.own_subject)
def share(person_id: int) -> Page:
    """Let the coordinator see one's plan, or no longer."""
    shared = ShareForm.read(sent()).shared == "yes"
    actions.share(db(), guard.actor(), person_id, shared, now())
    said = gettext("The coordinator sees your plan now.") if shared else gettext("Your plan is yours alone again.")
    return done(said, "handover.show", person_id=person_id, _anchor="who")


@blueprint.post("/<id:person_id>/drop")
@guard.allow(access.OWN, of=queries.own_subject)
def drop(person_id: int) -> Page:
    """Throw one's plan away."""
    actions.drop(db(), guard.actor(), person_id, now())
    return done(gettext("Your handover plan is gone."), "handover.show", person_id=person_id)


@blueprint.post("/<id:person_id>/add")
@guard.allow(access.SEE_HANDOVER, of=queries.subject)
def add(person_id: int) -> Page:
    """Put another domain on a plan."""
    fields = sent()
    try:
        domain_id = DomainForm.read(fields).domain
        actions.add(db(), guard.actor(), person_id, domain_id, now())
    except MISTAKES as failure:
        return _show(person_id, mistake(failure, fields))
    return done(gettext("It is on the plan."), "handover.show", person_id=person_id)


@blueprint.get("/<id:person_id>/<id:domain_id>")
@guard.allow(access.SEE_HANDOVER, of=queries.piece_subject)
def piece(person_id: int, domain_id: int) -> Page:
    """Show one piece: who could take it over, by when, and where it is written down."""
    return _piece(person_id, domain_id)


def _piece(person_id: int, domain_id: int, wrong: Mistake = NOTHING_WRONG) -> Page:
    person = _person(person_id)
    reading = _reading(person)
    pieces = queries.pieces(db(), person_id)
    found = lines.lines(db(), reading, pieces)
    line = next(line for line in found if line.key == domain_id)
    row = db().get_one(HandoverPiece, (person_id, domain_id))
    return render_form(
        "growth/handover/piece.html",
        wrong,
        person=person,
        title=words.title(person, own=reading.own),
        line=line,
        values={**_stands(row), **wrong.values},
        steps=words.steps(),
        last_day=day(person.last_day) if person.last_day else "",
        earlier=line.number > 1,
        later=line.number < len(found),
        **_choice(reading, row),
        **_asking(line, reading),
    )


def _asking(line: Line, reading: Reading) -> dict[str, Any]:
    """Return how who was chosen is asked, if that is what comes next."""
    return {
        "one": ways.shown([line], reading)[0],
        "asks": line.next.kind in rules.ASKING,
        "wishes": access.GUIDE.allows(guard.actor()),
        "gone": reading.person.is_gone(reading.today),
    }


def _stands(row: HandoverPiece) -> dict[str, Any]:
    """Return how a piece stands, as its form has it."""
    return {
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "place": row.place,
        "step": row.step,
    }


def _choice(reading: Reading, row: HandoverPiece) -> dict[str, Any]:
    """Return who could take a piece over: who is thought of, and whom a search found."""
    person = reading.person
    looking = Looking(
        person,
        row.domain_id,
        reading.today,
        reading.reader,
    )
    text = searched()
    named = people.colleagues(db(), text, id_of(person)) if text else []
    chosen = people.persons(db(), [row.receiver_id]).get(row.receiver_id or 0)
    suggested = []
    for one in receivers.suggested(db(), looking):
        suggested.append((one.person, words.why(one, person, own=reading.own)))
    return {
        "q": text,
        "chosen": chosen,
        "suggested": suggested,
        "named_rows": [(one, "") for one in named],
        "sites": people.site_names(db()),
    }


@blueprint.post("/<id:person_id>/<id:domain_id>")
@guard.allow(access.SEE_HANDOVER, of=queries.piece_subject)
def save(person_id: int, domain_id: int) -> Page:
    """Say by when a piece is passed on, where it is written down, and how far it is."""
    fields = sent()
    try:
        said = PieceForm.read(fields).said
        actions.save(db(), guard.actor(), person_id, domain_id, said, now())
    except MISTAKES as failure:
        return _piece(person_id, domain_id, mistake(failure, fields))
    return done(gettext("Saved."), "handover.show", person_id=person_id)


@blueprint.post("/<id:person_id>/<id:domain_id>/to")
@guard.allow(access.SEE_HANDOVER, of=queries.piece_subject)
def choose(person_id: int, domain_id: int) -> Page:
    """Say who is thought of to take a piece over."""
    fields = sent()
    try:
        receiver_id = ReceiverForm.read(fields).receiver
        actions.choose(db(), guard.actor(), person_id, domain_id, receiver_id, now())
    except MISTAKES as failure:
        return _piece(person_id, domain_id, mistake(failure, fields))
    return done(gettext("Saved. Nobody is told; asking comes next."), "handover.show", person_id=person_id)


@blueprint.post("/<id:person_id>/<id:domain_id>/move")
@guard.allow(access.SEE_HANDOVER, of=queries.piece_subject)
def move(person_id: int, domain_id: int) -> Page:
    """Put a piece one place earlier, or later."""
    up = MoveForm.read(sent()).to == "earlier"
    actions.move(db(), guard.actor(), person_id, domain_id, up, now())
    return done(gettext("Saved."), "handover.show", person_id=person_id)


@blueprint.post("/<id:person_id>/<id:domain_id>/off")
@guard.allow(access.SEE_HANDOVER, of=queries.piece_subject)
def take_off(person_id: int, domain_id: int) -> Page:
    """Take a piece off a plan."""
    actions.take_off(db(), guard.actor(), person_id, domain_id, now())
    return done(gettext("It is no longer on the plan."), "handover.show", person_id=person_id)
