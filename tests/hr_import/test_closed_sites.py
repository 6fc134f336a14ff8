"""A site that was closed: nobody comes to it by an import either, and the report says so."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, select

from mentorship.base.clock import local_date
from mentorship.people.models import Person, Site
from tests.hr_import.conftest import Import
from tests.hr_import.exports import changed, small


def close(session: Session, name: str, now: datetime) -> None:
    session.exec(select(Site).where(Site.name == name)).one().closed_on = local_date(now)
    session.commit()


def site_of(session: Session, number: str) -> str:
    query = select(Site.name).join(Person, Person.site_id == Site.id).where(Person.number == number)
    found = session.exec(query).one()
    session.rollback()
    return found


def test_somebody_new_at_a_closed_site_is_said_as_a_cause(take_in: Import, session: Session, now: datetime):
    take_in(small())
    close(session, "Gouda", now)
    files = changed("medewerkers.csv", 3, "Vestiging", "Gouda")
    head, *_ = files["medewerkers.csv"]
    newcomer = dict(zip(head, files["medewerkers.csv"][4], strict=True)) | {"Medewerkernummer": "6", "Roepnaam": "Fem"}
    files["medewerkers.csv"].append(list(newcomer.values()))
    report = take_in(files)
    (cause,) = report.causes
    assert str(cause.reason) == "Vestiging “Gouda” is closed: nobody can be put there any more."
    assert not cause.set_aside and cause.lines == (3, 7)
    assert site_of(session, "6") == "Delft", "the only one that is open"
    assert site_of(session, "2") == "Delft", "who is moved there stays where they are"


def test_who_works_at_a_closed_site_stays_there_unasked(take_in: Import, session: Session, now: datetime):
    take_in(small())
    close(session, "Gouda", now)
    report = take_in(small())
    assert not report.causes and not report.changed
    assert site_of(session, "4") == "Gouda"


def test_where_every_site_is_closed_the_site_is_to_be_settled(take_in: Import, session: Session, now: datetime):
    take_in(small())
    close(session, "Gouda", now)
    close(session, "Delft", now)
    files = small()
    files["medewerkers.csv"].append(["6", *files["medewerkers.csv"][4][1:]])
    take_in(files)
    assert site_of(session, "6") == "Nog onbekend"
