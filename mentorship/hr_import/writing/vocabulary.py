"""Sites, shifts, rosters and domains of an export into the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlmodel import SQLModel

from mentorship.hr_import.reading.export import Export, RosterRecord
from mentorship.hr_import.reading.rows import FREE
from mentorship.hr_import.reading.sheets import DOMAINS, ROSTERS, SHIFTS
from mentorship.hr_import.writing import queries
from mentorship.hr_import.writing.changes import Ledger, delete_rows, insert_rows, update_rows
from mentorship.hr_import.writing.merge import Merged, Values
from mentorship.hr_import.writing.queries import Found, Ids
from mentorship.people.models import Site
from mentorship.profiles.models import Domain
from mentorship.profiles.rosters.models import Roster, RosterDay, Shift

Row = TypeVar("Row", bound=SQLModel)


@dataclass(frozen=True)
class Vocabulary:
    """Ids by name, as things are called here now."""

    sites: Ids
    rosters: Ids
    domains: Ids


def write_vocabulary(ledger: Ledger, export: Export) -> Vocabulary:
    """Write what people's rows refer to."""
    return Vocabulary(_write_sites(ledger, export), _write_rosters(ledger, export), _write_domains(ledger, export))


class _Keys:
    """The key of a name: what an earlier import called the same row, else the name itself."""

    def __init__(self, ledger: Ledger, kind: str, ids: Ids) -> None:
        earlier = {values["id"]: key for key, values in ledger.bases[kind].items() if "id" in values}
        self.key = {name: earlier.get(i, name) for name, i in ids.items()}

    def __call__(self, values: Mapping[str, Values]) -> dict[str, Values]:
        return {self.key.get(name, name): found for name, found in values.items()}

    def ids(self, ids: Ids) -> Ids:
        """Return ids by key."""
        return {self.key.get(name, name): i for name, i in ids.items()}


def _write(
    ledger: Ledger, kind: str, said: Mapping[str, Values], found: Found, make: Callable[[str, Values], SQLModel]
) -> tuple[Merged, Ids]:
    """Settle and create; return what was decided and all ids, both by key."""
    ids, here = found
    keys = _Keys(ledger, kind, ids)
    said = keys(said)
    merged = ledger.settle(kind, said, keys(here))
    made = {key: make(key, values) for key, values in merged.created.items()}
    ledger.session.add_all(made.values())
    ledger.session.flush()
    by_key = keys.ids(ids) | {key: row.id for key, row in made.items()}  # type: ignore[attr-defined]
    ledger.tie(kind, by_key)
    ledger.note(kind, merged)
    return merged, by_key


def _miss(ledger: Ledger, kind: str, export: Export, file: str) -> None:
    if file in export.counts:
        aside = {s.key.casefold() for s in export.set_aside if s.file == file}
        ledger.miss(
            kind, (k for k in ledger.bases[kind] if (kind, k) not in ledger.remembered and k.casefold() not in aside)
        )


def _said(records: Iterable[tuple[str, Values]], absent: frozenset[str]) -> dict[str, Values]:
    return {key: {name: v for name, v in values.items() if name not in absent} for key, values in records}


def _write_sites(ledger: Ledger, export: Export) -> Ids:
    """Create the sites; one that was removed here comes back when needed, for it is no more than a name."""
    ids = queries.site_ids(ledger.session)
    keys = _Keys(ledger, "site", ids)
    made = {name: Site(name=name) for name in export.sites if name not in ids}
    ledger.session.add_all(made.values())
    ledger.session.flush()
    ids |= {name: site.id or 0 for name, site in made.items()}
    for name in export.sites:
        ledger.remembered["site", keys.key.get(name, name)] = {"id": ids[name]}
    ledger.note("site", Merged(created={name: {} for name in made}, unchanged=set(export.sites) - set(made)))
    return ids


def _write_shifts(ledger: Ledger, export: Export) -> Ids:
    absent = export.absent.get(SHIFTS.name, frozenset())
    said = _said(
        ((s.code, {"begins": s.begins, "ends": s.ends, "description": s.description}) for s in export.shifts), absent
    )
    ids, here = queries.shifts(ledger.session)
    merged, by_key = _write(
        ledger,
        "shift",
        said,
        (ids, here),
        lambda key, values: Shift(code=key, **values),
    )
    update_rows(ledger.session, Shift, [{"id": by_key[key], **values} for key, values in merged.updated.items()])
    _miss(ledger, "shift", export, SHIFTS.name)
    return by_key | ids


def _write_domains(ledger: Ledger, export: Export) -> Ids:
    absent = export.absent.get(DOMAINS.name, frozenset())
    said = _said(((d.name, {"critical": d.critical, "remote": d.remote}) for d in export.domains), absent)
    ids, here = queries.domains(ledger.session)
    merged, by_key = _write(
        ledger,
        "domain",
        said,
        (ids, here),
        lambda key, values: Domain(name=key, **values),
    )
    update_rows(ledger.session, Domain, [{"id": by_key[key], **values} for key, values in merged.updated.items()])
    _miss(ledger, "domain", export, DOMAINS.name)
    return by_key | ids


def _write_rosters(ledger: Ledger, export: Export) -> Ids:
    shift_ids = _write_shifts(ledger, export)
    said = {r.name: _roster_values(r) for r in export.rosters if _shifts_are_here(ledger, r, shift_ids)}
    ids, here = queries.rosters(ledger.session)

    def make(key: str, values: Values) -> Roster:
        return Roster(name=key, starts_on=date.fromisoformat(values["starts_on"]), days=len(values["cycle"].split()))

    merged, by_key = _write(
        ledger,
        "roster",
        said,
        (ids, here),
        make,
    )
    updates, cycles = [], {by_key[key]: values["cycle"].split() for key, values in merged.created.items()}
    for key, values in merged.updated.items():
        row: Values = {"id": by_key[key]}
        if "starts_on" in values:
            row["starts_on"] = date.fromisoformat(values["starts_on"])
        if "cycle" in values:
            cycles[by_key[key]] = values["cycle"].split()
            row["days"] = len(cycles[by_key[key]])
        updates.append(row)
    update_rows(ledger.session, Roster, updates)
    delete_rows(ledger.session, RosterDay, RosterDay.roster_id, cycles)
    insert_rows(
        ledger.session,
        RosterDay,
        [
            {"roster_id": i, "day": day, "shift_id": shift_ids[code]}
            for i, cycle in cycles.items()
            for day, code in enumerate(cycle)
            if code != FREE
        ],
    )
    _miss(ledger, "roster", export, ROSTERS.name)
    return by_key | ids


def _roster_values(record: RosterRecord) -> Values:
    return {"starts_on": record.starts_on.isoformat(), "cycle": " ".join(code or FREE for code in record.cycle)}


def _shifts_are_here(ledger: Ledger, record: RosterRecord, ids: Ids) -> bool:
    for code in record.cycle:
        if code is not None and code not in ids:
            ledger.differ("roster", record.name, "cycle", code)
            return False
    return True
