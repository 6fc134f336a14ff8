"""Doors: the addresses for a planning system, and the hours themselves for programmes that cannot sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, abort, current_app, url_for
from werkzeug.wrappers import Response as BaseResponse

from mentorship.base import outage
from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import day, gettext, ngettext
from mentorship.insight.planning import actions, hours, queries, rules
from mentorship.insight.planning.forms import FeedForm
from mentorship.insight.planning.models import PlanningFeed
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.web.confirm import Confirmation, confirm
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, options, render_form, sent
from mentorship.web.request import apart, db, now, public_address, settings

blueprint = Blueprint("planning", __name__, url_prefix="/planning")

JSON_TYPE, CSV_TYPE = "application/json", "text/csv; charset=utf-8"


@dataclass(frozen=True)
class FeedLine:
    """An address as it is listed: whom it is for, of whom it tells, by whom it was made, and when it was read."""

    id: int
    name: str
    told: str


@blueprint.get("")
@guard.allow(access.SEE_WORKLOAD)
def index() -> Page:
    """List the addresses, and ask for one more; never an address itself."""
    return _page()


def _page(wrong: Mistake = NOTHING_WRONG, secret: str = "") -> Page:
    found = _lines()
    heading = ngettext(
        "%(num)s planning system reads the hours",
        "%(num)s planning systems read the hours",
        len(found),
    )
    chooses = guard.actor().has(access.COORDINATOR)
    addresses = []
    if secret:
        addresses = [(written, _address(written, secret)) for written in ("JSON", "CSV")]
    return render_form(
        "insight/planning/index.html",
        wrong,
        heading=heading if found else gettext("No planning system reads the hours of mentoring"),
        on=settings().planning_feed,
        found=found,
        addresses=addresses,
        teams=_teams() if chooses else [],
        sites=[("", gettext("Every site")), *options(people.sites(db()))],
    )


def _address(written: str, secret: str) -> str:
    endpoint = f"planning.read_{written.lower()}"
    return public_address(url_for(endpoint, secret=secret))


def _teams() -> list[tuple[int | str, str]]:
    managers = people.persons(db(), people.people_with_role(db(), access.MANAGER))
    by_name = sorted(managers.values(), key=lambda person: person.sort_key)
    return [("", gettext("Everybody")), *((id_of(person), person.name) for person in by_name)]


def _lines() -> list[FeedLine]:
    found = queries.feeds(db(), guard.actor())
    sites = people.site_names(db())
    who = {person_id for feed in found for person_id in (feed.person_id, feed.manager_id)}
    named = {person_id: person.name for person_id, person in people.persons(db(), who).items()}
    shown = []
    for feed in found:
        made = gettext(
            "made by %(name)s on %(day)s",
            name=named.get(feed.person_id, ""),
            day=day(feed.made_at),
        )
        parts = [
            _of_whom(feed, named),
            sites.get(feed.site_id or 0, ""),
            gettext("with names") if feed.names else gettext("no names"),
            made,
            _read(feed),
        ]
        line = FeedLine(id_of(feed), feed.name, " · ".join(filter(None, parts)))
        shown.append(line)
    return shown


def _of_whom(feed: PlanningFeed, named: dict[int, str]) -> str:
    if feed.manager_id is None:
        return gettext("everybody")
    return gettext("team of %(name)s", name=named.get(feed.manager_id, ""))


def _read(feed: PlanningFeed) -> str:
    if feed.read_on is None:
        return gettext("not read yet")
    return gettext("last read on %(day)s", day=day(feed.read_on))


@blueprint.post("")
@guard.allow(access.SEE_WORKLOAD, again=True)
def make() -> Page:
    """Make an address and show it this once."""
    fields = sent()
    try:
        rules.check_on(settings().planning_feed)
        form = FeedForm.read(fields)
        secret = actions.make(
            db(),
            guard.actor(),
            form.wanted,
            now(),
        )
    except MISTAKES as failure:
        return _page(mistake(failure, fields))
    return _page(secret=secret)


@blueprint.get("/<id:feed_id>/stop")
@guard.allow(access.STOP_PLANNING_FEED, of=queries.subject)
def ask_to_stop(feed_id: int) -> Page:
    """Ask whether an address is to stop."""
    feed = queries.one(db(), feed_id)
    asked = Confirmation(
        gettext("Stop the address of %(name)s?", name=feed.name),
        [
            gettext("A planning system that has the address finds nothing there any more."),
            gettext("What it has fetched already stays there until it is deleted there."),
        ],
        gettext("Stop this address"),
        action=url_for("planning.stop", feed_id=feed_id),
        back=url_for("planning.index"),
        danger=True,
    )
    return confirm(asked)


@blueprint.post("/<id:feed_id>/stop")
@guard.allow(access.STOP_PLANNING_FEED, of=queries.subject)
def stop(feed_id: int) -> BaseResponse:
    """Let an address stop working."""
    actions.stop(
        db(),
        guard.actor(),
        feed_id,
        now(),
    )
    return done(gettext("The address has stopped working."), "planning.index")


@blueprint.get("/hours/<secret>.json")
@guard.allow(access.PUBLIC)
def read_json(secret: str) -> Response:
    """Hand the hours as JSON to whoever has the address; all other addresses look alike."""
    return _read_out(secret, JSON_TYPE)


@blueprint.get("/hours/<secret>.csv")
@guard.allow(access.PUBLIC)
def read_csv(secret: str) -> Response:
    """Hand the hours as CSV to whoever has the address."""
    return _read_out(secret, CSV_TYPE)


def _read_out(secret: str, content_type: str) -> Response:
    try:
        found = _hours(secret, content_type, now())
    except outage.AWAY:
        raise  # has an answer of its own, and is logged without the address
    except Exception:
        # Flask would log the path, and the secret is in it
        current_app.logger.exception("hours for a planning system cannot be made")
        abort(500)
    if found is None:
        abort(404)
    return Response(found, content_type=content_type)


def _hours(secret: str, content_type: str, moment: datetime) -> bytes | None:
    feed = queries.opened(db(), secret, moment) if settings().planning_feed else None
    if feed is None:
        return None
    today = local_date(moment)
    rows = queries.hours(db(), feed, today)
    names, read_on = feed.names, feed.read_on
    if content_type == JSON_TYPE:
        written = hours.to_json(
            rows,
            *queries.span(today),
            names,
            moment,
        )
    else:
        written = hours.to_csv(rows, names)
    if read_on != today:
        db().rollback()  # on SQLite our own reading would keep the writer waiting
        with apart() as session:
            actions.note_read(session, secret, moment)
    return written
