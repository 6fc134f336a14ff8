"""The notice: who sees what of the reader now, kept as it was read, and told when it changed."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from mentorship.base.i18n import use_locale
from mentorship.checkins import promises
from mentorship.checkins.words import never_used
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people.account.actions import issue_codes
from mentorship.people.models import Person
from mentorship.privacy.notice import queries, sentences
from mentorship.privacy.notice.models import NoticeShown
from mentorship.privacy.requests.actions import erase_person
from mentorship.programme.models import Programme
from tests.factories import Organisation


def change(session: Session, **values: object) -> None:
    for name, value in values.items():
        setattr(session.get_one(Programme, 1), name, value)
    session.commit()


@pytest.mark.both_databases
def test_it_names_who_sees_what_of_the_reader_now(visit, session: Session, organisation: Organisation):
    change(session, visibility="classes", notes_months=5)
    page = visit("junior").get("/notice").text
    assert "Manager Proef" in page
    assert "5 maanden" in page, "from the settings, not typed"
    with use_locale("nl"):
        assert never_used() in page
        first = promises.sees(promises.OWN_LINE, JUNIOR, "classes").split("“")[0].strip()
    assert first in page
    assert "Autoriteit Persoonsgegevens" in page


def test_before_signing_in_it_names_nobody(visit):
    page = visit(None).get("/notice").text
    assert "Proef" not in page
    assert "Proef" not in visit("junior").get("/notice/everybody").text.split("<main")[1]
    assert "Autoriteit Persoonsgegevens" in page


def test_what_was_read_is_kept_and_a_change_is_told(visit, session: Session, organisation: Organisation):
    change(session, notes_months=3)
    me = session.get_one(Person, organisation.people["junior"])
    assert queries.standing(session, me) == queries.UNREAD
    session.rollback()
    junior = visit("junior")
    assert "/notice" in junior.get("/").text
    assert junior.post("/notice/read", {}).status_code == 303
    session.expire_all()
    assert queries.standing(session, me) == queries.READ
    assert "Nieuw" not in junior.get("/notice").text
    with use_locale("en"):
        assert queries.standing(session, me) == queries.READ, "another language is no other notice"
    change(session, notes_months=4)
    assert queries.standing(session, me) == queries.CHANGED
    session.rollback()
    page = junior.get("/notice").text
    assert "<del>Opmerkingen: 3 maanden" in page
    assert "veranderd sinds je het las" in junior.get("/").text
    junior.post("/notice/read", {})
    session.expire_all()
    assert len(session.exec(select(NoticeShown)).all()) == 2, "kept per version"


def test_another_manager_is_another_notice(session: Session, organisation: Organisation, visit):
    junior = visit("junior")
    junior.post("/notice/read", {})
    session.expire_all()
    me = session.get_one(Person, organisation.people["junior"])
    me.manager_id = organisation.people["other_manager"]
    session.commit()
    assert queries.standing(session, me) == queries.CHANGED


@pytest.mark.both_databases
def test_what_was_read_forgets_the_name_of_who_was_erased(visit, session: Session, organisation: Organisation):
    assert visit("junior").post("/notice/read", {}).status_code == 303
    session.expire_all()
    (before,) = session.exec(select(NoticeShown)).all()
    assert "Manager Proef" in str(before.sentences)
    erase_person(session, organisation.people["manager"], organisation.now)
    session.commit()
    session.expire_all()
    (after,) = session.exec(select(NoticeShown)).all()
    assert "Manager Proef" not in str(after.sentences)
    assert "iemand die gewist is" in str(after.sentences)


@pytest.mark.parametrize(
    ("pairs", "junior", "mentor"),
    [
        ([], True, True),
        ([("senior", "junior")], True, False),
        ([("junior", "other_junior")], False, True),
        ([("senior", "junior"), ("junior", "other_junior")], True, True),
    ],
)
def test_it_speaks_of_the_sides_that_the_reader_is_on(
    session: Session, organisation: Organisation, pairs: list[tuple[str, str]], junior: bool, mentor: bool
):
    change(session, visibility="classes")
    organisation.offers("junior")
    for one, other in pairs:
        organisation.pair(one, other, "active", started_on=organisation.now.date())
    session.flush()
    me = session.get_one(Person, organisation.people["junior"])
    with use_locale("nl"):
        line = sentences.sections(session, me)[1].sentences[0]
        of_junior = promises.sees(promises.OWN_LINE, JUNIOR, "classes")
        of_mentor = promises.sees(promises.OWN_LINE, MENTOR, "classes")
    assert of_junior != of_mentor
    assert (of_junior in line, of_mentor in line) == (junior, mentor)


def test_the_card_with_the_code_says_where_it_stands(visit, organisation: Organisation):
    fields = {"person": organisation.people["junior"], "sure": "true"}
    cards = " ".join(visit("coordinator").post("/people/activation-codes", fields).text.split())
    assert "/notice. Alleen jij leest je antwoorden." in cards


def test_the_first_code_leads_to_it(visit, session: Session, organisation: Organisation):
    code = issue_codes(session, organisation.actor("coordinator"), [organisation.people["junior"]], organisation.now)
    session.commit()
    form = {"name": "n-junior", "code": code[organisation.people["junior"]], "password": "een fiets in de regen"}
    answer = visit(None).post("/account/activate", form)
    assert answer.headers.get("Location") == "/notice"
