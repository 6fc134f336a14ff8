"""Who is stopped at which rule for one request, by name and by today's facts, and what could be done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from sqlmodel import Session

from mentorship.base.i18n import N_, gettext
from mentorship.matching import WITH_TRAINER, Instance, failing, find_eligible, first_obstacle, score_pairs
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.rounds import reading
from mentorship.rounds.facts import Records
from mentorship.rounds.gather import Terms
from mentorship.rounds.instance import build_instance
from mentorship.rounds.words import funnel_words

LOOKED_AT = 200
"""So many of those who can pass it on are looked at; where there are more, the page says so."""
MOST = 12
"""So many are named per rule."""
FLOOR = "floor"
REMEDIES = {
    "trainer": N_("Helps: ask one of them to become a practice trainer, or confirm the certificate that they have."),
    "line": N_("Who does not appraise the other may be the mentor: look at who is the manager of whom."),
    "apart": N_("That stays as it is: ask somebody else."),
    "language": N_("Another working language in one of both profiles would help."),
    "site": N_("Helps: let this domain be learned at a distance, or another site."),
    "meeting": N_("Helps: another roster, or at a distance."),
    "place": N_("Helps: one more place. Ask for it in the waiting list."),
    FLOOR: N_("Helps: a lower floor for this round, or release the pair that was kept apart."),
}
"""What could be done about each rule; who lacks expertise is everybody else, and is not named."""


@dataclass(frozen=True)
class Stop:
    """A rule, those whom it is the first to stop, how many more there are, and what could be done about it."""

    rule: str
    people: Sequence[Person]
    more: int
    remedy: str


@dataclass(frozen=True)
class Stops:
    """The rules that stop somebody who can pass it on; `all_of`: how many can, `looked_at`: of so many these are."""

    found: Sequence[Stop]
    all_of: int
    looked_at: int

    @property
    def told(self) -> str:
        """What is said where no rule stops anybody who can teach it."""
        if self.all_of:
            return gettext("No rule stops any of them: the places go to others.")
        return gettext("Then a training outside is the first step, or a colleague who wants to grow into it.")


def stops(session: Session, site_ids: Sequence[int], terms: Terms, request_id: int, today: date) -> Stops | None:
    """Return who is stopped where for a request; None for one that is not open any more."""
    records = reading.records(session, site_ids, today)
    asked = tuple(request for request in records.requests if request.id == request_id)
    if not asked:
        return None
    able, stopped = _stopped(replace(records, requests=asked), terms)
    named = people.persons(session, [person_id for ids in stopped.values() for person_id in ids[:MOST]])
    return Stops(
        _in_order(stopped, named),
        able,
        min(able, LOOKED_AT),
    )


def _in_order(stopped: Mapping[str, Sequence[int]], named: Mapping[int, Person]) -> list[Stop]:
    """Return the rules in their order, with those they stop by name."""
    steps = (*WITH_TRAINER, FLOOR)
    rules = dict(zip(steps, funnel_words(len(steps)), strict=True))
    found = []
    for step, remedy in REMEDIES.items():
        ids = stopped.get(step, ())
        if not ids:
            continue
        shown = [named[person_id] for person_id in ids[:MOST] if person_id in named]
        by_name = sorted(shown, key=lambda person: person.sort_key)
        rule = gettext(rules[step])
        stop = Stop(
            rule[0].upper() + rule[1:],
            by_name,
            len(ids) - len(shown),
            gettext(remedy),
        )
        found.append(stop)
    return found


def _stopped(records: Records, terms: Terms) -> tuple[int, dict[str, list[int]]]:
    """Return how many can pass on what one request asks, and by rule who of them it is the first to stop."""
    instance = build_instance(records)
    everybody = np.arange(len(records.mentors))
    lacks = failing(instance, np.zeros_like(everybody), everybody)
    able = everybody[~lacks["expertise"]]
    fits = _above_the_floor(records, instance, terms)
    stopped: dict[str, list[int]] = {}
    for column in able[:LOOKED_AT].tolist():
        mentor_id = records.mentors[column].person
        step = first_obstacle(instance, 0, column)
        if step is None and mentor_id not in fits:
            step = FLOOR
        if step in REMEDIES:
            stopped.setdefault(step, []).append(mentor_id)
    return len(able), stopped


def _above_the_floor(records: Records, instance: Instance, terms: Terms) -> set[int]:
    """Return who of those who meet every rule scores enough, and was not kept apart from this request."""
    eligible = find_eligible(instance)
    scored = score_pairs(instance, eligible, terms.weights, terms.floor)
    request_id = records.requests[0].id
    found = set()
    for column in eligible.mentor[scored.pair].tolist():
        mentor_id = records.mentors[column].person
        if (request_id, mentor_id) not in terms.forbidden:
            found.add(mentor_id)
    return found
