"""Who has no mail gets a code on paper: it opens their one check-in on any phone, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from mentorship.base.errors import Refused
from mentorship.checkins import actions
from mentorship.checkins.links import actions as code_actions
from mentorship.checkins.links.opening import opened_by
from mentorship.checkins.models import CheckIn, CheckInCode
from mentorship.people.account.rules import code_digest
from mentorship.people.models import Person, PersonRole
from mentorship.people.throttle import actions as throttle
from mentorship.people.throttle.models import Pacing
from mentorship.people.throttle.rules import NETWORK, SLIP, Try
from tests.checkins.stage import JUNIOR_KEYS, Asking
from tests.client import InspectingClient
from tests.factories import Screen
from tests.rounds.stage import at_once, counted
from tests.scanning import scanned

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")
MAKE, OPEN = "Codes maken voor wie is aangevinkt", "Open mijn tussenstand"
WRONG = "Deze code opent geen tussenstand."


@pytest.fixture
def asked(stage: Asking) -> Asking:
    """A pair in each line that is asked today; nobody in it has mail."""
    stage.start("senior", "junior")
    stage.start("other_senior", "other_junior")
    assert stage.open() == 4
    return stage


def phone(stage: Asking) -> Screen:
    """Any phone on which nobody is signed in."""
    return Screen(InspectingClient(stage.app), "/links")


def slips(stage: Asking, who: str = "manager", *keys: str) -> list[str]:
    """Have codes made for these people (or for whom the page ticks) and return them as printed."""
    ticked: dict[str, Any] = {"person": [str(stage.person(key)) for key in keys]} if keys else {}
    page = stage.screen(who, "/links/codes").press(MAKE, **ticked)
    assert page.status == 200, page.text
    return CODE.findall(page.text)


def spent(stage: Asking) -> list[Pacing]:
    """What was counted of tries."""
    return stage.read(lambda session: list(session.exec(select(Pacing))))


def test_from_the_desk_to_a_sent_check_in(asked: Asking):
    desk = asked.screen("manager")
    assert "2 mensen zonder mail krijgen een tussenstand op papier" in desk.text
    assert "2 van hen hebben nog geen code." in desk.text
    page = desk.tap("Print briefjes")
    assert [row[1] for row in page.rows()] == ["Junior Proef", "Senior Proef"], "their own line"
    page = page.press(MAKE)
    assert "http://localhost/c en typ deze code" in page.text and "uiterlijk tot en met 6 dec 2026" in page.text
    assert "wie je dit strookje geeft, ziet ze niet" in page.text
    code = CODE.findall(page.text)[0]
    assert "Iedereen heeft een code." in asked.screen("manager").text
    mine = Screen(InspectingClient(asked.app), "/account/sign-in").tap("Ik heb een code voor een tussenstand")
    form = mine.press(OPEN, code=f" {code.lower().replace('-', ' ')} ")
    assert form.path.startswith("/links/") and "Senior Proef" in form.text
    sent = form.press("Versturen", **{"answer-progress": "4"})
    assert "Verstuurd" in sent.text and asked.states("junior") == ["answered"]
    assert asked.answers(asked.newest("junior").id or 0) == {"progress": 4}
    assert mine.client.get("/mentorships").status_code == 303, "they are not signed in by it"
    assert WRONG in phone(asked).press(OPEN, code=code).text, "what is sent is closed"


def test_scanning_a_slip_fills_in_its_code(asked: Asking):
    page = asked.visit("manager").post("/links/codes", {"person": [str(asked.person("junior"))]}).text
    (address,) = scanned(page)
    opening, _, code = address.partition("#code=")
    assert opening == "http://localhost/links" and [code] == CODE.findall(page), "behind the `#`: no log holds it"
    form = Screen(InspectingClient(asked.app), f"/links?code={code}")
    assert form.fields(OPEN)["code"] == code, "as slips of before handed it over"
    assert form.press(OPEN).path.startswith("/links/")
    long = Screen(InspectingClient(asked.app), "/links?code=" + "x" * 5000)
    assert long.fields(OPEN)["code"] == "x" * 40, "no more than is ever typed"


def test_a_code_works_again_until_the_check_in_closes(asked: Asking):
    code = slips(asked)[0]
    first = phone(asked).press(OPEN, code=code)
    first.client.post(f"{first.path}/answer", {"key": "progress", "value": "2"})
    asked.later(days=3)
    other = phone(asked).press(OPEN, code=code)
    assert other.path.startswith("/links/") and "answer-progress" not in other.fields("Versturen"), (
        "whoever holds the slip"
    )
    author = asked.screen("junior", f"/checkins/{asked.newest('junior').id}")
    author.press("Deze keer overslaan").press("Ja, wissen en overslaan")
    assert WRONG in phone(asked).press(OPEN, code=code).text


def test_whoever_hands_out_a_code_reads_no_answer_with_it(asked: Asking):
    number, author = asked.newest("junior").id, asked.visit("junior")
    for key in JUNIOR_KEYS[:4]:
        author.post(f"/checkins/{number}/answer", {"key": key, "value": "1"})
    manager = phone(asked).press(OPEN, code=slips(asked, "manager", "junior")[0])
    assert manager.client.post(f"{manager.path}/answer", {"key": "dare_to_ask", "value": "5"}).status_code == 204
    shown = manager.open(manager.path).fields("Versturen")
    assert {k: v for k, v in shown.items() if k.startswith("answer-")} == {"answer-dare_to_ask": "5"}


def test_no_day_of_a_check_in_stands_beside_a_name(asked: Asking):
    listed = asked.screen("coordinator", "/links/codes")
    assert "zonder e-mail staat een tussenstand klaar" in listed.heading
    assert {tuple(row[3:]) for row in listed.rows()} == {("Ede", "nog niet")}


@pytest.mark.both_databases
def test_nobody_who_hands_out_slips_reads_that_somebody_is_asked_early(stage: Asking):
    """A low answer brings the next check-in forward, and so does one's own wish: others hear of neither."""
    pair = stage.start()
    stage.open()
    for _ in range(3):
        stage.send("junior", 4)
        stage.send("senior", 4)
        stage.next_time()
    stage.send("junior", 1)
    stage.send("senior", 4)
    stage.later(days=14)
    stage.open()
    assert (stage.states("junior")[-1], stage.states("senior")[-1]) == ("open", "answered"), "the low one alone"
    stage.visit("senior").post(f"/checkins/own/ask/{pair}")
    assert stage.states("senior")[-1] == "open"
    for key in ("manager", "coordinator"):
        page = stage.screen(key, "/links/codes")
        assert "Niemand heeft een strookje nodig" in page.heading and page.rows() == []
        assert "zonder mail" not in stage.screen(key).text
    answer = stage.visit("manager").post("/links/codes", {"person": [str(stage.person("junior"))]})
    assert answer.status_code == 422
    stage.later(days=14)
    stage.act(actions.close_missed, stage.now)
    assert stage.states("junior")[-1] == "open", "its term begins when others may hear of it"
    page = stage.screen("manager", "/links/codes")
    assert [row[1] for row in page.rows()] == ["Junior Proef", "Senior Proef"], "as if it had come now"
    days = re.findall(r"tot en met (\S+ \S+ \S+)", page.press(MAKE).text)
    assert len(days) == 2 and len(set(days)) == 1


