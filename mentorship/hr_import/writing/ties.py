"""The roles of people, and their managers beside the first, into the database."""

from __future__ import annotations

from sqlmodel import col

from mentorship.hr_import.reading.lists import ROLE_ORDER
from mentorship.hr_import.writing.bulk import delete_rows, insert_rows
from mentorship.hr_import.writing.import_run import ImportRun
from mentorship.hr_import.writing.profiles import People, changed_in
from mentorship.hr_import.writing.queries import Ids
from mentorship.people.models import PersonManager, PersonRole


def write_others_above(run: ImportRun, touched: People, ids: Ids) -> None:
    """Write the managers of people beside their first."""
    people = []
    rows = []
    for person_id, _, changes in changed_in(touched, ids, "others_above"):
        people.append(person_id)
        for number in changes["others_above"] or []:
            row = {"person_id": person_id, "manager_id": ids[number]}
            rows.append(row)
    delete_rows(
        run.session,
        PersonManager,
        PersonManager.person_id,
        people,
    )
    insert_rows(run.session, PersonManager, rows)


def write_roles(run: ImportRun, touched: People, ids: Ids) -> None:
    """Give and take the roles that an export knows; coordinator and admin are not its business."""
    people = []
    rows = []
    for person_id, _, changes in changed_in(touched, ids, "roles"):
        people.append(person_id)
        for role in changes["roles"]:
            row = {"person_id": person_id, "role": role}
            rows.append(row)
    known = col(PersonRole.role).in_(ROLE_ORDER)
    delete_rows(
        run.session,
        PersonRole,
        PersonRole.person_id,
        people,
        known,
    )
    insert_rows(run.session, PersonRole, rows)
