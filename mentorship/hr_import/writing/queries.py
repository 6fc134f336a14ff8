"""What is here now, in the words of the export: each kind of record by key, read in whole tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.hr_import.reading.export import FORMS, Known, KnownPerson
from mentorship.hr_import.reading.rows import FREE, ROLE_ORDER
from mentorship.hr_import.writing.merge import Values
from mentorship.hr_import.writing.models import ImportedRecord
from mentorship.mentor_requests.models import OPEN, PLACED, MentorRequest, Need
from mentorship.mentorships.models import OCCUPYING, Mentorship
from mentorship.people.models import LANGUAGES, Person, PersonRole, Site
from mentorship.profiles.models import Capacity, Domain, Expertise, FormComfort, FormWish, Plan
from mentorship.profiles.rosters.models import DayOff, Roster, RosterDay, Shift, WorkTime

Bases = dict[str, dict[str, Values]]
Ids = dict[str, int]
Found = tuple[Ids, dict[str, Values]]
"""The ids and the values of a kind of record, by key."""


def bases(session: Session) -> Bases:
    """Return what the last import said, by kind and key."""
    found: Bases = defaultdict(dict)
    told = select(ImportedRecord.kind, ImportedRecord.key, ImportedRecord.values)
    for kind, key, values in session.exec(told):
        found[kind][key] = dict(values)
    return found


def known(session: Session, base: Bases) -> Known:
    """Return what the checks must know of what is here."""
    numbers = inverted(person_ids(session))
    roles = _roles(session)
    people = {}
    rows = select(
        Person.id,
        Person.number,
        Person.email,
        Person.manager_id,
    )
    for person_id, number, email, manager_id in session.exec(rows):
        assert person_id is not None
        manager = None if manager_id is None else numbers[manager_id]
        held = frozenset(roles[person_id])
        people[number.casefold()] = KnownPerson(
            number,
            email,
            manager,
            held,
        )
    return Known(
        people,
        _names(site_ids(session), base["site"]),
        _names(shifts(session)[0], base["shift"]),
        _names(rosters(session)[0], base["roster"]),
        _names(domains(session)[0], base["domain"]),
    )


def _names(ids: Ids, base: Mapping[str, Values]) -> dict[str, str]:
    """Return names by casefolded name; the name that the last import used still leads to what was renamed here."""
    by_id = inverted(ids)
    found = {}
    for key, values in base.items():
        if values.get("id") in by_id:
            found[key.casefold()] = by_id[values["id"]]
    for name in ids:
        found[name.casefold()] = name
    return found


def inverted(ids: Ids) -> dict[int, str]:
    """Return keys by id."""
    return {row_id: key for key, row_id in ids.items()}


def _roles(session: Session) -> dict[int, set[str]]:
    roles: dict[int, set[str]] = defaultdict(set)
    for held in session.exec(select(PersonRole)):
        roles[held.person_id].add(held.role)
    return roles


def _ids_by(session: Session, name: Any, row_id: Any) -> Ids:
    rows = session.execute(columns(name, row_id))
    return dict(rows.all())


def person_ids(session: Session) -> Ids:
    """Return people's ids by number."""
    return _ids_by(session, Person.number, Person.id)


def site_ids(session: Session) -> Ids:
    """Return sites' ids by name."""
    return _ids_by(session, Site.name, Site.id)


def shifts(session: Session) -> Found:
    """Return shifts by code."""
    ids = {}
    values: dict[str, Values] = {}
    for shift in session.exec(select(Shift)):
        ids[shift.code] = id_of(shift)
        values[shift.code] = {
            "begins": shift.begins,
            "ends": shift.ends,
            "description": shift.description,
        }
    return ids, values