@pytest.mark.parametrize(
    ("role", "listed", "waits"),
    [
        ("coordinator", ["Other_junior", "Other_senior", "Senior"], "3 mensen zonder mail"),
        ("manager", ["Other_junior"], "1 mens zonder mail"),
    ],
)
def test_nobody_makes_a_code_for_the_other_side_of_their_own_pair(
    stage: Asking, role: str, listed: list[str], waits: str
):
    """A foreman, or a coordinator, who is the junior's own mentor."""
    stage.act(lambda s: s.add(PersonRole(person_id=stage.person("senior"), role=role)))
    for key in ("junior", "other_junior"):
        stage.change(Person, stage.person(key), manager_id=stage.person("senior"))
    stage.start("senior", "junior")
    stage.start("other_senior", "other_junior")
    stage.open()
    page = stage.screen("senior", "/links/codes")
    assert [row[1] for row in page.rows()] == [f"{name} Proef" for name in listed]
    client = stage.visit("senior")
    refused = client.post("/links/codes", {"person": [str(stage.person("junior"))]})
    assert refused.status_code == 422 and not stage.read(lambda s: list(s.exec(select(CheckInCode))))
    both = page.client.post("/links/codes", {"person": [str(stage.person(k)) for k in ("junior", "other_junior")]})
    assert "Other_junior Proef" in both.text and ">Junior Proef<" not in both.text
    assert "1 persoon kreeg geen strookje" in both.text
    assert waits in stage.screen("senior").text
    assert len(slips(stage, "coordinator", "junior")) == 1, "somebody else does"


