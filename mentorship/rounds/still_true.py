"""Whether what a round found still holds when it is published: rules, places, and who has waited since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.errors import Conflict
from mentorship.base.i18n import N_
from mentorship.rounds import queries, reading
from mentorship.rounds.announced import besides
from mentorship.rounds.facts import Pair
from mentorship.rounds.gather import Gathered, gather
from mentorship.rounds.models import Round, RoundPair
from mentorship.rounds.solution import unpack

STALE = N_("Pairs that no longer fit a rule since they were found: %(number)s. Find pairs again before publishing.")
WAITED_SINCE = N_(
    "Since these pairs were found, another round found nobody for somebody who asks here too, and waiting counts. Find "
    "pairs again before publishing."
)


def require_still_true(session: Session, found: Round, pairs: Iterable[RoundPair], now: datetime) -> None:
    """Refuse when a pair broke a rule since the round was solved, or somebody waits for longer than it counted."""
    today = local_date(now)
    records = besides(
        session,
        reading.records(session, found.site_ids, today),
        id_of(found),
    )
    terms = queries.terms(session, found)
    gathered = gather(records, terms)
    wanted = set()
    for pair in pairs:
        wanted.add((pair.request_id, pair.mentor_id))
    kept = wanted & gathered.eligible_pairs()
    broken = len(wanted - kept) + _too_many(kept, gathered)
    if broken:
        raise Conflict(STALE, number=broken)
    if _waited_since(found, gathered):
        raise Conflict(WAITED_SINCE)


def _too_many(pairs: Iterable[Pair], gathered: Gathered) -> int:
    """Count the pairs for which their mentor has no place left."""
    places = dict(
        zip(
            gathered.mentor_ids.tolist(),
            gathered.problem.capacity.tolist(),
            strict=True,
        )
    )
    wanted = Counter(mentor_id for _, mentor_id in pairs)
    too_many = 0
    for mentor_id, juniors in wanted.items():
        too_many += max(0, juniors - places[mentor_id])
    return too_many


def _waited_since(found: Round, gathered: Gathered) -> bool:
    """Tell whether somebody's waiting counts more now than it did when the round was solved."""
    if found.problem is None:
        return False
    counted = unpack(found.problem).bonus_by_request()
    counts = zip(
        gathered.request_ids.tolist(),
        gathered.problem.priority_units.tolist(),
        strict=True,
    )
    return any(units > counted.get(request_id, units) for request_id, units in counts)
