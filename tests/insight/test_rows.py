"""What is done with a mentor from their row: confirm, fewer, ask the manager again, fewer places, object, and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from sqlmodel import col, select

from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import use_locale
from mentorship.base.mail_kinds import HOURS_AGAIN
from mentorship.base.outbox import OutboxRow
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person
from mentorship.profiles.models import Capacity
from mentorship.programme.models import Programme
from mentorship.reminders.hours_mail_texts import again
from mentorship.reminders.managers import actions
from tests.client import InspectingClient
from tests.factories import Organisation
from tests.rounds.stage import Stage, at_once, counted

Visit = Callable[[str | None], InspectingClient]
DAY = timedelta(days=1)
NAMED = " : Senior Proef"
PAGE = "/insight/workload"


@pytest.fixture
def stage(engine: object, organisation: Organisation, now: object) -> Stage:
    """An organisation that speaks English, in which the hours of the senior wait for their manager."""
    organisation.speak("en")
    organisation.session.get_one(Programme, 1).confirm_hours = True
    made = Stage(engine, organisation, now)  # type: ignore[arg-type]
    organisation.session.commit()
    waits = {"confirmed_hours": None, "answered_hours": None, "hours": Decimal(8)}
    made.change(Capacity, made.person("senior"), places=2, **waits)
    made.change(Person, made.person("manager"), email="manager@example.org")
    return made


def menu(page: str, person_id: int) -> str:
    """What is folded in the row of somebody."""
    row = page[page.index(f'id="p{person_id}"') :]
    row = row[row.index('<details class="more"') :]
    return row[: row.index("</details>")]


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def asked(stage: Stage) -> list[OutboxRow]:
    query = select(OutboxRow).where(OutboxRow.kind == HOURS_AGAIN)
    return stage.read(lambda session: list(session.exec(query.order_by(col(OutboxRow.id)))))


def ask(stage: Stage, days: float = 0) -> actions.Asked:
    return stage.act(actions.ask_again, stage.coordinator, stage.person("senior"), stage.now + days * DAY)


def test_a_manager_answers_from_the_row(stage: Stage, visit: Visit):
    me = visit("manager")
    senior = stage.person("senior")
    found = menu(me.get(PAGE).text, senior)
    told = ["More", "Confirm the hours", "Confirm fewer hours", "Fewer places", "What if"]
    assert words(found) == f"{NAMED} ".join(told) + NAMED
    assert "Ask the manager again" not in found
    fewer = unquote(re.findall(r'href="([^"]*answer=fewer[^"]*)"', found)[0]).replace("&amp;", "&")
    opened = me.get(fewer).text
    chosen = re.search(r'<input[^>]*value="fewer"[^>]*>', opened)
    assert chosen is not None and "checked" in chosen[0]


def test_every_act_of_a_row_has_a_name_of_its_own(stage: Stage, visit: Visit):
    stage.organisation.mentor("second", manager="manager")
    stage.organisation.session.commit()
    page = visit("manager").get(PAGE).text
    link = r'<a class="btn" href="[^"]*(?:lowering|what-if\?who)[^"]*">.*?</a>'
    links = [words(one) for one in re.findall(link, page, re.S)]
    assert len(links) == len(set(links)) >= 4


def test_the_coordinator_asks_the_manager_again_in_their_shift(stage: Stage, visit: Visit):
    senior = stage.person("senior")
    browser = visit("coordinator")
    assert "Ask the manager again" in menu(browser.get(PAGE).text, senior)
    sent = browser.post(f"/managers/{senior}/ask-again", {"back": f"{PAGE}?state=waits#p{senior}"})
    assert sent.status_code == 303 and sent.location == f"{PAGE}?state=waits#p{senior}"
    (mail,) = asked(stage)
    assert mail.recipient_id == stage.person("manager")
    assert mail.not_before is not None and mail.not_before >= stage.now + timedelta(minutes=10)
    row = words(menu(browser.get(PAGE).text, senior))
    assert "The manager was asked on 23 Nov 2026" in row and "Ask the manager again" not in row


def test_nobody_but_the_coordinator_asks(stage: Stage, visit: Visit):
    for who in ("manager", "senior", "hr"):
        assert visit(who).post(f"/managers/{stage.person('senior')}/ask-again", {}).status_code in (403, 404)
    assert visit("coordinator").post("/managers/99999/ask-again", {}).status_code == 404


def test_at_most_once_in_three_days_whichever_mentor_it_is_about(stage: Stage):
    stage.organisation.mentor("second", manager="manager")
    stage.organisation.session.commit()
    second = stage.person("second")
    stage.change(Capacity, second, confirmed_hours=None, answered_hours=None, hours=Decimal(8))
    ask(stage)
    for days in (0, 1, 2):
        with pytest.raises(Conflict, match="is gevraagd op"):
            stage.act(actions.ask_again, stage.coordinator, second, stage.now + days * DAY)
    stage.act(actions.ask_again, stage.coordinator, second, stage.now + 3 * DAY)
    assert len(asked(stage)) == 2


def test_two_who_ask_at_once_send_one_mail(stage: Stage):
    outcomes = at_once(lambda: ask(stage), lambda: ask(stage))
    assert sum(isinstance(one, Conflict) for one in outcomes) == 1
    assert len(asked(stage)) == 1


def test_nobody_is_asked_about_what_was_answered(stage: Stage):
    stage.change(Capacity, stage.person("senior"), answered_hours=Decimal(8))
    with pytest.raises(Refused, match="wachten niet meer"):
        ask(stage)
    assert not asked(stage)


def test_without_an_address_or_a_manager_it_says_so(stage: Stage):
    manager = stage.person("manager")
    stage.change(Person, manager, email=None)
    with pytest.raises(Refused, match="geen adres"):
        ask(stage)
    stage.change(Person, stage.person("senior"), manager_id=None)
    with pytest.raises(Refused, match="niemand die leidinggeeft"):
        ask(stage)


def test_the_mail_says_how_many_wait_and_nothing_once_all_are_answered(stage: Stage):
    ask(stage)
    (mail,) = asked(stage)
    with use_locale("en"):
        told = stage.read(again, mail, stage.now)
    assert told is not None and "hours of 1 mentor" in told["subject"] and told["link"].endswith("state=waits")
    stage.change(Capacity, stage.person("senior"), answered_hours=Decimal(8))
    assert stage.read(again, mail, stage.now) is None


def test_asking_is_undone_before_it_is_told(stage: Stage, visit: Visit):
    senior = stage.person("senior")
    browser = visit("coordinator")
    browser.post(f"/managers/{senior}/ask-again", {})
    page = browser.get(PAGE).text
    undo = re.search(r'action="(/undo/\d+)"', page)
    assert undo is not None
    browser.post(undo[1], {})
    assert not asked(stage)
    assert "Ask the manager again" in menu(browser.get(PAGE).text, senior)


def test_a_manager_lowers_the_places_and_takes_it_back(stage: Stage, visit: Visit):
    senior = stage.person("senior")
    back = f"{PAGE}?sort=name#p{senior}"
    browser = visit("manager")
    page = browser.get(f"/insight/lowering/{senior}?back={PAGE}").text
    assert "Fewer places for Senior Proef" in page and "offers 2 places now" in page
    done = browser.post(f"/insight/lowering/{senior}", {"places": "1", "back": back})
    assert done.status_code == 303 and done.location == back
    offer = stage.read(lambda session: session.get_one(Capacity, senior))
    assert (offer.places, offer.hours) == (1, Decimal(8))
    undo = re.search(r'action="(/undo/\d+)"', browser.get(PAGE).text)
    assert undo is not None
    browser.post(undo[1], {})
    assert stage.read(lambda session: session.get_one(Capacity, senior)).places == 2


@pytest.mark.parametrize("places", ["2", "3", "-1", "many", ""])
def test_only_fewer_places_are_fewer(stage: Stage, visit: Visit, places: str):
    senior = stage.person("senior")
    sent = visit("coordinator").post(f"/insight/lowering/{senior}", {"places": places})
    assert sent.status_code == 422
    assert stage.read(lambda session: session.get_one(Capacity, senior)).places == 2


def test_another_manager_lowers_nothing(stage: Stage, visit: Visit):
    senior = stage.person("senior")
    for who in ("other_manager", "senior", "junior"):
        assert visit(who).get(f"/insight/lowering/{senior}").status_code in (403, 404)
        assert visit(who).post(f"/insight/lowering/{senior}", {"places": "0"}).status_code in (403, 404)


def test_who_offers_none_has_nothing_to_lower(stage: Stage, visit: Visit):
    stage.change(Capacity, stage.person("senior"), places=0)
    assert visit("coordinator").get(f"/insight/lowering/{stage.person('senior')}").status_code == 303


@pytest.fixture
def new_pair(stage: Stage) -> int:
    """Proposed at once, to which managers may object today."""
    made = stage.organisation
    until = stage.now + DAY
    stage.change(Capacity, stage.person("senior"), confirmed_hours=Decimal(8))
    found = made.pair("senior", "junior", request_id=made.asks("junior"), objections_until=until)
    made.session.commit()
    return found


def test_a_manager_objects_from_the_row_and_comes_back_to_it(stage: Stage, visit: Visit, new_pair: int):
    senior = stage.person("senior")
    browser = visit("manager")
    row = menu(browser.get(f"{PAGE}?sort=name").text, senior)
    link = re.search(r'href="(/announcing\?[^"]*)"', row)
    assert link is not None and "Say what you think of the pair with Junior Proef" in words(row)
    address = link[1].replace("&amp;", "&")
    page = browser.get(address).text
    assert f'id="{urlsplit(address).fragment}"' in page, "the form of that pair"
    back = parse_qs(urlsplit(address).query)["back"][0]
    assert back == f"{PAGE}?sort=name#p{senior}" and f'href="{back}"' in page
    door = re.search(r'action="(/announcing/pairs/[^"]*)"', page)
    assert door is not None
    sent = browser.post(door[1].replace("&amp;", "&"), {"said": "too_much"})
    assert sent.status_code == 303 and sent.location == back
    assert stage.read(lambda session: session.get_one(Mentorship, new_pair)).status == "refused"
    assert "Say what you think" not in menu(browser.get(PAGE).text, senior)


def test_a_way_back_leads_nowhere_else(stage: Stage, visit: Visit, new_pair: int):
    page = visit("manager").get("/announcing?back=https://example.org/").text
    assert 'href="https://example.org' not in page and "back=" not in page.replace("?back=https", "")
    sent = visit("manager").post(f"/announcing/pairs/{new_pair}?back=//example.org", {"said": "fine"})
    assert sent.location == "/announcing"


def test_as_many_queries_for_many_rows_as_for_few(stage: Stage, visit: Visit):
    made = stage.organisation

    def cost(who: str) -> int:
        client = visit(who)
        client.get(PAGE)
        with counted(stage.engine) as found:
            client.get(PAGE)
        return len(found)

    before = {who: cost(who) for who in ("manager", "coordinator")}
    for number in range(8):
        made.mentor(f"m{number}", manager="manager")
    made.session.commit()
    assert {who: cost(who) for who in before} == before
