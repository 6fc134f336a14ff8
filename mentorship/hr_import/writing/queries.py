"""What is here now, in the words of the export: each kind of record by key, read in whole tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

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
    for kind, key, values in session.exec(select(ImportedRecord.kind, ImportedRecord.key, ImportedRecord.values)):
        found[kind][key] = dict(values)
    return found


def known(session: Session, base: Bases) -> Known:
    """Return what the checks must know of what is here."""
    numbers = {i: number for number, i in person_ids(session).items()}
    roles: dict[int, set[str]] = defaultdict(set)
    for person_id, role in session.exec(select(PersonRole.person_id, PersonRole.role)):
        roles[person_id].add(role)
    people = {}
    for i, number, email, manager in session.exec(select(Person.id, Person.number, Person.email, Person.manager_id)):
        person = KnownPerson(number, email, numbers.get(manager or 0), frozenset(roles[i or 0]))
        people[number.casefold()] = person
    return Known(
        people,
        _names(site_ids(session), base["site"]),
        _names(shifts(session)[0], base["shift"]),
        _names(rosters(session)[0], base["roster"]),
        _names(domains(session)[0], base["domain"]),
    )


def _names(ids: Ids, base: Mapping[str, Values]) -> dict[str, str]:
    """Return names by casefolded name; the name that the last import used still leads to what was renamed here."""
    by_id = {i: name for name, i in ids.items()}
    earlier = {key.casefold(): by_id[values["id"]] for key, values in base.items() if values.get("id") in by_id}
    return earlier | {name.casefold(): name for name in ids}


def person_ids(session: Session) -> Ids:
    """Return people's ids by number."""
    return {number: i for i, number in session.exec(select(Person.id, Person.number)) if i}


def site_ids(session: Session) -> Ids:
    """Return sites' ids by name."""
    return {name: i for i, name in session.exec(select(Site.id, Site.name)) if i}


def shifts(session: Session) -> Found:
    """Return shifts by code."""
    ids, values = {}, {}
    for shift in session.exec(select(Shift)):
        ids[shift.code] = shift.id or 0
        values[shift.code] = {"begins": shift.begins, "ends": shift.ends, "description": shift.description}
    return ids, values


def rosters(session: Session) -> Found:
    """Return rosters by name, the cycle written as in the export."""
    codes = dict(session.exec(select(Shift.id, Shift.code)).all())
    days: dict[int, dict[int, str]] = defaultdict(dict)
    for roster_id, day, shift_id in session.exec(select(RosterDay.roster_id, RosterDay.day, RosterDay.shift_id)):
        days[roster_id][day] = codes[shift_id]
    ids, values = {}, {}
    for roster in session.exec(select(Roster)):
        cycle = (days[roster.id or 0].get(day, FREE) for day in range(roster.days))
        ids[roster.name] = roster.id or 0
        values[roster.name] = {"starts_on": roster.starts_on.isoformat(), "cycle": " ".join(cycle)}
    return ids, values


def domains(session: Session) -> Found:
    """Return domains by name."""
    ids, values = {}, {}
    for domain in session.exec(select(Domain)):
        ids[domain.name] = domain.id or 0
        values[domain.name] = {"critical": domain.critical, "remote": domain.remote}
    return ids, values


def amount(hours: Decimal | None) -> str | None:
    """Write hours the same way whatever database or file they came from."""
    return None if hours is None else f"{Decimal(hours).normalize():f}"


def _hours(capacity: Capacity | None) -> str | None:
    if capacity is None:
        return None
    hours, confirmed = amount(capacity.hours), amount(capacity.confirmed_hours)
    # confirmed otherwise than offered: somebody here decided so, which counts as an own edit
    return hours if hours == confirmed else f"{hours} ({confirmed or FREE})"


