"""Sites, shifts, rosters and domains of an export into the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TypeVar

from sqlmodel import SQLModel

from mentorship.base.db import Identified, id_of
from mentorship.hr_import.reading.export import DomainRecord, RosterRecord, ShiftRecord
from mentorship.hr_import.reading.kinds import DOMAINS, ROSTERS, SHIFTS
from mentorship.hr_import.writing import cycles, queries
from mentorship.hr_import.writing.bulk import delete_rows, insert_rows, update_rows
from mentorship.hr_import.writing.import_run import ImportRun
from mentorship.hr_import.writing.merge import Merged, Values
from mentorship.hr_import.writing.queries import Found, Ids
from mentorship.people.models import Site
from mentorship.profiles.models import Domain
from mentorship.profiles.rosters.models import Roster, RosterDay, Shift

Row = TypeVar("Row", bound=Identified)
Record = ShiftRecord | DomainRecord


@dataclass(frozen=True)
class Vocabulary:
    """Ids by name, as things are called here now."""

    sites: Ids
    rosters: Ids
    domains: Ids


def write_vocabulary(run: ImportRun) -> Vocabulary:
    """Write what people's rows refer to."""
    sites = _write_sites(run)
    rosters = _write_rosters(run)
    domains = _write_domains(run)
    return Vocabulary(sites, rosters, domains)


class _Keys:
    """The key of a name: what an earlier import called the same row, else the name itself."""

    def __init__(self, run: ImportRun, kind: str, ids: Ids) -> None:
        names = queries.inverted(ids)
        self.key: dict[str, str] = {}
        for key, values in run.bases[kind].items():
            if "id" in values and values["id"] in names:
                name = names[values["id"]]
                self.key[name] = key

    def of(self, name: str) -> str:
        """Return the key of one name."""
        return self.key.get(name, name)

    def values(self, found: Mapping[str, Values]) -> dict[str, Values]:
        """Return values by key."""
        return {self.of(name): values for name, values in found.items()}

    def ids(self, ids: Ids) -> Ids:
        """Return ids by key."""
        return {self.of(name): row_id for name, row_id in ids.items()}


def _write(
    run: ImportRun,
    kind: str,
    said: Mapping[str, Values],
    found: Found,
    make: Callable[[str, Values], Row],
) -> tuple[Merged, Ids]:
    """Settle and create; return what was decided and all ids, both by key."""
    ids, values_here = found
    keys = _Keys(run, kind, ids)
    told = keys.values(said)
    here = keys.values(values_here)
    merged = run.settle(kind, told, here)
    made = {key: make(key, values) for key, values in merged.created.items()}
    run.session.add_all(made.values())
    run.session.flush()
    by_key = keys.ids(ids)
    for key, row in made.items():
        by_key[key] = id_of(row)
    run.tie(kind, by_key)
    run.note(kind, merged)
    return merged, by_key


def _update(run: ImportRun, table: type[SQLModel], merged: Merged, by_key: Ids) -> None:
    rows = []
    for key, values in merged.updated.items():
        row = {"id": by_key[key], **values}
        rows.append(row)
    update_rows(run.session, table, rows)


def _note_gone(run: ImportRun, kind: str, file: str) -> None:
    """Report what an earlier import had and the file no longer has, not even on a broken row."""
    if file not in run.export.counts:
        return
    aside = run.set_aside(file)
    gone = []
    for key in run.bases[kind]:
        told = (kind, key) in run.remembered
        if not told and key.casefold() not in aside:
            gone.append(key)
    run.note_gone(kind, gone)


def _said(records: Iterable[Record], key: str, names: Sequence[str], absent: frozenset[str]) -> dict[str, Values]:
    """Return of each record the fields that the file has a column for."""
    told = [name for name in names if name not in absent]
    found = {}
    for record in records:
        named = getattr(record, key)
        found[named] = {name: getattr(record, name) for name in told}
    return found


