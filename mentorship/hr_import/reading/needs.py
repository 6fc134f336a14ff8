"""The needs of each person as one request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable

from mentorship.base.i18n import N_
from mentorship.hr_import.reading.export import Remark, RequestRecord
from mentorship.hr_import.reading.gathering import Leftovers, TakenRow
from mentorship.hr_import.reading.kinds import REQUESTS
from mentorship.hr_import.reading.rows import NeedRow

MOST_NEEDS = 3


def requests(leftovers: Leftovers, needs: dict[Hashable, TakenRow[NeedRow]]) -> list[RequestRecord]:
    """Put the needs of each person together; those beyond the third are taken out of `needs` and set aside."""
    by_person: dict[str, list[Hashable]] = defaultdict(list)
    for key, taken in needs.items():
        by_person[taken.record.number].append(key)
    too_many = Remark(N_("A request has at most %(most)s needs."), {"most": MOST_NEEDS})
    found = []
    for number, keys in by_person.items():
        for key in keys[MOST_NEEDS:]:
            beyond = needs.pop(key)
            leftovers.set_aside(
                REQUESTS,
                beyond.row,
                too_many,
            )
        kept = [needs[key].record for key in keys[:MOST_NEEDS]]
        request = _request(number, kept)
        found.append(request)
    return found


def _request(number: str, kept: Iterable[NeedRow]) -> RequestRecord:
    """Return the request of one person; its goal is the first that a row has."""
    goal = ""
    needs = []
    for row in kept:
        goal = goal or row.goal
        needs.append(row.need)
    return RequestRecord(
        number,
        goal,
        tuple(needs),
    )
