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
        self._gathered = gathered
        self._terms = terms
        self._domain_names = domain_names
        self._needs_of = {}
        self._waited = {}
        for request in records.requests:
            self._needs_of[request.id] = request.needs
            self._waited[request.id] = request.waited
        self._people = records.people
        self._default_roster = records.default_roster
        self._columns = {}
        for column, domain in enumerate(sorted(records.remote_domains)):
            self._columns[domain] = column

    def explain(self, edge: int) -> dict[str, Any]:
        """Return what is copied onto a proposal for one edge of the problem: parts, weights, needs, meeting."""
        scored = self._gathered.scored
        eligible = self._gathered.eligible
        pair = int(scored.pair[edge])
        return {
            "parts": self._parts(edge),
            "weights": dict(self._terms.weights),
            "known": bool(scored.known[edge]),
            "remote": bool(eligible.remote[pair]),
            "needs": self._needs(pair),
            "meeting": self._meeting(pair),
            **self._matched_by_default(pair),
            **self._waiting(pair),
        }

    def _parts(self, edge: int) -> dict[str, float]:
        parts = {}
        for name, value in zip(CRITERIA, self._gathered.scored.parts[edge].tolist(), strict=True):
            parts[name] = round(value, 6)
        return parts

    def _needs(self, pair: int) -> list[dict[str, Any]]:
        eligible = self._gathered.eligible
        request_id = int(self._gathered.request_ids[eligible.request[pair]])
        level = self._gathered.instance.mentors.level[eligible.mentor[pair]]
        needs = []
        for need in self._needs_of[request_id]:
            explained = {
                "domain": self._domain_names[need.domain],
                "current": need.current,
                "target": need.target,
                "mentor": int(level[self._columns[need.domain]]),
                "importance": need.importance,
            }
            needs.append(explained)
        return needs

    def _matched_by_default(self, pair: int) -> dict[str, Any]:
        """Return who of the two is matched by the programme's roster, for want of one of their own; empty for most."""
        eligible = self._gathered.eligible
        instance = self._gathered.instance
        sides = {
            "junior": instance.requests.person[eligible.request[pair]],
            "mentor": instance.mentors.person[eligible.mentor[pair]],
        }
        found = [side for side, person_id in sides.items() if self._people[int(person_id)].by_default]
        if not found:
            return {}
        return {"default_roster": {"name": self._default_roster, "of": found}}

    def _waiting(self, pair: int) -> dict[str, Any]:
        """Return for how many rounds the request waited and what that counted; empty where it did not."""
        request_id = int(self._gathered.request_ids[self._gathered.eligible.request[pair]])
        waited = self._waited[request_id]
        bonus = self._terms.bonus(waited)
        if not bonus:
            return {}
        return {"waited": {"rounds": waited, "bonus": round(bonus, 6)}}

    def _meeting(self, pair: int) -> dict[str, float]:
        eligible = self._gathered.eligible
        meeting = eligible.meetings[int(eligible.meeting[pair])]
        return {
            "shifts_per_four_weeks": round(meeting.shifts_per_four_weeks, 2),
            "hours_per_two_weeks": round(meeting.hours_per_two_weeks, 2),
        }
