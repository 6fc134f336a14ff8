"""Whoever makes a slip does not answer by it unseen: its person is told, takes it back; nothing goes to others."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from mentorship.base.outbox import OutboxRow
from mentorship.base.undo import UndoRow
from mentorship.checkins.models import CheckIn, CheckInCode
from mentorship.checkins.signals.models import Signal
from mentorship.mentorships.models import ClosingWord, Mentorship
from mentorship.people.models import Account
from tests.checkins.stage import JUNIOR_KEYS, Asking
from tests.checkins.test_codes import OPEN, phone, slips
from tests.factories import Screen
from tests.rounds.stage import counted

TOLD = "Hij is op 23 nov 2026 beantwoord met een strookje dat Manager Proef heeft gemaakt."
QUESTION = "Was jij dat, in de tussenstand over Senior Proef?"
BACK = "Trek hem in"
LOWEST = {f"answer-{key}": "1" for key in JUNIOR_KEYS}


@pytest.fixture
def asked(stage: Asking) -> Asking:
    """A pair that is asked today; nobody in it has mail."""
    stage.start("senior", "junior")
    assert stage.open() == 2
    return stage


def slip(stage: Asking, who: str = "manager") -> Screen:
    """The manager of the junior opens the slip that they made for them."""
    return phone(stage).press(OPEN, code=slips(stage, who, "junior")[0])


def answer(stage: Asking, **fields: Any) -> Screen:
    """The manager answers by it."""
    sent = slip(stage).press("Versturen", **{**LOWEST, **fields})
    assert "Verstuurd" in sent.text, sent.text
    return sent


def its(stage: Asking) -> CheckIn:
    return stage.newest("junior")


def mails(stage: Asking) -> list[OutboxRow]:
    query = select(OutboxRow).where(OutboxRow.kind == "slip").order_by(col(OutboxRow.id))
    return stage.read(lambda session: list(session.exec(query)))


def take_back(stage: Asking) -> Screen:
    page = stage.screen("junior").tap("Kijk of jij het was").tap(BACK)
    return page.press(BACK)


def test_its_person_is_told_by_whom_on_their_desk_until_they_say_that_it_was_them(asked: Asking):
    answer(asked)
    assert its(asked).slip_by_id == asked.person("manager")
    desk = asked.screen("junior")
    assert QUESTION in desk.text and TOLD in desk.text
    page = desk.tap("Kijk of jij het was")
    assert page.heading == "Deze tussenstand kwam binnen via een strookje" and TOLD in page.text
    page = page.press("Ja, dat was ik")
    assert page.path == "/" and QUESTION not in page.text
    kept = asked.screen("junior", f"/checkins/{its(asked).id}")
    assert TOLD in kept.text and BACK in kept.text, "and it may be taken back all the same"
    assert asked.states("junior") == ["answered"]


def test_a_mail_tells_it_at_once(asked: Asking):
    answer(asked)
    (told,) = mails(asked)
    assert told.recipient_id == asked.person("junior") and told.not_before is None


def test_nobody_else_is_told(asked: Asking):
    answer(asked)
    for key in ("senior", "manager", "coordinator", "director"):
        assert "strookje dat Manager" not in asked.screen(key).text
        assert asked.visit(key).get(f"/checkins/slips/{its(asked).id}/take-back").status_code == 404


def test_what_one_sends_oneself_or_by_a_link_in_a_mail_is_told_to_nobody(asked: Asking):
    asked.send("junior", 4)
    assert its(asked).slip_by_id is None and mails(asked) == []
    assert "strookje" not in asked.screen("junior").text


def test_who_makes_their_own_slip_is_told_of_nothing(asked: Asking):
    page = slip(asked)
    asked.change(CheckInCode, its(asked).id, made_by=asked.person("junior"))
    assert "Verstuurd" in page.press("Versturen", **LOWEST).text
    assert its(asked).slip_by_id is None and mails(asked) == []


def test_taking_it_back_deletes_the_answers_and_opens_it_again(asked: Asking):
    answer(asked, note="Dit schreef een ander")
    number = its(asked).id or 0
    code = asked.read(lambda session: session.get(CheckInCode, number))
    assert code is not None
    page = asked.screen("junior", f"/checkins/slips/{number}/take-back")
    for said in (
        "4 antwoorden worden gewist.",
        "De notitie wordt gewist.",
        "Het strookje werkt niet meer.",
        "De tussenstand staat weer open: je kunt zelf antwoorden.",
        "Dit kan niet ongedaan worden gemaakt.",
    ):
        assert said in page.text, said
    after = page.press(BACK)
    assert after.path == f"/checkins/{number}" and "Je kunt nu zelf antwoorden." in after.text
    assert asked.answers(number) == {} and its(asked).note == "" and asked.states("junior") == ["open"]
    assert its(asked).slip_by_id is None and QUESTION not in asked.screen("junior").text
    assert asked.read(lambda session: session.get(CheckInCode, number)) is None, "nor by the same slip once more"
    assert asked.audit("take back slip")[-1].details == {"made_by": asked.person("manager")}
    asked.send("junior", 4)
    assert asked.states("junior") == ["answered"] and its(asked).slip_by_id is None


def test_answered_by_another_slip_afterwards_it_is_told_again(asked: Asking):
    answer(asked)
    take_back(asked)
    answer(asked)
    assert len(mails(asked)) == 2 and QUESTION in asked.screen("junior").text


def test_who_takes_it_back_twice_is_told_that_there_is_nothing_left(asked: Asking):
    answer(asked)
    page = asked.screen("junior", f"/checkins/slips/{its(asked).id}/take-back")
    page.press(BACK)
    asked.send("junior", 4)
    assert page.client.post(f"/checkins/slips/{its(asked).id}/take-back").status_code == 409
    assert len(asked.answers(its(asked).id or 0)) == 6, "what one answered oneself stays"
    again = page.client.get(f"/checkins/slips/{its(asked).id}/take-back")
    assert again.status_code == 303


@pytest.mark.parametrize("why", ["late", "asked anew", "paused"])
def test_when_it_cannot_be_answered_any_more_it_counts_for_nothing(asked: Asking, why: str):
    answer(asked)
    number = its(asked).id or 0
    if why == "late":
        asked.later(days=15)
    elif why == "asked anew":
        asked.later(days=13)
        assert asked.open(asked.now + timedelta(days=1))
    else:
        asked.change(Mentorship, its(asked).mentorship_id, status="paused")
    page = asked.screen("junior", f"/checkins/slips/{number}/take-back")
    assert "Antwoorden kan niet meer: hij telt als overgeslagen" in page.text
    assert "Hij telt als overgeslagen." in page.press(BACK).text
    row = asked.read(lambda session: session.get_one(CheckIn, number))
    assert row.status == "skipped" and asked.answers(number) == {}


def test_what_was_noticed_in_it_alone_is_withdrawn(asked: Asking):
    answer(asked)
    assert ("safety", "junior", "") in asked.signals()
    assert asked.cards("coordinator")
    take_back(asked)
    assert asked.signals() == [] and asked.cards("coordinator") == []
    asked.send("junior", 1)
    assert ("safety", "junior", "") in asked.signals(), "by their own answers it comes, on the same day too"


def test_what_other_answers_say_too_stays_and_what_somebody_closed(asked: Asking):
    """Low twice, by an own check-in and by a slip: what the first said by itself stays."""
    asked.send("junior", 2)
    asked.next_time()
    asked.send("junior", 2)
    own = asked.signals()
    assert own == [("low", "junior", "")]
    asked.next_time()
    answer(asked)
    assert asked.signals() == [*own, ("safety", "junior", "")]
    safe = asked.read(lambda session: session.exec(select(Signal).where(Signal.kind == "safety")).one())
    asked.change(Signal, safe.id, status="done", done_at=asked.now)
    take_back(asked)
    assert asked.signals() == [*own, ("safety", "junior", "")], "the low stood from the answers before it"


def test_what_was_drawn_from_it_and_from_later_answers_alone_goes_too(asked: Asking):
    answer(asked, **{"answer-not_alone": "2"})
    number = its(asked).id
    asked.next_time()
    asked.send("junior", 2)
    assert ("low", "junior", "") in asked.signals()
    asked.screen("junior", f"/checkins/slips/{number}/take-back").press(BACK)
    assert ("low", "junior", "") not in asked.signals(), "two are needed"


def test_an_undo_of_what_was_done_with_a_signal_that_is_gone_is_refused(asked: Asking):
    answer(asked)
    (card,) = asked.read(lambda session: list(session.exec(select(Signal))))
    client = asked.visit("coordinator")
    taken = {"action": "talk", "look_again_on": "2026-12-01"}
    assert client.post(f"/signals/{card.id}/take", taken).status_code == 303
    row = asked.read(lambda session: session.exec(select(UndoRow)).one())
    take_back(asked)
    refused = client.post(f"/undo/{row.id}")
    assert "Iemand heeft dit" in client.follow(refused).text and asked.signals() == []


def test_the_form_by_a_slip_offers_nothing_that_goes_to_others(asked: Asking):
    page = slip(asked)
    assert "Je antwoordt met een strookje van Manager Proef, die je antwoorden niet ziet." in page.text
    assert {"share", "help_from", "thanks", "reached"}.isdisjoint(names(page))
    own = asked.screen("junior", f"/checkins/{its(asked).id}")
    assert {"share", "help_from"} <= names(own) and "strookje" not in own.text


def names(page: Screen) -> set[str]:
    return set(re.findall(r'name="([a-z_]+)"', page.client.get(page.path).text))


@pytest.mark.parametrize(
    "forged",
    [
        {"note": "Lees dit", "share": "true"},
        {"help_from": "coordinator"},
        {"thanks": "Dank je"},
        {"reached": "Alles"},
    ],
)
def test_a_form_that_is_forged_sends_nothing_to_others(asked: Asking, forged: dict[str, str]):
    if {"thanks", "reached"} & set(forged):
        asked.visit("senior").post(f"/checkins/endings/{its(asked).mentorship_id}", {})
    page = slip(asked)
    fields = page.fields("Versturen")
    sent = page.client.post(page.path, {**fields, **LOWEST, **forged})
    assert sent.status_code == 422 and "Met een strookje gaat er niets naar anderen" in sent.text
    row = its(asked)
    assert (row.status, row.note_shared, row.help_from) == ("open", False, [])
    assert asked.signals() == [] and not asked.read(lambda session: list(session.exec(select(ClosingWord))))


def test_a_closing_check_in_goes_by_a_slip_without_last_words(asked: Asking):
    asked.visit("senior").post(f"/checkins/endings/{its(asked).mentorship_id}", {})
    page = slip(asked)
    assert {"thanks", "reached"}.isdisjoint(names(page))
    assert "Verstuurd" in page.press("Versturen", **LOWEST).text
    assert asked.states("junior") == ["answered"]


def test_what_was_skipped_by_a_slip_is_told_and_opened_again(asked: Asking):
    slip(asked).press("Deze keer overslaan")
    assert asked.states("junior") == ["skipped"] and len(mails(asked)) == 1
    page = asked.screen("junior").tap("Kijk of jij het was")
    assert "overgeslagen met een strookje dat Manager Proef heeft gemaakt" in page.text
    assert "Je hebt" not in page.heading
    page.tap(BACK).press(BACK)
    assert asked.states("junior") == ["open"]
    slip(asked).press("Deze keer overslaan")
    asked.later(days=15)
    page = asked.screen("junior").tap("Kijk of jij het was")
    assert BACK not in page.text, "too late to open it: there is nothing to take back"
    assert QUESTION not in page.press("Ja, dat was ik").text


def test_what_a_slip_began_is_told_where_it_is_sent(asked: Asking):
    page = slip(asked)
    page.client.post(f"{page.path}/answer", {"key": "progress", "value": "1"})
    own = asked.screen("junior", f"/checkins/{its(asked).id}")
    assert "Hier is geantwoord met een strookje dat Manager Proef heeft gemaakt." in own.text
    assert mails(asked) == [] and QUESTION not in asked.screen("junior").text
    own.press("Versturen", **{"answer-progress": "4"})
    assert asked.answers(its(asked).id or 0) == {"progress": 4} and its(asked).slip_by_id is None, "their own by now"


def test_what_was_kept_before_a_code_opened_the_account_is_not_taken_back(asked: Asking):
    answer(asked)
    junior = asked.person("junior")
    closed = {"closed_before": asked.now + timedelta(minutes=1)}
    asked.act(lambda session: session.add(Account(person_id=junior, password_hash="x", **closed)))
    assert QUESTION not in asked.screen("junior").text
    client = asked.visit("junior")
    for door in ("take-back", "was-me"):
        assert client.post(f"/checkins/slips/{its(asked).id}/{door}").location == "/confirming"
    assert asked.states("junior") == ["answered"]


def test_the_class_of_the_pair_is_without_what_was_taken_back(asked: Asking):
    asked.send("senior", 5)
    asked.send("junior", 1)
    asked.next_time()
    asked.send("senior", 5)
    answer(asked)
    pair = f"/checkins/duo/{its(asked).mentorship_id}"
    assert "loopt vast" in asked.screen("coordinator", pair).text.lower()
    take_back(asked)
    after = asked.screen("coordinator", pair).text.lower()
    assert "loopt vast" not in after and "nog onbekend" in after, "one answer of a side is too few"


def test_every_page_asks_it_in_one_read_however_many_came_in(asked: Asking):
    answer(asked)
    client = asked.visit("junior")
    client.get("/")
    numbers = []
    for more in (0, 9):
        for number in range(more):
            row = {"due_on": asked.today - timedelta(days=number + 1), "status": "answered", "closed_at": asked.now}
            asked.act(
                lambda session, row=row: session.add(
                    CheckIn(
                        mentorship_id=its(asked).mentorship_id,
                        side="junior",
                        person_id=asked.person("junior"),
                        set_id=1,
                        opened_at=asked.now,
                        slip_by_id=asked.person("manager"),
                        **row,
                    )
                )
            )
        with counted(asked.engine) as statements:
            assert client.get("/").text.count("Was jij dat, in de tussenstand") >= 1 + more
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]
