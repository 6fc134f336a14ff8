"""Expertise and learning forms of an export into the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from mentorship.hr_import.reading.export import FORMS
from mentorship.hr_import.reading.kinds import EXPERTISE, PEOPLE, PREFERENCES
from mentorship.hr_import.writing import people_here, queries
from mentorship.hr_import.writing.bulk import delete_rows, insert_rows, update_rows
from mentorship.hr_import.writing.import_run import ImportRun
from mentorship.hr_import.writing.merge import Values
from mentorship.hr_import.writing.queries import Ids
from mentorship.hr_import.writing.vocabulary import Vocabulary
from mentorship.profiles.models import Expertise, FormComfort, FormWish


def note_gone(run: ImportRun, kind: str, file: str, who: Callable[[str], str] = str) -> None:
    """Report records that the file no longer has of people whom the export still has."""
    if file not in run.export.counts:
        return
    aside = run.set_aside(file, PEOPLE.name)
    there = {person.number for person in run.export.people}
    gone = []
    for key in run.bases[kind]:
        if (kind, key) in run.remembered:
            continue
        number = queries.whose(key, there)
        if number in there and number.casefold() not in aside:
            gone.append(key)
    run.note_gone(kind, gone, who)


def write_expertise(run: ImportRun, ids: Ids, vocabulary: Vocabulary) -> None:
    """Write levels, and who wants to pass theirs on."""
    names = queries.inverted(vocabulary.domains)
    numbers = queries.inverted(ids)

    def who(key: str) -> str:
        number, _, domain = key.rpartition("/")
        name = names.get(int(domain), "")
        return f"{number} {name}".strip()

    said = _expertise_said(run, ids, vocabulary)
    here = people_here.expertise(run.session, numbers)
    merged = run.settle("expertise", said, here)
    run.note("expertise", merged, who)
    created = _expertise_rows(merged.created, ids)
    updated = _expertise_rows(merged.updated, ids)
    insert_rows(run.session, Expertise, created)
    update_rows(run.session, Expertise, updated)
    note_gone(
        run,
        "expertise",
        EXPERTISE.name,
        who,
    )


def _expertise_rows(found: Mapping[str, Values], ids: Ids) -> list[Values]:
    rows = []
    for key, values in found.items():
        number, _, domain = key.rpartition("/")
        row = {
            "person_id": ids[number],
            "domain_id": int(domain),
        }
        rows.append(row | values)
    return rows


def _expertise_said(run: ImportRun, ids: Ids, vocabulary: Vocabulary) -> dict[str, Values]:
    said: dict[str, Values] = {}
    for record in run.export.expertise:
        domain_id = vocabulary.domains.get(record.domain)
        if domain_id is None:
            run.differ(
                "expertise",
                record.number,
                "domain",
                record.domain,
            )
        elif record.number in ids:
            key = f"{record.number}/{domain_id}"
            said[key] = {
                "level": record.level,
                "willing": record.willing,
            }
    return said


def write_preferences(run: ImportRun, ids: Ids) -> None:
    """Write how juniors want to learn and what suits mentors."""
    numbers = queries.inverted(ids)
    wishes: dict[str, Values] = {}
    comforts: dict[str, Values] = {}
    for record in run.export.preferences:
        if record.number not in ids:
            continue
        if record.is_wish:
            wishes[record.number] = {"ranking": list(record.figures)}
        else:
            comforts[record.number] = dict(zip(FORMS, record.figures, strict=True))
    _write_wishes(
        run,
        wishes,
        ids,
        numbers,
    )
    _write_comforts(
        run,
        comforts,
        ids,
        numbers,
    )
    for kind in ("wish", "comfort"):
        note_gone(run, kind, PREFERENCES.name)


def _write_wishes(run: ImportRun, said: Mapping[str, Values], ids: Ids, numbers: Mapping[int, str]) -> None:
    here = people_here.wishes(run.session, numbers)
    merged = run.settle("wish", said, here)
    run.note("wish", merged)
    touched = []
    rows = []
    for number, values in merged.touched.items():
        person_id = ids[number]
        touched.append(person_id)
        ranked = zip(FORMS, values["ranking"], strict=True)
        for form, weight in ranked:
            row = {
                "person_id": person_id,
                "form": form,
                "weight": weight,
            }
            rows.append(row)
    # a ranking is replaced as a whole, for each weight occurs once
    delete_rows(
        run.session,
        FormWish,
        FormWish.person_id,
        touched,
    )
    insert_rows(run.session, FormWish, rows)


def _write_comforts(run: ImportRun, said: Mapping[str, Values], ids: Ids, numbers: Mapping[int, str]) -> None:
    here = people_here.comforts(run.session, numbers)
    merged = run.settle("comfort", said, here)
    run.note("comfort", merged)
    created = _comfort_rows(ids, merged.created.items())
    updated = _comfort_rows(ids, merged.updated.items())
    insert_rows(run.session, FormComfort, created)
    update_rows(run.session, FormComfort, updated)


def _comfort_rows(ids: Ids, found: Iterable[tuple[str, Values]]) -> list[Values]:
    rows = []
    for number, values in found:
        for form, comfort in values.items():
            row = {
                "person_id": ids[number],
                "form": form,
                "comfort": comfort,
            }
            rows.append(row)
    return rows
