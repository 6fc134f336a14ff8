"""What is here now, in the words of the export: each kind of record by key, read in whole tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.hr_import.reading.export import Known, KnownPerson
from mentorship.hr_import.reading.names import key as name_key
from mentorship.hr_import.writing import cycles
from mentorship.hr_import.writing.merge import Values
from mentorship.hr_import.writing.models import ImportedRecord
from mentorship.mentor_requests.models import OPEN, PLACED, MentorRequest, Need
from mentorship.mentorships.models import OCCUPYING, Mentorship
from mentorship.people.managers import others_above
from mentorship.people.models import Person, PersonRole, Site
from mentorship.privacy.requests import queries as privacy_requests
from mentorship.profiles.models import Domain
from mentorship.profiles.rosters.models import Roster, RosterDay, Shift

Bases = dict[str, dict[str, Values]]
Ids = dict[str, int]
_WHO = columns(
    col(Person.id),
    col(Person.number),
    col(Person.email),
    col(Person.manager_id),
    col(Person.given_name),
    col(Person.infix),
    col(Person.family_name),
    col(Person.site_id),
    col(Person.left_on),
)
Found = tuple[Ids, dict[str, Values]]
"""The ids and the values of a kind of record, by key."""


def bases(session: Session) -> Bases:
    """Return what the last import said, by kind and key."""
    found: Bases = defaultdict(dict)
    told = select(
        ImportedRecord.kind,
        ImportedRecord.key,
        ImportedRecord.values,
    )
    for kind, key, values in session.exec(told):
        found[kind][key] = dict(values)
    return found


def whose(key: str, numbers: Container[str]) -> str:
    """Return the number that the key of a record begins with, which may hold the mark that parts a key."""
    number = key
    while number not in numbers and "/" in number:
        number, _, _ = number.rpartition("/")
    return number


def known(session: Session, base: Bases, now: datetime) -> Known:
    """Return what the checks must know of what is here."""
    shift_ids, _ = shifts(session)
    roster_ids, _ = rosters(session)
    domain_ids, _ = domains(session)
    return Known(
        _known_people(session, now),
        sites=_names(site_ids(session), base["site"]),
        closed_sites=_closed_sites(session),
        shifts=_names(shift_ids, base["shift"]),
        rosters=_names(roster_ids, base["roster"]),
        domains=_names(domain_ids, base["domain"]),
        erased=partial(privacy_requests.entries, session),
    )


def _closed_sites(session: Session) -> frozenset[str]:
    closed = select(Site.name).where(col(Site.closed_on).is_not(None))
    return frozenset(session.exec(closed))


def _known_people(session: Session, now: datetime) -> dict[str, KnownPerson]:
    """Return people by casefolded number."""
    numbers = inverted(person_ids(session))
    sites = inverted(site_ids(session))
    roles = roles_held(session)
    others = others_above(session)
    today = local_date(now)
    people = {}
    for person in session.execute(_WHO):
        above = others.get(person.id, ())
        name = name_key(
            person.given_name,
            person.infix,
            person.family_name,
        )
        people[person.number.casefold()] = KnownPerson(
            person.number,
            person.email,
            manager=numbers.get(person.manager_id),
            roles=frozenset(roles[person.id]),
            name=name,
            site=sites[person.site_id],
            left=person.left_on is not None and person.left_on <= today,
            others_above=tuple(numbers[one] for one in above),
        )
    return people


def _names(ids: Ids, base: Mapping[str, Values]) -> dict[str, str]:
    """Return names by casefolded name; the name that the last import used still leads to what was renamed here."""
    by_id = inverted(ids)
    found = {}
    for key, values in base.items():
        if "id" in values and values["id"] in by_id:
            found[key.casefold()] = by_id[values["id"]]
    for name in ids:
        found[name.casefold()] = name
    return found


def inverted(ids: Ids) -> dict[int, str]:
    """Return keys by id."""
    return {row_id: key for key, row_id in ids.items()}


def roles_held(session: Session) -> dict[int, set[str]]:
    """Return each person's roles."""
    roles: dict[int, set[str]] = defaultdict(set)
    held = select(PersonRole.person_id, PersonRole.role)
    for person_id, role in session.exec(held):
        roles[person_id].add(role)
    return roles


