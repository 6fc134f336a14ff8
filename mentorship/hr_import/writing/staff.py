"""People of an export into the database: who they are, and where an own edit stands in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from mentorship.base.clock import local_date
from mentorship.hr_import.reading.export import PersonRecord
from mentorship.hr_import.reading.kinds import PEOPLE
from mentorship.hr_import.reading.lines import circles
from mentorship.hr_import.writing import people_here, queries
from mentorship.hr_import.writing.bulk import defaults, insert_rows, update_rows
from mentorship.hr_import.writing.import_run import ImportRun
from mentorship.hr_import.writing.merge import Merged, Values
from mentorship.hr_import.writing.people_here import amount
from mentorship.hr_import.writing.profiles import People, changed_in, write_profiles
from mentorship.hr_import.writing.queries import Ids
from mentorship.hr_import.writing.ties import write_others_above, write_roles
from mentorship.hr_import.writing.vocabulary import Vocabulary
from mentorship.people.actions import renew_sort_keys
from mentorship.people.models import Person

_PLAIN = ("given_name", "infix", "family_name", "email", "department")
_COLUMNS = (*_PLAIN, "languages", "site", "manager")
_SAID = (*_PLAIN, "site", "manager", "roster", "remote", "places", "horizon")
_ABOVE = frozenset(("manager", "others_above"))
_FILLED_IN = ("site", "languages")
"""What nobody can be without: of who is new it is filled in where the file says nothing."""
_LISTS = ("languages", "roles", "school_days")


def write_people(run: ImportRun, vocabulary: Vocabulary) -> Ids:
    """Write everyone and return their ids by number."""
    here = people_here.people(run.session, local_date(run.now))
    said = {}
    for record in run.export.people:
        said[record.number] = _values(run, record, vocabulary, here)
    merged = run.settle(
        "person",
        said,
        here,
        fill=True,
    )
    _guard_managers(merged, here)
    _guard_addresses(merged, here)
    _guard_days(merged, here)
    _guard_own_roles(merged, here, run.by)
    run.note("person", merged)
    _forget_erased(run, merged)
    _note_source(run)
    ids = _write_persons(
        run,
        merged,
        here,
        vocabulary,
    )
    renew_sort_keys(run.session)
    write_others_above(run, merged.touched, ids)
    write_roles(run, merged.touched, ids)
    write_profiles(
        run,
        merged.touched,
        here,
        ids,
        vocabulary,
    )
    gone = _gone(run, said, ids)
    run.note_gone("person", gone)
    return ids


def _forget_erased(run: ImportRun, merged: Merged) -> None:
    """Remember nothing of who was erased here: not what the file says of them either."""
    for kept in merged.kept:
        if not kept.field:
            run.remembered.pop(("person", kept.key), None)


def _note_source(run: ImportRun) -> None:
    """Remember of everybody which source named them last."""
    for (kind, _), values in run.remembered.items():
        if kind == "person":
            values["source"] = run.choices.source


def _gone(run: ImportRun, said: People, ids: Ids) -> Iterator[str]:
    """Yield whom this source named last and who is here, but not in this import, nor among its broken rows.

    Where an import did not say its source, nobody knows it: those are of any.
    """
    if PEOPLE.name not in run.export.counts:
        return
    aside = run.set_aside(PEOPLE.name) | run.export.left_alone
    source = run.choices.source
    for number, last in run.bases["person"].items():
        told = number in said or number.casefold() in aside
        ours = (last.get("source") or source) == source
        if number in ids and ours and not told:
            yield number


def _values(run: ImportRun, record: PersonRecord, vocabulary: Vocabulary, here: People) -> Values:
    """Return what the file says of a person, by field."""
    number = record.number
    values: Values = {name: getattr(record, name) for name in _SAID}
    for name in _LISTS:
        values[name] = list(getattr(record, name))
    values["hours"] = amount(record.hours)
    values["others_above"] = sorted(record.others_above)
    if record.horizon == "unknown" and _was(here, number, "horizon") is None:
        values["horizon"] = None  # nothing filled in and nothing to fill in
    for name in run.export.absent[PEOPLE.name] | record.unsaid:
        if number in here or name not in _FILLED_IN:
            values.pop(name, None)
    if "manager" not in values:
        del values["others_above"]
    if record.roster is not None and record.roster not in vocabulary.rosters:
        roster = values.pop("roster")
        run.differ(
            "person",
            number,
            "roster",
            roster,
        )
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
        touched = merged.touched
        in_circle = circles(_line_after(merged, here))
        changed = [number for number in in_circle if _ABOVE.intersection(touched.get(number, ()))]
        if not changed:
            return
        first = min(changed)
        for name in sorted(_ABOVE.intersection(touched[first])):
            before = _was(here, first, name)
            merged.keep(
                first,
                name,
                before,
            )


def _line_after(merged: Merged, here: People) -> dict[str, list[str]]:
    """Return who will be right above everyone."""
    first = _final(merged, here, "manager")
    others = _final(merged, here, "others_above")
    above = {}
    for number, manager in first.items():
        managers = [manager, *(others.get(number) or [])]
        above[number] = [one for one in managers if one]
    return above


def _let_removed_managers_go(merged: Merged, here: People) -> None:
    there = here.keys() | merged.created.keys()
    for number, values in merged.touched.items():
        manager = values.get("manager")
        if manager is not None and manager not in there:
            merged.keep(number, "manager", None)
        others = values.get("others_above") or []
        if not there.issuperset(others):
            merged.keep(number, "others_above", None)


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
            merged.keep(
                number,
                "email",
                _was(here, number, "email"),
            )


def _guard_own_roles(merged: Merged, here: People, by: str) -> None:
    """Let the file give no role to who takes it in: nobody gives a role to themselves."""
    roles = merged.updated.get(by, {}).get("roles", ())
    if not set(roles) <= set(_was(here, by, "roles") or ()):
        merged.keep(
            by,
            "roles",
            here[by]["roles"],
        )


def _guard_days(merged: Merged, here: People) -> None:
    """Keep a person's own day off: a weekday is off or at school, not both."""
    for number, changes in list(merged.updated.items()):
        school = set(changes.get("school_days", ()))
        if school.intersection(here[number]["days_off"]):
            merged.keep(
                number,
                "school_days",
                here[number]["school_days"],
            )


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


