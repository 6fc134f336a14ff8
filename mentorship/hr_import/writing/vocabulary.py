"""Sites, shifts, rosters and domains of an export into the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlmodel import SQLModel

from mentorship.base.db import Identified, id_of
from mentorship.hr_import.reading.export import DomainRecord, Export, RosterRecord, ShiftRecord
from mentorship.hr_import.reading.rows import FREE
from mentorship.hr_import.reading.sheets import DOMAINS, ROSTERS, SHIFTS
from mentorship.hr_import.writing import queries
from mentorship.hr_import.writing.changes import Ledger, delete_rows, insert_rows, update_rows
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


def write_vocabulary(ledger: Ledger, export: Export) -> Vocabulary:
    """Write what people's rows refer to."""
    sites = _write_sites(ledger, export)
    rosters = _write_rosters(ledger, export)
    domains = _write_domains(ledger, export)
    return Vocabulary(sites, rosters, domains)


class _Keys:
    """The key of a name: what an earlier import called the same row, else the name itself."""

    def __init__(self, ledger: Ledger, kind: str, ids: Ids) -> None:
        earlier = {}
        for key, values in ledger.bases[kind].items():
            if "id" in values:
                earlier[values["id"]] = key
        self.key = {name: earlier.get(row_id, name) for name, row_id in ids.items()}

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
    ledger: Ledger,
    kind: str,
    said: Mapping[str, Values],
    found: Found,
    make: Callable[[str, Values], Row],
) -> tuple[Merged, Ids]:
    """Settle and create; return what was decided and all ids, both by key."""
    ids, here = found
    keys = _Keys(ledger, kind, ids)
    merged = ledger.settle(kind, keys.values(said), keys.values(here))
    made = {key: make(key, values) for key, values in merged.created.items()}
    ledger.session.add_all(made.values())
    ledger.session.flush()
    by_key = keys.ids(ids)
    for key, row in made.items():
        by_key[key] = id_of(row)
    ledger.tie(kind, by_key)
    ledger.note(kind, merged)
    return merged, by_key


def _update(ledger: Ledger, table: type[SQLModel], merged: Merged, by_key: Ids) -> None:
    rows = []
    for key, values in merged.updated.items():
        row = {"id": by_key[key], **values}
        rows.append(row)
    update_rows(ledger.session, table, rows)


def _miss(ledger: Ledger, kind: str, export: Export, file: str) -> None:
    if file not in export.counts:
        return
    aside = {row.key.casefold() for row in export.set_aside if row.file == file}
    missed = []
    for key in ledger.bases[kind]:
        told = (kind, key) in ledger.remembered
        if not told and key.casefold() not in aside:
            missed.append(key)
    ledger.miss(kind, missed)


def _said(records: Iterable[Record], key: str, names: Sequence[str], absent: frozenset[str]) -> dict[str, Values]:
    """Return of each record the fields that the file has a column for."""
    told = [name for name in names if name not in absent]
    found = {}
    for record in records:
        found[getattr(record, key)] = {name: getattr(record, name) for name in told}
    return found


def _write_sites(ledger: Ledger, export: Export) -> Ids:
    """Create the sites; one that was removed here comes back when needed, for it is no more than a name."""
    ids = queries.site_ids(ledger.session)
    keys = _Keys(ledger, "site", ids)
    merged = Merged()
    made = []
    for name in export.sites:
        if name in ids:
            merged.unchanged.add(name)
        else:
            made.append(Site(name=name))
            merged.created[name] = {}
    ledger.session.add_all(made)
    ledger.session.flush()
    for site in made:
        ids[site.name] = id_of(site)
    for name in export.sites:
        ledger.remembered["site", keys.of(name)] = {"id": ids[name]}
    ledger.note("site", merged)
    return ids


def _write_shifts(ledger: Ledger, export: Export) -> Ids:
    absent = export.absent.get(SHIFTS.name, frozenset())
    said = _said(export.shifts, "code", ("begins", "ends", "description"), absent)
    found = queries.shifts(ledger.session)
    merged, by_key = _write(ledger, "shift", said, found, _shift)
    _update(ledger, Shift, merged, by_key)
    _miss(ledger, "shift", export, SHIFTS.name)
    return by_key | found[0]


def _shift(code: str, values: Values) -> Shift:
    return Shift(code=code, **values)


def _write_domains(ledger: Ledger, export: Export) -> Ids:
    absent = export.absent.get(DOMAINS.name, frozenset())
    said = _said(export.domains, "name", ("critical", "remote"), absent)
    found = queries.domains(ledger.session)
    merged, by_key = _write(ledger, "domain", said, found, _domain)
    _update(ledger, Domain, merged, by_key)
    _miss(ledger, "domain", export, DOMAINS.name)
    return by_key | found[0]


def _domain(name: str, values: Values) -> Domain:
    return Domain(name=name, **values)


def _write_rosters(ledger: Ledger, export: Export) -> Ids:
    shift_ids = _write_shifts(ledger, export)
    said = {}
    for record in export.rosters:
        if _shifts_are_here(ledger, record, shift_ids):
            said[record.name] = _roster_values(record)
    found = queries.rosters(ledger.session)
    merged, by_key = _write(ledger, "roster", said, found, _roster)
    updates = []
    for key, values in merged.updated.items():
        columns = _roster_columns(values)
        updates.append({"id": by_key[key], **columns})
    update_rows(ledger.session, Roster, updates)
    cycles = {}
    for key, values in merged.touched.items():
        if "cycle" in values:
            cycles[by_key[key]] = values["cycle"].split()
    _write_cycles(ledger, cycles, shift_ids)
    _miss(ledger, "roster", export, ROSTERS.name)
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
    return columns


def _write_cycles(ledger: Ledger, cycles: Mapping[int, list[str]], shift_ids: Ids) -> None:
    rows = []
    for roster_id, cycle in cycles.items():
        for day, code in enumerate(cycle):
            if code != FREE:
                rows.append({"roster_id": roster_id, "day": day, "shift_id": shift_ids[code]})
    delete_rows(ledger.session, RosterDay, RosterDay.roster_id, cycles)
    insert_rows(ledger.session, RosterDay, rows)


def _roster_values(record: RosterRecord) -> Values:
    codes = [code or FREE for code in record.cycle]
    return {
        "starts_on": record.starts_on.isoformat(),
        "cycle": " ".join(codes),
    }


def _shifts_are_here(ledger: Ledger, record: RosterRecord, ids: Ids) -> bool:
    for code in record.cycle:
        if code is not None and code not in ids:
            ledger.differ("roster", record.name, "cycle", code)
            return False
    return True
