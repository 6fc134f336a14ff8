"""A checked export -> the plain records of a round, as an import into an empty database would give. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mentorship.hr_import.reading.export import FORMS, Export, PersonRecord
from mentorship.matching import Timetable
from mentorship.profiles import coverage
from mentorship.profiles.rules import free_places, usable_places
from mentorship.rounds.facts import MentorFacts, NeedFacts, PersonFacts, Records, RequestFacts

Ids = Mapping[str, int]


@dataclass(frozen=True)
class Named:
    """A person as the outcome names them."""

    number: str
    name: str
    site: str


@dataclass(frozen=True)
class Facts:
    """The records of a round; people by the id they have in them, and domains by name. A request has its asker's id."""

    records: Records
    people: Mapping[int, Named]
    domains: Mapping[int, str]


def facts(export: Export, hours_per_pair: Decimal) -> Facts:
    """Return what a round is gathered from; ids follow personnel numbers, so that the order of rows decides nothing."""
    ids = _ranked(person.number for person in export.people)
    domains = _ranked(domain.name for domain in export.domains)
    records = Records(
        people=_people(export, ids),
        requests=_requests(export, ids, domains),
        mentors=_mentors(export, ids, domains, hours_per_pair),
        remote_domains={domains[domain.name]: domain.remote for domain in export.domains},
        urgency=_urgency(export, domains),
        apart=tuple((ids[duo.mentor], ids[duo.junior]) for duo in export.duos),
    )
    named = {ids[p.number]: Named(p.number, _name(p), p.site) for p in export.people}
    return Facts(records, named, {i: name for name, i in domains.items()})


def _ranked(keys: Iterable[str]) -> Ids:
    return {key: rank for rank, key in enumerate(sorted(set(keys)), start=1)}


def _name(person: PersonRecord) -> str:
    return " ".join(part for part in (person.given_name, person.infix, person.family_name) if part)


def _people(export: Export, ids: Ids) -> dict[int, PersonFacts]:
    sites = _ranked(export.sites)
    times = {shift.code: (shift.begins, shift.ends) for shift in export.shifts}
    cycles = {
        roster.name: (roster.starts_on.toordinal(), tuple(times[code] if code else None for code in roster.cycle))
        for roster in export.rosters
    }
    found = {}
    for person in export.people:
        timetable = Timetable(*cycles[person.roster], frozenset(person.school_days)) if person.roster else None
        found[ids[person.number]] = PersonFacts(
            ids[person.number],
            sites[person.site],
            frozenset(person.languages),
            ids[person.manager] if person.manager else None,
            person.remote,
            timetable,
        )
    return found


def _requests(export: Export, ids: Ids, domains: Ids) -> tuple[RequestFacts, ...]:
    """Return what is asked; who is in a running pair has been placed already."""
    placed = {duo.junior for duo in export.duos}
    wanted = {p.number: dict(zip(FORMS, p.figures, strict=True)) for p in export.preferences if p.is_wish}
    return tuple(
        RequestFacts(
            ids[request.number],
            ids[request.number],
            tuple(NeedFacts(domains[n.domain], n.current_level, n.target_level, n.importance) for n in request.needs),
            wanted.get(request.number),
        )
        for request in export.requests
        if request.number not in placed
    )


def _mentors(export: Export, ids: Ids, domains: Ids, hours_per_pair: Decimal) -> tuple[MentorFacts, ...]:
    load = Counter(duo.mentor for duo in export.duos)
    comfort = {p.number: dict(zip(FORMS, p.figures, strict=True)) for p in export.preferences if not p.is_wish}
    levels: dict[str, dict[int, int]] = {}
    for expertise in export.expertise:
        if expertise.willing:
            levels.setdefault(expertise.number, {})[domains[expertise.domain]] = expertise.level
    found = []
    for person in export.people:
        if person.places:
            hours, taken = person.hours or Decimal(0), load[person.number]
            # hours of an export count as confirmed: a planning that was exported is one that was decided
            usable = usable_places(person.places, hours, hours, confirm=True, hours_per_pair=hours_per_pair)
            found.append(
                MentorFacts(
                    ids[person.number],
                    levels.get(person.number, {}),
                    comfort.get(person.number),
                    free_places(usable, taken),
                    taken,
                    paused=False,
                )
            )
    return tuple(found)


def _urgency(export: Export, domains: Ids) -> dict[int, float]:
    horizons = {person.number: person.horizon for person in export.people}
    held: dict[str, list[str]] = {}
    for expertise in export.expertise:
        if expertise.level >= coverage.HOLDS:
            held.setdefault(expertise.domain, []).append(horizons[expertise.number])
    # in one order, for a sum of thirds depends on it in the last digit
    return {i: coverage.urgency(sorted(held.get(name, []))) for name, i in domains.items()}
