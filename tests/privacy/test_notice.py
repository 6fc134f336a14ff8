"""The notice: who sees what of the reader now, kept as it was read, and told when it changed."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.base import audit
from mentorship.base.audit import AuditRow
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
from mentorship.worker.purges import carry_out
from tests.factories import Organisation, Screen
from tests.outbox.postbox import settings
from tests.privacy.planting import read_notice


def change(session: Session, **values: object) -> None:
    for name, value in values.items():
        setattr(session.get_one(Programme, 1), name, value)
    session.commit()


def reads(client: Any) -> None:
    """Let somebody read the notice as it stands."""
    assert Screen(client, "/notice").press("Ik heb dit gelezen").status == 200


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
    today = organisation.now.date()
    me = session.get_one(Person, organisation.people["junior"])
    assert queries.standing(session, me, today) == queries.UNREAD
    session.rollback()
    junior = visit("junior")
    assert "/notice" in junior.get("/").text
    reads(junior)
    session.expire_all()
    assert queries.standing(session, me, today) == queries.READ
    assert "Nieuw" not in junior.get("/notice").text
    with use_locale("en"):
        assert queries.standing(session, me, today) == queries.READ, "another language is no other notice"
    change(session, notes_months=4)
    assert queries.standing(session, me, today) == queries.CHANGED
    session.rollback()
    page = junior.get("/notice").text
    assert "<del>Opmerkingen: 3 maanden" in page
    assert "veranderd sinds je het las" in junior.get("/").text
    reads(junior)
    session.expire_all()
    assert len(session.exec(select(NoticeShown)).all()) == 2, "kept per version"


@pytest.mark.both_databases
def test_what_changed_while_it_was_read_is_shown_anew(visit, session: Session, organisation: Organisation):
    """What is kept is what they read, not what it became meanwhile."""
    change(session, notes_months=3)
    page = Screen(visit("junior"), "/notice")
    change(session, notes_months=4)
    anew = page.press("Ik heb dit gelezen")
    assert anew.status == 409
    assert "Het is veranderd terwijl je las" in anew.text
    assert "Opmerkingen: 4 maanden" in anew.text
    assert not session.exec(select(NoticeShown)).all()
    session.rollback()
    anew.press("Ik heb dit gelezen")
    (kept,) = session.exec(select(NoticeShown)).all()
    assert "Opmerkingen: 4 maanden" in str(kept.sentences)


def test_another_manager_is_another_notice(session: Session, organisation: Organisation, visit):
    junior = visit("junior")
    reads(junior)
    session.expire_all()
    me = session.get_one(Person, organisation.people["junior"])
    me.manager_id = organisation.people["other_manager"]
    session.commit()
    assert queries.standing(session, me, organisation.now.date()) == queries.CHANGED


def kept_of(visit: Any) -> str:
    """Return what the junior was told, as they read it back."""
    (notice,) = json.loads(visit("junior").get("/mine/data.json").data)["data"]["rights"]["notices"]
    return str(notice["sentences"])


@pytest.mark.both_databases
def test_what_was_read_forgets_the_name_of_who_was_erased(visit, session: Session, organisation: Organisation):
    reads(visit("junior"))
    assert "Manager Proef" in kept_of(visit)
    session.rollback()
    erase_person(session, organisation.people["manager"], organisation.now)
    session.commit()
    told = kept_of(visit)
    assert "Manager Proef" not in told
    assert "iemand die weg is" in told


def test_what_was_read_knows_nobody_by_an_earlier_name(visit, session: Session, organisation: Organisation):
    reads(visit("junior"))
    boss = session.get_one(Person, organisation.people["manager"])
    boss.given_name = "Robin"
    session.commit()
    told = kept_of(visit)
    assert "Robin Proef" in told
    assert "Manager Proef" not in told
    assert "Nieuw" not in visit("junior").get("/notice").text, "the same manager is no other notice"


def read_before(session: Session, made: Organisation, line: str, whom: str) -> NoticeShown:
    """Let the junior have read what an earlier version kept: names stood there as words."""
    read_notice(session, session.get_one(Person, made.people["junior"]), made.now)
    session.flush()
    (shown,) = session.exec(select(NoticeShown)).all()
    rows = [dict(section) for section in shown.sentences]
    rows[1]["said"] = [line, *rows[1]["said"][1:]]
    rows[-1]["said"] = [*rows[-1]["said"][:-1], whom]
    shown.sentences, shown.version = rows, "0" * 64
    session.commit()
    return shown


def leaves_long_ago(session: Session, made: Organisation, key: str) -> None:
    session.get_one(Person, made.people[key]).left_on = made.now.date() - timedelta(days=365 * 2 + 2)
    session.commit()


@pytest.mark.both_databases
def test_a_name_that_was_kept_as_words_goes_with_who_left_long_ago(
    engine: sa.Engine, session: Session, organisation: Organisation
):
    """And how they were reached, which nobody has any more: it says whom to ask now."""
    made = organisation
    line = "Je leidinggevenden (Manager Proef en Jan Manager Proefstra): je naam."
    shown = read_before(session, made, line, "Heb je een vraag? Vraag manager  Proef: m.proef@elders.nl")
    leaves_long_ago(session, made, "manager")
    carry_out(engine, made.now, settings(25))
    session.refresh(shown)
    told = str(shown.sentences)
    assert "(iemand die weg is en Jan Manager Proefstra)" in told, "who left was not erased; a longer name stays"
    assert "elders.nl" not in told and shown.sentences[-1]["said"][-1] == "{contact}"


def test_a_name_that_was_kept_as_words_stays_of_who_is_here_by_the_same(
    engine: sa.Engine, session: Session, organisation: Organisation
):
    made = organisation
    line = "Je leidinggevenden (Director Proef): je naam."
    shown = read_before(session, made, line, "Heb je een vraag? Vraag de coördinator.")
    session.get_one(Person, made.people["nobody"]).given_name = "Director"
    leaves_long_ago(session, made, "nobody")
    carry_out(engine, made.now, settings(25))
    session.refresh(shown)
    assert shown.sentences[1]["said"][0] == line


@pytest.mark.both_databases
@pytest.mark.parametrize("how", ["erased", "left long ago"])
def test_whom_to_ask_is_named_no_more_once_they_are_gone(
    engine: sa.Engine, session: Session, organisation: Organisation, visit, how: str
):
    """Not at the foot of a page, nor in what was read, nor in the log; the settings ask for another."""
    made = organisation
    change(session, contact_name="nobody  Proef", contact_reach="n@elders.nl")
    logged = {"contact_name": ["", "Nobody Proef"], "contact_reach": ["", "n@elders.nl"], "proposal_days": [14, 13]}
    audit.record(session, made.now, made.people["admin"], "change programme", "programme", 1, **logged)
    read_notice(session, session.get_one(Person, made.people["junior"]), made.now)
    session.commit()
    assert "n@elders.nl" in visit("junior").get("/").text and "n@elders.nl" in kept_of(visit)
    session.rollback()
    if how == "erased":
        erase_person(session, made.people["nobody"], made.now)
        session.commit()
    else:
        leaves_long_ago(session, made, "nobody")
        carry_out(engine, made.now, settings(25))
    session.expire_all()
    found = session.get_one(Programme, 1)
    assert (found.contact_name, found.contact_reach) == ("", "")
    kept = [row.details for row in session.exec(select(AuditRow).order_by(AuditRow.id)) if row.subject == "programme"]
    assert "elders.nl" not in str(kept) and "Nobody" not in str(kept)
    assert kept[0]["proposal_days"] == [14, 13], "what else was decided then stays"
    assert len(kept) == 2, "and that nobody is named is noted"
    session.rollback()
    for told in (visit("junior").get("/").text, visit("junior").get("/notice").text, kept_of(visit)):
        assert "elders.nl" not in told
    assert "Nieuw" not in visit("junior").get("/notice").text, "what is kept, and who sees it, is the same"


def test_the_same_in_another_digest_is_not_told_as_changed(session: Session, organisation: Organisation):
    """A version of before called the same by another digest: nothing came and nothing went."""
    made = organisation
    me = session.get_one(Person, made.people["junior"])
    read_notice(session, me, made.now)
    session.flush()
    (shown,) = session.exec(select(NoticeShown)).all()
    with use_locale("nl"):
        shown.sentences = sentences.plain(sentences.sections(session, me, made.now.date()))
    shown.version, shown.language = "0" * 64, "nl"
    session.flush()
    assert queries.standing(session, me, made.now.date()) == queries.READ
    me.manager_id = made.people["other_manager"]
    session.flush()
    assert queries.standing(session, me, made.now.date()) == queries.CHANGED


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
        line = sentences.sections(session, me, organisation.now.date())[1].sentences[0]
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
