"""Who asked hears what became of it, why and where one complains; an admin sees which to answer first, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from mentorship.base.mail_kinds import PRIVACY
from mentorship.base.outbox import OutboxRow
from mentorship.privacy.requests import actions, telling
from tests.factories import Organisation

WHY = "HR moet het nakijken"


def mails(session: Session, made: Organisation) -> list[dict[str, object] | None]:
    """What the mails about requests say, in order."""
    asked = select(OutboxRow).where(OutboxRow.kind == PRIVACY).order_by(col(OutboxRow.id))
    return [telling.mail(session, row, made.now) for row in session.exec(asked)]


@pytest.mark.both_databases
def test_who_asked_is_told_by_mail(session: Session, organisation: Organisation):
    made = organisation
    junior, admin = made.actor("junior"), made.actor("admin")
    found = actions.ask(session, junior, "correct", "", "mijn naam", made.now)
    actions.extend(session, admin, found.id or 0, WHY, made.now)
    (told,) = mails(session, made)
    assert told is not None
    assert WHY in str(told["sentences"])
    assert "Autoriteit Persoonsgegevens" in str(told["sentences"])
    actions.refuse(session, admin, found.id or 0, "de naam klopt", made.now)
    late, told = mails(session, made)
    assert late is None, "what is no longer so is not told"
    assert told is not None and "de naam klopt" in str(told["sentences"])
    other = actions.ask(session, made.actor("senior"), "object", "figures", "", made.now)
    actions.carry_out(session, admin, other.id or 0, "vanaf nu", made.now)
    last = mails(session, made)[-1]
    assert last is not None and "vanaf nu" in str(last["sentences"])


def test_it_stands_on_the_desks(visit, session: Session, organisation: Organisation):
    made = organisation
    junior, admin = visit("junior"), visit("admin")
    assert "wacht op antwoord" not in admin.get("/").text
    first = actions.ask(session, made.actor("junior"), "correct", "", "naam", made.now - timedelta(days=10))
    first_id = first.id or 0
    actions.ask(session, made.actor("senior"), "erase", "", "", made.now)
    session.commit()
    page = admin.get("/").text
    assert "2 verzoeken over gegevens wachten; het eerste moet beantwoord zijn op 13 dec" in page
    assert "verzoeken over gegevens wachten" not in junior.get("/").text
    actions.refuse(session, made.actor("admin"), first_id, "de naam klopt", made.now)
    session.commit()
    assert "Je vraag over je gegevens: niet gedaan" in junior.get("/").text
    made.now += timedelta(days=15)
    assert [line.page for line in telling.desk(session, made.actor("junior"), made.now)] == []
