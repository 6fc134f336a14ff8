"""What is kept of each pair, so that it can be explained later without the round. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mentorship.matching import CRITERIA
from mentorship.rounds.facts import Records
from mentorship.rounds.gather import Gathered, Terms


class Explainer:
    """Explains the pairs of one gathered round, with domains by name."""

    def __init__(self, gathered: Gathered, records: Records, terms: Terms, domain_names: Mapping[int, str]) -> None:
        self._gathered, self._terms, self._names = gathered, terms, domain_names
        self._requests = {r.id: r for r in records.requests}
        self._columns = {d: i for i, d in enumerate(sorted(records.remote_domains))}

    def explain(self, edge: int) -> dict[str, Any]:
        """Return what is copied onto a proposal for one edge of the problem: parts, weights, needs, meeting."""
        scored, eligible = self._gathered.scored, self._gathered.eligible
        pair = int(scored.pair[edge])
        request = self._requests[int(self._gathered.request_ids[eligible.request[pair]])]
        level = self._gathered.instance.mentors.level[eligible.mentor[pair]]
        meeting = eligible.meetings[int(eligible.meeting[pair])]
        return {
            "parts": {name: round(float(v), 6) for name, v in zip(CRITERIA, scored.parts[edge], strict=True)},
            "weights": dict(self._terms.weights),
            "known": bool(scored.known[edge]),
            "remote": bool(eligible.remote[pair]),
            "needs": [
                {
                    "domain": self._names[n.domain],
                    "current": n.current,
                    "target": n.target,
                    "mentor": int(level[self._columns[n.domain]]),
                    "importance": n.importance,
                }
                for n in request.needs
            ],
            "meeting": {
                "shifts_per_four_weeks": round(meeting.shifts_per_four_weeks, 2),
                "hours_per_two_weeks": round(meeting.hours_per_two_weeks, 2),
            },
        }
