"""People as they are here now, in the words of the export: who they are, what they can, how they learn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from mentorship.base.db import id_of
from mentorship.hr_import.reading.cycle import FREE
from mentorship.hr_import.reading.export import FORMS
from mentorship.hr_import.reading.lists import ROLE_ORDER
from mentorship.hr_import.writing.merge import Values
from mentorship.hr_import.writing.queries import ids_by, inverted, person_ids, roles_held, site_ids
from mentorship.people.managers import others_above
from mentorship.people.models import LANGUAGES, Person
from mentorship.profiles.models import Capacity, Expertise, FormComfort, FormWish, Plan
from mentorship.profiles.rosters import queries as rosters
from mentorship.profiles.rosters.models import DayOff, Roster, WorkTime


def people(session: Session, today: date) -> dict[str, Values]:
    """Return people by number as they are today; `days_off` are their own, of which the export knows nothing."""
    sites = inverted(site_ids(session))
    numbers = inverted(person_ids(session))
    roles = roles_held(session)
    works = _works(session, today)
    offers = _offers(session)
    plans = _plans(session)
    others = others_above(session)
    found: dict[str, Values] = {}
    for person in session.exec(select(Person)):
        person_id = id_of(person)
        manager = None if person.manager_id is None else numbers[person.manager_id]
        found[person.number] = {
            "given_name": person.given_name,
            "infix": person.infix,
            "family_name": person.family_name,
            "email": person.email,
            "site": sites[person.site_id],
            "department": person.department,
            "manager": manager,
            "others_above": sorted(numbers[above] for above in others.get(person_id, ())),
            "languages": languages(person.languages),
            "roles": [role for role in ROLE_ORDER if role in roles[person_id]],
            "horizon": plans.get(person_id),
            **works[person_id],
            **offers[person_id],
        }
    return found


def _works(session: Session, today: date) -> dict[int, Values]:
    """Return when each person works, and whether they can at a distance."""
    names = inverted(ids_by(session, Roster.name, Roster.id))
    found: dict[int, Values] = defaultdict(_no_work_time)
    for person_id, remote in session.exec(select(WorkTime.person_id, WorkTime.remote)):
        found[person_id]["remote"] = remote
    for person_id, roster_id in rosters.rosters_on(session, today).items():
        found[person_id]["roster"] = names[roster_id]
    ordered = select(DayOff).order_by(col(DayOff.weekday))
    for day in session.exec(ordered):
        kind = "school_days" if day.school else "days_off"
        found[day.person_id][kind].append(day.weekday)
    return found


def _no_work_time() -> Values:
    return {
        "roster": None,
        "remote": False,
        "school_days": [],
        "days_off": [],
    }


def _offers(session: Session) -> dict[int, Values]:
    """Return what each person offers as a mentor."""
    found: dict[int, Values] = defaultdict(_no_offer)
    for capacity in session.exec(select(Capacity)):
        found[capacity.person_id] = {
            "places": capacity.places,
            "hours": _hours(capacity),
        }
    return found


def _no_offer() -> Values:
    return {"places": None, "hours": None}


def _plans(session: Session) -> dict[int, str]:
    plans = select(Plan.person_id, Plan.horizon)
    return dict(session.exec(plans).all())


def _hours(capacity: Capacity) -> str | None:
    hours = amount(capacity.hours)
    confirmed = amount(capacity.confirmed_hours)
    if hours == confirmed:
        return hours
    # confirmed otherwise than offered: somebody here decided so, which counts as an own edit
    return f"{hours} ({confirmed or FREE})"


def amount(hours: Decimal | None) -> str | None:
    """Write hours the same way whatever database or file they came from."""
    if hours is None:
        return None
    plain = Decimal(hours).normalize()
    return f"{plain:f}"


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
        number = numbers[person_id]
        key = f"{number}/{domain_id}"
        found[key] = {"level": level, "willing": willing}
    return found


def wishes(session: Session, numbers: Mapping[int, str]) -> dict[str, Values]:
    """Return rankings of the five forms by number."""
    found: dict[str, Values] = {}
    rows = select(
        FormWish.person_id,
        FormWish.form,
        FormWish.weight,
    )
    for person_id, form, weight in session.exec(rows):
        number = numbers[person_id]
        if number not in found:
            found[number] = {"ranking": [None] * len(FORMS)}
        place = FORMS.index(form)
        ranking = found[number]["ranking"]
        ranking[place] = weight
    return found


def comforts(session: Session, numbers: Mapping[int, str]) -> dict[str, Values]:
    """Return mentors' comfort with the five forms by number."""
    found: dict[str, Values] = {}
    rows = select(
        FormComfort.person_id,
        FormComfort.form,
        FormComfort.comfort,
    )
    for person_id, form, comfort in session.exec(rows):
        number = numbers[person_id]
        values = found.setdefault(number, dict.fromkeys(FORMS))
        values[form] = comfort
    return found
