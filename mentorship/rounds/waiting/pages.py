"""Doors: everybody who waits, with the next step; asking mentors for a place, and answering that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from mentorship.base.errors import Refused
from mentorship.base.figures.histogram import Bin, Histogram, histogram
from mentorship.base.i18n import gettext, ngettext
from mentorship.mentorships import queries as mentorships
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.views.queries import saved
from mentorship.profiles import queries as profiles
from mentorship.programme.queries import programme
from mentorship.rounds.waiting import actions, asking, listed, queries, rules, words
from mentorship.rounds.waiting.forms import MentorForm, OutsideForm
from mentorship.rounds.waiting.listed import Row
from mentorship.rounds.waiting.opened import Opened, opened
from mentorship.rounds.waiting.read_list import ReadList
from mentorship.rounds.waiting.short import Short, shortages
from mentorship.web import lists
from mentorship.web.confirm import confirm, confirmation
from mentorship.web.list_links import Links
from mentorship.web.page import Page, done, paging, render, sent
from mentorship.web.request import db, now

blueprint = Blueprint("waiting", __name__, url_prefix="/waiting")
DOORS = lists.Doors("waiting.index", "waiting.csv", "waiting.xlsx")
SHORT = 5
"""So many domains that are short are named."""


def _read() -> ReadList:
    found = queries.today(db(), now())
    active = people.with_account(db(), [waits.person_id for waits in found.waiting])
    rows = listed.rows(found, active)
    domains = profiles.domain_names(db())
    managers = people.persons(db(), {waits.manager_id for waits in found.waiting})
    listing = listed.listing(people.sites(db()), _asked_about(rows, domains), managers)
    view = lists.read(listing)
    shown = listed.chosen(rows, view, _named(rows, view.text, domains))
    return ReadList(found, rows, listing, view, shown, domains, people.site_names(db()))


def _asked_about(rows: Sequence[Row], domains: dict[int, str]) -> dict[int, str]:
    """Return the domains that somebody waits for."""
    wanted = {row.domain_id for row in rows}
    return {key: name for key, name in domains.items() if key in wanted}


def _named(rows: Sequence[Row], text: str, domains: dict[int, str]) -> set[int] | None:
    """Return the requests whose person or domain has these words; None where none are asked for."""
    if not text:
        return None
    ids = queries.people_named(db(), text)
    about = {key for key, name in domains.items() if text.casefold() in name.casefold()}
    return {row.request_id for row in rows if row.waits.person_id in ids or row.domain_id in about}


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """List everybody who waits for a mentor, what stops them, and the next step."""
    made = _read()
    pages = paging(len(made.shown))
    part = made.shown[pages.offset : pages.offset + pages.size]
    kept = saved(db(), guard.actor().person_id, made.listing.key)
    shorts = shortages(made.found, made.rows)
    return render(
        "rounds/waiting/index.html",
        list=lists.page(made.listing, made.view, pages, DOORS, _presets(made.rows), kept),
        found=made.lines(db(), part),
        everything=len(made.rows),
        heading=_heading(made.rows),
        bars=_bars(made),
        how_long=_how_long(made.rows),
        short_title=words.shortage(len(shorts)),
        shorts=_named_shorts(shorts[:SHORT], made.domains),
        places_help=made.places_help(),
        opened=_opened(made),
        news=asking.news(db(), now()),
    )


def _heading(rows: Sequence[Row]) -> str:
    counted = Counter(row.reason for row in rows)
    nobody = sum(row.nobody for row in rows)
    return words.heading(len(rows), nobody, counted[rules.PLACE])


def _presets(rows: Sequence[Row]) -> list[lists.Preset]:
    late = tuple(str(number) for number in words.LATE_BARS)
    return [
        lists.Preset(gettext("Everybody"), {}, len(rows)),
        lists.Preset(gettext("Nobody now"), {"find": (listed.NONE,)}, sum(row.nobody for row in rows)),
        lists.Preset(
            gettext("Longer than %(days)s days", days=rules.LONG),
            {"waits": late},
            sum(row.days > rules.LONG for row in rows),
        ),
        lists.Preset(
            gettext("Without account"),
            {"account": (listed.NONE,)},
            sum(not row.account for row in rows),
        ),
    ]


def _bars(made: ReadList) -> Histogram:
    """Return a bar for how long people wait, each of which chooses those, or lets go of them."""
    links = Links(made.listing, DOORS, made.view)
    counted = Counter(rules.bar(row.days) for row in made.rows)
    bins = []
    for number, name in enumerate(words.BAR_NAMES):
        here = made.view.chosen("waits") == (str(number),)
        each = Bin(
            gettext(name),
            counted[number],
            links.choosing("waits", () if here else (str(number),)),
            "over" if number in words.LATE_BARS else "",
            chosen=here,
        )
        bins.append(each)
    return histogram(bins, (gettext("How long"), gettext("People")))


def _how_long(rows: Sequence[Row]) -> str:
    longest = max((row.days for row in rows), default=0)
    return words.how_long(sum(row.days > rules.LONG for row in rows), longest)


def _named_shorts(shorts: Sequence[Short], domains: dict[int, str]) -> list[dict[str, object]]:
    named = []
    for short in shorts:
        row = {
            "domain": domains.get(short.domain_id, ""),
            "url": url_for("waiting.index", domain=short.domain_id),
            "short": short,
        }
        named.append(row)
    return named


def _opened(made: ReadList) -> Opened | None:
    """Return what stands under the row that the address opens."""
    wanted = request.args.get("open", "")
    for row in made.rows:
        if str(row.request_id) == wanted:
            return opened(db(), made.found, row, made.sites)
    return None


@blueprint.get("/waiting.csv")
@guard.allow(access.COORDINATE, again=True)
def csv() -> Response:
    """Download what the list shows, all pages of it, as CSV."""
    made = _read()
    return lists.csv(made.listing, made.view, made.lines(db(), made.shown), gettext("requests"))


@blueprint.get("/waiting.xlsx")
@guard.allow(access.COORDINATE, again=True)
def xlsx() -> Response:
    """Download the same as a workbook."""
    made = _read()
    return lists.xlsx(made.listing, made.view, made.lines(db(), made.shown), gettext("requests"))


@blueprint.post("/<id:request_id>/ask")
@guard.allow(access.COORDINATE, of=queries.request_subject)
def ask(request_id: int) -> Response:
    """Ask one mentor for one place more, because of this request."""
    mentor_id = MentorForm.read(sent()).mentor
    found = queries.today(db(), now())
    if not found.standing.knows(request_id) or not found.standing.worth_asking(request_id, mentor_id):
        raise Refused(rules.NO_NEED)
    actions.ask_place(db(), guard.actor(), found.standing.gain(mentor_id, request_id), now())
    name = people.persons(db(), [mentor_id])[mentor_id].name
    return done(gettext("%(name)s is asked for a place.", name=name), "waiting.index", _anchor=f"r{request_id}")


@blueprint.get("/places")
@guard.allow(access.COORDINATE)
def places() -> Page:
    """Say whom it would be to ask for a place, what each brings, and what they get."""
    gains = _read().to_ask()
    if not gains:
        return redirect(url_for("waiting.index"), 303)
    known = people.persons(db(), [gain.mentor_id for gain in gains])
    asked_first = asking.before(gains, known)
    return confirm(confirmation(asked_first, url_for("waiting.ask_all"), url_for("waiting.index"), {}))


@blueprint.post("/places")
@guard.allow(access.COORDINATE)
def ask_all() -> Response:
    """Ask the fewest mentors with the most gain for a place, as it stands now."""
    number = actions.ask_places(db(), guard.actor(), _read().to_ask(), now())
    said = ngettext("%(num)s mentor is asked for a place.", "%(num)s mentors are asked for a place.", number)
    return done(said, "waiting.index")


@blueprint.post("/<id:request_id>/outside")
@guard.allow(access.COORDINATE, of=queries.request_subject)
def outside(request_id: int) -> Response:
    """Note that a training outside is looked for, or no longer."""
    wanted = OutsideForm.read(sent()).looked_for == "yes"
    actions.note_outside(db(), guard.actor(), request_id, now(), looked_for=wanted)
    said = gettext("Noted: a training outside is looked for.") if wanted else gettext("Noted: no longer looked for.")
    return done(said, "waiting.index", _anchor=f"r{request_id}")


@blueprint.post("/seen")
@guard.allow(access.COORDINATE)
def seen() -> Response:
    """Say that the places that came free were seen."""
    actions.seen(db(), guard.actor(), now())
    return done(gettext("Seen."), "waiting.index")


@blueprint.get("/asked")
@guard.allow(access.GUIDE)
def asked() -> Page:
    """Show a mentor that people wait for a place with them, and what one more would take."""
    me = guard.actor().person_id
    settings = programme(db())
    taken = mentorships.occupied(db()).get(me, 0)
    return render(
        "rounds/waiting/asked.html",
        **asking.asked_of(
            queries.open_asks(db(), me),
            profiles.capacity(db(), me),
            taken,
            settings,
        ),
    )


@blueprint.post("/asked/place")
@guard.allow(access.GUIDE)
def add_place() -> Response:
    """Set one place more."""
    offer = actions.add_place(db(), guard.actor(), now())
    said = ngettext("You have %(num)s place now.", "You have %(num)s places now.", offer.places)
    return done(said, "home.index")


@blueprint.post("/asked/not-now")
@guard.allow(access.GUIDE)
def not_now() -> Response:
    """Say that there is no place now."""
    actions.not_now(db(), guard.actor(), now())
    return done(gettext("Thank you for letting us know. You are not asked again for four weeks."), "home.index")
