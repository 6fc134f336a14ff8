"""24 months after the last day nothing is left of who left, and what others wrote stays theirs."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import Session

from mentorship.hr_import.writing.models import ImportedRecord
from mentorship.people.models import Person, PersonManager
from mentorship.profiles.models import Expertise, Training
from mentorship.tables import metadata
from mentorship.worker import jobs
from tests.leaving.conftest import Goodbye
from tests.outbox.postbox import settings


def pointing(stage: Goodbye) -> list[str]:
    """Return where something points at Lena."""
    found = []
    with stage.engine.connect() as connection:
        for table in metadata.sorted_tables:
            for key in table.foreign_keys:
                if key.target_fullname == "person.id":
                    rows = sa.select(sa.func.count()).select_from(table).where(key.parent == stage.lena)
                    if connection.scalar(rows):
                        found.append(f"{table.name}.{key.parent.name}")
    return found


def purge(stage: Goodbye) -> None:
    jobs.purge_all(stage.engine, stage.now, settings(25))


def notes_a_training(session: Session, stage: Goodbye) -> None:
    noted = Training(
        person_id=stage.person("senior"),
        title="Begeleiden",
        followed_on=stage.today,
        noted_by=stage.lena,
        noted_at=stage.now,
    )
    session.add(noted)


def test_24_months_after_the_last_day_nothing_is_left(stage: Goodbye):
    stage.start("lena", "junior")
    stage.start("other_senior", "lena", domain="PLC-programmering")
    stage.organisation.asks("lena")
    stage.organisation.session.commit()
    stage.act(lambda s: s.add(PersonManager(person_id=stage.person("junior"), manager_id=stage.lena)))
    stage.open()
    stage.act(notes_a_training, stage)
    stage.act(lambda s: s.add(ImportedRecord(kind="person", key="n-lena", values={"email": "lena@example.nl"})))
    stage.act(lambda s: s.add(ImportedRecord(kind="expertise", key="n-senior/1", values={})))
    stage.solved()
    day = stage.goes()
    assert stage.rows(Expertise, Expertise.person_id == stage.lena), "kept, for who comes back"

    stage.later(days=(day.replace(year=2028) - stage.today).days - 1)
    purge(stage)
    assert stage.who().name == "Lena Proef", "not a day too early"
    stage.later(days=1)
    purge(stage)
    assert stage.who().given_name == "", "nothing says any more who asked what is kept for a day more"
    stage.later(days=2)
    purge(stage)
    assert pointing(stage) == []
    assert stage.rows(Person, Person.id == stage.lena) == []
    assert stage.who("kees").manager_id == stage.person("manager"), "the manager above"
    assert [one.key for one in stage.rows(ImportedRecord)] == ["n-senior/1"]
    (training,) = stage.rows(Training)
    assert training.noted_by == stage.person("senior")
    purge(stage)


def test_while_a_pair_is_kept_longer_the_name_goes_and_the_row_stays(stage: Goodbye):
    """Hours that were noted later than the last day, or a round that is kept: nobody can tell whose it was."""
    stage.goes()
    stage.later(days=730 + 60)
    pair = stage.start("lena", "junior", origin="import")
    for _ in range(2):
        purge(stage)
        left = stage.who()
        assert (left.given_name, left.number, left.email) == ("", f"~{stage.lena}", None)
    assert stage.pair(pair).mentor_id == stage.lena
    assert stage.today - timedelta(days=1) > left.left_on
