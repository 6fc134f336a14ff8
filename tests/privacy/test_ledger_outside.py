"""The ledger of erasures outside the pages: the command after a restored backup, and the next export of HR."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from sqlmodel import Session, select

from mentorship import migrations
from mentorship.base.secret_codes import seal_by
from mentorship.cli import main
from mentorship.hr_import.actions import import_directory
from mentorship.hr_import.choices import Choices
from mentorship.hr_import.imports import actions as imports
from mentorship.hr_import.reading.files import folder as files_of
from mentorship.hr_import.reading.mapping import Mapping
from mentorship.operations.backup import kept_ledger
from mentorship.people.models import Person
from mentorship.people.queries import person_by_number
from mentorship.privacy.requests import actions, queries
from mentorship.privacy.requests.again import reapply
from tests.factories import Organisation, Screen
from tests.hr_import.exports import SMALL, write


def ran(url: str, *words: object) -> Result:
    settings = {"LANG": "en_GB.UTF-8", "MENTORSHIP_DATABASE_URL": url, "MENTORSHIP_SECRET_KEY": "x" * 64}
    return CliRunner().invoke(main, [str(word) for word in words], env=settings, catch_exceptions=False)


def run(url: str, *words: object) -> str:
    done = ran(url, *words)
    assert done.exit_code == 0, done.output
    return done.stdout


def kept_apart(folder: pathlib.Path, numbers: Iterable[str], at: datetime) -> pathlib.Path:
    seal_by(["x" * 64])
    kept = folder / "ledger.ndjson"
    told = [json.dumps({"number": queries.seals_of(number)[0], "at": at.isoformat()}) for number in numbers]
    head = json.dumps({"kept_at": at.isoformat(), "entries": len(told)})
    kept.write_text("\n".join([head, *told]) + "\n")
    return kept


def entries(told: str) -> list[str]:
    """The lines of a ledger but the first, which says when it was kept."""
    first, *others = told.splitlines()
    assert "kept_at" in first
    return others


def test_the_command_erases_again_by_a_ledger_kept_apart(
    session: Session, organisation: Organisation, database_url: str, tmp_path: pathlib.Path
):
    made = organisation
    session.commit()
    kept = kept_apart(tmp_path, ["n-junior"], made.now - timedelta(days=40))
    assert "1 person" in run(database_url, "privacy", "reapply", "--ledger", kept)
    session.expire_all()
    assert person_by_number(session, "n-junior") is not None, "it was only told"
    session.rollback()
    assert "1 person" in run(database_url, "privacy", "reapply", "--yes", "--ledger", kept)
    session.expire_all()
    assert person_by_number(session, "n-junior") is None
    session.rollback()
    told = run(database_url, "privacy", "ledger")
    assert entries(told) == entries(kept.read_text()), "as it was noted, and once"
    assert "0 people" in run(database_url, "privacy", "reapply", "--yes")


def test_the_command_notes_what_it_read_and_no_more(
    session: Session, organisation: Organisation, database_url: str, tmp_path: pathlib.Path
):
    """Without a ledger it knows of none; an older one makes it no newer."""
    session.commit()
    run(database_url, "privacy", "reapply", "--yes")
    session.expire_all()
    assert kept_ledger.known_at(session) is None
    session.rollback()
    newer, older = organisation.now, organisation.now - timedelta(days=3)
    for at, known in ((older, older), (newer, newer), (older, newer)):
        run(database_url, "privacy", "reapply", "--yes", "--ledger", kept_apart(tmp_path, ["n-gone"], at))
        session.expire_all()
        assert kept_ledger.known_at(session) == known
        session.rollback()


def test_a_ledger_kept_apart_is_noted_also_of_who_is_not_here_yet(
    session: Session, organisation: Organisation, database_url: str, tmp_path: pathlib.Path
):
    """The next file of HR would bring them back."""
    session.commit()
    kept = kept_apart(tmp_path, ["n-gone", "n-junior"], organisation.now - timedelta(days=40))
    run(database_url, "privacy", "reapply", "--yes", "--ledger", kept)
    run(database_url, "privacy", "reapply", "--yes", "--ledger", kept)
    assert entries(run(database_url, "privacy", "ledger")) == entries(kept.read_text())
    session.rollback()
    assert queries.erased(session, ["n-gone"]) == {"n-gone"}


@pytest.mark.both_databases
def test_one_who_cannot_be_erased_keeps_no_other_from_it(
    session: Session, organisation: Organisation, database_url: str, tmp_path: pathlib.Path
):
    """The last admin stays, and comes first of the three."""
    session.commit()
    kept = kept_apart(tmp_path, ["n-junior", "n-admin", "n-senior"], organisation.now)
    told = ran(database_url, "privacy", "reapply", "--yes", "--ledger", kept)
    assert told.exit_code == 1
    assert "2 people erased again" in told.stdout
    assert "n-admin: " in told.stderr.lower()
    assert "1 person could not be erased" in told.stderr
    session.expire_all()
    assert person_by_number(session, "n-junior") is None
    assert person_by_number(session, "n-senior") is None
    assert person_by_number(session, "n-admin") is not None


def test_what_an_older_schema_drops_comes_back_as_operations_say(
    session: Session, organisation: Organisation, database_url: str, engine: sa.Engine, tmp_path: pathlib.Path
):
    actions.erase_person(session, organisation.people["junior"], organisation.now)
    session.commit()
    kept = tmp_path / "ledger.ndjson"
    kept.write_text(run(database_url, "privacy", "ledger"))
    migrations.downgrade(engine, "0051")
    migrations.upgrade(engine)
    assert not entries(run(database_url, "privacy", "ledger"))
    run(database_url, "privacy", "reapply", "--yes", "--ledger", kept)
    assert entries(run(database_url, "privacy", "ledger")) == entries(kept.read_text()) != []


def test_the_ledger_is_of_a_database_of_this_version(database_url: str, engine: sa.Engine):
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    for words in (["ledger"], ["reapply"]):
        told = ran(database_url, "privacy", *words)
        assert told.exit_code == 1
        assert "mentorship migrate" in told.output


def test_the_next_export_asks_about_who_was_erased(session: Session, now, tmp_path: pathlib.Path):
    folder = write(tmp_path, SMALL)
    import_directory(session, folder, None, now, choices=Choices())
    session.commit()
    person = session.exec(select(Person).order_by(Person.id.desc())).first()  # type: ignore[union-attr]
    assert person is not None and person.id is not None
    number = person.number
    actions.erase_person(session, person.id, now)
    session.commit()

    report = import_directory(session, folder, None, now, choices=Choices())
    (asked,) = report.open_questions
    assert asked.key == "erased"
    assert number.casefold() in repr(asked.items)
    assert report.stops, "nothing is written before"
    session.rollback()
    import_directory(session, folder, None, now, choices=Choices(settled=Mapping(answers={"erased": "gone"})))
    session.commit()
    assert person_by_number(session, number) is None
    import_directory(session, folder, None, now, choices=Choices(settled=Mapping(answers={"erased": "back"})))
    session.commit()
    assert person_by_number(session, number) is not None
    assert reapply(session, {}, now).erased == 0, "they are in the ledger no more"


def test_who_is_added_by_hand_after_an_erasure_stays(visit, session: Session, organisation: Organisation):
    """Somebody decided that they are here again: the ledger does not erase them once more."""
    made = organisation
    actions.erase_person(session, made.people["junior"], made.now)
    session.commit()
    site = made.sites["Ede"]
    fields = {"number": "N-JUNIOR", "given_name": "Jo", "infix": "", "family_name": "Terug", "site_id": site}
    fields |= {"department": "", "manager": "", "email": "", "languages": "nl"}
    done = visit("coordinator").post("/joining", fields)
    assert done.status_code == 303, [line for line in done.text.splitlines() if "invalid" in line]
    assert reapply(session, {}, made.now).erased == 0
    assert person_by_number(session, "N-JUNIOR") is not None


@pytest.mark.both_databases
def test_undoing_that_they_were_added_erases_again(visit, session: Session, organisation: Organisation):
    made = organisation
    erased_on = made.now - timedelta(days=40)
    actions.erase_person(session, made.people["junior"], erased_on)
    session.commit()
    who = {"given_name": "Jo", "family_name": "Terug", "number": "N-JUNIOR"}
    page = Screen(visit("coordinator"), "/joining").press("Voeg deze persoon toe", **who, roles=["junior"])
    assert not queries.ledger(session)
    session.rollback()
    page.press("Terugdraaien")
    assert [entry.erased_at for entry in queries.ledger(session)] == [erased_on], "as it stood"
    assert queries.erased(session, ["n-junior"]) == {"n-junior"}
    assert person_by_number(session, "N-JUNIOR") is None


@pytest.mark.both_databases
def test_undoing_the_import_they_came_back_with_erases_again(
    session: Session, organisation: Organisation, now, tmp_path: pathlib.Path
):
    uploads = files_of(write(tmp_path, SMALL))
    imports.take_in(session, None, uploads, Choices(), now)
    session.commit()
    person = session.exec(select(Person).order_by(Person.id.desc())).first()  # type: ignore[union-attr]
    assert person is not None and person.id is not None
    number = person.number
    actions.erase_person(session, person.id, now)
    session.commit()
    later = now + timedelta(hours=1)
    choices = Choices(settled=Mapping(answers={"erased": "back"}))
    taken = imports.take_in(session, None, uploads, choices, later).taken
    assert taken is not None and taken.id is not None and not queries.ledger(session)
    session.commit()
    imports.undo(session, organisation.actor("admin"), taken.id, later)
    session.commit()
    assert person_by_number(session, number) is None
    assert [entry.erased_at for entry in queries.ledger(session)] == [now], "as it stood"
    assert queries.erased(session, [number]) == {number}