def ids_by(session: Session, name: Any, row_id: Any) -> Ids:
    """Return the ids of a whole table by one of its columns."""
    rows = session.execute(columns(name, row_id))
    return dict(rows.all())


def person_ids(session: Session) -> Ids:
    """Return people's ids by number."""
    return ids_by(session, Person.number, Person.id)


def site_ids(session: Session) -> Ids:
    """Return sites' ids by name."""
    return ids_by(session, Site.name, Site.id)


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
    worked = _days_worked(session)
    ids = {}
    values: dict[str, Values] = {}
    for roster in session.exec(select(Roster)):
        roster_id = id_of(roster)
        codes = worked[roster_id]
        days = [codes.get(day, ()) for day in range(roster.days)]
        ids[roster.name] = roster_id
        values[roster.name] = {
            "starts_on": roster.starts_on.isoformat(),
            "cycle": cycles.text(days),
            "repeats": roster.repeats,
        }
    return ids, values


def _days_worked(session: Session) -> dict[int, dict[int, list[str]]]:
    """Return per roster the codes of each day that is not free."""
    codes = inverted(ids_by(session, Shift.code, Shift.id))
    worked: dict[int, dict[int, list[str]]] = defaultdict(dict)
    for entry in session.exec(select(RosterDay)):
        of_day = worked[entry.roster_id].setdefault(entry.day, [])
        of_day.append(codes[entry.shift_id])
    return worked


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


def requests(session: Session, numbers: Mapping[int, str], base: Mapping[str, Values]) -> Found:
    """Return the request that the export is about, by number: the one imported before, else the running one."""
    needs = _needs(session)
    running = _occupied_requests(session)
    ids: Ids = {}
    values: dict[str, Values] = {}
    asking = col(MentorRequest.status).in_((OPEN, PLACED))
    there = select(MentorRequest).where(asking)
    for request in session.exec(there):
        request_id = id_of(request)
        number = numbers[request.person_id]
        opened = request.status == OPEN
        last = base.get(number)
        if last:
            meant = request_id == last.get("id")
        else:
            meant = opened or request_id in running
        if meant and (opened or number not in ids):
            ids[number] = request_id
            values[number] = {
                "goal": request.goal,
                "needs": needs[request_id],
            }
    return ids, values


def _needs(session: Session) -> dict[int, list[list[Any]]]:
    """Return the needs of each request as an import remembers them."""
    names = inverted(ids_by(session, Domain.name, Domain.id))
    needs: dict[int, list[list[Any]]] = defaultdict(list)
    ordered = select(Need).order_by(col(Need.position))
    for need in session.exec(ordered):
        remembered = [
            names[need.domain_id],
            need.current_level,
            need.target_level,
            need.importance,
        ]
        needs[need.request_id].append(remembered)
    return needs


def _occupied_requests(session: Session) -> set[int | None]:
    occupying = col(Mentorship.status).in_(OCCUPYING)
    return set(session.exec(select(Mentorship.request_id).where(occupying)))


def duos(session: Session, numbers: Mapping[int, str]) -> tuple[Ids, dict[str, Values], set[str]]:
    """Return running pairs by `mentor/junior`, and the keys of pairs that are over."""
    names = inverted(ids_by(session, Domain.name, Domain.id))
    ids: Ids = {}
    values: dict[str, Values] = {}
    over = set()
    for pair in session.exec(select(Mentorship)):
        mentor = numbers[pair.mentor_id]
        junior = numbers[pair.junior_id]
        key = f"{mentor}/{junior}"
        if pair.status in OCCUPYING:
            started = pair.started_on.isoformat() if pair.started_on else None
            ids[key] = id_of(pair)
            values[key] = {
                "domain": names[pair.domain_id],
                "started_on": started,
            }
        elif not pair.lapsed:  # a proposal that nobody refused is no reason not to be a pair
            over.add(key)
    return ids, values, over