def rosters(session: Session) -> Found:
    """Return rosters by name, the cycle written as in the export."""
    codes = inverted(_ids_by(session, Shift.code, Shift.id))
    days: dict[int, dict[int, str]] = defaultdict(dict)
    for entry in session.exec(select(RosterDay)):
        days[entry.roster_id][entry.day] = codes[entry.shift_id]
    ids = {}
    values: dict[str, Values] = {}
    for roster in session.exec(select(Roster)):
        worked = days[id_of(roster)]
        cycle = [worked.get(day, FREE) for day in range(roster.days)]
        ids[roster.name] = id_of(roster)
        values[roster.name] = {
            "starts_on": roster.starts_on.isoformat(),
            "cycle": " ".join(cycle),
        }
    return ids, values


def domains(session: Session) -> Found:
    """Return domains by name."""
    ids = {}
    values: dict[str, Values] = {}
    for domain in session.exec(select(Domain)):
        ids[domain.name] = id_of(domain)
        values[domain.name] = {
            "critical": domain.critical,
            "remote": domain.remote,
        }
    return ids, values


def amount(hours: Decimal | None) -> str | None:
    """Write hours the same way whatever database or file they came from."""
    if hours is None:
        return None
    plain = Decimal(hours).normalize()
    return f"{plain:f}"


def _hours(capacity: Capacity | None) -> str | None:
    if capacity is None:
        return None
    hours = amount(capacity.hours)
    confirmed = amount(capacity.confirmed_hours)
    if hours == confirmed:
        return hours
    # confirmed otherwise than offered: somebody here decided so, which counts as an own edit
    return f"{hours} ({confirmed or FREE})"


def people(session: Session) -> dict[str, Values]:
    """Return people by number; `days_off` are their own, of which the export knows nothing."""
    sites = inverted(site_ids(session))
    numbers = inverted(person_ids(session))
    roles = _roles(session)
    times = _work_times(session)
    off = _days_off(session)
    offers = {}
    for capacity in session.exec(select(Capacity)):
        offers[capacity.person_id] = capacity
    plans = {}
    for plan in session.exec(select(Plan)):
        plans[plan.person_id] = plan.horizon
    found: dict[str, Values] = {}
    for person in session.exec(select(Person)):
        person_id = id_of(person)
        roster, remote = times.get(person_id, (None, False))
        offer = offers.get(person_id)
        manager = None if person.manager_id is None else numbers[person.manager_id]
        found[person.number] = {
            "given_name": person.given_name,
            "infix": person.infix,
            "family_name": person.family_name,
            "email": person.email,
            "site": sites[person.site_id],
            "department": person.department,
            "manager": manager,
            "languages": languages(person.languages),
            "roles": [role for role in ROLE_ORDER if role in roles[person_id]],
            "roster": roster,
            "remote": remote,
            "school_days": off[person_id, True],
            "days_off": off[person_id, False],
            "places": offer.places if offer else None,
            "hours": _hours(offer),
            "horizon": plans.get(person_id),
        }
    return found


def _work_times(session: Session) -> dict[int, tuple[str | None, bool]]:
    """Return each person's roster by name, and whether they can work at a distance."""
    names = inverted(_ids_by(session, Roster.name, Roster.id))
    times = {}
    for work in session.exec(select(WorkTime)):
        roster = None if work.roster_id is None else names[work.roster_id]
        times[work.person_id] = (roster, work.remote)
    return times


def _days_off(session: Session) -> dict[tuple[int, bool], list[int]]:
    """Return weekdays by person, days at school apart."""
    off: dict[tuple[int, bool], list[int]] = defaultdict(list)
    ordered = select(DayOff).order_by(col(DayOff.weekday))
    for day in session.exec(ordered):
        off[day.person_id, day.school].append(day.weekday)
    return off


def languages(text: str) -> list[str]:
    """Return languages in one order, whatever order they were filled in."""
    spoken = {part.strip() for part in text.split(",")}
    spoken.discard("")
    ordered = [name for name in LANGUAGES if name in spoken]
    others = spoken.difference(LANGUAGES)
    return ordered + sorted(others)


