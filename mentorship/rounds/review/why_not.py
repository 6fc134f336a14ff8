"""Why not that mentor for this request: the first rule that forbids it, by today's facts, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
from sqlmodel import Session

from mentorship.base.i18n import N_, decimal, gettext, ngettext
from mentorship.matching import Instance, find_eligible, first_obstacle, level_asked, meet, score_pairs
from mentorship.profiles.words import LEVELS
from mentorship.rounds import reading
from mentorship.rounds.facts import Pair, Records
from mentorship.rounds.gather import Terms
from mentorship.rounds.instance import build_instance

SENTENCES = {
    "self": N_("Nobody is their own mentor."),
    "expertise": N_("%(mentor)s does not pass on %(domain)s at “%(level)s” or higher, which this request asks for."),
    "trainer": N_("This asks for a practice trainer; %(mentor)s has no confirmed certificate that is valid."),
    "line": N_("One of the two is the other's manager, or above that."),
    "apart": N_("They are kept apart: one said “rather not”, or they were a pair before."),
    "language": N_("They have no working language in common."),
    "site": N_("They work at different sites, and cannot both work on this at a distance."),
    "roster": N_("One of the two has no roster, so nobody knows when they would meet."),
    "default": N_("Who of the two has no roster counts as working by “%(roster)s”."),
    "hours": N_("They share too few hours: %(hours)s in two weeks. One is needed."),
    "place": N_("%(mentor)s has no free place, or is paused."),
    "offer": N_("%(mentor)s has not set any place."),
    "closed": N_("This request is not open any more."),
    "forbidden": N_("This pair was kept apart in this round."),
    "floor": N_("Without continuity the pair scores %(score)s, under the floor of %(floor)s."),
    "now": N_("By today's facts this pair is possible: find pairs again to take it into account."),
}

KEPT_APART = N_("A rule about certificates, managers, language, site, rosters or an earlier wish keeps the two apart.")
"""Said of all of these together, to who may not know that somebody said no."""
MERGED = ("trainer", "line", "apart", "language", "site", "meeting")
"""Told as one to who is no coordinator, so that nobody can read off that somebody said "rather not", or lacks a
certificate."""


def sentence(
    session: Session,
    terms: Terms,
    pair: Pair,
    mentor: str,
    domains: Mapping[int, str],
    today: date,
) -> str:
    """Return why a pair (request id, mentor id) that was not eligible in a round is not."""
    if pair in terms.forbidden:
        return _say("forbidden")
    return of_pair(reading.records(session, (), today, only=pair), terms, mentor, domains)


def of_pair(records: Records, terms: Terms, mentor: str, domains: Mapping[int, str], *, merged: bool = False) -> str:
    """Return why the one pair of these records cannot be; `merged`: to who may not know that somebody said no."""
    if not records.requests:
        return _say("closed")
    if not records.mentors:
        return _say("offer", mentor=mentor)
    instance = build_instance(records)
    obstacle = first_obstacle(instance, 0, 0)
    if obstacle is None:
        return _score(instance, terms)
    if merged and obstacle in MERGED:
        return gettext(KEPT_APART)
    if obstacle == "meeting":
        return _meeting(records)
    main_need = records.requests[0].needs[0]
    return _say(
        obstacle,
        mentor=mentor,
        domain=domains[main_need.domain],
        level=_level(instance),
    )


def _say(key: str, **params: str) -> str:
    return gettext(SENTENCES[key], **params)


def _level(instance: Instance) -> str:
    """Return the level that the request asks of its mentor, in words."""
    asked = level_asked(
        instance.requests.current,
        instance.requests.target,
    )
    main_need = int(asked[0, 0])
    return gettext(LEVELS[main_need])


def _score(instance: Instance, terms: Terms) -> str:
    scored = score_pairs(instance, find_eligible(instance), terms.weights, 0.0)
    score = float(scored.visible[0])
    if np.round(score, 6) >= round(terms.floor, 6):
        return _say("now")
    return _say(
        "floor",
        score=decimal(score, 3, True),
        floor=decimal(terms.floor, 3, True),
    )


def _meeting(records: Records) -> str:
    request = records.requests[0]
    offer = records.mentors[0]
    junior = records.people[request.person]
    mentor = records.people[offer.person]
    if junior.timetable is None or mentor.timetable is None:
        return _say("roster")
    found = meet(junior.timetable, mentor.timetable, records.day)
    by_default = ""
    if junior.by_default or mentor.by_default:
        by_default = " " + _say("default", roster=records.default_roster)
    if junior.site == mentor.site:
        said = ngettext(
            "They do not meet enough: %(num)s together-shift in four weeks. Two are needed on average, and no four"
            " weeks without one.",
            "They do not meet enough: %(num)s together-shifts in four weeks. Two are needed on average, and no four"
            " weeks without one.",
            round(found.shifts_per_four_weeks, 1),
        )
    else:
        said = _say("hours", hours=decimal(found.hours_per_two_weeks, 1))
    return said + by_default
