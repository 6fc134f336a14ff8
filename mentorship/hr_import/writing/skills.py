"""Expertise and learning forms of an export into the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mentorship.hr_import.reading.export import FORMS, Export
from mentorship.hr_import.reading.sheets import EXPERTISE, PEOPLE, PREFERENCES
from mentorship.hr_import.writing import queries
from mentorship.hr_import.writing.changes import Ledger, delete_rows, insert_rows, update_rows
from mentorship.hr_import.writing.merge import Values
from mentorship.hr_import.writing.queries import Ids
from mentorship.hr_import.writing.vocabulary import Vocabulary
from mentorship.profiles.models import Expertise, FormComfort, FormWish


def miss(ledger: Ledger, kind: str, export: Export, file: str, who: Callable[[str], str] = str) -> None:
    """Report records that the file no longer has of people whom the export still has."""
    if file not in export.counts:
        return
    aside = {s.key.casefold() for s in export.set_aside if s.file in (file, PEOPLE.name)}
    people = {person.number for person in export.people}
    keys = (key for key in ledger.bases[kind] if (kind, key) not in ledger.remembered)
    about = ((key, key.partition("/")[0]) for key in keys)
    ledger.miss(kind, [key for key, number in about if number in people and number.casefold() not in aside], who)


def write_expertise(ledger: Ledger, export: Export, ids: Ids, vocabulary: Vocabulary) -> None:
    """Write levels, and who wants to pass theirs on."""
    names = {i: name for name, i in vocabulary.domains.items()}
    numbers = {i: number for number, i in ids.items()}
    said: dict[str, Values] = {}
    for record in export.expertise:
        domain_id = vocabulary.domains.get(record.domain)
        if domain_id is None:
            ledger.differ("expertise", record.number, "domain", record.domain)
        elif record.number in ids:
            said[f"{record.number}/{domain_id}"] = {"level": record.level, "willing": record.willing}

    def who(key: str) -> str:
        number, _, domain = key.partition("/")
        return f"{number} {names.get(int(domain), '')}".strip()

    def row(key: str, values: Values) -> Values:
        number, _, domain = key.rpartition("/")
        return {"person_id": ids[number], "domain_id": int(domain), **values}

    merged = ledger.settle("expertise", said, queries.expertise(ledger.session, numbers))
    ledger.note("expertise", merged, who)
    insert_rows(ledger.session, Expertise, [row(key, values) for key, values in merged.created.items()])
    update_rows(ledger.session, Expertise, [row(key, values) for key, values in merged.updated.items()])
    miss(ledger, "expertise", export, EXPERTISE.name, who)


def write_preferences(ledger: Ledger, export: Export, ids: Ids) -> None:
    """Write how juniors want to learn and what suits mentors."""
    numbers = {i: number for number, i in ids.items()}
    taken = [record for record in export.preferences if record.number in ids]
    _write_wishes(ledger, {r.number: {"ranking": list(r.figures)} for r in taken if r.is_wish}, ids, numbers)
    comforts = {r.number: dict(zip(FORMS, r.figures, strict=True)) for r in taken if not r.is_wish}
    _write_comforts(ledger, comforts, ids, numbers)
    for kind in ("wish", "comfort"):
        miss(ledger, kind, export, PREFERENCES.name)


def _write_wishes(ledger: Ledger, said: Mapping[str, Values], ids: Ids, numbers: Mapping[int, str]) -> None:
    merged = ledger.settle("wish", said, queries.wishes(ledger.session, numbers))
    ledger.note("wish", merged)
    touched = {ids[number]: values["ranking"] for number, values in {**merged.created, **merged.updated}.items()}
    # a ranking is replaced as a whole, for each weight occurs once
    delete_rows(ledger.session, FormWish, FormWish.person_id, touched)
    insert_rows(
        ledger.session,
        FormWish,
        [
            {"person_id": i, "form": form, "weight": weight}
            for i, ranking in touched.items()
            for form, weight in zip(FORMS, ranking, strict=True)
        ],
    )


def _write_comforts(ledger: Ledger, said: Mapping[str, Values], ids: Ids, numbers: Mapping[int, str]) -> None:
    here = queries.comforts(ledger.session, numbers)
    merged = ledger.settle("comfort", said, here)
    ledger.note("comfort", merged)

    def rows(found: Mapping[str, Values]) -> list[Values]:
        return [
            {"person_id": ids[number], "form": form, "comfort": comfort}
            for number, values in found.items()
            for form, comfort in values.items()
        ]

    insert_rows(ledger.session, FormComfort, rows(merged.created))
    update_rows(ledger.session, FormComfort, rows(merged.updated))
