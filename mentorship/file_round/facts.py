"""A checked export -> the plain records of a round, as an import into an empty database would give. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mentorship.hr_import.reading.export import FORMS, Export, NeedRecord, PersonRecord
from mentorship.matching import ALWAYS, MONDAY, Pattern, Timetable, joined
from mentorship.profiles import coverage
from mentorship.profiles.rules import free_places, usable_places
from mentorship.rounds.facts import MentorFacts, NeedFacts, PersonFacts, Records, RequestFacts

Ids = Mapping[str, int]


@dataclass(frozen=True)
class NamedPerson:
    """A person as the outcome names them."""

    number: str
    name: str
    site: str


@dataclass(frozen=True)
class Facts:
    """The records of a round; people by the id they have in them, and domains by name. A request has its asker's id."""

    records: Records
    people: Mapping[int, NamedPerson]
    domains: Mapping[int, str]


def facts(export: Export, hours_per_pair: Decimal) -> Facts:
    """Return what a round is gathered from; ids follow personnel numbers, so that the order of rows decides nothing.

    Rosters that do not soon repeat are compared from the day on which the last of them has begun.
    """
    ids = _ranked(person.number for person in export.people)
    domains = _ranked(domain.name for domain in export.domains)
    apart = [(ids[duo.mentor], ids[duo.junior]) for duo in export.duos]
    records = Records(
        people=_people(export, ids),
        requests=_requests(export, ids, domains),
        mentors=_mentors(export, ids, domains, hours_per_pair),
        remote_domains={domains[domain.name]: domain.remote for domain in export.domains},
        urgency=_urgency(export, domains),
        apart=tuple(apart),
        day=max((roster.starts_on.toordinal() for roster in export.rosters), default=MONDAY),
    )
    return Facts(
        records,
        people=_named(export, ids),
        domains={rank: name for name, rank in domains.items()},
    )


def _named(export: Export, ids: Ids) -> dict[int, NamedPerson]:
    found = {}
    for person in export.people:
        found[ids[person.number]] = NamedPerson(
            person.number,
            _name(person),
            person.site,
        )
    return found


def _ranked(keys: Iterable[str]) -> Ids:
    return {key: rank for rank, key in enumerate(sorted(set(keys)), start=1)}


def _name(person: PersonRecord) -> str:
    parts = (
        person.given_name,
        person.infix,
        person.family_name,
    )
    return " ".join(part for part in parts if part)


def _people(export: Export, ids: Ids) -> dict[int, PersonFacts]:
    sites = _ranked(export.sites)
    rosters = _rosters(export)
    found = {}
    for person in export.people:
        timetable = None
        if person.roster:
            held = ((ALWAYS, rosters[person.roster]),)
            timetable = Timetable(held, frozenset(person.school_days))
        number = ids[person.number]
        found[number] = PersonFacts(
            number,
            sites[person.site],
            frozenset(person.languages),
            ids[person.manager] if person.manager else None,
            person.remote,
            timetable,
            others_above=tuple(ids[above] for above in person.others_above),
        )
    return found


def _rosters(export: Export) -> dict[str, Pattern]:
    """Return what is worked by each roster."""
    times: dict[str, tuple[int, int]] = {}
    for shift in export.shifts:
        if shift.begins is not None and shift.ends is not None:
            times[shift.code] = shift.begins, shift.ends
    found = {}
    for roster in export.rosters:
        days = []
        for codes in roster.cycle:
            days.append(joined(times[code] for code in codes if code in times))
        first_day = roster.starts_on.toordinal()
        found[roster.name] = Pattern(first_day, tuple(days), roster.repeats)
    return found


def _requests(export: Export, ids: Ids, domains: Ids) -> tuple[RequestFacts, ...]:
    """Return what is asked; who is in a running pair has been placed already."""
    placed = {duo.junior for duo in export.duos}
    wanted = _figures(export, wishes=True)
    found = []
    for request in export.requests:
        if request.number in placed:
            continue
        number = ids[request.number]
        found.append(
            RequestFacts(
                number,
                number,
                tuple(_need(need, domains) for need in request.needs),
                wanted.get(request.number),
            )
        )
    return tuple(found)


def _need(need: NeedRecord, domains: Ids) -> NeedFacts:
    return NeedFacts(
        domains[need.domain],
        need.current_level,
        need.target_level,
        need.importance,
    )


def _figures(export: Export, *, wishes: bool) -> dict[str, dict[str, int]]:
    """Return per person their figure for each form of learning: what juniors wish, or what suits mentors."""
    found = {}
    for preference in export.preferences:
        if preference.is_wish == wishes:
            figures = zip(FORMS, preference.figures, strict=True)
            found[preference.number] = dict(figures)
    return found


def _mentors(export: Export, ids: Ids, domains: Ids, hours_per_pair: Decimal) -> tuple[MentorFacts, ...]:
    load = Counter(duo.mentor for duo in export.duos)
    comfort = _figures(export, wishes=False)
    levels = _levels(export, domains)
    found = []
    for person in export.people:
        if not person.places:
            continue
        taken = load[person.number]
        # hours of an export count as confirmed: a planning that was exported is one that was decided
        hours = person.hours or Decimal(0)
        usable = usable_places(
            person.places,
            hours,
            hours,
            confirm=True,
            hours_per_pair=hours_per_pair,
        )
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


def _levels(export: Export, domains: Ids) -> dict[str, dict[int, int]]:
    """Return per person what they are willing to pass on."""
    found: dict[str, dict[int, int]] = {}
    for expertise in export.expertise:
        if expertise.willing:
            held = found.setdefault(expertise.number, {})
            held[domains[expertise.domain]] = expertise.level
    return found


def _urgency(export: Export, domains: Ids) -> dict[int, float]:
    horizons = {person.number: person.horizon for person in export.people}
    held: dict[str, list[str]] = {}
    for expertise in export.expertise:
        if expertise.level >= coverage.HOLDS:
            holders = held.setdefault(expertise.domain, [])
            holders.append(horizons[expertise.number])
    found = {}
    for domain in export.domains:
        at_risk = coverage.risk(domain.critical, held.get(domain.name, []))
        found[domains[domain.name]] = at_risk.urgency
    return found
