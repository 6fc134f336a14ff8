"""Doors: who was not matched and why, where places are short, and one request with the coordinator's decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import flask
from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext
from mentorship.mentor_requests.models import OPEN
from mentorship.mentor_requests.queries import needs_of
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.looks.guard import shows
from mentorship.people.looks.models import REQUEST
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.profiles.words import LEVELS
from mentorship.rounds import frame, queries, rules, summary
from mentorship.rounds.models import SOLVING, Round, RoundUnmatched
from mentorship.rounds.notes import rows as note_rows
from mentorship.rounds.review import actions, comparing, told, why_not
from mentorship.rounds.review.forms import DecisionForm
from mentorship.rounds.review.neighbours import neighbours
from mentorship.rounds.review.places import heading as place_heading
from mentorship.rounds.review.places import places as places_of
from mentorship.rounds.review.places import shortages
from mentorship.rounds.review.preview import can_be_tried, preview
from mentorship.rounds.review.request import Candidate, Review
from mentorship.rounds.review.stops import stops
from mentorship.rounds.review.unmatched import UnmatchedRow, unmatched_rows
from mentorship.rounds.solution import unpack
from mentorship.rounds.words import REASONS
from mentorship.web import undo
from mentorship.web.page import Page, form_page, paging, render, searched, sent
from mentorship.web.request import db, now

blueprint = Blueprint("review", __name__, url_prefix="/rounds/<id:round_id>/review")
FOUND_AT_ONCE = 10
LONGEST_ID = 9
"""Digits; a longer number is nobody's."""


@blueprint.get("/unmatched")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def unmatched(round_id: int) -> Page:
    """Show the requests nobody was found for, and why; those of one reason where that is asked for."""
    around = frame.of(db(), db().get_one(Round, round_id), now())
    everybody = queries.unmatched(db(), round_id)
    reasons = summary.reasons(everybody)
    why = _chosen_reason(reasons)
    found = [row for row in everybody if why in ("", rules.stop(row.funnel))]
    pages = paging(len(found))
    return render(
        "rounds/review/unmatched.html",
        tab="unmatched",
        frame=around,
        heading=summary.because(reasons) if everybody else around.heading,
        reasons=_reason_tabs(round_id, reasons, why),
        rows=unmatched_rows(db(), round_id, found[pages.offset : pages.offset + pages.size]),
        paging=pages,
    )


def _chosen_reason(reasons: Sequence[tuple[str, int]]) -> str:
    """Return the reason that is asked for, if anybody was left over for it."""
    asked = flask.request.args.get("why", "")
    return asked if asked in dict(reasons) else ""


def _reason_tabs(round_id: int, reasons: Sequence[tuple[str, int]], why: str) -> list[dict[str, Any]]:
    """Return the reasons as views, the one that is chosen marked; all of them first."""
    everything = "", sum(number for _, number in reasons)
    tabs = []
    for key, number in (everything, *reasons):
        tab = {
            "title": gettext(REASONS[key]) if key else gettext("All"),
            "url": url_for("review.unmatched", round_id=round_id, why=key or None),
            "here": key == why,
            "count": number,
            "waits": False,
        }
        tabs.append(tab)
    return tabs


@blueprint.get("/places")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def places(round_id: int) -> Page:
    """Show where places are short, and where one more would help."""
    found = db().get_one(Round, round_id)
    around = frame.of(db(), found, now())
    # what a place is worth holds for the outcome of these very terms
    if not found.problem or found.status not in rules.OUTCOME_HOLDS:
        return render("rounds/review/places.html", tab="places", frame=around, solved=False)
    solution = unpack(found.problem)
    terms = queries.terms(db(), found)
    short, more_short = shortages(db(), solution, terms)
    rows, more = places_of(db(), solution, terms)
    return render(
        "rounds/review/places.html",
        tab="places",
        frame=around,
        solved=True,
        heading=place_heading(len(rows) + more),
        shortages=short,
        more_shortages=more_short,
        rows=rows,
        more=more,
    )


@blueprint.get("/<id:request_id>")
@guard.allow(access.COORDINATE, of=queries.request_subject)
@shows(REQUEST)
def show(round_id: int, request_id: int) -> Page:
    """Show one request of the round: the pair, its parts, and every eligible mentor."""
    found = db().get_one(Round, round_id)
    review = Review(db(), found, request_id)
    sites = people.site_names(db())
    unmatched = _unmatched(round_id, request_id)
    candidates = review.candidates()
    return render(
        "rounds/review/request.html",
        round=found,
        heading=_heading(review, unmatched),
        open=found.status in rules.DECIDABLE,
        again=found.status == SOLVING and found.solved_at is not None,
        request=review.request,
        junior=review.junior,
        site=sites[review.junior.site_id],
        needs=_needs(request_id),
        **_tried(found, review, candidates),
        columns=comparing.columns(candidates, found.floor, sites, profiles.titles_of_names(db())),
        others=candidates[comparing.BESIDE :],
        alternative=review.alternative(),
        waiting=review.waiting(),
        **_nobody(found, review, unmatched),
        more=review.more,
        decided=review.decided(),
        notes=note_rows.rows(db(), round_id, request_id, guard.actor().person_id),
        around=neighbours(queries.in_order(db(), round_id), request_id),
        **_asking(review, sites),
    )


