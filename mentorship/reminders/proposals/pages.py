"""Doors: the proposals that wait, reminding of them, slips to print, withdrawing one, another in its place."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from mentorship.base.i18n import gettext, ngettext
from mentorship.base.lists import Listing, View
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.proposals.actions import withdraw as withdraw_one
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.people.views.models import SavedView
from mentorship.people.views.queries import saved
from mentorship.programme.queries import programme
from mentorship.reminders.proposals import actions, listed, queries, slips, words
from mentorship.reminders.proposals.forms import ProposalsForm
from mentorship.reminders.proposals.queries import Waiting
from mentorship.web import lists
from mentorship.web.page import Page, done, paging, render, sent
from mentorship.web.request import db, now, public_address, settings, typed_address

blueprint = Blueprint("proposals", __name__, url_prefix="/proposals")

DOORS = lists.Doors("proposals.index", "proposals.csv", "proposals.xlsx")


@blueprint.get("")
@guard.allow(access.COORDINATE)
def index() -> Page:
    """List who has not answered a proposal, the first to lapse first."""
    found = queries.waiting(db(), now())
    listing = listed.listing(found)
    view = lists.read(listing)
    fitting = listed.chosen(found, view)
    pages = paging(len(fitting))
    mails = settings().mails
    shown = fitting[pages.offset : pages.offset + pages.size]
    title, drawn = words.bar(
        found,
        queries.became(db(), now()),
        url_for(
            "proposals.index",
            lapses=listed.SOON,
        ),
    )
    return render(
        "reminders/proposals/index.html",
        list=lists.page(
            listing,
            view,
            pages,
            DOORS,
            _presets(found),
            _saved(listing),
        ),
        rows=_rows(shown),
        heading=words.heading(found),
        brief=words.brief(programme(db()).proposal_days),
        whole=title,
        drawn=drawn,
        on_whom=words.on_whom(found),
        everything=bool(found),
        mails=mails,
        to_remind=len(
            listed.people_to_remind(
                found,
                now(),
            )
        )
        if mails
        else 0,
        slips=slips.count(
            db(),
            found,
            now(),
            mails=mails,
        ),
    )


def _presets(found: Iterable[Waiting]) -> list[lists.Preset]:
    waiting = list(found)
    soon = sum(one.soon for one in waiting)
    return [
        lists.Preset(
            gettext("All that wait"),
            {},
            len(waiting),
        ),
        lists.Preset(
            gettext("Lapse this week"),
            {"lapses": (listed.SOON,)},
            soon,
        ),
    ]


def _saved(listing: Listing) -> list[SavedView]:
    return saved(
        db(),
        guard.actor().person_id,
        listing.key,
    )


def _rows(found: Iterable[Waiting]) -> list[listed.Row]:
    mails = settings().mails
    moment = now()
    return [
        listed.row(
            one,
            moment,
            mails=mails,
        )
        for one in found
    ]


def _sheet() -> tuple[Listing, View, list[listed.Row]]:
    found = queries.waiting(db(), now())
    listing = listed.listing(found)
    view = lists.read(listing)
    return listing, view, _rows(listed.chosen(found, view))


@blueprint.get("/proposals.csv")
@guard.allow(access.COORDINATE, again=True)
def csv() -> Response:
    """Download the proposals that the list shows, all pages of it."""
    return lists.csv(
        *_sheet(),
        gettext("proposals"),
    )


@blueprint.get("/proposals.xlsx")
@guard.allow(access.COORDINATE, again=True)
def xlsx() -> Response:
    """Download the same as a workbook."""
    return lists.xlsx(
        *_sheet(),
        gettext("proposals"),
    )


@blueprint.post("/remind")
@guard.allow(access.COORDINATE)
def remind() -> Response:
    """Remind who did not answer the ticked proposals, or any that waits."""
    form = ProposalsForm.read(sent("proposal"))
    if form.everybody:
        chosen = [one.id for one in queries.waiting(db(), now())]
    else:
        chosen = form.chosen()
    told = actions.remind(
        db(),
        guard.actor(),
        chosen,
        now(),
    )
    return done(
        words.reminded(told, now()),
        "proposals.index",
    )


@blueprint.get("/slips")
@guard.allow(access.COORDINATE)
def paper() -> Page:
    """Print what nobody can be mailed: a proposal that waits, and that a round found nobody."""
    found = queries.waiting(db(), now())
    return render(
        "reminders/proposals/slips.html",
        found=slips.slips(
            db(),
            found,
            now(),
            mails=settings().mails,
        ),
        address=typed_address(url_for("home.index")),
        opens=public_address(url_for("home.index")),
    )


@blueprint.post("/withdraw")
@guard.allow(access.COORDINATE)
def withdraw() -> Response:
    """Withdraw the ticked proposals; both who were asked are told, once it cannot be undone any more."""
    chosen = sorted(set(ProposalsForm.read(sent("proposal")).chosen()))
    for mentorship_id in chosen:
        withdraw_one(
            db(),
            guard.actor(),
            mentorship_id,
            now(),
        )
    said = ngettext(
        "Withdrawn. Both are told by mail in their shift, and the request is open again.",
        "%(num)s proposals withdrawn. All are told by mail in their shift, and the requests are open again.",
        len(chosen),
    )
    return done(said, "proposals.index")


@blueprint.post("/<id:mentorship_id>/replace")
@guard.allow(access.COORDINATE, of=mentorships.subject)
def replace(mentorship_id: int) -> Response:
    """Withdraw a proposal and go on to whom else its request can be paired with."""
    found = withdraw_one(
        db(),
        guard.actor(),
        mentorship_id,
        now(),
    )
    said = gettext("Withdrawn. Choose whom to propose instead.")
    return done(
        said,
        "direct.show",
        person_id=found.junior_id,
    )
