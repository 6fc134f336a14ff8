"""Plain records -> the arrays that eligibility and scores are computed from. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from mentorship.matching import (
    FORMS,
    NEEDS,
    NO_TIMETABLE,
    Flags,
    Floats,
    Instance,
    Ints,
    Mentors,
    Relations,
    Requests,
    Timetable,
)
from mentorship.rounds.facts import MentorFacts, Pair, PersonFacts, Records, RequestFacts

NO_NEED = -1, 0, 0, 0
"""Domain, current and target level, and importance, where a request has no such need."""


def build_instance(records: Records) -> Instance:
    """Turn records into the arrays of an instance; rows follow the order of the records."""
    numbers = _Numbers(records)
    juniors = [records.people[request.person] for request in records.requests]
    guides = [records.people[mentor.person] for mentor in records.mentors]
    requests = _requests(records.requests, juniors, numbers)
    mentors = _mentors(records.mentors, guides, numbers)
    lines = _lines(records.people, [*juniors, *guides])
    relations = Relations(
        line=_pairs(lines),
        apart=_pairs(records.apart),
        wished=_pairs(records.wished),
    )
    remote = []
    urgency = []
    for domain in numbers.domains:
        remote.append(records.remote_domains[domain])
        urgency.append(records.urgency.get(domain, 0.0))
    return Instance(
        requests,
        mentors,
        relations,
        timetables=tuple(numbers.timetables),
        remote_domain=np.array(remote, dtype=np.bool_),
        urgency=np.array(urgency, dtype=np.float64),
        day=records.day,
    )


class _Numbers:
    """What stands for what in the arrays: a column for a domain, a bit for a language, a row for a timetable."""

    def __init__(self, records: Records) -> None:
        self.domains: dict[int, int] = {}
        domains = sorted(records.remote_domains)
        for column, domain in enumerate(domains):
            self.domains[domain] = column
        spoken: set[str] = set()
        for person in records.people.values():
            spoken |= person.languages
        self.languages: dict[str, int] = {}
        for bit, language in enumerate(sorted(spoken)):
            self.languages[language] = 1 << bit
        self.timetables: dict[Timetable, int] = {}

    def timetable(self, person: PersonFacts) -> int:
        """Return the row of a person's timetable, a new one where nobody before had it."""
        if person.timetable is None:
            return NO_TIMETABLE
        new_row = len(self.timetables)
        return self.timetables.setdefault(person.timetable, new_row)

    def spoken(self, person: PersonFacts) -> int:
        """Return the bits of the languages a person works in."""
        return sum(self.languages[language] for language in person.languages)

    def of_people(self, people: Sequence[PersonFacts]) -> dict[str, Any]:
        """Return the arrays that requests and mentors have in common."""
        return {
            "person": _ints([person.id for person in people]),
            "site": _ints([person.site for person in people]),
            "timetable": _ints([self.timetable(person) for person in people]),
            "languages": _ints([self.spoken(person) for person in people]),
            "remote": _flags([person.remote for person in people]),
        }


def _requests(requests: Sequence[RequestFacts], juniors: Sequence[PersonFacts], numbers: _Numbers) -> Requests:
    shape = len(requests), NEEDS, len(NO_NEED)
    needs = np.empty(shape, dtype=np.int64)
    needs[:] = NO_NEED
    for row, request in enumerate(requests):
        for place, need in enumerate(request.needs[:NEEDS]):
            needs[row, place] = (
                numbers.domains[need.domain],
                need.current,
                need.target,
                need.importance,
            )
    domain, current, target, importance = np.moveaxis(needs, 2, 0).copy()
    return Requests(
        **numbers.of_people(juniors),
        domain=domain,
        current=current,
        target=target,
        importance=importance,
        wanted_forms=_forms([request.wanted_forms for request in requests]),
        trainer=_flags([request.trainer for request in requests]),
    )


def _mentors(mentors: Sequence[MentorFacts], guides: Sequence[PersonFacts], numbers: _Numbers) -> Mentors:
    columns = max(len(numbers.domains), 1)
    shape = len(mentors), columns
    level = np.zeros(shape, dtype=np.int64)
    for row, mentor in enumerate(mentors):
        for domain, value in mentor.levels.items():
            column = numbers.domains[domain]
            level[row, column] = value
    return Mentors(
        **numbers.of_people(guides),
        level=level,
        comfort=_forms([mentor.comfort for mentor in mentors]),
        places=_ints([mentor.places for mentor in mentors]),
        load=_ints([mentor.load for mentor in mentors]),
        paused=_flags([mentor.paused for mentor in mentors]),
        trainer=_flags([mentor.trainer for mentor in mentors]),
    )


def _lines(everybody: Mapping[int, PersonFacts], people: Sequence[PersonFacts]) -> list[Pair]:
    """Return (person, somebody above them) for everyone who takes part."""
    found: list[Pair] = []
    for person_id in {person.id for person in people}:
        seen: set[int] = set()
        to_see = _managers(everybody, person_id)
        while to_see:
            above = to_see.pop()
            if above not in seen:
                seen.add(above)
                to_see += _managers(everybody, above)
        found += [(person_id, above) for above in sorted(seen)]
    return found


def _managers(everybody: Mapping[int, PersonFacts], person_id: int) -> list[int]:
    """Return who is right above somebody."""
    if person_id not in everybody:
        return []
    person = everybody[person_id]
    first = [] if person.manager is None else [person.manager]
    return [*first, *person.others_above]


def _forms(rows: Sequence[Mapping[str, int] | None]) -> Floats:
    """Return values (n, 5) in the order of `FORMS`, nan where a form is not known."""
    shape = len(rows), len(FORMS)
    values = np.full(shape, np.nan)
    for row, known in enumerate(rows):
        if known is None:
            continue
        for form, value in known.items():
            column = FORMS.index(form)
            values[row, column] = value
    return values


def _flags(values: Sequence[bool]) -> Flags:
    return np.array(values, dtype=np.bool_)


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _pairs(pairs: Collection[Pair]) -> Ints:
    """Return pairs of ids as an array (K, 2)."""
    in_order = sorted(pairs)
    flat = np.array(in_order, dtype=np.int64)
    return flat.reshape(-1, 2)
