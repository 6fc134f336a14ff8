"""The list of rooms: every table about people stands on it, or is named with the reason why nothing follows."""

from __future__ import annotations

from mentorship.base.personal import PERSONAL
from mentorship.leaving.rooms import ROOMS, STAYS
from mentorship.tables import metadata


def personal_tables() -> set[str]:
    found = set()
    for name, table in metadata.tables.items():
        if PERSONAL in table.info or any(PERSONAL in column.info for column in table.columns):
            found.add(name)
    return found


def test_every_table_about_people_is_on_the_list_or_named_with_a_reason():
    on_the_list = [str(table.__tablename__) for room in ROOMS for table in room.tables]
    assert len(on_the_list) == len(set(on_the_list)), "once"
    assert not set(on_the_list) & STAYS.keys(), "either something follows, or nothing"
    assert set(on_the_list) | STAYS.keys() == personal_tables()
    assert all(len(reason) > 20 for reason in STAYS.values())


def test_every_room_with_such_a_file_is_on_the_list():
    """A room that says what it does when somebody leaves, and is not asked, does nothing."""
    import pathlib

    import mentorship

    package = pathlib.Path(mentorship.__file__).parent
    written = {".".join(path.relative_to(package).with_suffix("").parts) for path in package.rglob("leaving.py")}
    asked = {room.left.__module__.removeprefix("mentorship.") for room in ROOMS}
    assert asked == written - {"leaving"}
