"""Doors: who carries what, and confirming hours."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from flask import Blueprint, request
from werkzeug.wrappers import Response

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.figures.histogram import Bin, Histogram, histogram
from mentorship.base.i18n import N_, gettext, ngettext, typed
from mentorship.base.lists import Listing, View
from mentorship.insight import guard as insight_guard
from mentorship.insight import lines, queries, words
from mentorship.insight.acts import acts
from mentorship.insight.forms import ALL, FEWER, ConfirmHoursForm
from mentorship.insight.lines import Ask, LoadLine
from mentorship.insight.loads import FILLS, FREE, IDLE, NOBODY, OVER, WAITS
from mentorship.insight.queries import Load, Totals
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.people.views.queries import saved
from mentorship.profiles import actions as profiles
from mentorship.profiles.rules import check_confirmation
from mentorship.programme.queries import programme
from mentorship.programme.rules import AGGREGATES
from mentorship.web import lists
from mentorship.web.list_links import Links
from mentorship.web.mistakes import MISTAKES, NOTHING_WRONG, Mistake, mistake
from mentorship.web.page import Page, done, paging, render, render_form, sent
from mentorship.web.request import db, now

blueprint = Blueprint("insight", __name__, url_prefix="/insight")

DOORS = lists.Doors("insight.index", "insight.csv", "insight.xlsx")
BAR_KINDS = {IDLE: "low", NOBODY: "low", OVER: "wide"}
NOBODYS = -1


def _listing() -> Listing:
    """Return the list for this reader: who sees everybody and has a line of their own can choose that."""
    both = guard.actor().has(access.COORDINATOR) and guard.actor().has(access.MANAGER)
    return words.listing(people.sites(db()), both)


def _manager(view: View) -> int | None:
    """Return whose line is shown: a manager their own, a coordinator (None) all, or their own if they choose so."""
    me = guard.actor()
    if me.has(access.COORDINATOR) and not view.chosen("line"):
        return None
    return me.person_id


@blueprint.get("/workload")
@guard.allow(access.SEE_WORKLOAD)
def index() -> Page:
    """Show who carries what."""
    return _show()


def _show(wrong: Mistake = NOTHING_WRONG) -> Page:
    """Show one page of the list, perhaps with what was typed beside one mentor."""
    listing = _listing()
    view = lists.read(listing)
    manager_id = _manager(view)
    everyone = manager_id is None
    today = local_date(now())
    totals = queries.totals(
        db(),
        manager_id,
        today,
        view,
    )
    pages = paging(totals.fitting)
    found = queries.workload(
        db(),
        manager_id,
        today,
        view.rows(pages.offset, pages.size),
    )
    return render_form(
        "insight/workload.html",
        wrong,
        list=lists.page(
            listing,
            view,
            pages,
            DOORS,
            _presets(view, totals),
            saved(db(), guard.actor().person_id, listing.key),
        ),
        view=lists.view_values(listing),
        found=_lines(found, wrong),
        totals=totals,
        everyone=everyone,
        coordinates=guard.actor().has(access.COORDINATOR),
        heading=words.heading(totals, everyone),
        brief=words.brief(totals, everyone),
        fullness=_fullness(Links(listing, DOORS, view), totals.fills),
        chart_title=words.chart_title(totals),
        has_groups=programme(db()).visibility == AGGREGATES,
    )


def _presets(view: View, totals: Totals) -> list[lists.Preset]:
    """Return the tabs, each within the line that is shown: of that they count."""
    line = {}
    if of_line := view.chosen("line"):
        line["line"] = of_line
    over = line | {"fill": (OVER,)}
    free = line | {"state": (FREE,)}
    waits = line | {"state": (WAITS,)}
    return [
        lists.Preset(gettext("All mentors"), line, totals.mentors),
        lists.Preset(gettext("More pairs than places"), over, totals.fills[OVER]),
        lists.Preset(gettext("With a place free"), free, totals.free),
        lists.Preset(gettext("Hours to confirm"), waits, totals.waiting),
    ]


def _fullness(links: Links, fills: Mapping[str, int]) -> Histogram:
    """Return a bar for each way of being full, which chooses those mentors, or lets go of them."""
    chosen = links.view.chosen("fill")
    bins = []
    for key in FILLS:
        here = chosen == (key,)
        each = Bin(
            gettext(words.FILL_NAMES[key]),
            fills[key],
            links.choosing("fill", () if here else (key,)),
            BAR_KINDS.get(key, ""),
            chosen=here,
        )
        bins.append(each)
    head = gettext("How full"), gettext("Mentors")
    return histogram(bins, head)


def _lines(found: Sequence[Load], wrong: Mistake) -> list[LoadLine]:
    reader = insight_guard.reader(found, lists.view_values(_listing()))
    opened = _opened(found, reader.below, wrong)
    full = lines.scale(found)
    guided = queries.juniors(db(), [id_of(load.person) for load in found])
    shown = []
    for load in found:
        own = load.person.id in reader.below
        ask = _ask(load, wrong) if own and load.person.id == opened else None
        line = lines.line(
            load,
            full,
            guided.get(id_of(load.person), []),
            own,
            ask,
            acts(load, reader),
        )
        shown.append(line)
    return shown


def _opened(found: Sequence[Load], below: Collection[int], wrong: Mistake) -> int | None:
    """Return whose question is open: where something was sent, what the address says, else the first that waits."""
    asked = wrong.about or request.args.get("open", "")
    if asked:
        return int(asked) if asked.isdecimal() and len(asked) < 19 else NOBODYS
    for load in found:
        if load.waits and load.person.id in below:
            return load.person.id
    return None


def _ask(load: Load, wrong: Mistake = NOTHING_WRONG) -> Ask:
    """Return the question about the hours of a mentor, as it was answered when it was."""
    answer = _chosen_answer() or (ALL if load.waits else FEWER)
    hours = load.hours if load.waits else load.confirmed or Decimal(0)
    here = wrong.of(str(load.person.id))
    filled_in = here.values.get("hours", typed(hours))
    chosen = here.values.get("answer", answer)
    counted = _answered(here.values, load) if here.values else hours
    return Ask(
        question=lines.question(load),
        promised=load.hours,
        answer=chosen,
        values={"hours": str(filled_in)[:20]},
        errors={"hours": " ".join(here.errors.values())} if here.errors else {},
        then=lines.then(load, counted, programme(db())),
    )


def _chosen_answer() -> str:
    """Return the answer that the address chooses; "" for none."""
    asked = request.args.get("answer", "")
    return asked if asked in (ALL, FEWER) else ""


def _answered(fields: Mapping[str, str], load: Load) -> Decimal:
    """Return the hours that an answer means; none where it cannot be read."""
    try:
        form = ConfirmHoursForm.read(dict(fields))
    except MISTAKES:
        return load.hours
    return form.confirmed


def _listed() -> tuple[Listing, View, list[Load]]:
    listing = _listing()
    view = lists.read(listing)
    found = queries.workload(
        db(),
        _manager(view),
        local_date(now()),
        view,
    )
    return listing, view, found


@blueprint.get("/workload.csv")
@guard.allow(access.SEE_WORKLOAD, again=True)
def csv() -> Response:
    """Download what the list shows of who carries what, all pages of it."""
    return lists.csv(*_listed(), "workload")


@blueprint.get("/workload.xlsx")
@guard.allow(access.SEE_WORKLOAD, again=True)
def xlsx() -> Response:
    """Download the same as a workbook."""
    return lists.xlsx(*_listed(), "workload")


@blueprint.post("/workload/<id:person_id>/what-if")
@guard.allow(access.CONFIRM_HOURS, of=people.person_subject)
def what_if(person_id: int) -> Page:
    """Tell what follows from an answer that was chosen, as the part of the page that says so; nothing is saved."""
    load = queries.load_of(db(), person_id, local_date(now()))
    if load is None:
        raise Refused(N_("This mentor has not promised any hours."))
    form = ConfirmHoursForm.read(sent())
    then = lines.then(load, form.confirmed, programme(db()))
    return render(
        "insight/then.html",
        then=then,
        person=load.person,
        view=lists.view_values(_listing()),
    )


def _check_promise(person_id: int, hours: Decimal) -> None:
    """Refuse more hours than were promised: nothing follows from those that could be told first."""
    load = queries.load_of(db(), person_id, local_date(now()))
    if load is not None:
        check_confirmation(hours, load.hours)


@blueprint.post("/workload/<id:person_id>/confirm")
@guard.allow(access.CONFIRM_HOURS, of=people.person_subject)
def confirm(person_id: int) -> Page:
    """Confirm a mentor's hours in the planning, as their manager."""
    fields = sent()
    try:
        form = ConfirmHoursForm.read(fields)
        _check_promise(person_id, form.confirmed)
        if form.told_otherwise:  # nobody saw yet what follows from this answer
            return _show(Mistake(values=fields, about=str(person_id)))
        profiles.confirm_hours(
            db(),
            guard.actor(),
            person_id,
            form.confirmed,
            now(),
            promised=form.promised,
        )
    except MISTAKES as failure:
        return _show(mistake(failure, fields, str(person_id)))
    said = ngettext(
        "Hours of %(name)s confirmed: %(num)s hour a week.",
        "Hours of %(name)s confirmed: %(num)s hours a week.",
        form.confirmed,
        name=people.persons(db(), [person_id])[person_id].name,
    )
    return done(
        said,
        "insight.index",
        **lists.view_values(_listing()),
        _anchor=f"p{person_id}",
    )
