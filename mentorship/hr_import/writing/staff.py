"""People of an export into the database: who they are, when they work, what they can take on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
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
from mentorship.people.actions import renew_sort_keys
from mentorship.people.models import Person, PersonRole
from mentorship.profiles.models import Capacity, Plan
from mentorship.profiles.rosters.models import DayOff, WorkTime

_PLAIN = ("given_name", "infix", "family_name", "email", "department")
_COLUMNS = (*_PLAIN, "languages", "site", "manager")
_SAID = (*_PLAIN, "site", "manager", "roster", "remote", "places", "horizon")
_LISTS = ("languages", "roles", "school_days")
People = dict[str, Values]


def write_people(ledger: Ledger, export: Export, vocabulary: Vocabulary) -> Ids:
    """Write everyone and return their ids by number."""
    here = queries.people(ledger.session)
    said = {}
    for record in export.people:
        said[record.number] = _values(ledger, record, export, vocabulary, here)
    merged = ledger.settle("person", said, here, fill=True)
    _guard_managers(merged, here)
    _guard_addresses(merged, here)
    _guard_days(merged, here)
    ledger.note("person", merged)
    for kept in merged.kept:
        if not kept.field:  # erased here: then what the file says of them is not kept either
            ledger.remembered.pop(("person", kept.key), None)
    ids = _write_persons(ledger, merged, here, vocabulary)
    renew_sort_keys(ledger.session)
    touched = merged.touched
    _write_roles(ledger, touched, ids)
    _write_work_times(ledger, touched, here, ids, vocabulary)
    _write_school_days(ledger, touched, ids)
    _write_capacities(ledger, touched, ids)
    _write_plans(ledger, touched, ids)
    gone = _gone(ledger, export, said, ids)
    ledger.miss("person", gone)
    return ids


def _gone(ledger: Ledger, export: Export, said: People, ids: Ids) -> Iterator[str]:
    """Yield who was in an earlier import and is here, but not in this one, nor among its broken rows."""
    aside = set()
    for row in export.set_aside:
        if row.file == PEOPLE.name:
            aside.add(row.key.casefold())
    for number in ledger.bases["person"]:
        told = number in said or number.casefold() in aside
        if number in ids and not told:
            yield number


def _values(
    ledger: Ledger,
    record: PersonRecord,
    export: Export,
    vocabulary: Vocabulary,
    here: People,
) -> Values:
    number = record.number
    values: Values = {name: getattr(record, name) for name in _SAID}
    for name in _LISTS:
        values[name] = list(getattr(record, name))
    values["hours"] = amount(record.hours)
    nothing_here = number not in here or here[number]["horizon"] is None
    if record.horizon == "unknown" and nothing_here:
        values["horizon"] = None  # nothing filled in and nothing to fill in
    for name in export.absent[PEOPLE.name]:
        values.pop(name, None)
    if record.roster is not None and record.roster not in vocabulary.rosters:
        roster = values.pop("roster")
        ledger.differ("person", number, "roster", roster)
    return values


def _final(merged: Merged, here: People, name: str) -> dict[str, Any]:
    """Return what a field will be for everyone."""
    after = {number: values[name] for number, values in here.items()}
    for number, values in merged.touched.items():
        if name in values:
            after[number] = values[name]
    return after


def _was(here: People, number: str, name: str) -> Any:
    return here[number][name] if number in here else None


def _guard_managers(merged: Merged, here: People) -> None:
    """Let the file give way where its manager and one kept by an own edit would close a circle."""
    while True:
        _let_removed_managers_go(merged, here)
        closed = circles(_final(merged, here, "manager"))
        touched = merged.touched
        changed = [number for number in sorted(closed) if "manager" in touched.get(number, {})]
        if not changed:
            return
        first = changed[0]
        merged.keep(first, "manager", _was(here, first, "manager"))


def _let_removed_managers_go(merged: Merged, here: People) -> None:
    there = here.keys() | merged.created.keys()
    for number, values in merged.touched.items():
        manager = values.get("manager")
        if manager is not None and manager not in there:
            merged.keep(number, "manager", None)


def _guard_addresses(merged: Merged, here: People) -> None:
    """Let the file give way where its address is one that an own edit keeps."""
    while True:
        after = _final(merged, here, "email")
        times = Counter(after.values())
        double = []
        for number, values in merged.touched.items():
            address = values.get("email")
            if address and times[address] > 1:
                double.append(number)
        if not double:
            return
        for number in double:
            merged.keep(number, "email", _was(here, number, "email"))


def _guard_days(merged: Merged, here: People) -> None:
    """Keep a person's own day off: a weekday is off or at school, not both."""
    for number, changes in list(merged.updated.items()):
        school = set(changes.get("school_days", ()))
        if school.intersection(here[number]["days_off"]):
            merged.keep(number, "school_days", here[number]["school_days"])


def _column_values(changes: Values, ids: Ids, vocabulary: Vocabulary) -> Values:
    row: Values = {name: changes[name] for name in _PLAIN if name in changes}
    if "languages" in changes:
        row["languages"] = ",".join(changes["languages"])
    if "site" in changes:
        row["site_id"] = vocabulary.sites[changes["site"]]
    if "manager" in changes:
        manager = changes["manager"]
        row["manager_id"] = ids[manager] if manager else None
    return row


