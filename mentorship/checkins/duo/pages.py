"""Door: the page of a duo, for both sides and for who may see how it stands."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, url_for

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.figures import line as figure
from mentorship.base.figures import pips
from mentorship.base.i18n import gettext
from mentorship.checkins import balance, helping, offering, standings, told
from mentorship.checkins import queries as check_ins
from mentorship.checkins.duo import answers, between, last_words, looking, queries, words
from mentorship.checkins.duo.reading import Reading, read_by
from mentorship.checkins.duo.rows import Note, ShiftRow, TalkRow
from mentorship.checkins.endings import queries as endings
from mentorship.checkins.lessons import Offer
from mentorship.checkins.models import CheckIn
from mentorship.checkins.signals import carrying
from mentorship.checkins.signals import queries as signals
from mentorship.checkins.signals.carried import SECOND_MENTOR
from mentorship.checkins.signals.viewers import Seen, pair_ties
from mentorship.checkins.told import LEARNED, THANKS
from mentorship.checkins.visibility import Ties
from mentorship.mentorships import explanation
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships import words as pair_words
from mentorship.mentorships.acting import queries as acting
from mentorship.mentorships.goals import trail
from mentorship.mentorships.hours import queries as hours_to_note
from mentorship.mentorships.models import ACTIVE, ENDED, PAUSED, Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR, began
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.looks.guard import duo_shown
from mentorship.profiles import queries as profiles
from mentorship.profiles.contact import queries as contact
from mentorship.profiles.contact.queries import Reach
from mentorship.web.page import Page, render
from mentorship.web.request import db, now

blueprint = Blueprint("duo", __name__, url_prefix="/checkins/duo")


@blueprint.get("/<id:mentorship_id>")
@guard.allow(access.SEE_BALANCE, of=check_ins.pair_subject)
@duo_shown
def show(mentorship_id: int) -> Page:
    """Show a pair: to a side its own page, to others the class at most; a proposal has a page of its own."""
    found = mentorships.one(db(), mentorship_id)
    ties = _ties(found)
    near = told.reads(LEARNED, ties)
    if not began(found.status):
        if not near:
            abort(404)  # what became of a proposal, and who said no, is not for the line
        return redirect(url_for("mentorships.show", mentorship_id=mentorship_id), 303)
    sides = people.persons(db(), [found.mentor_id, found.junior_id])
    reading = Reading(found, sides[found.mentor_id], sides[found.junior_id], ties)
    shown: dict[str, Any] = {
        "mentorship": found,
        "mentor": reading.mentor,
        "junior": reading.junior,
        "side": ties.side,
        "near": near,
        "domain": profiles.domain_names(db())[found.domain_id],
        "story": _story(reading, near=near),
        "hours": looking.hours_noted(db(), reading, local_date(now())),
    }
    if near:
        shown |= _near(reading)
    if ties.side:
        return render("checkins/duo/side.html", **shown, **_own(reading, shown))
    return render("checkins/duo/seen.html", **shown, **_others(reading))


def _story(reading: Reading, *, near: bool) -> list[str]:
    """Return what happened so far; how it ended is for who is near."""
    told = pair_words.story(
        reading.pair,
        (reading.mentor, reading.junior),
    )
    if near:
        told += pair_words.parting(reading.pair)
    return told


def _ties(found: Mentorship) -> Ties:
    """Return what the reader is to a pair."""
    me = guard.actor()
    below = []
    for person_id in (found.mentor_id, found.junior_id):
        if me.person_id in people.line_above(db(), person_id):
            below.append(person_id)
    return pair_ties(me, found, below)


def _near(reading: Reading) -> dict[str, Any]:
    """Return what the two and the coordinator read: when they meet, what is learned, why these two."""
    pair = reading.pair
    side = reading.ties.side or None
    today = local_date(now())
    running = check_ins.duos(db(), today, [id_of(pair)])
    if not side:
        running = [one.planned for one in running]  # from when the two meet again is for them alone
    shifts = queries.coming_shifts(running[0], now()) if running else []
    return {
        "shifts": [ShiftRow(one.day, one.day == today, words.shift(one, today)) for one in shifts],
        "meeting": words.meeting(shifts, today),
        "site": people.site_names(db())[reading.junior.site_id],
        "remote": check_ins.is_remote(pair),
        "next_on": check_ins.next_days(db(), running, guard.actor().person_id, today).get(id_of(pair)),
        "trails": looking.trails(db(), reading, today),
        "last_words": _last_words(reading),
        **explanation.why(pair.explanation, profiles.titles_of_names(db()), side=side),
        "goal_in_words": pair.explanation.get("goal", ""),
    }


def _last_words(reading: Reading) -> list[last_words.LastWords]:
    """Return what was said at the end: the thanks to the two sides only."""
    thanks = told.reads(THANKS, reading.ties)
    said = endings.readable_words(db(), id_of(reading.pair), thanks=thanks)
    return last_words.rows(said, reading.mentor, reading.junior, thanks=thanks)


def _own(reading: Reading, shown: dict[str, Any]) -> dict[str, Any]:
    """Return what a side sees of itself, what the other shares, and what they can do."""
    pair = reading.pair
    side = reading.ties.side
    done, of = trail.progress(shown["trails"])
    waiting = _waiting(pair)
    me = guard.actor().person_id
    guides = pair.status == ACTIVE and side == MENTOR
    weeks = 0
    if guides:
        today = local_date(now())
        weeks = hours_to_note.weeks_to_note(db(), me, today)
    nothing_asked = words.nothing_asked(
        pair.status,
        shown["remote"],
        shown["next_on"],
    )
    noticed = _signals(pair, own=True)
    return {
        **_own_answers(pair, side),
        **_first_step(shown["trails"], pair),
        "heading": words.heading(pair, reading.other, done, of),
        "other": reading.other,
        "reach": _reach(reading),
        **read_by(db(), reading),
        **_asked(waiting),
        "nothing_asked": nothing_asked,
        "notes": _notes(reading),
        "noticed": len(noticed),
        "lessons": _lessons(pair, noticed) if guides else [],
        "guides": guides,
        "weeks_to_note": weeks,
        **_changes(pair),
        "again": _again(reading),
        **_between(reading, shown["trails"]),
    }


def _between(reading: Reading, trails: list[trail.Trail]) -> dict[str, Any]:
    """Return what the two agreed at their first meeting, the card that they can talk about, and talks that come."""
    me = guard.actor().person_id
    found = between.two(db(), reading, me, trails, local_date(now()))
    return {**found, "talks": _talks(reading)}


def _lessons(pair: Mentorship, noticed: list[Seen]) -> list[Offer]:
    """Return the cards that are offered to the mentor who reads, after their own answers and signals."""
    return offering.of_pair(db(), guard.actor(), pair, noticed, now())


def _talks(reading: Reading) -> list[TalkRow]:
    me = guard.actor().person_id
    return looking.talks(db(), reading, me, local_date(now()))


def _changes(pair: Mentorship) -> dict[str, bool]:
    """Return how a pair stands, and what its reader can change about that."""
    return {
        "can_change": pair.status in (ACTIVE, PAUSED),
        "is_paused": pair.status == PAUSED,
        "seconds": SECOND_MENTOR in carrying.carried_out(db(), guard.actor(), pair),
        "is_over": pair.status == ENDED,
    }


def _again(reading: Reading) -> list[str] | None:
    """Say to one of two who ended well what their wish for the other comes to; nothing said, nothing wished."""
    pair = reading.pair
    if not pair_words.may_wish_again(pair):
        return None
    me = guard.actor().person_id
    if not acting.wants(db(), me, pair.other_of(me)):
        return []
    return [pair_words.again(reading.other, both=acting.may_pair_again(db(), pair))]


def _reach(reading: Reading) -> Reach:
    """Return how the other is reached, while the pair runs or pauses."""
    if reading.pair.status not in (ACTIVE, PAUSED):
        return Reach()
    return contact.reach(db(), reading.other)


def _asked(waiting: CheckIn | None) -> dict[str, Any]:
    """Return the check-in that waits, and whether there is somebody to ask for help in it."""
    if waiting is None:
        return {"waiting": None, "helped": False}
    helpers = helping.helpers(db(), waiting, local_date(now()))
    return {
        "waiting": waiting.id,
        "helped": bool(helpers),
    }


def _waiting(pair: Mentorship) -> CheckIn | None:
    """Return the reader's check-in of this pair that waits."""
    for row in check_ins.waiting(db(), guard.actor().person_id):
        if row.mentorship_id == pair.id:
            return row
    return None


