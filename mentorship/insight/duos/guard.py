"""What stands before the list of pairs: who reads it, and what of it the address asks for."""

from __future__ import annotations

from flask import current_app, request

from mentorship.base.clock import local_date
from mentorship.insight.duos import queries, words
from mentorship.insight.duos.kept import KeptSides
from mentorship.insight.duos.rows import mondays
from mentorship.insight.duos.scope import Scope
from mentorship.insight.duos.shown import Shown
from mentorship.insight.duos.standing import standings
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.account import guard
from mentorship.profiles import queries as profiles
from mentorship.web import lists
from mentorship.web.request import db, now, settings

KEPT = "mentorship_duos"
"""Where the app keeps how sides stand."""


def kept_sides() -> KeptSides:
    """Return how sides stand as this process keeps it; where nothing may be kept, as it is worked out now."""
    if not settings().menu_seconds:
        return KeptSides()
    kept: KeptSides = current_app.extensions.setdefault(KEPT, KeptSides())
    return kept


def as_asked() -> Shown:
    """Return the list of pairs as the address asks for it, of those that the reader sees."""
    me = guard.actor()
    both = me.has(access.COORDINATOR) and me.has(access.MANAGER)
    own_line = both and request.args.get("line") == words.OWN
    scope = Scope(
        db(),
        me,
        me.has(access.COORDINATOR) and not own_line,
        local_date(now()),
    )
    stands = standings(
        db(),
        scope,
        now(),
        kept_sides(),
    )
    choices = words.Choices(
        people.sites(db()),
        profiles.domains(db()),
        queries.managers_of(db(), scope),
        stands.kinds,
        scope.statuses,
        both,
    )
    weeks = mondays(local_date(now()))
    listing = words.listing(choices, weeks)
    return Shown(
        scope,
        stands,
        scope.counts(),
        listing,
        lists.read(listing),
    )