def test_of_who_has_another_mentor_too_that_check_in_alone_gets_a_code(stage: Asking):
    stage.act(lambda s: s.add(PersonRole(person_id=stage.person("senior"), role="coordinator")))
    stage.start("senior", "junior")
    stage.start("other_senior", "junior", ago=15)
    stage.open()
    page = stage.screen("senior", "/links/codes").press(MAKE, person=[str(stage.person("junior"))])
    assert len(CODE.findall(page.text)) == 1 and "Hoe gaat het met Other_senior?" in page.text
    row = next(r for r in stage.screen("senior", "/links/codes").rows() if r[1] == "Junior Proef")
    assert row[4].startswith("tot "), "of all that they may hand out"


@pytest.mark.parametrize("why", ["replaced", "expired", "purged", "left"])
def test_the_address_of_a_code_stops_with_the_code(asked: Asking, why: str):
    code = slips(asked, "manager", "junior")[0]
    old = phone(asked).press(OPEN, code=code)
    assert old.client.get(old.path).status_code == 200
    if why == "replaced":
        code = slips(asked, "coordinator", "junior")[0]
    elif why == "expired":
        asked.change(CheckInCode, asked.newest("junior").id, expires_at=asked.now)
    elif why == "purged":
        asked.act(code_actions.purge, asked.now + timedelta(days=15))
    else:
        asked.change(Person, asked.person("junior"), left_on=asked.today)
    sent = {"answer-progress": "5", "note": "", "closing": "false", "seen": "classes"}
    for answer in (
        old.client.get(old.path),
        old.client.post(f"{old.path}/answer", {"key": "progress", "value": "5"}),
        old.client.post(f"{old.path}/skip"),
        old.client.post(old.path, sent),
    ):
        assert answer.status_code == 409 and WRONG in answer.text
    assert asked.states("junior") == ["open"] and not asked.answers(asked.newest("junior").id or 0)
    page = old.open(old.path)
    assert page.names("button")[0] == OPEN, "and the newer one is typed right there"
    if why == "replaced":
        assert page.press(OPEN, code=code).press("Versturen", note="x").status == 200
        assert asked.states("junior") == ["answered"]


def test_a_slip_says_the_last_day_of_its_code_and_works_until_its_check_in_closes(stage: Asking):
    """A check-in that became the closing one opened anew when the pair ended."""
    pair = stage.start()
    stage.open()
    stage.later(days=12)
    stage.visit("senior").post(f"/checkins/endings/{pair}", {})
    stage.later(days=5)
    page = stage.screen("manager", "/links/codes").press(MAKE, person=[str(stage.person("junior"))])
    assert "uiterlijk tot en met 23 dec 2026" in page.text, "10 December and thirteen days"
    code = CODE.findall(page.text)[0]
    stage.later(days=8)
    stage.act(actions.close_missed, stage.now)
    assert phone(stage).press(OPEN, code=code).path.startswith("/links/"), "the last day"
    stage.later(days=1)
    stage.act(actions.close_missed, stage.now)
    assert WRONG in phone(stage).press(OPEN, code=code).text


