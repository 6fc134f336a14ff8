"""One request of a round: its pair and the best alternative, everybody eligible, and what choosing each would cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext
from mentorship.matching import SCALE
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentor_requests.queries import needs_of
from mentorship.mentorships.explanation import waiting_counts
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.rounds import guiding, queries, rules
from mentorship.rounds.facts import Pair
from mentorship.rounds.models import FORBID, LOCK, SOLVING, Round, RoundOverride, RoundPair
from mentorship.rounds.review.forms import pair_value
from mentorship.rounds.review.price import Changed, price
from mentorship.rounds.review.tried import scores
from mentorship.rounds.review.words import costs
from mentorship.rounds.solution import Choice, Move, unpack
from mentorship.rounds.standing import seen

MOST = 50
"""Eligible mentors that the page shows; the highest scores matter most."""


@dataclass(frozen=True)
class Decided:
    """A mentor about whom somebody decided for this request: the pair is locked, or else forbidden."""

    mentor: Person
    locked: bool
    value: str


@dataclass(frozen=True)
class Candidate:
    """An eligible mentor, ready to show; `chosen` is the one of the pair, `value` what its buttons send."""

    mentor: Person
    value: str
    chosen: bool
    decided: Decided | None
    juniors: int
    price: str
    explanation: Mapping[str, Any]
    """What explains the score; empty in the rounds of long ago."""
    points: int

    @property
    def decision(self) -> str:
        """What somebody decided about them for this request; "" when nobody did."""
        if self.decided is None:
            return ""
        return LOCK if self.decided.locked else FORBID


def _overrides(session: Session, round_id: int, request_id: int) -> list[RoundOverride]:
    """Return what somebody decided about one request."""
    found = queries.overrides(session, round_id)
    return [decided for decided in found if decided.request_id == request_id]


def _score(known: Mapping[Pair, int], request_id: int, mentor_id: int | None) -> int | None:
    """Return the score of a pair; None of nobody."""
    return None if mentor_id is None else known[request_id, mentor_id]


class Review:
    """A request of a round with all that is known about who could guide it."""

    def __init__(self, session: Session, found: Round, request_id: int) -> None:
        round_id = id_of(found)
        self.request = session.get_one(MentorRequest, request_id)
        self.pair = session.get(RoundPair, (round_id, request_id))
        self.terms = queries.terms(session, found)
        # prices hold for the outcome of these very terms: not for a round that changed since it was solved
        self.holds = found.status in rules.OUTCOME_HOLDS
        self.solution = None if found.problem is None else unpack(found.problem)
        self.choices = self._choices()
        self._again = found.status == SOLVING
        self._read_decisions(session, round_id)
        self._juniors = queries.takers(session, round_id)
        self._movers = queries.requests(
            session,
            [move.request_id for move in self._moves()],
        )
        self._people = people.persons(session, self._mentioned())
        self._needs = needs_of(session, [request_id]).get(request_id, [])
        self._domains = profiles.domain_names(session)
        self._levels = guiding.willing_levels(session, [choice.mentor_id for choice in self.shown])

    def _read_decisions(self, session: Session, round_id: int) -> None:
        """Read by mentor what somebody decided about them for this request, and how a page shows that it saw it."""
        overrides = _overrides(session, round_id, id_of(self.request))
        self._seen = seen(overrides)
        self._decisions = {}
        for decided in overrides:
            self._decisions[decided.mentor_id] = decided.kind

    def _choices(self) -> list[Choice]:
        if self.solution is None:
            return []
        return self.solution.choices(
            id_of(self.request),
            self.terms if self.holds else None,
        )

    @property
    def shown(self) -> list[Choice]:
        """The choices that the page shows."""
        return self.choices[:MOST]

    @property
    def more(self) -> int:
        """How many choices there are besides."""
        return len(self.choices) - len(self.shown)

    def _moves(self) -> Iterator[Move]:
        """Yield who else moves by any choice, also one that is not shown: the page can be asked about each."""
        for choice in self.choices:
            yield from choice.moves

    def _mentioned(self) -> set[int]:
        """Return everybody the page names."""
        found = {self.request.person_id, *self._decisions}
        if self.pair is not None:
            found.add(self.pair.mentor_id)
        for choice in self.choices:
            found.add(choice.mentor_id)
        for request in self._movers.values():
            found.add(request.person_id)
        return found

    @property
    def junior(self) -> Person:
        """Who asks."""
        return self._people[self.request.person_id]

    @property
    def mentor(self) -> Person | None:
        """The mentor of the pair."""
        if self.pair is None:
            return None
        return self._people[self.pair.mentor_id]

    def waiting(self) -> str:
        """Say for how many rounds the request had waited and what that counted; "" where it counted nothing."""
        if self.solution is None:
            return ""
        rounds, bonus = self.solution.waiting_of(id_of(self.request))
        return waiting_counts(rounds, bonus) if bonus else ""

    @property
    def _waits(self) -> bool:
        return self.solution is not None and self.solution.counts_waiting

    def alternative(self) -> str:
        """Say who would be the next best choice, and at what price."""
        priced = [(choice.loss, choice.mentor_id) for choice in self.choices if choice.loss is not None]
        if priced:
            loss, mentor_id = min(priced, key=lambda each: each[0])
            return gettext(
                "The best alternative is %(mentor)s; in all it would cost: %(loss)s.",
                mentor=self._people[mentor_id].name,
                loss=costs(loss, waits=self._waits),
            )
        if len(self.choices) < 2:
            return gettext("Nobody else is eligible.")
        return ""

    def candidates(self) -> list[Candidate]:
        """Return the eligible mentors, the one of the pair first, then the highest score."""
        chosen = None if self.pair is None else self.pair.mentor_id
        found = []
        for choice in self.shown:
            mentor_id = choice.mentor_id
            candidate = Candidate(
                self._people[mentor_id],
                self._value(mentor_id),
                mentor_id == chosen,
                self._decided(mentor_id),
                self._juniors.get(mentor_id, 0),
                self._price(choice),
                self._explained(mentor_id),
                round(100 * choice.score / SCALE),
            )
            found.append(candidate)
        return sorted(found, key=lambda each: not each.chosen)

    def _value(self, mentor_id: int) -> str:
        """Return what the buttons of a mentor send."""
        return pair_value(id_of(self.request), mentor_id, self._seen)

    def _price(self, choice: Choice) -> str:
        """Say what choosing a mentor costs; nothing of the one that the request has."""
        if self.pair is not None and self.pair.mentor_id == choice.mentor_id:
            return gettext("Nothing: this is the outcome")
        if self._again:
            return gettext("being worked out again")
        if not self.holds:
            return gettext("Find pairs again to see")
        if choice.loss is None and LOCK in self._decisions.values():
            return gettext("Release the locked one to see")
        if choice.loss is None:
            return gettext("every place is locked")
        return self._sentence(choice, choice.loss)

    def _explained(self, mentor_id: int) -> Mapping[str, Any]:
        """Return what explains the score of a mentor, with the levels of today where those of then were not kept."""
        if self.pair is not None and self.pair.mentor_id == mentor_id:
            return self.pair.explanation
        if self.solution is None:
            return {}
        found = self.solution.explained(id_of(self.request), mentor_id)
        if found is None:
            return {}
        needs = []
        for need in self._needs:
            told = {
                "domain": self._domains[need.domain_id],
                "current": need.current_level,
                "target": need.target_level,
                "mentor": self._levels.get(mentor_id, {}).get(need.domain_id, 0),
            }
            needs.append(told)
        return {**found, "needs": needs, "weights": self.terms.weights}

    def _decided(self, mentor_id: int) -> Decided | None:
        """Return what somebody decided about this mentor for this request, if anything."""
        kind = self._decisions.get(mentor_id)
        if kind is None:
            return None
        return Decided(self._people[mentor_id], kind == LOCK, self._value(mentor_id))

    def _sentence(self, choice: Choice, loss: tuple[float, ...]) -> str:
        """Say in one sentence what choosing a mentor costs, with who moves by name."""
        assert self.solution is not None
        moves = choice.moves
        known = scores(self.solution, [id_of(self.request), *(move.request_id for move in moves)])
        before = None if self.pair is None else self.pair.score
        own = Changed(self.junior.given_name, before, choice.score)
        others = []
        for move in moves:
            other = Changed(
                self._people[self._movers[move.request_id].person_id].name,
                _score(known, move.request_id, move.from_mentor),
                _score(known, move.request_id, move.to_mentor),
            )
            others.append(other)
        return price(own, others, loss, waits=self._waits)

    def decided(self) -> list[Decided]:
        """Return the mentors whom the candidates leave out and about whom somebody decided."""
        candidates = {choice.mentor_id for choice in self.shown}
        found = []
        for mentor_id in self._decisions:
            decided = self._decided(mentor_id)
            if decided is not None and mentor_id not in candidates:
                found.append(decided)
        return found

    def eligible(self, mentor_id: int) -> str:
        """Say what choosing an eligible mentor costs; nothing about one who is not, or before the round is solved."""
        if self.pair is not None and self.pair.mentor_id == mentor_id:
            return gettext("This is the mentor of this pair.")
        if not self.holds:
            return ""
        for choice in self.choices:
            if choice.mentor_id == mentor_id:
                return self._told(choice)
        return ""

    def _told(self, choice: Choice) -> str:
        if choice.loss is None:
            return gettext("Eligible, but this request is locked: release it to see the price.")
        return gettext("Eligible. %(price)s", price=self._sentence(choice, choice.loss))
