"""What a coordinator writes to a selection: once, in each one's shift and language, as previewed; on paper without."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, col, select

from mentorship.base import delivery
from mentorship.base.audit import AuditRow
from mentorship.base.errors import Conflict, Refused
from mentorship.base.mail import transport
from mentorship.base.mail_kinds import MESSAGE
from mentorship.base.outbox import OutboxRow
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles.away.models import Away
from mentorship.reminders.mails import renderers
from mentorship.reminders.messages import actions, queries, retention
from mentorship.reminders.messages.models import OF_PAIRS, OF_PEOPLE, Message, MessageRecipient
from mentorship.reminders.messages.queries import FAILED, NOT_SENT, ON_PAPER, SENT, WAITS
from mentorship.reminders.models import MESSAGES, MailPreference
from mentorship.reminders.texts.rules import Both, Words, filled
from tests.client import InspectingClient
from tests.factories import Screen
from tests.outbox.postbox import Postbox, receiving, settings
from tests.reminders.conftest import Post, words
from tests.rounds.stage import Stage, at_once, counted

Visit = Callable[[str | None], InspectingClient]
DAY = timedelta(days=1)
LATER = timedelta(days=4)
DUTCH = Words("Dag {voornaam}", "Van {bedrijf} voor {voornaam}.\n\nTweede alinea\nvan twee regels.")
ENGLISH = Words("Dear {first name}", "From {Company}.")
BOTH = Both(DUTCH, ENGLISH)
ONLY_DUTCH = Both(DUTCH, Words("", ""))
WRITTEN = {"subject_nl": "Vrijdag", "body_nl": "Tot vrijdag.", "subject_en": "", "body_en": "", "leads": "message"}


def draft(stage: Stage, *keys: str, both: Both = BOTH) -> int:
    ids = [stage.person(key) for key in keys]
    made = stage.act(actions.begin, stage.coordinator, OF_PEOPLE, ids, stage.now)
    stage.act(actions.write, stage.coordinator, made.id, both, "message", stage.now)
    return int(made.id)


def send(stage: Stage, message_id: int, version: int = 2, *, mails: bool = True) -> queries.Reach | None:
    found: queries.Reach | None = stage.act(
        actions.send, stage.coordinator, message_id, version, stage.now, mails=mails
    )
    return found


def sent(stage: Stage, *keys: str, both: Both = BOTH) -> int:
    message_id = draft(stage, *keys, both=both)
    send(stage, message_id)
    return message_id


def asked(stage: Stage) -> list[OutboxRow]:
    query = select(OutboxRow).where(OutboxRow.kind == MESSAGE).order_by(col(OutboxRow.recipient_id))
    return stage.read(lambda session: list(session.exec(query)))


def states(stage: Stage, message_id: int) -> dict[str, str]:
    def read(session: Session) -> dict[str, str]:
        told = queries.told(session, session.get_one(Message, message_id))
        return {one.person.given_name: one.state for one in told}

    return stage.read(read)


def name(stage: Stage, key: str) -> str:
    return stage.read(lambda session: session.get_one(Person, stage.person(key)).given_name)


def test_each_reads_their_own_language_in_their_own_shift(stage: Stage, post: Post):
    stage.change(Person, stage.person("senior"), locale="nl")
    sent(stage, "senior", "junior")
    mails = asked(stage)
    assert [mail.recipient_id for mail in mails] == sorted([stage.person("senior"), stage.person("junior")])
    for mail in mails:
        assert mail.not_before is not None and mail.not_before >= stage.now + timedelta(minutes=10)
    assert not [m for m in post.go() if "Dag" in str(m["Subject"])], "not before it cannot be undone any more"
    found = {m["To"].addresses[0].username: m for m in post.go(stage.now + LATER)}
    to_senior, to_junior = found["senior"], found["junior"]
    assert str(to_senior["Subject"]) == f"Dag {name(stage, 'senior')}"
    assert str(to_junior["Subject"]) == f"Dear {name(stage, 'junior')}"
    text = words(to_senior)
    assert "Tweede alinea\nvan twee regels." in text and "Geschreven door" in text
    assert "Automatisch" not in text, "somebody wrote it"
    assert "https://leermaat.example.nl/messages/received" in text
    assert "Read it in Leermaat" in words(to_junior)


def test_without_english_everybody_reads_dutch(stage: Stage, post: Post):
    sent(stage, "junior", both=ONLY_DUTCH)
    (mail,) = post.go(stage.now + LATER)
    assert str(mail["Subject"]).startswith("Dag ")


def test_it_can_be_switched_off_and_says_how(stage: Stage, post: Post):
    sent(stage, "junior")
    (mail,) = post.go(stage.now + LATER)
    assert "/reminders/unsubscribe?token=" in str(mail["List-Unsubscribe"])
    stage.act(
        lambda session: session.add(MailPreference(person_id=stage.person("senior"), topic=MESSAGES, wanted=False))
    )
    reach = send(stage, draft(stage, "senior", "junior"))
    assert reach is not None
    assert [one.id for one in reach.on_paper] == [stage.person("senior")], "who switched them off gets a slip"
    assert [one.id for one in reach.by_mail] == [stage.person("junior")]


def test_without_an_address_it_goes_on_paper_and_who_left_is_left_out(stage: Stage):
    stage.change(Person, stage.person("junior"), email=None)
    stage.change(Person, stage.person("other_junior"), left_on=stage.now.date() - DAY)
    message_id = draft(stage, "junior", "other_junior", "senior")
    reach = send(stage, message_id)
    assert reach is not None
    assert [one.id for one in reach.gone] == [stage.person("other_junior")]
    assert states(stage, message_id) == {name(stage, "junior"): ON_PAPER, name(stage, "senior"): WAITS}
    assert [mail.recipient_id for mail in asked(stage)] == [stage.person("senior")]


def test_without_a_mail_server_all_goes_on_paper(stage: Stage):
    message_id = draft(stage, "junior", "senior")
    send(stage, message_id, mails=False)
    assert set(states(stage, message_id).values()) == {ON_PAPER} and not asked(stage)


def test_of_two_who_send_at_once_one_does(stage: Stage):
    message_id = draft(stage, "junior", "senior")
    one, other = at_once(partial(send, stage, message_id), partial(send, stage, message_id))
    assert sorted([one is None, other is None]) == [False, True], (one, other)
    assert len(asked(stage)) == 2
    log = select(AuditRow).where(AuditRow.verb == "send message")
    assert len(stage.read(lambda session: list(session.exec(log)))) == 1


def test_what_changed_since_it_was_looked_at_is_not_sent(stage: Stage):
    message_id = draft(stage, "junior")
    stage.act(actions.write, stage.coordinator, message_id, ONLY_DUTCH, "message", stage.now)
    with pytest.raises(Conflict):
        send(stage, message_id)
    assert not asked(stage)
    send(stage, message_id, 3)
    with pytest.raises(Conflict):
        stage.act(actions.write, stage.coordinator, message_id, BOTH, "message", stage.now)
    with pytest.raises(Conflict):
        stage.act(actions.throw_away, stage.coordinator, message_id, stage.now)


def test_nothing_is_sent_without_words_or_to_nobody(stage: Stage):
    made = stage.act(actions.begin, stage.coordinator, OF_PEOPLE, [stage.person("junior")], stage.now)
    with pytest.raises(Refused):
        send(stage, made.id, 1)
    with pytest.raises(Refused):
        stage.act(actions.begin, stage.coordinator, OF_PEOPLE, [10**6], stage.now)
    message_id = draft(stage, "junior")
    stage.change(Person, stage.person("junior"), left_on=stage.now.date() - DAY)
    with pytest.raises(Refused):
        send(stage, message_id)


def test_a_real_server_takes_it_refuses_it_and_the_page_says_so(stage: Stage):
    message_id = sent(stage, "junior", "senior")
    with receiving(Postbox()) as postbox:
        postbox.refusals = {"junior@example.nl": ["550 no such mailbox"]}
        found = settings(postbox.port)
        delivery.deliver(stage.engine, stage.now + LATER, transport(found), renderers(found))
    assert states(stage, message_id) == {name(stage, "senior"): SENT, name(stage, "junior"): FAILED}
    (mail,) = postbox.taken
    assert str(mail["Subject"]) == f"Dear {name(stage, 'senior')}"


def test_one_that_failed_gets_a_slip(visit: Visit, stage: Stage):
    message_id = sent(stage, "junior", "senior")
    stage.act(
        lambda session: session.exec(
            sa.update(OutboxRow)
            .where(col(OutboxRow.recipient_id) == stage.person("junior"), col(OutboxRow.kind) == MESSAGE)
            .values(failed_at=stage.now, last_error="550")
        )
    )
    assert states(stage, message_id)[name(stage, "junior")] == FAILED
    page = Screen(visit("coordinator"), f"/messages/{message_id}")
    assert "not delivered" in page.text
    page.tap("1 slip to print")
    assert f"Dear {name(stage, 'junior')}" in page.text and "1 slip, ready to print" in page.heading


def test_withdrawn_it_reaches_nobody_who_did_not_have_it(stage: Stage, post: Post):
    message_id = sent(stage, "junior", "senior")
    stage.act(
        lambda session: session.exec(
            sa.update(OutboxRow)
            .where(col(OutboxRow.recipient_id) == stage.person("junior"), col(OutboxRow.kind) == MESSAGE)
            .values(sent_at=stage.now)
        )
    )
    assert stage.act(actions.withdraw, stage.coordinator, message_id, stage.now) == 1
    assert states(stage, message_id) == {name(stage, "junior"): SENT, name(stage, "senior"): NOT_SENT}
    assert not [m for m in post.go(stage.now + LATER) if "Dear" in str(m["Subject"])]
    later = stage.now + DAY
    assert len(stage.read(queries.got, stage.person("junior"), later)) == 1
    assert not stage.read(queries.got, stage.person("senior"), later), "they were never told"
    with pytest.raises(Conflict):
        stage.act(actions.withdraw, stage.coordinator, message_id, stage.now)


def test_what_everybody_got_already_cannot_be_withdrawn(stage: Stage):
    message_id = sent(stage, "junior", "senior")
    gone = sa.update(OutboxRow).where(col(OutboxRow.kind) == MESSAGE).values(sent_at=stage.now)
    stage.act(lambda session: session.exec(gone))
    with pytest.raises(Conflict):
        stage.act(actions.withdraw, stage.coordinator, message_id, stage.now)
    assert set(states(stage, message_id).values()) == {SENT}
    assert not stage.audit("withdraw message")


def test_it_waits_for_the_return_of_who_is_away_and_says_no_day(visit: Visit, stage: Stage, session: Session):
    today = stage.now.date()
    session.add(Away(person_id=stage.person("junior"), first_day=today, last_day=today + 20 * DAY))
    session.commit()
    message_id = sent(stage, "junior")
    (mail,) = asked(stage)
    assert mail.not_before is not None and mail.not_before > stage.now + 20 * DAY
    page = Screen(visit("coordinator"), f"/messages/{message_id}")
    assert "waits for their shift" in page.text and "December" not in page.text, "when says that they are away"


@pytest.mark.parametrize("first_name", ["{bedrijf}", "%(name)s", "{{ 7*7 }}", "<b>Piet</b>", "A\r\nBcc: x@y.nl"])
def test_a_name_is_put_in_as_it_is(first_name: str):
    found = filled(Words("Dag {voornaam}", "Hoi {VOORNAAM} van {bedrijf}"), first_name, "Zon & {voornaam}")
    assert "\n" not in found.subject and "\r" not in found.subject
    assert found.body.endswith("van Zon & {voornaam}"), "once, and no more"


def test_html_in_words_and_names_stays_text(stage: Stage, post: Post):
    stage.change(Person, stage.person("junior"), given_name="<i>Jo</i>")
    sent(stage, "junior", both=Both(Words("A <b>", "<script>alert(1)</script> & {voornaam}"), Words("", "")))
    (mail,) = post.go(stage.now + LATER)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;i&gt;Jo&lt;/i&gt;" in words(mail, "html")
    assert "<script>alert(1)</script> & <i>Jo</i>" in words(mail)


def test_a_year_after_it_was_written_it_is_gone_a_draft_after_two_weeks(stage: Stage):
    message_id = sent(stage, "junior")
    waits = draft(stage, "senior")
    every = select(Message.id)

    def left() -> set[int]:
        return set(stage.read(lambda session: list(session.exec(every))))

    stage.act(retention.purge, stage.now + 13 * DAY)
    assert left() == {message_id, waits}
    stage.act(retention.purge, stage.now + 15 * DAY)
    assert left() == {message_id}
    stage.act(retention.purge, stage.now + 364 * DAY)
    assert left() == {message_id}
    stage.act(retention.purge, stage.now + 367 * DAY)
    assert left() == set()
    assert not stage.read(lambda session: list(session.exec(select(MessageRecipient))))


def test_sending_to_many_takes_no_more_queries(stage: Stage):
    few, many = draft(stage, "junior"), draft(stage, "junior", "senior", "other_junior", "other_senior", "manager")
    numbers = []
    for message_id in (few, many):
        with counted(stage.engine) as found:
            send(stage, message_id)
        numbers.append(len(found))
    assert numbers[1] <= numbers[0] + 1, numbers


def test_written_looked_at_sent_and_undone_from_the_pages(visit: Visit, stage: Stage):
    client = visit("coordinator")
    both = {"person": [stage.person("junior"), stage.person("senior")]}
    page = Screen(client, client.post("/drafts/people", both).location)
    assert page.heading == "Write to 2 people"
    address = page.path.removesuffix("/write")
    answer = client.post(f"{address}/write", WRITTEN)
    look = Screen(client, answer.location)
    assert "1 of 2" in look.text and "Tot vrijdag." in look.text
    look.tap("Next")
    assert "2 of 2" in look.text
    look.press("Send it to 2 people")
    assert look.path == address.replace("drafts", "messages") and len(asked(stage)) == 2
    look.press("Undo")
    assert not asked(stage)
    assert Screen(client, f"{address}/look").heading == "This is how they will read it", "a draft again"
    assert "draft, not sent" in Screen(client, "/messages").text


def test_a_double_click_sends_once(visit: Visit, stage: Stage):
    client = visit("coordinator")
    message_id = draft(stage, "junior")
    for _ in range(2):
        assert client.post(f"/drafts/{message_id}/send", {"version": "2"}).status_code == 303
    assert len(asked(stage)) == 1


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("subject_nl", "", "Fill this in."),
        ("subject_nl", "x" * 121, "Too long"),
        ("body_nl", "x" * 2001, "Too long"),
        ("body_nl", "Dag {achternaam}", "Between braces"),
        ("subject_en", "Only this", "Fill in both"),
        ("leads", "https://elsewhere.example", "Choose one of the options."),
    ],
)
def test_what_is_not_right_is_said_beside_its_field(visit: Visit, stage: Stage, field: str, value: str, told: str):
    message_id = draft(stage, "junior")
    answer = visit("coordinator").post(f"/drafts/{message_id}/write", {**WRITTEN, field: value})
    assert answer.status_code in (200, 400, 422) and told in answer.text
    found = stage.read(lambda session: session.get_one(Message, message_id))
    assert found.subject_nl == DUTCH.subject, "nothing was changed"


def test_a_subject_begins_no_header_of_its_own(visit: Visit, stage: Stage, post: Post):
    message_id = draft(stage, "junior")
    client = visit("coordinator")
    client.post(f"/drafts/{message_id}/write", {**WRITTEN, "subject_nl": "Vrijdag\r\nBcc: ander@example.nl"})
    client.post(f"/drafts/{message_id}/send", {"version": "3"})
    (mail,) = post.go(stage.now + LATER)
    assert str(mail["Subject"]) == "Vrijdag Bcc: ander@example.nl" and mail["Bcc"] is None


def test_all_that_the_list_of_people_shows(visit: Visit, stage: Stage):
    client = visit("coordinator")
    answer = client.post("/drafts/people?role=junior", {"everybody": "true"})
    page = Screen(client, answer.location)
    number = stage.read(
        lambda session: len(session.exec(sa.text("SELECT person_id FROM person_role WHERE role = 'junior'")).all())
    )
    assert page.heading == f"Write to {number} {'person' if number == 1 else 'people'}"


def test_both_of_a_pair_and_by_how_it_goes_not_of_a_few(visit: Visit, stage: Stage):
    made = stage.organisation
    pair = made.pair("senior", "junior", status="active")
    made.session.commit()
    client = visit("coordinator")
    assert Screen(client, client.post("/drafts/pairs", {"duo": [pair]}).location).heading == "Write to 2 people"
    for view in ("class=stuck", "view=attention", "class=in_balance"):
        assert client.post(f"/drafts/pairs?{view}", {"duo": [pair]}).status_code in (303, 400, 409, 422)
    refused = client.post("/drafts/pairs?view=attention", {"duo": [pair]})
    assert "at least five" in refused.text and refused.status_code != 303


def test_chosen_by_how_it_goes_it_is_narrowed_to_no_fewer_than_five(visit: Visit, stage: Stage):
    keys = ("junior", "senior", "other_junior", "other_senior", "manager", "hr")
    ids = [stage.person(key) for key in keys]
    made = stage.act(actions.begin, stage.coordinator, OF_PAIRS, ids, stage.now, fewest=5)
    stage.act(actions.write, stage.coordinator, made.id, BOTH, "message", stage.now)
    page = Screen(visit("coordinator"), f"/drafts/{made.id}/write")
    page.press(f"Leave {name(stage, 'hr')}")
    assert page.heading == "Write to 5 people" and "Leave out" not in page.text
    refused = visit("coordinator").post(f"/drafts/{made.id}/off", {"person": stage.person("manager")})
    assert refused.status_code != 303 and "at least five people" in refused.text
    stage.change(Person, stage.person("manager"), left_on=stage.now.date() - DAY)
    with pytest.raises(Refused):
        send(stage, made.id, 3)
    assert not asked(stage)


def test_only_who_did_not_answer_a_proposal(visit: Visit, stage: Stage):
    made = stage.organisation
    pair = made.pair("senior", "junior", request_id=made.asks("junior"))
    made.session.commit()
    stage.answer("senior", pair, True)
    client = visit("coordinator")
    page = Screen(client, client.post("/drafts/silent", {"proposal": [pair]}).location)
    assert page.heading == "Write to 1 person" and name(stage, "junior") in page.text
    assert Screen(client, client.post("/drafts/silent", {"everybody": "true"}).location).heading == page.heading
    stage.answer("junior", pair, True)
    assert client.post("/drafts/silent", {"proposal": [pair]}).status_code != 303


def test_one_can_be_left_out_but_not_the_last(visit: Visit, stage: Stage):
    message_id = draft(stage, "junior", "senior")
    page = Screen(visit("coordinator"), f"/drafts/{message_id}/write")
    page.press(f"Leave {name(stage, 'junior')}")
    assert page.heading == "Write to 1 person" and "Leave out" not in page.text
    answer = visit("coordinator").post(f"/drafts/{message_id}/off", {"person": stage.person("senior")})
    assert answer.status_code != 303


def test_a_text_is_kept_put_in_changed_and_removed(visit: Visit, stage: Stage):
    client = visit("coordinator")
    message_id = draft(stage, "junior")
    kept = {**WRITTEN, "name": "Vrijdag"}
    page = Screen(client, client.post(f"/drafts/{message_id}/keep", kept).location)
    assert "The text is kept as “Vrijdag”." in page.text
    again = client.post(f"/drafts/{message_id}/keep", {**kept, "name": "vrijdag"})
    assert "There is a text of this name already" in again.text
    texts = Screen(client, "/texts")
    assert texts.heading == "1 text to write with"
    texts.tap("Change Vrijdag")
    changed = {key: value for key, value in WRITTEN.items() if key != "leads"}
    assert Screen(client, client.post(texts.path, {**changed, "name": "Zaterdag"}).location).path == "/texts"
    other = draft(stage, "senior")
    text_id = texts.path.rpartition("/")[2]
    used = Screen(client, client.post(f"/drafts/{other}/use", {"text": f"kept-{text_id}"}).location)
    assert "Tot vrijdag." in used.text or "The text is put in." in used.text
    used.press("Undo")
    assert stage.read(lambda session: session.get_one(Message, other)).subject_nl == DUTCH.subject
    Screen(client, "/texts").press("Remove Zaterdag")
    assert Screen(client, "/texts").heading == "No texts are kept yet"
    assert client.post(f"/drafts/{other}/use", {"text": f"kept-{text_id}"}).status_code != 303


def test_the_texts_that_come_along_are_there_in_both_languages(visit: Visit, stage: Stage):
    client = visit("coordinator")
    for place in (0, 1):
        message_id = draft(stage, "junior", both=ONLY_DUTCH)
        client.post(f"/drafts/{message_id}/use", {"text": f"given-{place}"})
        found = stage.read(lambda session, wanted=message_id: session.get_one(Message, wanted))
        assert found.subject_nl and found.subject_en and found.subject_nl != found.subject_en
        assert found.body_nl and found.body_en and found.body_nl != found.body_en


def test_one_reads_what_one_was_written_once_it_cannot_be_undone(visit: Visit, stage: Stage, app: Flask):
    sent(stage, "junior")
    assert Screen(visit("junior"), "/messages/received").heading == "No messages to you yet"
    app.config["CLOCK"] = lambda: stage.now + timedelta(minutes=11)
    page = Screen(visit("junior"), "/messages/received")
    assert page.heading == "1 message to you" and f"Dear {name(stage, 'junior')}" in page.text
    assert Screen(visit("senior"), "/messages/received").heading == "No messages to you yet"


@pytest.mark.parametrize("who", ["junior", "senior", "manager", "admin", "hr", None])
def test_nobody_but_a_coordinator_writes(visit: Visit, stage: Stage, who: str | None):
    message_id = draft(stage, "junior")
    client = visit(who if who in stage.organisation.people else None)
    for address in ("/messages", f"/messages/{message_id}", f"/drafts/{message_id}/look", "/texts"):
        assert client.get(address).status_code in (302, 303, 403, 404), address
    person = {"person": [stage.person("junior")]}
    assert client.post("/drafts/people", person).status_code in (302, 303, 403, 404)
    assert client.post(f"/drafts/{message_id}/send", {"version": "2"}).status_code in (302, 303, 403, 404)
    assert not asked(stage)


def test_a_manager_sees_no_button_for_it(visit: Visit, stage: Stage):
    stage.organisation.pair("senior", "junior", status="active")
    stage.organisation.session.commit()
    assert "Write to" not in Screen(visit("manager"), "/duos").text
    assert "Write to them" in Screen(visit("coordinator"), "/duos").text
    assert "Write to them" in Screen(visit("coordinator"), "/people").text


def test_who_sends_it_stands_under_it(stage: Stage, post: Post):
    message_id = draft(stage, "junior")
    other = Actor(stage.person("manager"), frozenset({"coordinator"}), "manager")
    stage.act(actions.send, other, message_id, 2, stage.now, mails=True)
    (mail,) = post.go(stage.now + LATER)
    full = stage.read(lambda session: session.get_one(Person, stage.person("manager")).name)
    assert f"Written by {full}, coordinator at" in words(mail)


def test_a_draft_is_of_who_wrote_in_it_last(stage: Stage):
    message_id = draft(stage, "junior")
    other = Actor(stage.person("manager"), frozenset({"coordinator"}), "manager")
    stage.act(actions.write, other, message_id, BOTH, "message", stage.now)
    found = stage.read(lambda session: session.get_one(Message, message_id))
    assert found.by_id == stage.person("manager")


def test_who_is_taken_off_one_draft_stands_on_the_other(stage: Stage):
    one, other = draft(stage, "junior", "senior"), draft(stage, "junior", "senior")
    stage.act(actions.take_off, stage.coordinator, one, stage.person("junior"), stage.now)
    left = {number: {person.id for person in stage.read(queries.people_of, number)} for number in (one, other)}
    assert left == {one: {stage.person("senior")}, other: {stage.person("senior"), stage.person("junior")}}


def test_the_list_says_by_whom_when_and_what_became_of_it(visit: Visit, stage: Stage, now: datetime):
    stage.change(Person, stage.person("junior"), email=None)
    sent(stage, "junior", "senior")
    text = Screen(visit("coordinator"), "/messages").text
    assert "to 2 people" in text and "chosen from the people" in text
    assert "on paper: 1 · waits for their shift: 1" in text
