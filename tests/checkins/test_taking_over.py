"""Who makes a code for an account cannot read by it: its person is told, and what they kept stays closed to others."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlmodel import Session, col, select

from mentorship.base import links
from mentorship.base.mail import Mail
from mentorship.base.outbox import OutboxRow
from mentorship.checkins import actions
from mentorship.checkins.links.rules import LINK_PURPOSE
from mentorship.checkins.models import CheckIn
from mentorship.checkins.signals.models import Signal
from mentorship.people import actions as people
from mentorship.people.access import COORDINATOR, Actor
from mentorship.people.account import actions as accounts
from mentorship.people.account.passwords import Passwords
from mentorship.people.models import Account, Person
from mentorship.profiles.models import Plan, Wish
from mentorship.programme.models import Programme
from mentorship.reminders.mails import renderers
from tests.checkins.stage import Asking, cards_of
from tests.client import InspectingClient
from tests.factories import Screen
from tests.people.test_second_factor import with_factor

OWN, OTHER, THIRD = "drie koude bakfietsen", "vier natte kruiwagens", "vijf droge steigers"
MAIL = "samira@voorbeeld.example"
CLOSED = "Wat je eerder bewaarde is dicht"


@pytest.fixture
def stage(stage: Asking) -> Asking:
    """A junior with a password, who answered a check-in and said how long they think they stay."""
    stage.start()
    assert stage.open()
    stage.send("junior", 1)
    stage.change(Person, stage.person("junior"), email=MAIL)
    stage.act(lambda session: session.add(Plan(person_id=stage.person("junior"), horizon="under_1")))
    stage.act(
        lambda session: accounts.set_password(
            session, session.get_one(Person, stage.person("junior")), OWN, Passwords(8, 1), stage.now
        )
    )
    stage.later(hours=1)
    return stage


def device(stage: Asking) -> InspectingClient:
    return InspectingClient(stage.app)


def sign_in(client: InspectingClient, password: str) -> int:
    return client.post("/account/sign-in", {"name": "n-junior", "password": password}).status_code


def sign_out(client: InspectingClient) -> None:
    client.get("/account")
    client.post("/account/sign-out")
    client.get("/account/sign-in")


def coordinator(stage: Asking) -> Actor:
    return Actor(stage.person("coordinator"), frozenset({COORDINATOR}))


def code(stage: Asking) -> str:
    """The coordinator makes a code, to print."""
    actor, ids = coordinator(stage), [stage.person("junior")]
    return stage.act(lambda session: accounts.issue_codes(session, actor, ids, stage.now))[ids[0]]


def mailed(stage: Asking) -> str:
    """The coordinator mails a code; return it as it stands in the mail."""
    actor, ids = coordinator(stage), [stage.person("junior")]
    stage.act(lambda session: accounts.invite(session, actor, ids, "https://hier.example/account/activate", stage.now))
    return mails(stage, "invitation")[-1].text.rpartition("code=")[2]


def mails(stage: Asking, kind: str) -> list[OutboxRow]:
    query = select(OutboxRow).where(OutboxRow.kind == kind).order_by(col(OutboxRow.id))
    return stage.read(lambda session: list(session.exec(query)))


def activate(client: InspectingClient, code: str, password: str) -> str:
    fields = {"name": "n-junior", "code": code, "password": password}
    answer = client.post("/account/activate", fields)
    assert answer.status_code == 303
    return urlsplit(answer.location).path


def sees(stage: Asking, client: InspectingClient) -> bool:
    """Tell whether what the junior kept is open; all of it is, or none."""
    row = stage.asked("junior")[0]
    shown = client.get(f"/checkins/{row.id}")
    pair = client.get(f"/checkins/duo/{row.mentorship_id}").text
    plan = client.get("/profiles").text
    found = {
        "check-in": shown.status_code == 200,
        "pair": "is dicht" not in pair,
        "plan": 'value="under_1" checked' in " ".join(plan.split()) or "korter dan een jaar" in plan.lower(),
    }
    assert len(set(found.values())) == 1, found
    return found["check-in"]


def test_who_made_the_code_signs_in_and_reads_nothing(stage: Asking):
    other = device(stage)
    assert activate(other, code(stage), OTHER) == "/confirming"
    assert CLOSED in other.get("/confirming").text
    assert not sees(stage, other)
    sign_out(other)
    assert sign_in(other, OTHER) == 303 and not sees(stage, other), "nor at the next sign-in"


def test_a_second_code_on_the_same_device_opens_nothing(stage: Asking):
    other = device(stage)
    activate(other, code(stage), OTHER)
    stage.later(days=1)
    sign_out(other)
    activate(other, code(stage), THIRD)
    assert not sees(stage, other)


def test_a_device_of_before_opens_it(stage: Asking):
    own, other = device(stage), device(stage)
    assert sign_in(own, OWN) == 303 and sees(stage, own)
    activate(other, code(stage), OTHER)
    stage.later(hours=1)
    sign_out(own)
    assert activate(own, code(stage), THIRD) == "/notice", "nothing is closed"
    assert sees(stage, own)
    assert stage.audit("confirm account")[-1].details == {"by": "device"}


def test_a_computer_that_others_share_opens_nothing(stage: Asking):
    shared = device(stage)
    sign_in(shared, OWN)
    sign_out(shared)
    stage.act(
        lambda session: accounts.set_password(
            session, session.get_one(Person, stage.person("senior")), THIRD, Passwords(8, 1), stage.now
        )
    )
    assert shared.post("/account/sign-in", {"name": "n-senior", "password": THIRD}).status_code == 303
    sign_out(shared)
    assert activate(shared, code(stage), OTHER) == "/confirming"
    assert not sees(stage, shared)


def test_what_is_answered_afterwards_is_open(stage: Asking):
    other = device(stage)
    activate(other, code(stage), OTHER)
    stage.next_time()
    other.get("/account/sign-in")
    sign_in(other, OTHER)
    Screen(other, f"/checkins/{stage.newest('junior').id}").press("Versturen", **{"answer-progress": "5"})
    assert other.get(f"/checkins/{stage.newest('junior').id}").status_code == 200
    assert not stage.read(lambda session: session.get(Account, stage.person("junior")).mailbox)


def test_the_person_is_told_by_mail_and_at_the_next_sign_in(stage: Asking):
    code(stage)
    (asked,) = mails(stage, "code-made")
    assert asked.recipient_id == stage.person("junior") and asked.not_before is None, "at once"
    own = device(stage)
    sign_in(own, OWN)
    told = own.get("/").text
    assert "Coordinator Proef heeft op 23 nov 2026 een nieuwe code voor je account gemaakt" in told
    sign_out(own)
    sign_in(own, OWN)
    assert "een nieuwe code voor je account" not in own.get("/").text, "once"


USED = "Met die code is op 23 nov 2026"


def mail_about(stage: Asking, asked: OutboxRow) -> Mail | None:
    """The mail about a code, as the worker writes it now."""
    writes = renderers(stage.app.extensions["mentorship_settings"])["code-made"]
    return stage.read(lambda session: writes(session, asked, stage.now))


@pytest.mark.both_databases
def test_who_uses_the_code_at_once_is_told_of_all_the_same(stage: Asking):
    """The worker mails some time later, and whoever made the code may have used it, and have looked at the notice."""
    other = device(stage)
    activate(other, code(stage), OTHER)
    sign_out(other)
    sign_in(other, OTHER)
    assert USED in other.get("/").text, "at the next sign-in, whoever that is"
    (asked,) = mails(stage, "code-made")
    told = mail_about(stage, asked)
    assert told is not None and told.to.endswith(f"<{MAIL}>") and USED in told.text
    stage.later(days=1)
    own = device(stage)
    activate(own, code(stage), THIRD)
    page = own.get("/confirming").text
    assert "Coordinator Proef heeft op 23 nov 2026 een nieuwe code voor je account gemaakt" in page and USED in page


def test_it_is_told_where_mail_went_when_the_code_was_made(stage: Asking):
    code(stage)
    stage.change(Person, stage.person("junior"), email="elders@voorbeeld.example")
    (asked,) = mails(stage, "code-made")
    told = mail_about(stage, asked)
    assert told is not None and told.to.endswith(f"<{MAIL}>")


def test_the_first_code_of_a_newcomer_is_no_news_to_them(stage: Asking):
    actor, ids = coordinator(stage), [stage.person("nobody")]
    made = stage.act(lambda session: accounts.issue_codes(session, actor, ids, stage.now))[ids[0]]
    own = device(stage)
    own.get("/account/activate")
    own.post("/account/activate", {"name": "n-nobody", "code": made, "password": OWN})
    sign_out(own)
    assert own.post("/account/sign-in", {"name": "n-nobody", "password": OWN}).status_code == 303
    assert "een nieuwe code voor je account" not in own.get("/").text


def readdress(stage: Asking, email: str | None, by: str = "coordinator") -> None:
    """Somebody changes the address of the junior, and nothing else."""
    actor, number = Actor(stage.person(by), frozenset({COORDINATOR})), stage.person("junior")

    def change(session: Session) -> None:
        found = session.get_one(Person, number)
        people.change_person(
            session,
            actor,
            number,
            site_id=found.site_id,
            department=found.department,
            manager="n-manager",
            languages=found.languages.split(","),
            email=email,
            now=stage.now,
        )

    stage.act(change)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("before", "after", "said"),
    [(None, MAIL, f"Je mail gaat nu naar {MAIL}."), (MAIL, None, "Je krijgt geen mail meer.")],
)
def test_who_had_no_address_is_told_at_the_next_sign_in_that_another_gave_one(
    stage: Asking, before: str | None, after: str | None, said: str
):
    """Links to check-ins go there, and there is no address of before to tell it to."""
    stage.change(Person, stage.person("junior"), email=before)
    readdress(stage, after)
    own = device(stage)
    sign_in(own, OWN)
    told = own.get("/").text
    for part in ("Coordinator Proef heeft op 23 nov 2026", "je e-mailadres in Leermaat gewijzigd", said):
        assert part in told
    sign_out(own)
    sign_in(own, OWN)
    assert said not in own.get("/").text, "once"


@pytest.mark.both_databases
def test_a_link_in_a_mail_opens_nothing_until_who_got_another_address_signed_in(stage: Asking):
    """Whoever changed the address could read that mail, and answer with words that are shared."""
    stage.next_time()
    number = stage.newest("junior").id
    token = links.sign(stage.app.extensions["mentorship_settings"], LINK_PURPOSE, number, stage.now)
    stage.change(Person, stage.person("junior"), email=None)
    readdress(stage, MAIL)
    other = device(stage)
    for sent in (other.get(f"/links/{token}"), other.post(f"/links/{token}", {"answer-progress": "1"})):
        assert urlsplit(sent.location).path == "/account/sign-in" and f"next=/checkins/{number}" in sent.location
    assert "door een ander gewijzigd" in other.get("/account/sign-in").text
    assert stage.states("junior")[-1] == "open"
    assert sign_in(device(stage), OWN) == 303
    assert other.get(f"/links/{token}").status_code == 200


def test_who_changes_their_own_address_is_told_of_nothing(stage: Asking):
    readdress(stage, None, by="junior")
    own = device(stage)
    sign_in(own, OWN)
    assert "e-mailadres" not in own.get("/").text


def test_a_first_account_is_told_of_no_code(stage: Asking):
    actor, ids = coordinator(stage), [stage.person("senior")]
    stage.act(lambda session: accounts.issue_codes(session, actor, ids, stage.now))
    assert mails(stage, "code-made") == []


def test_who_answered_by_slip_alone_keeps_it_closed_too(stage: Asking):
    stage.act(lambda session: session.delete(session.get_one(Account, stage.person("junior"))))
    other = device(stage)
    assert activate(other, code(stage), OTHER) == "/confirming" and not sees(stage, other)


def test_who_answered_without_an_account_is_told_of_the_first_code_when_it_is_made(stage: Asking):
    stage.act(lambda session: session.delete(session.get_one(Account, stage.person("junior"))))
    ids = [stage.person("junior"), stage.person("nobody")]
    stage.visit("coordinator").post("/people/activation-codes", {"person": ids})
    (told,) = mails(stage, "code-made")
    assert told.recipient_id == stage.person("junior")


def test_who_kept_nothing_is_welcome(stage: Asking):
    fields = {"name": "n-nobody", "password": OTHER}
    ids = [stage.person("nobody")]
    made = stage.act(lambda session: accounts.issue_codes(session, coordinator(stage), ids, stage.now))
    client = device(stage)
    assert client.post("/account/activate", {**fields, "code": made[ids[0]]}).location == "/notice"


def test_a_code_in_the_mailbox_of_before_opens_it_and_in_another_not(stage: Asking):
    stage.change(Account, stage.person("junior"), mailbox=MAIL)
    own = device(stage)
    assert activate(own, mailed(stage), OTHER) == "/notice" and sees(stage, own)
    stage.later(hours=1)
    stage.change(Person, stage.person("junior"), email="ander@voorbeeld.example")
    other = device(stage)
    assert activate(other, mailed(stage), THIRD) == "/confirming" and not sees(stage, other)
    page = other.get("/confirming").text
    assert "Mail mij de link" not in page
    assert other.post("/confirming").status_code == 422


def test_the_link_in_the_own_mailbox_opens_it_within_ten_minutes_for_that_account_alone(stage: Asking):
    stage.change(Account, stage.person("junior"), mailbox=MAIL)
    own = device(stage)
    activate(own, code(stage), OTHER)
    Screen(own, "/confirming").press("Mail mij de link")
    (asked,) = mails(stage, "confirm")
    path, _, token = asked.text.partition("#code=")
    assert path == "/confirming/link"
    stranger = stage.visit("senior")
    stranger.get("/account")
    assert stranger.post("/confirming/link", {"code": token}).status_code == 422
    assert own.post("/confirming/link", {"code": "x"}).status_code == 422
    now = stage.now
    stage.later(minutes=10, seconds=2)
    assert own.post("/confirming/link", {"code": token}).status_code == 422
    stage.later(seconds=(now - stage.now + timedelta(minutes=9)).total_seconds())
    assert own.post("/confirming/link", {"code": token}).status_code == 303
    assert sees(stage, own)
    sign_out(own)
    activate(device(stage), code(stage), THIRD)
    late = device(stage)
    sign_in(late, THIRD)
    late.get("/account")
    assert late.post("/confirming/link", {"code": token}).status_code == 422, "it was good for that one code"


def test_signals_from_what_was_answered_before_are_closed_too(stage: Asking):
    pair = f"/checkins/duo/{stage.asked('junior')[0].mentorship_id}"
    noticed = "uit wat je antwoordde"
    assert noticed in stage.screen("junior", pair).text
    other = device(stage)
    activate(other, code(stage), OTHER)
    assert noticed not in other.get(pair).text


def before_anything_was_kept(stage: Asking, made: str, client: InspectingClient) -> None:
    """Somebody opens the account of the mentor, who kept nothing yet, by a code."""
    assert client.post("/account/activate", {"name": "n-senior", "code": made, "password": OTHER}).location == "/notice"


def test_who_opened_an_account_before_anything_was_kept_reads_nothing_of_later(stage: Asking):
    """Neither by the device on which they did, nor by a mailbox that they had written down for it."""
    stage.change(Person, stage.person("senior"), email="maker@voorbeeld.example")
    actor, ids = coordinator(stage), [stage.person("senior")]
    address = "https://hier.example/account/activate"
    stage.act(lambda session: accounts.invite(session, actor, ids, address, stage.now))
    maker, own = device(stage), device(stage)
    before_anything_was_kept(stage, mails(stage, "invitation")[-1].text.rpartition("code=")[2], maker)
    printed = stage.act(lambda session: accounts.issue_codes(session, actor, ids, stage.now))
    before_anything_was_kept(stage, printed[ids[0]], own)
    stage.send("senior", 1)
    stage.later(hours=1)
    again = stage.act(lambda session: accounts.issue_codes(session, actor, ids, stage.now))[ids[0]]
    sign_out(maker)
    answer = maker.post("/account/activate", {"name": "n-senior", "code": again, "password": THIRD})
    assert answer.location == "/confirming"
    assert "Mail mij de link" not in maker.get("/confirming").text
    assert maker.get(f"/checkins/{stage.newest('senior').id}").location == "/confirming"
    last = stage.act(lambda session: accounts.issue_codes(session, actor, ids, stage.now))[ids[0]]
    sign_out(own)
    answer = own.post("/account/activate", {"name": "n-senior", "code": last, "password": OTHER})
    assert answer.location == "/notice", "on their own device it opens"


@pytest.mark.parametrize("door", ["share", "take-back"])
def test_no_door_to_what_is_closed_stands_open(stage: Asking, door: str):
    number = stage.asked("junior")[0].id
    stage.change(CheckIn, number, note="Alleen voor mij")
    other = device(stage)
    activate(other, code(stage), OTHER)
    other.get("/account")
    if door == "share":
        answer = other.post(f"/checkins/{number}/share", {"share": "true"})
    else:
        answer = other.get(f"/checkins/endings/take-back/{number}?what=thanks")
    assert answer.status_code == 303 and urlsplit(answer.location).path == "/confirming"
    assert not stage.asked("junior")[0].note_shared


def test_what_the_two_shared_before_is_closed_to_one_and_open_to_the_other(stage: Asking):
    row = stage.asked("junior")[0]
    stage.change(CheckIn, row.id, note="Vandaag zelf gelast", note_shared=True)
    stage.send("senior", 4, note="Gelast als de beste", share="true")
    pair = f"/checkins/duo/{row.mentorship_id}"
    other = device(stage)
    activate(other, code(stage), OTHER)
    shown = other.get(pair).text
    assert "Vandaag zelf gelast" not in shown and "Gelast als de beste" not in shown
    assert "Vandaag zelf gelast" in stage.screen("senior", pair).text


def test_a_signal_of_before_is_not_released_by_another(stage: Asking):
    stage.change(Programme, 1, visibility="released")
    signal = stage.read(lambda session: session.exec(select(Signal).where(Signal.side == "junior")).first())
    other = device(stage)
    activate(other, code(stage), OTHER)
    other.get("/account")
    answer = other.post(f"/signals/{signal.id}/release", {"released": "true"})
    assert answer.status_code == 303 and urlsplit(answer.location).path == "/confirming"


def test_what_was_begun_before_is_not_read_by_sending_it(stage: Asking):
    stage.next_time()
    row = stage.newest("junior")
    stage.act(actions.save_answers, row.id, {"progress": 2})
    stage.later(hours=1)
    other = device(stage)
    activate(other, code(stage), OTHER)
    answered = Screen(other, f"/checkins/{row.id}").press("Versturen", **{"answer-own_work": "5"})
    assert answered.path == "/confirming" and "Verstuurd" in answered.text
    assert f'"/checkins/{row.id}"' not in other.get(f"/checkins/duo/{row.mentorship_id}").text
    assert stage.answers(row.id) == {"progress": 2, "own_work": 5}


def test_that_a_mentor_asked_for_help_before_is_closed_too(stage: Asking):
    stage.send("senior", 4, help_from="coordinator")
    assert stage.cards("senior")
    stage.later(hours=1)
    actor, ids = coordinator(stage), [stage.person("senior")]
    made = stage.act(lambda session: accounts.issue_codes(session, actor, ids, stage.now))[ids[0]]
    other = device(stage)
    other.post("/account/activate", {"name": "n-senior", "code": made, "password": OTHER})
    assert cards_of(Screen(other, "/signals")) == []


def test_whom_one_named_before_is_closed_too(stage: Asking):
    named, junior = stage.person("manager"), stage.person("junior")
    stage.act(lambda session: session.add(Wish(person_id=junior, other_id=named, wanted=False)))
    assert "Je noemde 1 collega" in stage.screen("junior", "/profiles/wishes").text
    own, other = device(stage), device(stage)
    sign_in(own, OWN)
    activate(other, code(stage), OTHER)
    name = stage.read(lambda session: session.get_one(Person, named).name)
    page = other.get("/profiles/wishes").text
    assert name not in page
    assert other.post("/profiles/wishes", {"other_id": named, "wish": "none"}).status_code == 303
    assert not other.get("/profiles/wishes").text.count("Ongedaan maken"), "nor is it told by what can be undone"
    assert stage.read(lambda session: session.get(Wish, (junior, named))) is not None, "it is not taken back unseen"
    stage.later(hours=1)
    sign_out(own)
    activate(own, code(stage), THIRD)
    assert name in own.get("/profiles/wishes").text


def test_who_named_a_colleague_and_kept_nothing_else_finds_it_closed(stage: Asking):
    nobody, named = stage.person("nobody"), stage.person("manager")
    stage.act(lambda session: session.add(Wish(person_id=nobody, other_id=named, wanted=False)))
    made = stage.act(lambda session: accounts.issue_codes(session, coordinator(stage), [nobody], stage.now))
    fields = {"name": "n-nobody", "password": OTHER, "code": made[nobody]}
    assert device(stage).post("/account/activate", fields).location == "/confirming"


def test_after_a_second_factor_who_came_by_a_code_is_led_to_what_is_closed(stage: Asking):
    with Session(stage.engine) as session:
        phone, _ = with_factor(session, stage.organisation.in_session(session, stage.now), "junior")
    other = device(stage)
    answer = other.post("/account/activate", {"name": "n-junior", "code": code(stage), "password": OTHER})
    goes_on = dict(parse_qsl(urlsplit(answer.location).query))
    answer = other.post("/second-step", {"code": phone.code(), **goes_on})
    assert urlsplit(answer.location).path == "/confirming"
    assert CLOSED in other.get("/confirming").text