def people(session: Session) -> dict[str, Values]:
    """Return people by number; `days_off` are their own, of which the export knows nothing."""
    sites = {i: name for name, i in site_ids(session).items()}
    names = dict(session.exec(select(Roster.id, Roster.name)).all())
    numbers = {i: number for number, i in person_ids(session).items()}
    roles: dict[int, set[str]] = defaultdict(set)
    for person_id, role in session.exec(select(PersonRole.person_id, PersonRole.role)):
        roles[person_id].add(role)
    off: dict[tuple[int, bool], list[int]] = defaultdict(list)
    for day in session.exec(select(DayOff).order_by(col(DayOff.weekday))):
        off[day.person_id, day.school].append(day.weekday)
    rows = session.exec(select(WorkTime.person_id, WorkTime.roster_id, WorkTime.remote))
    times = {i: (names.get(roster_id), remote) for i, roster_id, remote in rows}
    places = {c.person_id: c for c in session.exec(select(Capacity))}
    plans = dict(session.exec(select(Plan.person_id, Plan.horizon)).all())
    found: dict[str, Values] = {}
    for person in session.exec(select(Person)):
        i = person.id or 0
        capacity = places.get(i)
        found[person.number] = {
            "given_name": person.given_name, "infix": person.infix, "family_name": person.family_name,
            "email": person.email, "site": sites[person.site_id], "department": person.department,
            "manager": numbers.get(person.manager_id or 0), "languages": languages(person.languages),
            "roles": [role for role in ROLE_ORDER if role in roles[i]], "roster": times.get(i, (None, False))[0],
            "remote": times.get(i, (None, False))[1], "school_days": off[i, True], "days_off": off[i, False],
            "places": capacity.places if capacity else None, "hours": _hours(capacity), "horizon": plans.get(i),
        }  # fmt: skip
    return found


def languages(text: str) -> list[str]:
    """Return languages in one order, whatever order they were filled in."""
    spoken = [part.strip() for part in text.split(",") if part.strip()]
    return sorted(set(spoken), key=lambda name: (LANGUAGES.index(name) if name in LANGUAGES else len(LANGUAGES), name))


def expertise(session: Session, numbers: Mapping[int, str]) -> dict[str, Values]:
    """Return expertise by `number/domain id`: a domain may get another name."""
    rows = session.exec(select(Expertise.person_id, Expertise.domain_id, Expertise.level, Expertise.willing))
    return {f"{numbers[i]}/{domain}": {"level": level, "willing": willing} for i, domain, level, willing in rows}


def wishes(session: Session, numbers: Mapping[int, str]) -> dict[str, Values]:
    """Return rankings of the five forms by number."""
    found: dict[str, Values] = {}
    for i, form, weight in session.exec(select(FormWish.person_id, FormWish.form, FormWish.weight)):
        ranking = found.setdefault(numbers[i], {"ranking": [None] * len(FORMS)})["ranking"]
        ranking[FORMS.index(form)] = weight
    return found


def comforts(session: Session, numbers: Mapping[int, str]) -> dict[str, Values]:
    """Return mentors' comfort with the five forms by number."""
    found: dict[str, Values] = {}
    for i, form, comfort in session.exec(select(FormComfort.person_id, FormComfort.form, FormComfort.comfort)):
        found.setdefault(numbers[i], dict.fromkeys(FORMS))[form] = comfort
    return found


def requests(session: Session, numbers: Mapping[int, str], base: Mapping[str, Values]) -> Found:
    """Return the request that the export is about, by number: the one imported before, else the running one."""
    names = dict(session.exec(select(Domain.id, Domain.name)).all())
    needs: dict[int, list[list[Any]]] = defaultdict(list)
    for need in session.exec(select(Need).order_by(col(Need.position))):
        needs[need.request_id].append([names[need.domain_id], need.current_level, need.target_level, need.importance])
    running = set(session.exec(select(Mentorship.request_id).where(col(Mentorship.status).in_(OCCUPYING))))
    ids, values = {}, {}
    for request in session.exec(select(MentorRequest).where(col(MentorRequest.status).in_((OPEN, PLACED)))):
        number = numbers[request.person_id]
        last = base.get(number)
        meant = request.id == last.get("id") if last else request.status == OPEN or request.id in running
        if meant and (number not in ids or request.status == OPEN):
            ids[number] = request.id or 0
            values[number] = {"goal": request.goal, "needs": needs[request.id or 0]}
    return ids, values


def duos(session: Session, numbers: Mapping[int, str]) -> tuple[Ids, dict[str, Values], set[str]]:
    """Return running pairs by `mentor/junior`, and the keys of pairs that are over."""
    names = dict(session.exec(select(Domain.id, Domain.name)).all())
    ids, values, over = {}, {}, set()
    for pair in session.exec(select(Mentorship)):
        key = f"{numbers[pair.mentor_id]}/{numbers[pair.junior_id]}"
        if pair.status not in OCCUPYING:
            if not pair.expired:  # a proposal that nobody refused is no reason not to be a pair
                over.add(key)
            continue
        ids[key] = pair.id or 0
        started = pair.started_on.isoformat() if pair.started_on else None
        values[key] = {"domain": names[pair.domain_id], "started_on": started}
    return ids, values, over
