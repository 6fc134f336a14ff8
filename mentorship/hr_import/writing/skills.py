"""Expertise and learning forms of an export into the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from mentorship.hr_import.reading.export import FORMS, Export
from mentorship.hr_import.reading.sheets import EXPERTISE, PEOPLE, PREFERENCES
from mentorship.hr_import.writing import queries
from mentorship.hr_import.writing.changes import Ledger, delete_rows, insert_rows, update_rows
from mentorship.hr_import.writing.merge import Values
from mentorship.hr_import.writing.queries import Ids
from mentorship.hr_import.writing.vocabulary import Vocabulary
from mentorship.profiles.models import Expertise, FormComfort, FormWish


def miss(
    ledger: Ledger,
    kind: str,
    export: Export,
    file: str,
    who: Callable[[str], str] = str,
) -> None:
    """Report records that the file no longer has of people whom the export still has."""
    if file not in export.counts:
        return
    aside = set()
    for row in export.set_aside:
        if row.file in (file, PEOPLE.name):
            aside.add(row.key.casefold())
    there = {person.number for person in export.people}
    missed = []
    for key in ledger.bases[kind]:
        number = key.partition("/")[0]
        told = (kind, key) in ledger.remembered
        if not told and number in there and number.casefold() not in aside:
            missed.append(key)
    ledger.miss(kind, missed, who)


def write_expertise(ledger: Ledger, export: Export, ids: Ids, vocabulary: Vocabulary) -> None:
    """Write levels, and who wants to pass theirs on."""
    names = {row_id: name for name, row_id in vocabulary.domains.items()}
    numbers = queries.inverted(ids)

    def who(key: str) -> str:
        number, _, domain = key.partition("/")
        name = names.get(int(domain), "")
        return f"{number} {name}".strip()

    def rows(found: Mapping[str, Values]) -> list[Values]:
        written = []
        for key, values in found.items():
            number, _, domain = key.rpartition("/")
            row = {"person_id": ids[number], "domain_id": int(domain)}
            written.append(row | values)
        return written

    said = _expertise_said(ledger, export, ids, vocabulary)
    here = queries.expertise(ledger.session, numbers)
    merged = ledger.settle("expertise", said, here)
    ledger.note("expertise", merged, who)
    insert_rows(ledger.session, Expertise, rows(merged.created))
    update_rows(ledger.session, Expertise, rows(merged.updated))
    miss(ledger, "expertise", export, EXPERTISE.name, who)


def _expertise_said(ledger: Ledger, export: Export, ids: Ids, vocabulary: Vocabulary) -> dict[str, Values]:
    said: dict[str, Values] = {}
    for record in export.expertise:
        domain_id = vocabulary.domains.get(record.domain)
        if domain_id is None:
            ledger.differ(
                "expertise",
                record.number,
                "domain",
                record.domain,
            )
        elif record.number in ids:
            key = f"{record.number}/{domain_id}"
            said[key] = {"level": record.level, "willing": record.willing}
    return said


def write_preferences(ledger: Ledger, export: Export, ids: Ids) -> None:
    """Write how juniors want to learn and what suits mentors."""
    numbers = queries.inverted(ids)
    wishes: dict[str, Values] = {}
    comforts: dict[str, Values] = {}
    for record in export.preferences:
        if record.number not in ids:
            continue
        if record.is_wish:
            wishes[record.number] = {"ranking": list(record.figures)}
        else:
            comforts[record.number] = dict(zip(FORMS, record.figures, strict=True))
    _write_wishes(ledger, wishes, ids, numbers)
    _write_comforts(ledger, comforts, ids, numbers)
    for kind in ("wish", "comfort"):
        miss(ledger, kind, export, PREFERENCES.name)


def _write_wishes(ledger: Ledger, said: Mapping[str, Values], ids: Ids, numbers: Mapping[int, str]) -> None:
    here = queries.wishes(ledger.session, numbers)
    merged = ledger.settle("wish", said, here)
    ledger.note("wish", merged)
    touched = []
    rows = []
    for number, values in merged.touched.items():
        person_id = ids[number]
        touched.append(person_id)
        ranked = zip(FORMS, values["ranking"], strict=True)
        for form, weight in ranked:
            row = {"person_id": person_id, "form": form, "weight": weight}
            rows.append(row)
    # a ranking is replaced as a whole, for each weight occurs once
    delete_rows(ledger.session, FormWish, FormWish.person_id, touched)
    insert_rows(ledger.session, FormWish, rows)


def _write_comforts(ledger: Ledger, said: Mapping[str, Values], ids: Ids, numbers: Mapping[int, str]) -> None:
    here = queries.comforts(ledger.session, numbers)
    merged = ledger.settle("comfort", said, here)
    ledger.note("comfort", merged)
    created = _comfort_rows(ids, merged.created.items())
    updated = _comfort_rows(ids, merged.updated.items())
    insert_rows(ledger.session, FormComfort, created)
    update_rows(ledger.session, FormComfort, updated)


def _comfort_rows(ids: Ids, found: Iterable[tuple[str, Values]]) -> list[Values]:
    rows = []
    for number, values in found:
        for form, comfort in values.items():
            row = {"person_id": ids[number], "form": form, "comfort": comfort}
            rows.append(row)
    return rows
