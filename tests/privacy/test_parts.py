"""My data: every table and column about people has its place on the list, or the reason why not."""

from __future__ import annotations

import re

import sqlalchemy as sa

from mentorship.base.personal import PERSONAL
from mentorship.privacy.mine.parts import Part
from mentorship.privacy.mine.subjects import SUBJECTS, parts
from mentorship.privacy.mine.words import CODES, label
from mentorship.tables import metadata
from tests.privacy.left_out import OF_NOBODY, SAID_ELSEWHERE

HOLDS_A_PERSON = re.compile(r"(^|_)by(_id)?$|^(actor|recipient|person|mentor|junior|owner|asked|viewer|subject)_id$")


def personal_tables() -> dict[str, sa.Table]:
    return {name: table for name, table in metadata.tables.items() if PERSONAL in table.info}


def of_table(name: str) -> list[Part]:
    return [part for part in parts() if part.table == name]


def test_every_table_about_people_is_shown_or_has_its_reason():
    shown = {part.table for part in parts()}
    assert not shown & OF_NOBODY.keys()
    assert shown | OF_NOBODY.keys() == set(personal_tables())
    assert all(len(reason) > 20 for reason in OF_NOBODY.values())


def test_every_column_is_shown_or_has_its_reason():
    missing = []
    for name, table in personal_tables().items():
        if name in OF_NOBODY:
            continue
        told: set[str] = set()
        for part in of_table(name):
            assert not set(part.shown) & set(part.without), f"{name}: either shown or left out"
            assert set(part.shown) | set(part.without) <= set(table.columns.keys()), name
            ways = {way.partition(".")[0] for way in part.whose}
            told |= {*part.shown, *part.without, *ways, *part.only}
        plumbing = {"id", "mentorship_id", "request_id", "wave_id", *(["key"] if name == "imported_record" else [])}
        missing += [f"{name}.{column}" for column in set(table.columns.keys()) - told - plumbing]
    assert not missing


def test_every_column_that_holds_a_person_leads_to_them_or_has_its_reason():
    lacking = []
    for name, table in personal_tables().items():
        if name in OF_NOBODY:
            continue
        ways = {way for part in of_table(name) for way in part.whose}
        for column in table.columns:
            holds = any(key.target_fullname == "person.id" for key in column.foreign_keys)
            place = f"{name}.{column.name}"
            named = holds or HOLDS_A_PERSON.search(column.name)
            if named and column.name not in ways and place not in SAID_ELSEWHERE:
                lacking.append(place)
    assert not lacking
    assert all(len(reason) > 20 for reason in SAID_ELSEWHERE.values())


def test_what_was_named_as_elsewhere_is_still_there():
    for place in SAID_ELSEWHERE:
        table, column = place.split(".")
        assert column in metadata.tables[table].columns, place


def test_keys_are_told_apart():
    assert len({subject.key for subject in SUBJECTS}) == len(SUBJECTS)
    for subject in SUBJECTS:
        keys = [part.key for part in subject.parts]
        assert len(keys) == len(set(keys)), subject.key


def test_everything_shown_has_a_label():
    for part in parts():
        for name in part.shown:
            assert label(part.table, name), f"{part.table}.{name}"


def test_every_choice_of_a_few_is_told_in_words():
    """A column that the database holds to a list of words."""
    untold = []
    for part in parts():
        for check in part.rows_of.constraints:
            if not isinstance(check, sa.CheckConstraint):
                continue
            found = re.fullmatch(r"(\w+) IN \(([^)]*)\)", str(check.sqltext))
            if not found or found[1] not in part.shown:
                continue
            known = CODES.get(f"{part.table}.{found[1]}", {})
            untold += [
                f"{part.table}.{found[1]}: {word}" for word in re.findall(r"'(\w+)'", found[2]) if word not in known
            ]
    assert not untold
