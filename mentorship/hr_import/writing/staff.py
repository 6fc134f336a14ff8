"""People of an export into the database: who they are, when they work, what they can take on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlmodel import col, select

from mentorship.hr_import.reading.export import Export, PersonRecord
from mentorship.hr_import.reading.reporting_line import circles
from mentorship.hr_import.reading.rows import ROLE_ORDER
from mentorship.hr_import.reading.sheets import PEOPLE
from mentorship.hr_import.writing import queries
from mentorship.hr_import.writing.changes import Ledger, defaults, delete_rows, insert_rows, update_rows
from mentorship.hr_import.writing.merge import Merged, Values
from mentorship.hr_import.writing.queries import Ids, amount
from mentorship.hr_import.writing.vocabulary import Vocabulary
from mentorship.people.models import Person, PersonRole
from mentorship.profiles.models import Capacity, Plan
from mentorship.profiles.rosters.models import DayOff, WorkTime

_PLAIN = ("given_name", "infix", "family_name", "email", "department")
_COLUMNS = (*_PLAIN, "languages", "site", "manager")
People = dict[str, Values]


def write_people(ledger: Ledger, export: Export, vocabulary: Vocabulary) -> Ids:
    """Write everyone and return their ids by number."""
    here = queries.people(ledger.session)
    said = {
        record.number: _values(
            ledger,
            record,
            export,
            vocabulary,
            here,
        )
        for record in export.people
    }
    merged = ledger.settle(
        "person",
        said,
        here,
        fill=True,
    )
    _guard_managers(merged, here)
    _guard_addresses(merged, here)
    _guard_days(merged, here)
    ledger.note("person", merged)
    for kept in merged.kept:
        if not kept.field:  # erased here: then what the file says of them is not kept either
            ledger.remembered.pop(("person", kept.key), None)
    ids = _write_persons(ledger, merged, here, vocabulary)
    touched = {**merged.created, **merged.updated}
    _write_roles(ledger, touched, ids)
    _write_work_times(ledger, touched, here, ids, vocabulary)
    _write_school_days(ledger, touched, ids)
    _write_capacities(ledger, touched, ids)
    _write_plans(ledger, touched, ids)
    aside = {s.key.casefold() for s in export.set_aside if s.file == PEOPLE.name}
    base = ledger.bases["person"]
    ledger.miss("person", (n for n in base if n not in said and n.casefold() not in aside and n in ids))
    return ids


def _values(ledger: Ledger, record: PersonRecord, export: Export, vocabulary: Vocabulary, here: People) -> Values:
    number = record.number
    values: Values = {
        "given_name": record.given_name, "infix": record.infix, "family_name": record.family_name,
        "email": record.email, "site": record.site, "department": record.department, "manager": record.manager,
        "languages": list(record.languages), "roles": list(record.roles), "roster": record.roster,
        "remote": record.remote, "school_days": list(record.school_days), "places": record.places,
        "hours": amount(record.hours), "horizon": record.horizon,
    }  # fmt: skip
    if record.horizon == "unknown" and (number not in here or here[number]["horizon"] is None):
        values["horizon"] = None  # nothing filled in and nothing to fill in
    for name in export.absent[PEOPLE.name]:
        values.pop(name, None)
    if record.roster is not None and record.roster not in vocabulary.rosters:
        ledger.differ(
            "person",
            number,
            "roster",
            values.pop("roster"),
        )
    return values


def _final(merged: Merged, here: People, name: str) -> dict[str, Any]:
    """Return what a field will be for everyone."""
    after = {number: values[name] for number, values in here.items()}
    for changes in (merged.created, merged.updated):
        after.update((number, values[name]) for number, values in changes.items() if name in values)
    return after


def _guard_managers(merged: Merged, here: People) -> None:
    """Let the file give way where its manager and one kept by an own edit would close a circle."""
    while True:
        above = _final(merged, here, "manager")
        numbers = above.keys() | merged.created.keys()
        for changes in (merged.created, merged.updated):
            for number, values in changes.items():
                if values.get("manager") is not None and values["manager"] not in numbers:
                    merged.keep(number, "manager", None)  # the manager was removed here
        closed = circles(_final(merged, here, "manager"))
        changed = [n for n in sorted(closed) if "manager" in {**merged.created.get(n, {}), **merged.updated.get(n, {})}]
        if not changed:
            return
        merged.keep(changed[0], "manager", here[changed[0]]["manager"] if changed[0] in here else None)


def _guard_addresses(merged: Merged, here: People) -> None:
    """Let the file give way where its address is one that an own edit keeps."""
    while True:
        after = _final(merged, here, "email")
        double = {email for email, times in Counter(after.values()).items() if email and times > 1}
        found = [
            number
            for changes in (merged.created, merged.updated)
            for number, values in changes.items()
            if values.get("email") in double
        ]
        if not found:
            return
        for number in found:
            merged.keep(number, "email", here[number]["email"] if number in here else None)


def _guard_days(merged: Merged, here: People) -> None:
    """Keep a person's own day off: a weekday is off or at school, not both."""
    for number, changes in list(merged.updated.items()):
        if set(changes.get("school_days", ())) & set(here[number]["days_off"]):
            merged.keep(number, "school_days", here[number]["school_days"])


