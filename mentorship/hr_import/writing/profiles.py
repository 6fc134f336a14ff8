"""What an export says of people's work into the database: when they work, what they can take on, what they plan."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sqlmodel import col, select

from mentorship.base.clock import local_date
from mentorship.hr_import.writing.bulk import delete_rows, insert_rows, update_rows
from mentorship.hr_import.writing.import_run import ImportRun
from mentorship.hr_import.writing.merge import Values
from mentorship.hr_import.writing.queries import Ids
from mentorship.hr_import.writing.vocabulary import Vocabulary
from mentorship.profiles.models import Capacity, Plan
from mentorship.profiles.rosters.actions import work_by
from mentorship.profiles.rosters.models import DayOff, WorkTime

_CAPACITY = ("places", "hours")
People = dict[str, Values]
"""What is here, said or written of people, by number."""


def write_profiles(run: ImportRun, touched: People, here: People, ids: Ids, vocabulary: Vocabulary) -> None:
    """Write what is new or changed of how people work."""
    _write_work_times(
        run,
        touched,
        here,
        ids,
        vocabulary,
    )
    _write_school_days(run, touched, ids)
    _write_capacities(run, touched, ids)
    _write_plans(run, touched, ids)


def changed_in(touched: People, ids: Ids, *names: str) -> Iterator[tuple[int, str, Values]]:
    """Yield the id, number and changes of everyone for whom one of these fields is written."""
    for number, changes in touched.items():
        if not changes.keys().isdisjoint(names):
            yield ids[number], number, changes


def _write_work_times(run: ImportRun, touched: People, here: People, ids: Ids, vocabulary: Vocabulary) -> None:
    """Write by which roster people work from today on, the earlier one until then, and whether they can remotely."""
    chosen = {}
    rows = []
    for person_id, number, changes in changed_in(touched, ids, "roster", "remote"):
        before = here.get(number, {"roster": None, "remote": False})
        after = {**before, **changes}
        roster = after.get("roster")
        chosen[person_id] = vocabulary.rosters[roster] if roster else None
        row = {
            "person_id": person_id,
            "remote": after.get("remote", False),
        }
        rows.append(row)
    today = local_date(run.now)
    work_by(run.session, chosen, today, today)
    update_rows(run.session, WorkTime, rows)


def _write_school_days(run: ImportRun, touched: People, ids: Ids) -> None:
    people = []
    rows = []
    for person_id, _, changes in changed_in(touched, ids, "school_days"):
        people.append(person_id)
        for day in changes["school_days"]:
            row = {
                "person_id": person_id,
                "weekday": day,
                "school": True,
            }
            rows.append(row)
    at_school = col(DayOff.school).is_(True)
    delete_rows(
        run.session,
        DayOff,
        DayOff.person_id,
        people,
        at_school,
    )
    insert_rows(run.session, DayOff, rows)


def _write_capacities(run: ImportRun, touched: People, ids: Ids) -> None:
    """Write places and hours; who offers neither any more has no capacity."""
    session = run.session
    present = {}
    for capacity in session.exec(select(Capacity)):
        present[capacity.person_id] = capacity
    for person_id, _, changes in changed_in(touched, ids, *_CAPACITY):
        found = present.get(person_id)
        offered = [name for name in _CAPACITY if changes.get(name) is not None]
        if found is None and offered:
            found = Capacity(person_id=person_id)
            session.add(found)
        if found is None:
            continue
        if not offered and changes.keys() >= set(_CAPACITY):
            session.delete(found)
        else:
            _offer(found, changes)
    session.flush()


def _offer(found: Capacity, changes: Values) -> None:
    """Fill in places, and hours as confirmed: a planning that was exported is one that was decided."""
    if "places" in changes:
        found.places = changes["places"] or 0
    if "hours" in changes:
        found.hours = Decimal(changes["hours"] or 0)
        found.confirmed_hours = found.hours
        found.answered_hours = found.hours


def _write_plans(run: ImportRun, touched: People, ids: Ids) -> None:
    people = []
    rows = []
    for person_id, _, changes in changed_in(touched, ids, "horizon"):
        people.append(person_id)
        horizon = changes["horizon"]
        if horizon:
            row = {
                "person_id": person_id,
                "horizon": horizon,
            }
            rows.append(row)
    delete_rows(
        run.session,
        Plan,
        Plan.person_id,
        people,
    )
    insert_rows(run.session, Plan, rows)