def _write_sites(run: ImportRun) -> Ids:
    """Create the sites; one that was removed here comes back when needed, for it is no more than a name."""
    ids = queries.site_ids(run.session)
    keys = _Keys(run, "site", ids)
    merged = Merged()
    made = []
    for name in run.export.sites:
        if name in ids:
            merged.unchanged.add(name)
            continue
        merged.created[name] = {}
        site = Site(name=name)
        made.append(site)
    run.session.add_all(made)
    run.session.flush()
    for site in made:
        ids[site.name] = id_of(site)
    for name in run.export.sites:
        key = keys.of(name)
        run.remembered["site", key] = {"id": ids[name]}
    run.note("site", merged)
    return ids


def _write_shifts(run: ImportRun) -> Ids:
    absent = run.export.absent.get(SHIFTS.name, frozenset())
    said = _said(
        run.export.shifts,
        "code",
        ("begins", "ends", "description"),
        absent,
    )
    found = queries.shifts(run.session)
    merged, by_key = _write(
        run,
        "shift",
        said,
        found,
        _shift,
    )
    _update(run, Shift, merged, by_key)
    _note_gone(run, "shift", SHIFTS.name)
    return by_key | found[0]


def _shift(code: str, values: Values) -> Shift:
    return Shift(code=code, **values)


def _write_domains(run: ImportRun) -> Ids:
    absent = run.export.absent.get(DOMAINS.name, frozenset())
    said = _said(
        run.export.domains,
        "name",
        ("critical", "remote"),
        absent,
    )
    found = queries.domains(run.session)
    merged, by_key = _write(
        run,
        "domain",
        said,
        found,
        _domain,
    )
    _update(run, Domain, merged, by_key)
    _note_gone(run, "domain", DOMAINS.name)
    return by_key | found[0]


def _domain(name: str, values: Values) -> Domain:
    return Domain(name=name, **values)


def _write_rosters(run: ImportRun) -> Ids:
    shift_ids = _write_shifts(run)
    said = {}
    for record in run.export.rosters:
        if _shifts_are_here(run, record, shift_ids):
            said[record.name] = _roster_values(record)
    found = queries.rosters(run.session)
    merged, by_key = _write(
        run,
        "roster",
        said,
        found,
        _roster,
    )
    _update_rosters(run, merged, by_key)
    _write_cycles(
        run,
        merged,
        by_key,
        shift_ids,
    )
    _note_gone(run, "roster", ROSTERS.name)
    return by_key | found[0]


def _roster(name: str, values: Values) -> Roster:
    columns = _roster_columns(values)
    return Roster(name=name, **columns)


def _roster_columns(values: Values) -> Values:
    columns: Values = {}
    if "starts_on" in values:
        columns["starts_on"] = date.fromisoformat(values["starts_on"])
    if "cycle" in values:
        columns["days"] = len(values["cycle"].split())
    if "repeats" in values:
        columns["repeats"] = values["repeats"]
    return columns


def _update_rosters(run: ImportRun, merged: Merged, by_key: Ids) -> None:
    rows = []
    for key, values in merged.updated.items():
        columns = _roster_columns(values)
        row = {"id": by_key[key], **columns}
        rows.append(row)
    update_rows(run.session, Roster, rows)


def _write_cycles(run: ImportRun, merged: Merged, by_key: Ids, shift_ids: Ids) -> None:
    written = []
    rows = []
    for key, values in merged.touched.items():
        if "cycle" not in values:
            continue
        roster_id = by_key[key]
        written.append(roster_id)
        for day, codes in enumerate(cycles.days(values["cycle"], shift_ids)):
            for code in codes:
                row = {
                    "roster_id": roster_id,
                    "day": day,
                    "shift_id": shift_ids[code],
                }
                rows.append(row)
    delete_rows(
        run.session,
        RosterDay,
        RosterDay.roster_id,
        written,
    )
    insert_rows(run.session, RosterDay, rows)


def _roster_values(record: RosterRecord) -> Values:
    return {
        "starts_on": record.starts_on.isoformat(),
        "cycle": cycles.text(record.cycle),
        "repeats": record.repeats,
    }


def _shifts_are_here(run: ImportRun, record: RosterRecord, ids: Ids) -> bool:
    for code in chain.from_iterable(record.cycle):
        if code not in ids:
            run.differ(
                "roster",
                record.name,
                "cycle",
                code,
            )
            return False
    return True