def _column_values(changes: Values, ids: Ids, vocabulary: Vocabulary) -> Values:
    row: Values = {name: changes[name] for name in _PLAIN if name in changes}
    if "languages" in changes:
        row["languages"] = ",".join(changes["languages"])
    if "site" in changes:
        row["site_id"] = vocabulary.sites[changes["site"]]
    if "manager" in changes:
        row["manager_id"] = ids[changes["manager"]] if changes["manager"] else None
    return row


def _write_persons(ledger: Ledger, merged: Merged, here: People, vocabulary: Vocabulary) -> Ids:
    session = ledger.session
    ids = queries.person_ids(session)
    # an address may pass from one person to another, so those that change are let go first
    freed = [n for n, changes in merged.updated.items() if "email" in changes and here[n]["email"]]
    update_rows(session, Person, [{"id": ids[number], "email": None} for number in freed])
    new = defaults(Person)
    made = [
        {**new, "number": number, **_column_values({**values, "manager": None}, ids, vocabulary)}
        for number, values in merged.created.items()
    ]
    insert_rows(session, Person, made)
    ids = queries.person_ids(session)
    rows = [
        {"id": ids[number], **_column_values(changes, ids, vocabulary)}
        for number, changes in merged.updated.items()
        if any(name in changes for name in _COLUMNS)
    ]
    update_rows(session, Person, rows)
    lines = [(number, values["manager"]) for number, values in merged.created.items() if values.get("manager")]
    update_rows(session, Person, [{"id": ids[number], "manager_id": ids[manager]} for number, manager in lines])
    return ids


def _with(touched: People, ids: Ids, *names: str) -> Iterable[tuple[int, str, Values]]:
    for number, changes in touched.items():
        if any(name in changes for name in names):
            yield ids[number], number, changes


def _write_roles(ledger: Ledger, touched: People, ids: Ids) -> None:
    """Give and take the roles that an export knows; coordinator and admin are not its business."""
    found = {i: changes["roles"] for i, _, changes in _with(touched, ids, "roles")}
    delete_rows(
        ledger.session,
        PersonRole,
        PersonRole.person_id,
        found,
        col(PersonRole.role).in_(ROLE_ORDER),
    )
    rows = [{"person_id": i, "role": role} for i, roles in found.items() for role in roles]
    insert_rows(ledger.session, PersonRole, rows)


def _write_work_times(ledger: Ledger, touched: People, here: People, ids: Ids, vocabulary: Vocabulary) -> None:
    rows = []
    for i, number, changes in _with(touched, ids, "roster", "remote"):
        after = {
            "roster": None,
            "remote": False,
            **here.get(number, {}),
            **changes,
        }
        roster_id = vocabulary.rosters[after["roster"]] if after["roster"] else None
        rows.append({"person_id": i, "roster_id": roster_id, "remote": after["remote"]})
    delete_rows(
        ledger.session,
        WorkTime,
        WorkTime.person_id,
        [row["person_id"] for row in rows],
    )
    insert_rows(ledger.session, WorkTime, rows)


def _write_school_days(ledger: Ledger, touched: People, ids: Ids) -> None:
    found = {i: changes["school_days"] for i, _, changes in _with(touched, ids, "school_days")}
    delete_rows(
        ledger.session,
        DayOff,
        DayOff.person_id,
        found,
        col(DayOff.school).is_(True),
    )
    rows = [{"person_id": i, "weekday": day, "school": True} for i, days in found.items() for day in days]
    insert_rows(ledger.session, DayOff, rows)


def _write_capacities(ledger: Ledger, touched: People, ids: Ids) -> None:
    """Write places, and hours as confirmed: a planning that was exported is one that was decided."""
    session = ledger.session
    present = {c.person_id: c for c in session.exec(select(Capacity))}
    for i, _, changes in _with(touched, ids, "places", "hours"):
        capacity = present.get(i)
        if capacity is None:
            if changes.get("places") is None and changes.get("hours") is None:
                continue
            capacity = Capacity(person_id=i)
            session.add(capacity)
        elif "places" in changes and "hours" in changes and changes["places"] is None and changes["hours"] is None:
            session.delete(capacity)
            continue
        if "places" in changes:
            capacity.places = changes["places"] or 0
        if "hours" in changes:
            capacity.hours = capacity.confirmed_hours = Decimal(changes["hours"] or 0)
            capacity.confirmed_by, capacity.confirmed_at = None, ledger.now
    session.flush()


def _write_plans(ledger: Ledger, touched: People, ids: Ids) -> None:
    found = {i: changes["horizon"] for i, _, changes in _with(touched, ids, "horizon")}
    delete_rows(ledger.session, Plan, Plan.person_id, found)
    rows = [{"person_id": i, "horizon": horizon} for i, horizon in found.items() if horizon]
    insert_rows(ledger.session, Plan, rows)
