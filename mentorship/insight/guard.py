"""Who reads who carries what, and what of that is theirs to answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.insight.acts import Pair, Reader
from mentorship.insight.queries import Load, asked_again
from mentorship.people import access
from mentorship.people.account import guard
from mentorship.people.line import Line
from mentorship.rounds.announcing import cards, pending
from mentorship.web.page import this_page
from mentorship.web.request import db, now, settings


def reader(found: Sequence[Load], view: Mapping[str, Any]) -> Reader:
    """Return who reads these rows."""
    me = guard.actor()
    coordinates = me.has(access.COORDINATOR)
    asked = None
    if settings().mails:
        asked = asked_again(db(), local_date(now())) if coordinates else {}
    return Reader(
        below(found),
        coordinates,
        asked,
        _pairs(),
        view,
        this_page(),
    )


def below(found: Sequence[Load]) -> Collection[int]:
    """Return for whom of these the reader confirms hours."""
    me = guard.actor()
    if not me.has(access.MANAGER):
        return ()
    return Line(db(), me.person_id).among([id_of(load.person) for load in found])


def _pairs() -> Mapping[int, Sequence[Pair]]:
    """Return by mentor the pairs that were announced to the reader and wait for their word."""
    me = guard.actor()
    if not me.has(access.MANAGER):
        return {}
    waiting = pending.waiting_for(db(), me.person_id, now())
    found: dict[int, list[Pair]] = defaultdict(list)
    for card in cards.cards(db(), waiting, me.person_id):
        pair = card.key, card.junior.name
        found[card.told.mentor_id].append(pair)
    return found