@pytest.mark.parametrize("why", ["unknown", "expired", "closed", "replaced", "left"])
def test_the_answer_is_the_same_whatever_is_wrong(asked: Asking, why: str):
    code = slips(asked, "manager", "junior")[0]
    if why == "unknown":
        code = "2222-3333-4444"
    elif why == "expired":
        asked.later(days=14)
    elif why == "closed":
        asked.change(CheckIn, asked.newest("junior").id, status="missed", closed_at=asked.now)
    elif why == "replaced":
        assert slips(asked, "coordinator", "junior") != [code]
    else:
        asked.change(Person, asked.person("junior"), left_on=asked.today)
    page = phone(asked).press(OPEN, code=code)
    assert page.status == 422 and WRONG in page.text and page.fields(OPEN) == {"code": code}
    assert spent(asked)
    assert code.replace("-", "") not in repr(spent(asked))


def test_guessing_is_slowed_down_for_one_address_only(asked: Asking):
    code = slips(asked)[0]
    for number in range(NETWORK.at_once - 1):
        asked.act(lambda session, n=number: throttle.book(session, Try(SLIP, f"code {n}", "127.0.0.1"), asked.now))
    client = phone(asked).client
    assert client.post("/links", {"code": "2222-2222-2222"}).status_code == 422
    assert client.post("/links", {"code": code}).status_code == 429, "the right one too: nobody learns that it is"
    elsewhere = client.post("/links", {"code": code}, environ_base={"REMOTE_ADDR": "10.0.0.9"})
    assert elsewhere.status_code == 303
    asked.later(minutes=1)
    assert client.post("/links", {"code": code}).status_code == 303


def test_only_hashes_are_kept_and_the_log_tells_for_whom(asked: Asking):
    codes = slips(asked, "coordinator")
    rows = asked.read(lambda s: list(s.exec(select(CheckInCode))))
    assert {row.code_hash for row in rows} == {code_digest(code) for code in codes} and len(rows) == len(codes) == 4
    assert {row.made_by for row in rows} == {asked.person("coordinator")}
    noted = asked.audit("make check-in code")
    assert len({row.subject_id for row in noted}) == 4 and not any(row.details for row in noted)
    page = asked.screen("coordinator", "/links/codes")
    assert not CODE.findall(page.text), "shown once"
    assert [row[4] for row in page.rows()] == ["tot 7 dec 2026"] * 4


def test_somebody_in_another_line_is_not_there(asked: Asking):
    before = asked.read(lambda s: list(s.exec(select(CheckInCode))))
    own, other, gone = (str(asked.person(key)) for key in ("junior", "other_junior", "admin"))
    client = asked.visit("manager")
    for person in ([other], [own, other], [str(asked.person("manager"))], [gone], [str(2**31 - 1)]):
        assert client.post("/links/codes", {"person": person}).status_code == 404, person
    actor = asked.organisation.actor("manager")
    asked.organisation.session.rollback()
    with pytest.raises(Refused):
        asked.act(code_actions.make, actor, [asked.person("other_junior")], asked.now)
    for key in ("junior", "senior", "admin", "nobody"):
        assert asked.visit(key).get("/links/codes").status_code == 403
        assert asked.visit(key).post("/links/codes", {"person": [own]}).status_code == 403
    assert asked.read(lambda s: list(s.exec(select(CheckInCode)))) == before == []
    assert len(slips(asked, "director")) == 4, "who stands above both lines"