def _first_step(trails: list[trail.Trail], pair: Mentorship) -> dict[str, Any]:
    """Return the goal whose step has the blue button, which a pair that pauses needs to go on; and the level it has."""
    blue = None
    if pair.status != PAUSED:
        blue = trail.first_to_act(trails)
    main = [one for one in trails if one.domain_id == pair.domain_id] or trails
    if not main:
        return {"blue": blue, "pips": None}
    return {
        "blue": blue,
        "pips": pips.levels(main[0].reached, main[0].target),
        "level_now": words.level_now(main[0].reached, main[0].target),
    }


def _own_answers(pair: Mentorship, side: str) -> dict[str, Any]:
    me = guard.actor()
    history = check_ins.history(db(), id_of(pair), side, me.closed_before)
    own = queries.settled(db(), history)
    line = standings.points(own)
    answered = queries.answered(history)
    return {
        "line": figure.line(answers.as_asked(line, history)),
        "line_title": gettext(words.LINE_TITLES[balance.trend(line)]),
        "own": answers.closed(history, own),
        "kept_closed": me.closed_before,
        "dates": [row.asked_on for row, _ in answered],
        "asked": answers.by_question(queries.by_question(db(), answered)),
    }


def _notes(reading: Reading) -> list[Note]:
    """Return what both shared: without a day, for nobody reads when the other answered."""
    pair_id = id_of(reading.pair)
    found = []
    for side, author in ((JUNIOR, reading.junior), (MENTOR, reading.mentor)):
        whose = gettext("%(name)s shared this", name=author.given_name)
        if side == reading.ties.side:
            whose = gettext("You shared this")
        face = MENTOR if side == MENTOR else ""
        for row in check_ins.shared_notes(db(), pair_id, side, guard.actor().closed_before):
            found.append(Note(author, face, whose, row.note))
    return found


def _signals(pair: Mentorship, *, own: bool) -> list[Seen]:
    """Return the signals of this pair: those from one's own answers or from when the two meet, or all one may see."""
    seen = signals.visible(db(), guard.actor(), now(), mentorship_id=id_of(pair))
    return [one for one in seen if one.own or not own]


def _others(reading: Reading) -> dict[str, Any]:
    """Return what the line and the coordinator see of how it stands, where the programme's visibility allows it."""
    found = looking.told_of(db(), reading, now())
    said = " · ".join(one.word for one in found.stands)
    pair = reading.pair
    return {
        "acts": pair.status in (ACTIVE, PAUSED),
        "is_paused": pair.status == PAUSED,
        "heading": words.heading_of_others(reading.junior, reading.mentor, said),
        "stands": found.stands,
        "reads": found.reads,
        "untold": found.untold,
        "talks": _talks(reading),
        "signals": [looking.signal_row(one) for one in _signals(reading.pair, own=False)],
    }
