"""What stands before a message: whom a list has chosen, by ticks or by all that it shows, and whether they may be."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from mentorship.base.db import id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.lists import View
from mentorship.disclosure import FEWEST
from mentorship.insight.duos import words as pair_words
from mentorship.insight.duos.guard import as_asked
from mentorship.people import directory, listed
from mentorship.people import queries as people
from mentorship.reminders.drafts.forms import PairsForm, PeopleForm, ProposalsForm
from mentorship.reminders.messages import queries, rules
from mentorship.reminders.proposals import listed as proposals
from mentorship.reminders.proposals import queries as waiting
from mentorship.web import lists
from mentorship.web.page import sent
from mentorship.web.request import db, now

NO_PAIR = N_("Choose at least one pair.")
NO_PROPOSAL = N_("Choose at least one proposal.")


@dataclass(frozen=True)
class Chosen:
    """Whom a list has chosen, and how many of them a message keeps at least."""

    ids: list[int]
    fewest: int = 1


def chosen_people() -> Chosen:
    """Return the people ticked, or all that their list shows."""
    form = PeopleForm.read(sent("person"))
    if not form.everybody:
        return Chosen(form.person)
    sites = people.sites(db())
    view = lists.read(directory.listing(sites))
    number = listed.count_people(db(), view)
    rules.check_number(number)
    ids = []
    for line in listed.list_people(db(), view):
        ids.append(id_of(line.person))
    return Chosen(ids)


def chosen_pairs() -> Chosen:
    """Return both of each pair ticked, or of all that their list shows; by how they go not of a few alone."""
    form = PairsForm.read(sent("duo"))
    asked = as_asked()
    wanted = form.duo
    if form.everybody:
        wanted = asked.ids
    pairs = queries.pairs_of(db(), wanted)
    if not pairs:
        raise Refused(NO_PAIR)
    found = set()
    for pair in pairs:
        found.add(pair.mentor_id)
        found.add(pair.junior_id)
    ids = sorted(found)
    if not _by_how_it_goes(asked.view):
        return Chosen(ids)
    rules.check_group(len(ids), len(pairs))
    return Chosen(ids, FEWEST)


def _by_how_it_goes(view: View) -> bool:
    """Tell whether pairs were chosen by what rests on answers."""
    if view.chosen("class"):
        return True
    return view.one("view") == pair_words.ATTENTION


def chosen_silent() -> Chosen:
    """Return who did not answer the proposals ticked, or any that their list shows; none that was answered since."""
    form = ProposalsForm.read(sent("proposal"))
    wanted = _proposals(form)
    if not wanted:
        raise Refused(NO_PROPOSAL)
    ids = set()
    for one in wanted:
        for side in one.silent:
            ids.add(id_of(side.person))
    return Chosen(sorted(ids))


def _proposals(form: ProposalsForm) -> list[waiting.Waiting]:
    found = waiting.waiting(db(), now())
    if form.everybody:
        view = lists.read(proposals.listing(found))
        return proposals.chosen(found, view)
    ticked = set(form.proposal)
    return [one for one in found if one.id in ticked]


def reader_asked(number: int) -> int:
    """Return which reader the address asks to read along with, counted from 1, of so many."""
    wanted = request.args.get("reader", "1")
    if not wanted.isdecimal() or len(wanted) > 6:
        return 1
    return min(max(int(wanted), 1), max(number, 1))