def expertise(session: Session, numbers: Mapping[int, str]) -> dict[str, Values]:
    """Return expertise by `number/domain id`: a domain may get another name."""
    rows = select(
        Expertise.person_id,
        Expertise.domain_id,
        Expertise.level,
        Expertise.willing,
    )
    found: dict[str, Values] = {}
    for person_id, domain_id, level, willing in session.exec(rows):
        key = f"{numbers[person_id]}/{domain_id}"
        found[key] = {"level": level, "willing": willing}
    return found


def wishes(session: Session, numbers: Mapping[int, str]) -> dict[str, Values]:
    """Return rankings of the five forms by number."""
    found: dict[str, Values] = {}
    rows = select(FormWish.person_id, FormWish.form, FormWish.weight)
    for person_id, form, weight in session.exec(rows):
        number = numbers[person_id]
        if number not in found:
            found[number] = {"ranking": [None] * len(FORMS)}
        place = FORMS.index(form)
        found[number]["ranking"][place] = weight
    return found


def comforts(session: Session, numbers: Mapping[int, str]) -> dict[str, Values]:
    """Return mentors' comfort with the five forms by number."""
    found: dict[str, Values] = {}
    rows = select(FormComfort.person_id, FormComfort.form, FormComfort.comfort)
    for person_id, form, comfort in session.exec(rows):
        number = numbers[person_id]
        values = found.setdefault(number, dict.fromkeys(FORMS))
        values[form] = comfort
    return found


def requests(session: Session, numbers: Mapping[int, str], base: Mapping[str, Values]) -> Found:
    """Return the request that the export is about, by number: the one imported before, else the running one."""
    needs = _needs(session)
    running = _occupied_requests(session)
    ids: Ids = {}
    values: dict[str, Values] = {}
    there = select(MentorRequest).where(col(MentorRequest.status).in_((OPEN, PLACED)))
    for request in session.exec(there):
        request_id = id_of(request)
        number = numbers[request.person_id]
        last = base.get(number)
        if last:
            meant = request_id == last.get("id")
        else:
            meant = request.status == OPEN or request_id in running
        if meant and (number not in ids or request.status == OPEN):
            ids[number] = request_id
            values[number] = {"goal": request.goal, "needs": needs[request_id]}
    return ids, values


def _needs(session: Session) -> dict[int, list[list[Any]]]:
    """Return the needs of each request as an import remembers them."""
    names = inverted(_ids_by(session, Domain.name, Domain.id))
    needs: dict[int, list[list[Any]]] = defaultdict(list)
    ordered = select(Need).order_by(col(Need.position))
    for need in session.exec(ordered):
        domain = names[need.domain_id]
        levels = [need.current_level, need.target_level]
        needs[need.request_id].append([domain, *levels, need.importance])
    return needs


def _occupied_requests(session: Session) -> set[int | None]:
    occupying = col(Mentorship.status).in_(OCCUPYING)
    return set(session.exec(select(Mentorship.request_id).where(occupying)))


def duos(session: Session, numbers: Mapping[int, str]) -> tuple[Ids, dict[str, Values], set[str]]:
    """Return running pairs by `mentor/junior`, and the keys of pairs that are over."""
    names = inverted(_ids_by(session, Domain.name, Domain.id))
    ids: Ids = {}
    values: dict[str, Values] = {}
    over = set()
    for pair in session.exec(select(Mentorship)):
        key = f"{numbers[pair.mentor_id]}/{numbers[pair.junior_id]}"
        if pair.status in OCCUPYING:
            started = pair.started_on.isoformat() if pair.started_on else None
            ids[key] = id_of(pair)
            values[key] = {"domain": names[pair.domain_id], "started_on": started}
        elif not pair.expired:  # a proposal that nobody refused is no reason not to be a pair
            over.add(key)
    return ids, values, over
