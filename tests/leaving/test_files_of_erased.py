"""What files of HR said of who is erased goes at once; what they said of others stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from mentorship.base.i18n import use_locale
from mentorship.base.secret_codes import sealed
from mentorship.hr_import.imports import dropped
from mentorship.hr_import.imports.models import TakenImport
from mentorship.hr_import.reading import same_people
from mentorship.hr_import.reading.questions import Asked
from mentorship.hr_import.reading.sheets import Row, Sheet
from mentorship.hr_import.upload import actions as uploads
from mentorship.hr_import.upload.models import ImportDraft
from mentorship.hr_import.writing import queries, retention
from mentorship.hr_import.writing.models import ImportedRecord, ImportSource
from mentorship.leaving import files
from mentorship.people.models import Person
from mentorship.privacy.requests import actions, words
from mentorship.worker.purges import PURGES
from tests.factories import Organisation


def over(one: str, other: str) -> ImportedRecord:
    """Return what stays of a pair that is kept no longer."""
    return ImportedRecord(kind="duo over", key=sealed(f"{one}/{other}"), values={"of": [sealed(one), sealed(other)]})


def records(session: Session, kind: str) -> list[dict[str, object]]:
    session.expire_all()
    found = session.scalars(sa.select(ImportedRecord).where(sa.column("kind") == kind).order_by(ImportedRecord.key))
    return [record.values for record in found]


def test_digests_of_their_pairs_go_and_those_of_others_stay(session: Session, organisation: Organisation):
    session.add_all([over("n-senior", "n-junior"), over("n-senior", "n-other_junior")])
    session.commit()
    actions.erase_person(session, organisation.people["junior"], organisation.now)
    assert records(session, "duo over") == [{"of": [sealed("n-senior"), sealed("n-other_junior")]}]


def test_digests_of_who_is_here_by_no_such_number_go_by_night(session: Session, organisation: Organisation):
    session.add_all([over("n-senior", "n-junior"), over("n-senior", "n-other_junior")])
    session.get_one(Person, organisation.people["junior"]).number = "another"
    session.commit()
    PURGES["import records"](session, organisation.now)
    assert records(session, "duo over") == [{"of": [sealed("n-senior"), sealed("n-other_junior")]}]


def test_nobody_has_them_as_their_manager_in_what_a_file_said(session: Session, organisation: Organisation):
    said = {"manager": "n-manager", "others_above": ["n-manager", "n-director"]}
    session.add(ImportedRecord(kind="person", key="n-junior", values=said))
    session.add(ImportedRecord(kind="person", key="n-manager1", values={"manager": "n-manager1"}))
    session.commit()
    actions.erase_person(session, organisation.people["manager"], organisation.now)
    of_others = {"manager": "n-manager1"}
    assert records(session, "person") == [{"manager": None, "others_above": ["n-director"]}, of_others]


def test_what_was_answered_about_their_number_goes(session: Session, organisation: Organisation):
    session.get_one(Person, organisation.people["junior"]).number = "0100"
    before = f"erased:{sealed('0100')}"
    answers = {"zeros:100": "same", "address:1001": "give", "erased:100": "gone", before: "back"}
    session.add(ImportSource(name="hr", mapping={"answers": answers}, changed_at=organisation.now))
    session.commit()
    actions.erase_person(session, organisation.people["junior"], organisation.now)
    session.commit()
    session.expire_all()
    kept = session.get_one(ImportSource, "hr").mapping["answers"]
    assert kept == {"address:1001": "give"}, "also that they were to come back after they were erased before"


def test_whether_who_was_erased_comes_back_is_kept_without_their_number(session: Session, organisation: Organisation):
    """For as long as the ledger has them: no file brings them back, and no file asks twice."""
    made = organisation
    actions.erase_person(session, made.people["junior"], made.now)
    session.commit()
    asked = Asked({})
    row = Row(2, "N-junior", {"Medewerkernummer": "N-junior"})
    sheet = Sheet("personen", frozenset(row.cells), (), (row,))
    settled = same_people.settle(sheet, queries.known(session, queries.bases(session), made.now), asked)
    assert settled.left_alone == {"n-junior"}
    (question,) = asked.questions()
    (item,) = question.items
    assert "junior" not in item.key
    answers = {item.key: "gone", "erased:n-junior": "gone", "erased": "gone"}
    session.add(ImportSource(name="hr", mapping={"answers": answers}, changed_at=made.now))
    session.commit()
    for years, kept in ((1, {item.key: "gone", "erased": "gone"}), (3, {"erased": "gone"})):
        night = made.now + timedelta(days=365 * years)
        for purge in ("privacy requests", "import records"):
            PURGES[purge](session, night)
        session.commit()
        session.expire_all()
        assert session.get_one(ImportSource, "hr").mapping["answers"] == kept


def test_an_import_says_how_many_left_by_it_and_not_who(session: Session, organisation: Organisation):
    taken = TakenImport(at=organisation.now, summary={"left": ["n-junior", "n-hr"], "rows": 9}, journal=b"x")
    session.add(taken)
    session.commit()
    actions.erase_person(session, organisation.people["junior"], organisation.now)
    session.commit()
    session.refresh(taken)
    assert (taken.summary, taken.journal) == ({"left": ["", ""], "rows": 9}, None)


def test_files_go_when_it_is_said(session: Session, organisation: Organisation, tmp_path: Path):
    """A draft that somebody looks at, and a file in the folder: as long as the page says, and no longer."""
    with use_locale("en"):
        said = " ".join(words.erased())
    assert "after 1 day" in said and "30 days after it was taken in" in said
    draft = ImportDraft(person_id=organisation.people["hr"], created_at=organisation.now)
    session.add(draft)
    session.commit()
    assert left(session, organisation.now + timedelta(hours=23)) == 1
    assert left(session, organisation.now + timedelta(hours=24)) == 0
    (tmp_path / "taken").mkdir()
    file = tmp_path / "taken" / f"{organisation.now:{dropped.STAMP}}-personen.csv"
    file.write_text("n-junior")
    dropped.purge(tmp_path, organisation.now + timedelta(days=30))
    assert file.exists()
    dropped.purge(tmp_path, organisation.now + timedelta(days=30, seconds=1))
    assert not file.exists()


def left(session: Session, now: datetime) -> int:
    """Return how many drafts there are after a purge."""
    uploads.purge(session, now)
    return session.scalar(sa.select(sa.func.count()).select_from(ImportDraft)) or 0


def test_the_kinds_of_records_are_those_of_the_files():
    assert (files.PERSON, files.PAIR_OVER) == (retention.PERSON, retention.OVER)
    assert (files.MANAGER, files.OTHERS) == (retention.MANAGER, retention.OTHERS)