def _write_persons(ledger: Ledger, merged: Merged, here: People, vocabulary: Vocabulary) -> Ids:
    session = ledger.session
    _free_addresses(ledger, merged, here)
    insert_rows(session, Person, _new_persons(merged, vocabulary))
    ids = queries.person_ids(session)
    rows = []
    for person_id, _, changes in _with(merged.updated, ids, *_COLUMNS):
        columns = _column_values(changes, ids, vocabulary)
        rows.append({"id": person_id, **columns})
    update_rows(session, Person, rows)
    lines = []
    for number, values in merged.created.items():
        manager = values.get("manager")
        if manager:
            lines.append({"id": ids[number], "manager_id": ids[manager]})
    update_rows(session, Person, lines)
    return ids


def _free_addresses(ledger: Ledger, merged: Merged, here: People) -> None:
    """Let go of the addresses that change: one may pass from one person to another."""
    ids = queries.person_ids(ledger.session)
    freed = []
    for number, changes in merged.updated.items():
        if "email" in changes and here[number]["email"]:
            freed.append({"id": ids[number], "email": None})
    update_rows(ledger.session, Person, freed)


def _new_persons(merged: Merged, vocabulary: Vocabulary) -> list[Values]:
    """Return the rows of new people, without their managers: those may be new too."""
    new = defaults(Person)
    rows = []
    for number, values in merged.created.items():
        alone = {**values, "manager": None}
        columns = _column_values(alone, {}, vocabulary)
        rows.append({**new, "number": number, **columns})
    return rows


def _with(touched: People, ids: Ids, *names: str) -> Iterable[tuple[int, str, Values]]:
    for number, changes in touched.items():
        if not changes.keys().isdisjoint(names):
            yield ids[number], number, changes


def _write_roles(ledger: Ledger, touched: People, ids: Ids) -> None:
    """Give and take the roles that an export knows; coordinator and admin are not its business."""
    people = []
    rows = []
    for person_id, _, changes in _with(touched, ids, "roles"):
        people.append(person_id)
        for role in changes["roles"]:
            rows.append({"person_id": person_id, "role": role})
    known = col(PersonRole.role).in_(ROLE_ORDER)
    delete_rows(ledger.session, PersonRole, PersonRole.person_id, people, known)
    insert_rows(ledger.session, PersonRole, rows)


def _write_work_times(ledger: Ledger, touched: People, here: People, ids: Ids, vocabulary: Vocabulary) -> None:
    people = []
    rows = []
    for person_id, number, changes in _with(touched, ids, "roster", "remote"):
        before = here.get(number, {"roster": None, "remote": False})
        after = {**before, **changes}
        roster = after.get("roster")
        people.append(person_id)
        row = {
            "person_id": person_id,
            "roster_id": vocabulary.rosters[roster] if roster else None,
            "remote": after.get("remote", False),
        }
        rows.append(row)
    delete_rows(ledger.session, WorkTime, WorkTime.person_id, people)
    insert_rows(ledger.session, WorkTime, rows)


def _write_school_days(ledger: Ledger, touched: People, ids: Ids) -> None:
    people = []
    rows = []
    for person_id, _, changes in _with(touched, ids, "school_days"):
        people.append(person_id)
        for day in changes["school_days"]:
            rows.append({"person_id": person_id, "weekday": day, "school": True})
    at_school = col(DayOff.school).is_(True)
    delete_rows(ledger.session, DayOff, DayOff.person_id, people, at_school)
    insert_rows(ledger.session, DayOff, rows)


def _write_capacities(ledger: Ledger, touched: People, ids: Ids) -> None:
    """Write places, and hours as confirmed: a planning that was exported is one that was decided."""
    session = ledger.session
    present = {}
    for capacity in session.exec(select(Capacity)):
        present[capacity.person_id] = capacity
    for person_id, _, changes in _with(touched, ids, "places", "hours"):
        found = present.get(person_id)
        offers = changes.get("places") is not None or changes.get("hours") is not None
        if found is None and offers:
            found = Capacity(person_id=person_id)
            session.add(found)
        if found is None:
            continue
        if not offers and {"places", "hours"} <= changes.keys():
            session.delete(found)
            continue
        if "places" in changes:
            found.places = changes["places"] or 0
        if "hours" in changes:
            _confirm(found, changes["hours"], ledger)
    session.flush()


def _confirm(found: Capacity, hours: str | None, ledger: Ledger) -> None:
    found.hours = Decimal(hours or 0)
    found.confirmed_hours = found.hours
    found.confirmed_by = None
    found.confirmed_at = ledger.now


def _write_plans(ledger: Ledger, touched: People, ids: Ids) -> None:
    people = []
    rows = []
    for person_id, _, changes in _with(touched, ids, "horizon"):
        people.append(person_id)
        if changes["horizon"]:
            rows.append({"person_id": person_id, "horizon": changes["horizon"]})
    delete_rows(ledger.session, Plan, Plan.person_id, people)
    insert_rows(ledger.session, Plan, rows)
