"""Where an own edit and the files differ, somebody chooses: the own edit wins unless the files are ticked."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.base.audit import AuditRow
from mentorship.base.outbox import OutboxRow
from mentorship.hr_import.upload.models import ImportDraft
from mentorship.mentor_requests.models import MentorRequest
from mentorship.people.models import Person
from mentorship.profiles.models import Capacity, Expertise, FilledIn, FormComfort, FormWish
from mentorship.profiles.rosters.models import DayOff
from tests.factories import Organisation, Screen
from tests.hr_import.exports import changed, small
from tests.hr_import.test_upload import upload

PEOPLE = "medewerkers.csv"
OWN = "Eigen afdeling"
EXPORT = changed(PEOPLE, 3, "Afdeling", "Afdeling van HR")
EXPORT[PEOPLE][5][6] = "Elders"


def department(session: Session) -> str:
    """Return where Bep works now; nothing stays open."""
    found = session.exec(select(Person.department).where(Person.number == "2")).one()
    session.rollback()
    return found


def choices(page: Screen) -> dict[str, str]:
    """Return by what the files are chosen, by the words beside it."""
    found = {}
    for label in page.tree.iter("label"):
        for field in label.iter("input"):
            if field.get("name") == "file_wins":
                found[" ".join(" ".join(label.itertext()).split())] = field.get("value")
    return found


def choice(page: Screen, word: str) -> str:
    (found,) = [value for words, value in choices(page).items() if word in words]
    return found


def edit(session: Session, department: str) -> None:
    bep = session.exec(select(Person).where(Person.number == "2")).one()
    bep.department = department
    session.commit()


@pytest.fixture
def page(visit, session: Session, organisation: Organisation) -> Screen:
    """Show an export that says something else than somebody filled in."""
    upload(visit("coordinator"), small()).press("Neem ")
    edit(session, OWN)
    return upload(visit("coordinator"), EXPORT)


def test_an_own_edit_wins_when_nothing_is_ticked(page: Screen, session: Session, visit):
    assert "keer wint wat iemand hier invulde" in page.text and choice(page, OWN)
    page.press("Neem ")
    assert page.path == "/imports"
    assert department(session) == OWN
    assert not session.exec(select(AuditRow).where(AuditRow.verb == "import over an own edit")).all()


def test_the_files_win_where_they_are_ticked_audited_and_undone(page: Screen, session: Session):
    page.press("Neem ", file_wins=choice(page, OWN))
    assert page.path == "/imports"
    assert department(session) == "Afdeling van HR"
    noted = session.exec(select(AuditRow).where(AuditRow.verb == "import over an own edit")).one()
    assert noted.details == {"kind": "person", "field": "department"}
    assert noted.subject == "person" and session.get_one(Person, noted.subject_id).number == "2"
    session.rollback()
    page.tap("Terugdraaien").press("Ja, draai het terug")
    assert department(session) == OWN


def test_what_was_ticked_stays_ticked_and_can_be_unticked(page: Screen, session: Session, visit):
    page.open(upload(visit("coordinator"), changed(PEOPLE, 3, "Afdeling", "Afdeling van HR")).path)
    assert "Neem" not in " ".join(page.names("button")), "without a tick nothing changes"
    page.press("Reken opnieuw", file_wins=choice(page, OWN))
    assert page.fields("Reken opnieuw")["file_wins"] == choice(page, OWN)
    assert department(session) == OWN, "a preview writes nothing"
    page.press("Neem ", file_wins=None)
    assert page.path == "/imports"
    assert department(session) == OWN


def test_an_edit_that_nobody_saw_on_the_preview_is_not_overwritten(page: Screen, session: Session):
    ticked = choice(page, OWN)
    edit(session, "Nog nieuwer")
    page.press("Neem ", file_wins=ticked)
    assert page.path != "/imports"
    assert department(session) == "Nog nieuwer"
    page.press("Neem ", file_wins=choice(page, "Nog nieuwer"))
    assert department(session) == "Afdeling van HR"


def test_once_the_files_won_they_go_on_winning_until_somebody_edits_again(page: Screen, session: Session, visit):
    page.press("Neem ", file_wins=choice(page, OWN))
    again = upload(visit("coordinator"), changed(PEOPLE, 3, "Afdeling", "Derde"))
    assert not [words for words in choices(again) if "afdeling" in words]
    again.press("Neem ")
    assert department(session) == "Derde"


def test_hr_lets_files_win_from_no_level_that_they_may_not_read(page: Screen, session: Session, visit):
    skill = session.exec(select(Expertise).join(Person).where(Person.number == "2", Expertise.level == 5)).one()
    key, skill.level = (skill.person_id, skill.domain_id), 2
    session.commit()
    seen = upload(visit("coordinator"), EXPORT)
    closed = choice(seen, "Lassen")
    theirs = upload(visit("hr"), EXPORT)
    assert not [words for words in choices(theirs) if "Lassen" in words]
    theirs.press("Neem ", file_wins=closed)
    assert theirs.status == 422 and "staat niet meer op de pagina" in theirs.text
    session.rollback()
    assert session.get_one(Expertise, key).level == 2


def test_a_strangers_choice_is_refused_in_words(page: Screen, session: Session):
    page.press("Neem ", file_wins="0123456789abcdef")
    assert page.status == 422 and "staat niet meer op de pagina" in page.text
    assert department(session) == OWN
    kept: Any = session.exec(select(ImportDraft.choices)).one()
    assert not kept.get("file_wins")


def test_files_that_would_close_a_circle_never_win(page: Screen, session: Session, visit):
    both = select(Person).where(sa.or_(Person.number == "1", Person.number == "2")).order_by(Person.number)
    ans, bep = session.exec(both).all()
    assert (ans.number, bep.manager_id) == ("1", ans.id)
    bep.manager_id = None
    session.flush()
    ans.manager_id = bep.id
    session.commit()
    again = upload(visit("coordinator"), EXPORT)
    again.press("Neem ", file_wins=list(choices(again).values()))
    assert again.status == 200
    line = dict(session.exec(select(Person.number, Person.manager_id).where(Person.number.in_(["1", "2"]))).all())
    assert not all(line.values()), "a circle"


def test_whose_own_level_or_places_the_files_overrule_is_told_and_it_is_marked(visit, session, organisation, now):
    upload(visit("coordinator"), small()).press("Neem ")
    bep = session.exec(select(Person).where(Person.number == "2")).one()
    bep_id = bep.id
    session.get_one(Capacity, bep_id).places = 5
    session.exec(select(Expertise).where(Expertise.person_id == bep_id, Expertise.level == 5)).one().level = 2
    session.commit()
    files = changed(PEOPLE, 3, "Plaatsen mentor", "3")
    files["vaardigheden.csv"][1][2] = "4"
    page = upload(visit("coordinator"), files)
    page.press("Reken opnieuw", file_wins=list(choices(page).values()))
    page.press("Neem ", file_wins=list(choices(page).values()))
    by = organisation.people["coordinator"]
    assert {(mark.section, mark.by_id) for mark in session.exec(select(FilledIn))} == {
        ("expertise", by),
        ("places", by),
    }
    told = session.exec(select(OutboxRow.recipient_id).where(OutboxRow.kind == "filled-in")).all()
    assert told == [bep_id]
    session.rollback()
    page.tap("Terugdraaien").press("Ja, draai het terug")
    assert not session.exec(select(FilledIn)).all(), "what is undone is not told of"


def test_what_nobody_fills_in_for_another_is_not_written_over(visit, session: Session, organisation: Organisation):
    upload(visit("coordinator"), small()).press("Neem ")
    request = session.exec(select(MentorRequest).join(Person).where(Person.number == "3")).one()
    request.goal = "eigen doel"
    wishes = session.exec(select(FormWish).where(FormWish.person_id == request.person_id)).all()
    turned = {wish.form: 6 - wish.weight for wish in wishes}
    session.exec(sa.delete(FormWish))
    session.add_all([FormWish(person_id=request.person_id, form=form, weight=turned[form]) for form in turned])
    session.exec(sa.update(FormComfort).values(comfort=1))
    session.commit()
    page = upload(visit("coordinator"), small())
    assert "eigen doel" in page.text, "it is said"
    assert all("diensten" in words for words in choices(page)), "and it stays"


def test_who_comes_to_school_on_another_day_by_a_choice_is_told(visit, session: Session, organisation: Organisation):
    upload(visit("coordinator"), small()).press("Neem ")
    session.exec(select(DayOff).join(Person).where(Person.number == "3")).one().weekday = 0
    session.commit()
    page = upload(visit("coordinator"), small())
    page.press("Reken opnieuw", file_wins=list(choices(page).values()))
    page.press("Neem ", file_wins=list(choices(page).values()))
    assert [mark.section for mark in session.exec(select(FilledIn))] == ["roster"]


def test_a_number_may_hold_what_parts_the_key_of_a_record(visit, session: Session, organisation: Organisation):
    slashed = {head: {"2": "A/2"} for head in ("Medewerkernummer", "Leidinggevende", "Mentor", "Junior")}
    files = small()
    for head, *rows in files.values():
        for row in rows:
            row[:] = [slashed.get(name, {}).get(cell, cell) for name, cell in zip(head, row, strict=True)]
    upload(visit("coordinator"), files).press("Neem ")
    session.exec(select(Expertise).join(Person).where(Person.number == "A/2", Expertise.level == 5)).one().level = 2
    session.commit()
    files["vaardigheden.csv"][1][2] = "4"
    page = upload(visit("coordinator"), files)
    assert page.status == 200
    page.press("Reken opnieuw", file_wins=choice(page, "Lassen")).press("Neem ", file_wins=choice(page, "Lassen"))
    assert page.path == "/imports"
    levels = session.exec(select(Expertise.level).join(Person).where(Person.number == "A/2")).all()
    assert sorted(levels) == [3, 4]
