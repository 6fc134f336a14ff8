"""Before a round is published: who cannot see it is counted, and exactly their cards are printed."""

from __future__ import annotations

from sqlmodel import Session

from mentorship.people.models import Account, Person
from mentorship.rounds.unseen import unseen
from tests.factories import Screen
from tests.people.test_cards import handed
from tests.rounds.stage import Stage
from tests.scanning import scanned


def _solved(stage: Stage) -> int:
    stage.organisation.asks("junior")
    stage.organisation.session.commit()
    return stage.solved()


def test_the_page_counts_who_cannot_see_it_and_prints_their_cards(stage: Stage, visit, session: Session):
    client = visit("coordinator")
    round_id = _solved(stage)
    for mentor in ("senior", "other_senior"):
        session.add(Account(person_id=stage.person(mentor), password_hash="x"))
    session.commit()
    screen = Screen(client, f"/rounds/{round_id}/publish")
    assert "1 van 2 mensen kan het voorstel niet zien" in screen.text
    fields = screen.fields("Print eerst 1 kaart")
    printed = client.post("/people/activation-codes", fields)
    assert [handed(address)["name"] for address in scanned(printed.text)] == ["n-junior"]
    again = Screen(client, f"/rounds/{round_id}/publish")
    assert "1 van hen heeft een kaart en gebruikte die nog niet" in again.text
    assert f"De laatste kaart is gemaakt op {stage.now.day} " in again.text
    asked = client.post("/people/activation-codes", again.fields("Print eerst 1 kaart"))
    assert not scanned(asked.text) and "1 kaart die is uitgedeeld, werkt dan niet meer" in asked.text


def test_who_is_reached_by_mail_or_has_an_account_needs_no_card(stage: Stage, session: Session):
    round_id = _solved(stage)
    for mentor in ("senior", "other_senior"):
        session.add(Account(person_id=stage.person(mentor), password_hash="x"))
    session.get_one(Person, stage.person("junior")).email = "junior@example.nl"
    session.commit()
    assert unseen(session, round_id, stage.now, mails=True) is None
    without_mail = unseen(session, round_id, stage.now, mails=False)
    assert without_mail and without_mail.to_print == [stage.person("junior")]