def test_who_has_mail_or_nothing_to_answer_gets_no_slip(asked: Asking):
    page = asked.screen("coordinator", "/links/codes")
    asked.change(Person, asked.person("senior"), email="senior@proef.example")
    asked.screen("junior", f"/checkins/{asked.newest('junior').id}").press("Deze keer overslaan")
    printed = page.press(MAKE)
    assert "2 mensen kregen geen strookje" in printed.text
    assert sorted(t for t in ("Junior Proef", "Other_junior Proef", "Senior Proef") if t in printed.text) == [
        "Other_junior Proef"
    ]
    nobody = page.client.post("/links/codes", {"person": [str(asked.person("senior"))]})
    assert nobody.status_code == 422 and "staat nog een tussenstand klaar" in nobody.text
    nothing = page.client.post("/links/codes", {})
    assert nothing.status_code == 422 and "Kies minstens één persoon" in nothing.text
    assert "zonder mail" not in asked.screen("manager").text


def test_a_site_is_chosen_and_who_has_a_code_is_not_ticked(asked: Asking):
    made = asked.organisation
    made.person("zuid", "junior", manager="manager", site="Zuid")
    asked.start("other_senior", "zuid", ago=15)
    asked.open()
    slips(asked, "manager", "junior")
    page = asked.screen("manager", f"/links/codes?site={made.sites['Zuid']}")
    assert [row[1] for row in page.rows()] == ["Zuid Proef"]
    page = asked.screen("manager", "/links/codes")
    assert page.fields(MAKE)["person"] == [str(asked.person(key)) for key in ("senior", "zuid")]
    assert "Er zijn geen strookjes nodig" in asked.screen("manager", "/links/codes?site=999999").text


def test_somebody_in_two_pairs_gets_a_slip_for_each(asked: Asking):
    asked.start("senior", "nobody", ago=15)
    asked.open()
    page = asked.screen("manager", "/links/codes").press(MAKE, person=[str(asked.person("senior"))])
    codes = CODE.findall(page.text)
    assert "Hoe gaat het met Junior?" in page.text and "Hoe gaat het met Nobody?" in page.text
    opened = [phone(asked).press(OPEN, code=code).path for code in codes]
    assert len(set(opened)) == 2
    assert [row.subject_id for row in asked.audit("make check-in code")] == [asked.person("senior")]


def test_two_who_make_codes_at_once_leave_one_that_works(asked: Asking):
    actor, wanted = asked.organisation.actor("manager"), [asked.person("junior")]
    asked.organisation.session.rollback()
    made = at_once(*[lambda: asked.act(code_actions.make, actor, wanted, asked.now)] * 3)
    codes = [code for ((_, code),) in made]
    working = [c for c in codes if asked.read(opened_by, c, asked.now)]
    assert len(set(codes)) == 3 and len(working) == 1


def test_what_opens_nothing_any_more_is_forgotten(asked: Asking):
    slips(asked, "coordinator")
    asked.change(CheckIn, asked.newest("junior").id, status="missed", closed_at=asked.now)
    asked.act(code_actions.purge, asked.now)
    assert len(asked.read(lambda s: list(s.exec(select(CheckInCode))))) == 3
    asked.act(code_actions.purge, asked.now + timedelta(days=14, seconds=1))
    assert not asked.read(lambda s: list(s.exec(select(CheckInCode))))


def test_a_long_list_is_paged_and_costs_no_more(asked: Asking):
    made, numbers = asked.organisation, []
    client = asked.visit("manager")
    for first, last in ((0, 3), (3, 60)):
        for number in range(first, last):
            made.person(f"j{number}", "junior", manager="manager")
            pair = made.pair("other_senior", f"j{number}", "ended")
            row = CheckIn(
                mentorship_id=pair,
                side="junior",
                person_id=made.people[f"j{number}"],
                set_id=1,
                due_on=asked.today,
                opened_at=asked.now,
            )
            made.session.add(row)
        made.session.commit()
        client.get("/links/codes")
        with counted(asked.engine) as statements:
            assert client.get("/links/codes").status_code == 200
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]
    assert len(asked.screen("manager", "/links/codes").rows()) == 50
    assert len(asked.screen("manager", "/links/codes?page=2").rows()) == 12
