"""Doors: where places are short, as a page and as a box that the page of who carries what asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, url_for

from mentorship.insight.shortage import words
from mentorship.insight.shortage.rows import Short, shortages
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.profiles import queries as profiles
from mentorship.rounds.waiting import queries as waiting
from mentorship.web.page import Page, render
from mentorship.web.request import db, now

blueprint = Blueprint("shortage", __name__, url_prefix="/insight/shortage")
MOST = 6
"""So many stand in the box; the page has them all."""


@dataclass(frozen=True)
class ShortLine:
    """Where places are short, as it stands on the page; `mentor`: whom to ask for one, because of a request."""

    domain: str
    site: str
    url: str
    without: int
    brings: str
    helps: bool
    request_id: int = 0
    mentor_id: int = 0
    mentor: str = ""


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """Show where places are short, by domain and site, and whose place more helps the most."""
    shorts = _shorts()
    return render(
        "insight/shortage/index.html",
        heading=words.heading(shorts),
        lines=_lines(shorts),
    )


@blueprint.get("/box")
@guard.allow(access.COORDINATE)
def box() -> Page:
    """Show the first of the same as a box."""
    shorts = _shorts()
    return render(
        "insight/shortage/box.html",
        title=words.heading(shorts),
        lines=_lines(shorts[:MOST]),
        more=len(shorts) > MOST,
    )


def _shorts() -> list[Short]:
    return shortages(waiting.today(db(), now()))


def _lines(shorts: Sequence[Short]) -> list[ShortLine]:
    asked = {short.gain.mentor_id for short in shorts if short.gain is not None}
    known = people.persons(db(), asked)
    domains = profiles.domain_names(db())
    sites = people.site_names(db())
    lines = []
    for short in shorts:
        mentor = known[short.gain.mentor_id] if short.gain is not None else None
        line = ShortLine(
            domain=domains[short.domain_id],
            site=sites[short.site_id],
            url=url_for(
                "waiting.index",
                domain=short.domain_id,
                site=short.site_id,
            ),
            without=short.without,
            brings=words.brings(
                short,
                mentor.name if mentor else "",
                sites[mentor.site_id] if mentor else "",
            ),
            helps=short.helps,
            request_id=short.gain.request_id if short.gain else 0,
            mentor_id=short.gain.mentor_id if short.gain else 0,
            mentor=mentor.given_name if mentor else "",
        )
        lines.append(line)
    return lines
