"""Door: one's own desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, current_app, url_for
from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.figures.line import Spark, spark
from mentorship.base.i18n import gettext, integer
from mentorship.checkins.duo import words as duo_words
from mentorship.home import finding, lacking, managing, queries, rules, waiting, words
from mentorship.home.agreements.parts import from_outside
from mentorship.home.agreements.words import TOLD_DAYS, news, outside_agreement
from mentorship.home.calendar.queries import Shift
from mentorship.home.handing_over import handing_over
from mentorship.home.meeting import first_meetings
from mentorship.home.naming import Waiting
from mentorship.home.queries import Desk
from mentorship.home.talks import PlannedTalk
from mentorship.mentorships.words import STATUS_NAMES
from mentorship.people import access
from mentorship.people.access import Actor
from mentorship.people.account import guard
from mentorship.people.listed import MANAGER_LEFT
from mentorship.programme.consent import queries as agreements
from mentorship.rounds import words as round_words
from mentorship.web.menu import counted
from mentorship.web.page import Page, render
from mentorship.web.request import db, now, settings

blueprint = Blueprint("home", __name__)

PLACES: dict[str, Callable[[Waiting], str]] = {
    rules.CHECK_IN: lambda waits: url_for("checkins.show", check_in_id=waits.thing.about),
    rules.SLIP: lambda waits: url_for("checkins.show", check_in_id=waits.thing.about),
    rules.PROPOSAL: lambda waits: url_for("mentorships.show", mentorship_id=waits.thing.about),
    rules.ENDS_SOON: lambda waits: url_for("acting.ask_until", duo=waits.thing.about),
    rules.LEVEL: lambda waits: url_for("goals.show", mentorship_id=waits.mentorship_id),
    rules.SECOND: lambda waits: url_for("goals.second", claim_id=waits.thing.about),
    rules.WEEKS: lambda waits: url_for("hours.index"),
    rules.ASKED: lambda waits: url_for("signals.index"),
    rules.CONFIDED: lambda waits: url_for("asked.index"),
    rules.LATE: lambda waits: url_for("signals.index"),
    rules.OTHER: lambda waits: url_for("signals.index"),
    rules.HOURS: lambda waits: url_for(
        "insight.index",
        sort="waiting",
        order="down",
        line="own",
    ),
    rules.FEWER_HOURS: lambda waits: url_for("steps.hours"),
    rules.PAPER: lambda waits: url_for("links.codes"),
    rules.ROUND: lambda waits: url_for("rounds.show", round_id=waits.thing.about),
    rules.PAIRS: lambda waits: url_for("announcing.index"),
    rules.NOT_NOW: lambda waits: url_for("waiting.index"),
    rules.OBJECTED: lambda waits: url_for("rounds.show", round_id=waits.thing.about),
    rules.SILENT: lambda waits: url_for("proposals.index"),
    rules.SET_UP: lambda waits: url_for("setup.agreements"),
    rules.GUIDE: lambda waits: url_for("setup.index"),
    rules.COVER: lambda waits: url_for("duos.index", open=waits.thing.about),
    rules.ASKED_PLACE: lambda waits: url_for("waiting.asked"),
    rules.QUESTION: lambda waits: url_for("questions.show", question_id=waits.thing.about),
    rules.QUESTION_SAID: lambda waits: url_for("questions.show", question_id=waits.thing.about),
    rules.CERTIFICATE: lambda waits: url_for("held.mine"),
    rules.PULSE: lambda waits: url_for("pulse.index"),
    rules.FREED: lambda waits: url_for("waiting.index", find="some"),
    rules.TEAM: lambda waits: url_for("people.index", manager=MANAGER_LEFT),
}
"""Where each thing is done."""


@dataclass(frozen=True)
class DeskLine:
    """A line of what waits, as it stands on the page."""

    glyph: str
    title: str
    note: str
    when: str
    late: bool
    button: str
    url: str


@dataclass(frozen=True)
class AgreedNews:
    """That something else was agreed, or holds without that, and where it stands."""

    told: str
    url: str


@dataclass(frozen=True)
class TalkLine:
    """A talk that comes, as it stands on the page."""

    day: date
    today: bool
    title: str
    url: str


@dataclass(frozen=True)
class ShiftLine:
    """A stretch of time together, as it stands on the page."""

    day: date
    today: bool
    shift: Shift


@blueprint.get("/")
@guard.allow(access.SIGNED_IN)
def index() -> Page:
    """Show what waits for this person."""
    actor = guard.actor()
    gathered = waiting.gather(
        db(),
        actor,
        now(),
    )
    numbers = waiting.numbers(gathered)
    counted(actor, numbers)
    desk = queries.desk(
        db(),
        actor,
        gathered,
        now(),
    )
    today = local_date(now())
    first_name = actor.name.split(" ")[0]
    return render(
        "home/index.html",
        finding=finding.finding(desk, first_name, now()),
        today=today,
        desk=desk,
        waits=[_line(one, today) for one in desk.waits],
        shifts=_shifts(desk, today),
        talks=[_talk(one, today) for one in desk.talks],
        lately=managing.lately(desk.lately) if desk.lately else "",
        sparks={"all": _spark(desk.pairs_by_week), "line": _spark(desk.line_by_week)},
        has_team=access.HAVE_TEAM.allows(actor),
        duo_names=STATUS_NAMES,
        round_words=round_words,
        lacking_words=lacking.lacking(),
        of_notice=_notice(),
        of_data=_of_data(),
        agreed=_agreed(today),
        handover=handing_over(db(), actor.person_id, today),
        meetings=first_meetings(db(), actor.person_id, desk.running, today),
    )


def _spark(numbers: Sequence[int]) -> Spark | None:
    """Return the line of so many weeks; None where there was nothing in any of them."""
    if not any(numbers):
        return None
    return spark(numbers, lambda number: integer(int(number)))


def _agreed(today: date) -> list[AgreedNews]:
    """Return what everybody is told once something else was agreed, and the coordinator of what holds without that."""
    found = []
    consent = agreements.changed_since(db(), now() - timedelta(days=TOLD_DAYS))
    if consent is not None:
        changed = AgreedNews(
            news(consent, today),
            url_for("agreements.show", consent_id=consent.id),
        )
        found.append(changed)
    if access.COORDINATE.allows(guard.actor()):
        outside = outside_agreement(agreements.agreed(db()), from_outside(settings()))
        if outside:
            told = AgreedNews(
                outside,
                url_for("agreements.index"),
            )
            found.append(told)
    return found


def _notice() -> str:
    """Say that the notice about one's data is to be read; a room above knows how it stands."""
    told: Callable[[Session, int, date], str] = current_app.extensions["mentorship_notice"]
    return told(db(), guard.actor().person_id, local_date(now()))


def _of_data() -> list[Any]:
    """Return what is said of requests about data; a room above knows how they stand."""
    told: Callable[[Session, Actor, datetime], list[Any]] = current_app.extensions["mentorship_data_asked"]
    return told(db(), guard.actor(), now())


def _line(waits: Waiting, today: date) -> DeskLine:
    kind = waits.thing.kind
    return DeskLine(
        glyph=words.GLYPHS[kind],
        title=words.title(waits),
        note=words.note(waits),
        when=words.when(waits, today),
        late=words.is_late(waits, today),
        button=gettext(words.BUTTONS[kind]),
        url=PLACES[kind](waits),
    )


def _talk(talk: PlannedTalk, today: date) -> TalkLine:
    if talk.own:
        url = url_for("mentorships.show", mentorship_id=talk.pair_id)
    else:
        url = url_for("duos.index", open=talk.pair_id)
    return TalkLine(
        talk.day,
        talk.day == today,
        duo_words.talk(talk.day, list(talk.names)),
        url,
    )


def _shifts(desk: Desk, today: date) -> list[ShiftLine]:
    lines = []
    for shift in desk.shifts:
        day = local_date(shift.together.begin)
        lines.append(ShiftLine(day, day == today, shift))
    return lines