def _write_persons(run: ImportRun, merged: Merged, here: People, vocabulary: Vocabulary) -> Ids:
    session = run.session
    _free_addresses(run, merged, here)
    insert_rows(
        session,
        Person,
        _new_persons(merged, vocabulary),
    )
    ids = queries.person_ids(session)
    rows = []
    for person_id, _, changes in changed_in(merged.updated, ids, *_COLUMNS):
        columns = _column_values(changes, ids, vocabulary)
        row = {"id": person_id, **columns}
        rows.append(row)
    update_rows(session, Person, rows)
    _write_lines(run, merged, ids)
    return ids


def _write_lines(run: ImportRun, merged: Merged, ids: Ids) -> None:
    """Give new people their managers, now that everyone is there."""
    rows = []
    for number, values in merged.created.items():
        manager = values.get("manager")
        if manager:
            row = {
                "id": ids[number],
                "manager_id": ids[manager],
            }
            rows.append(row)
    update_rows(run.session, Person, rows)


def _free_addresses(run: ImportRun, merged: Merged, here: People) -> None:
    """Let go of the addresses that change: one may pass from one person to another."""
    ids = queries.person_ids(run.session)
    freed = []
    for number, changes in merged.updated.items():
        if "email" in changes and here[number]["email"]:
            row = {"id": ids[number], "email": None}
            freed.append(row)
    update_rows(run.session, Person, freed)


def _new_persons(merged: Merged, vocabulary: Vocabulary) -> list[Values]:
    """Return the rows of new people, without their managers: those may be new too."""
    new = defaults(Person)
    rows = []
    for number, values in merged.created.items():
        alone = {**values, "manager": None}
        columns = _column_values(alone, {}, vocabulary)
        row = {**new, "number": number, **columns}
        rows.append(row)
    return rows