def _tried(found: Round, review: Review, candidates: Sequence[Candidate]) -> dict[str, Any]:
    """Return whether decisions can be tried, and what one about the mentor that is asked for would move."""
    can = can_be_tried(found, review)
    asked = _number("try")
    shown = None
    for candidate in candidates:
        if can and candidate.mentor.id == asked and not candidate.decision:
            shown = preview(db(), found, review, candidate)
    return {"tries": can, "preview": shown}


def _nobody(found: Round, review: Review, unmatched: UnmatchedRow | None) -> dict[str, Any]:
    """Return why nobody was found, where the next step stands, and by name who is stopped, where that is asked for."""
    if unmatched is None:
        return {"unmatched": None}
    shown = None
    if _number("stops"):
        shown = stops(db(), found.site_ids, review.terms, id_of(review.request), local_date(now()))
    return {"unmatched": unmatched, "helps": _helps(review), "stops": shown}


def _helps(review: Review) -> str:
    """Return where the next step for a request stands that still waits; "" for one that does not."""
    if review.request.status != OPEN:
        return ""
    return url_for(
        "waiting.index",
        q=review.junior.name,
        open=review.request.id,
        _anchor=f"r{review.request.id}",
    )


def _heading(review: Review, unmatched: UnmatchedRow | None) -> str:
    mentor = "" if review.mentor is None else review.mentor.name
    reason = "" if unmatched is None else unmatched.why
    return comparing.heading(review.junior.name, mentor, len(review.choices), reason)


def _colleagues(sites: Mapping[int, str]) -> list[tuple[Person, str]]:
    """Return whom the search found, each with where they work."""
    text = searched()
    if not text:
        return []
    found = people.colleagues(db(), text, 0, FOUND_AT_ONCE)
    return [(person, sites[person.site_id]) for person in found]


def _asking(review: Review, sites: Mapping[int, str]) -> dict[str, Any]:
    """Return what was asked about other mentors, and the answer."""
    asked_about = _asked_about()
    return {
        "q": searched(),
        "found": _colleagues(sites),
        "asked_about": asked_about,
        "answer": _why_not(review, asked_about),
    }


def _number(name: str) -> int:
    """Return the id that an address asks for; 0, which is nobody's, where it asks for none."""
    typed = flask.request.args.get(name, "")
    if not typed.isdecimal() or len(typed) > LONGEST_ID:
        return 0
    return int(typed)


def _asked_about() -> Person | None:
    """Return the mentor who was looked up, if they are with us."""
    person = db().get(Person, _number("mentor"))
    if person is None or person.left_on is not None:
        return None
    return person


def _why_not(review: Review, mentor: Person | None) -> str:
    """Answer why a mentor whom the coordinator looked up is not among the eligible, or what choosing them costs."""
    if mentor is None:
        return ""
    eligible = review.eligible(id_of(mentor))
    if eligible:
        return eligible
    return why_not.sentence(
        db(),
        review.terms,
        (id_of(review.request), id_of(mentor)),
        mentor.name,
        profiles.domain_names(db()),
        local_date(now()),
    )


def _needs(request_id: int) -> list[tuple[str, str]]:
    """Return the domains of a request, each with the levels from and to."""
    domains = profiles.domain_names(db())
    found = []
    for need in needs_of(db(), [request_id]).get(request_id, []):
        from_to = gettext(
            "from “%(current)s” to “%(target)s”",
            current=gettext(LEVELS[need.current_level]),
            target=gettext(LEVELS[need.target_level]),
        )
        found.append((domains[need.domain_id], from_to))
    return found


def _unmatched(round_id: int, request_id: int) -> UnmatchedRow | None:
    """Return why nobody was found for a request; None where somebody was."""
    found = db().get(RoundUnmatched, (round_id, request_id))
    if found is None:
        return None
    return unmatched_rows(db(), round_id, [found])[0]


@blueprint.post("/decide")
@guard.allow(access.COORDINATE, of=queries.round_subject)
def decide(round_id: int) -> Response:
    """Lock, forbid or release one pair or several, and come back to where the button stands."""
    form = DecisionForm.read(sent("pair"))
    pairs = form.asked
    if pairs:
        actions.decide(
            db(),
            guard.actor(),
            round_id,
            pairs,
            kind=form.decision,
            now=now(),
        )
        undo.say(told.decided(db(), form.kind, pairs))
    else:
        flask.flash(gettext("Tick a pair first."), "warning")
    return redirect(f"{_from(round_id)}#{_at(pairs)}", 303)


def _from(round_id: int) -> str:
    """Return where the button stands: the list, the decisions, or a request itself."""
    return form_page() or url_for("rounds.show", round_id=round_id)


def _at(pairs: Sequence[actions.Asked]) -> str:
    if len(pairs) != 1:
        return "pairs"
    return f"request-{pairs[0].request_id}"
