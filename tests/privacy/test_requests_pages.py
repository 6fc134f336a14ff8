"""Asking about one's data, and an administrator who answers in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from mentorship.base.audit import AuditRow
from mentorship.base.db import open_session
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import gettext, use_locale
from mentorship.base.outbox import OutboxRow
from mentorship.people.models import Person
from mentorship.people.objections import objected
from mentorship.privacy.notice.sentences import ANSWERED
from mentorship.privacy.requests import actions, rules, telling
from mentorship.privacy.requests.models import PrivacyRequest
from mentorship.profiles.models import Capacity
from tests.factories import Organisation, Screen
from tests.rounds.stage import in_the_middle


def asked(session: Session) -> PrivacyRequest:
    session.rollback()
    found = session.exec(select(PrivacyRequest)).one()
    session.expunge(found)
    session.rollback()
    return found


@pytest.mark.both_databases
def test_somebody_asks_to_be_erased_and_is(visit, session: Session, organisation: Organisation):
    junior = visit("junior")
    page = junior.get("/privacy/requests/erase").text
    assert "Lopende duo" in page, "what happens is said before"
    assert junior.post("/privacy/requests/erase", {"words": ""}).status_code == 303
    found = asked(session)
    assert found.due_on == date(2026, 12, 23), "a month"
    assert "23 dec" in junior.get("/privacy/requests").text
    admin = visit("admin")
    assert "Junior Proef" in admin.get("/privacy/requests/all").text
    page = admin.get(f"/privacy/requests/all/{found.id}").text
    assert "meteen gewist" in page
    assert admin.post(f"/privacy/requests/all/{found.id}/carry-out", {}).status_code == 303
    session.rollback()
    assert "n-junior" not in set(session.exec(select(Person.number)))
    session.rollback()
    assert "iemand die gewist is" in admin.get("/privacy/requests/all").text
    assert junior.get("/mine").status_code in (302, 303), "the session is over"


def test_everywhere_it_is_said_that_the_month_can_be_extended(visit):
    """An admin may take two months more: who asks reads so in the notice, before they ask, and after."""
    with use_locale("nl"):
        told = gettext(ANSWERED)
    assert "binnen een maand" in told and "twee maanden langer" in told
    junior = visit("junior")
    for url in ("/notice", "/privacy/requests", "/privacy/requests/erase"):
        assert told in Screen(junior, url).text, url
    junior.post("/privacy/requests/correct", {"words": "mijn achternaam"})
    assert junior.get("/privacy/requests").text.count(told) == 2, "told once more, for it was asked"


def test_who_asks_to_be_erased_reads_that_an_admin_may_refuse(visit):
    assert "of zegt met een reden nee" in Screen(visit("junior"), "/privacy/requests/erase").text


def test_a_refusal_and_an_extension_have_a_reason_that_the_asker_reads(visit, session: Session):
    junior, admin = visit("junior"), visit("admin")
    junior.post("/privacy/requests/correct", {"words": "mijn achternaam"})
    where = f"/privacy/requests/all/{asked(session).id}"
    assert admin.post(f"{where}/extend", {"reason": ""}).status_code == 422
    assert admin.post(f"{where}/extend", {"reason": "HR moet het nakijken"}).status_code == 303
    assert asked(session).due_on == date(2027, 2, 23), "two months more"
    assert "HR moet het nakijken" in junior.get("/privacy/requests").text
    assert admin.post(f"{where}/refuse", {"reason": "de naam klopt"}).status_code == 303
    page = junior.get("/privacy/requests").text
    assert "de naam klopt" in page
    assert "afgewezen" in page


def test_objecting_to_matches_pauses_places(visit, session: Session, organisation: Organisation):
    senior = visit("senior")
    assert senior.get("/privacy/requests/object").status_code == 200
    assert senior.get("/privacy/requests/correct").status_code == 200
    assert senior.post("/privacy/requests/object", {"about": "nothing"}).status_code == 422
    senior.post("/privacy/requests/object", {"about": "matching", "words": ""})
    visit("admin").post(f"/privacy/requests/all/{asked(session).id}/carry-out", {"answer": "gedaan"})
    session.rollback()
    assert session.get_one(Capacity, organisation.people["senior"]).paused


def test_one_withdraws_ones_own_and_asks_once(visit, session: Session):
    junior = visit("junior")
    junior.post("/privacy/requests/erase", {"words": ""})
    assert junior.post("/privacy/requests/erase", {"words": ""}).status_code == 422
    found = asked(session)
    assert visit("senior").post(f"/privacy/requests/{found.id}/withdraw", {}).status_code in (403, 404)
    assert junior.post(f"/privacy/requests/{found.id}/withdraw", {}).status_code == 303
    assert asked(session).state == "withdrawn"
    assert visit("admin").post(f"/privacy/requests/all/{found.id}/carry-out", {}).status_code in (409, 422)


def test_an_objection_that_was_carried_out_is_withdrawn_by_who_made_it(
    visit, session: Session, organisation: Organisation
):
    visit("senior").post("/privacy/requests/object", {"about": "matching", "words": ""})
    visit("admin").post(f"/privacy/requests/all/{asked(session).id}/carry-out", {"answer": "gedaan"})
    session.rollback()
    assert visit("senior").post("/privacy/requests/object", {"about": "matching"}).status_code == 422, "it is held to"
    page = Screen(visit("senior"), "/privacy/requests").press("Intrekken: Bezwaar maken: dat ik meetel in koppelingen")
    assert "Rondes tellen je weer mee" in page.text
    session.rollback()
    assert asked(session).state == "withdrawn"
    assert asked(session).answer == "gedaan", "what was answered stays to be read"
    assert not list(session.scalars(objected("matching")))
    row = session.exec(select(OutboxRow).order_by(col(OutboxRow.id).desc())).first()
    told = telling.mail(session, row, organisation.now)
    assert told["subject"] == "Je hebt je vraag over je gegevens ingetrokken"
    assert "Rondes tellen je weer mee" in str(told["sentences"])
    logged = session.exec(select(AuditRow.verb).where(AuditRow.actor_id == organisation.people["senior"])).all()
    assert "withdraw privacy request" in logged


@pytest.mark.parametrize("kind", ["correct", "object"])
def test_what_was_done_and_is_over_is_not_withdrawn(session: Session, organisation: Organisation, kind: str):
    made = organisation
    found = actions.ask(session, made.actor("junior"), kind, "other" if kind == "object" else "", "dit", made.now)
    actions.carry_out(session, made.actor("admin"), found.id or 0, "gedaan", made.now)
    with pytest.raises(Refused):
        actions.withdraw(session, made.actor("junior"), found.id or 0, made.now)


@pytest.mark.both_databases
def test_the_same_is_not_asked_twice_at_one_moment(engine: sa.Engine, organisation: Organisation):
    made = organisation
    junior = made.actor("junior")
    made.session.commit()

    def ask(session: Session) -> None:
        actions.ask(session, junior, "object", "figures", "", made.now)

    def again() -> None:
        with open_session(engine) as session:
            ask(session)
            session.commit()

    assert isinstance(in_the_middle(engine, ask, again), Refused)
    made.session.rollback()
    assert len(made.session.exec(select(PrivacyRequest)).all()) == 1


def test_nobody_carries_out_their_own(session: Session, organisation: Organisation):
    admin = organisation.actor("admin")
    found = actions.ask(session, admin, "correct", "", "mijn naam", organisation.now)
    with pytest.raises(Refused):
        actions.carry_out(session, admin, found.id or 0, "", organisation.now)


def test_a_month_ends_on_the_last_day_there_is():
    assert rules.due_on(date(2027, 1, 31)) == date(2027, 2, 28)
    assert rules.due_on(date(2026, 12, 5)) == date(2027, 1, 5)
    assert rules.due_on(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_only_within_the_first_month_it_is_extended():
    day = date(2026, 12, 23)
    rules.check_extends(False, day, day)
    with pytest.raises(Refused):
        rules.check_extends(False, day, day + timedelta(days=1))
    with pytest.raises(Refused):
        rules.check_extends(True, day, day)
    with pytest.raises(Conflict):
        rules.check_open("done")
