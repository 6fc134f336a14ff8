"""Search: whatever one may see and do, by a few letters; and nothing that a page would refuse."""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Session, select

from mentorship.app import TASKS
from mentorship.base.i18n import LOCALES, gettext, use_locale
from mentorship.mentorships.models import Mentorship
from mentorship.people import line
from mentorship.people.account import guard
from mentorship.people.models import Person
from mentorship.rounds.models import Round
from tests.factories import Organisation, Screen, words_of

pytestmark = pytest.mark.both_databases
PART = {"HX-Request": "true"}


def sections(screen: Screen) -> list[Any]:
    return [part for main in screen.tree.iter("main") for part in main.iter("section")]


def found(screen: Screen, text: str) -> dict[str, list[str]]:
    """Search; return what was found, by kind: its name, and its second line behind a slash."""
    screen.open(f"/search?q={quote(text)}")
    groups = {}
    for section in sections(screen):
        title = words_of(next(section.iter("h2")))
        groups[title] = [_row(link) for link in section.iter("a")]
    return groups


def _row(link: Any) -> str:
    told = "".join("".join(small.itertext()) for small in link.iter("small"))
    name = "".join(link.findall("span")[-1].itertext()).strip().removesuffix(told)
    return f"{name.strip()} / {told}" if told else name.strip()


def links(screen: Screen) -> list[str]:
    """Return where what was found leads."""
    return [a.get("href") for section in sections(screen) for a in section.iter("a")]


@pytest.fixture
def named(session: Session, organisation: Organisation) -> Organisation:
    """The small organisation, with names to look for, a duo in each line, requests and a round."""
    made = organisation
    for key, given, infix, family in (
        ("junior", "Bilal", "", "Öztürk"),
        ("senior", "Nazan", "", "Öztürk"),
        ("other_junior", "Piet", "van der", "Jansen-Bos"),
        ("other_senior", "Zoë", "", "Jansen"),
    ):
        person = session.get_one(Person, made.people[key])
        person.given_name, person.infix, person.family_name = given, infix, family
    made.pair("senior", "junior")
    made.pair("other_senior", "other_junior", domain="PLC-programmering")
    made.person("waiting", "junior", manager="manager", given_name="Ömer", family_name="Wacht")
    made.asks("waiting")
    session.add(Round(name="Ronde Öst", weights={}, floor=0.3, spread=0.02, created_at=made.now))
    session.commit()
    return made


@pytest.mark.parametrize("text", ["ozturk bilal", "BILAL Özt", "türk bil", "n-junior"])
def test_accents_order_and_numbers_are_forgiven(visit, named: Organisation, text: str):
    people = found(Screen(visit("coordinator")), text)["Mensen"]
    assert len(people) == 1 and people[0].startswith("Bilal Öztürk / ")


def test_what_is_typed_is_marked_under_its_accents(visit, named: Organisation):
    page = visit("coordinator").get("/search?q=ozturk").text
    assert "Bilal <mark>Öztürk</mark>" in page
    assert "Nazan <mark>Öztürk</mark> en Bilal <mark>Öztürk</mark>" in page


def test_who_is_called_so_stands_before_who_has_it_within(visit, named: Organisation):
    named.person("hans", given_name="Hans", family_name="Aarts")
    named.person("ans", given_name="Ans", family_name="Zwart")
    named.session.commit()
    people = found(Screen(visit("admin")), "ans")["Mensen"]
    assert people[0].startswith("Ans Zwart") and any("Hans" in name for name in people)


def test_a_coordinator_finds_everything(visit, named: Organisation):
    screen = Screen(visit("coordinator"))
    groups = found(screen, "jansen")
    assert [name for name in groups["Duo's"] if "Zoë Jansen en Piet van der Jansen-Bos" in name]
    assert any("2 plekken" in name for name in groups["Mensen"]), "how many places are free"
    groups = found(screen, "wacht")
    assert "wacht 0 dagen op een mentor" in groups["Mensen"][0]
    assert "Ömer Wacht" in groups["Mentorvragen"][0]
    assert found(screen, "ost")["Koppelrondes"] == ["Ronde Öst / concept"]
    assert found(screen, "pneu")["Vakgebieden"] == ["Pneumatiek"]
    assert found(screen, "pneu ozturk")["Duo's"], "a duo is also found by its domain and one of the two"


def test_the_two_of_a_duo_find_each_other_and_nobody_else(visit, named: Organisation):
    screen = Screen(visit("junior"))
    assert found(screen, "ozturk").keys() == {"Duo's"}
    assert not found(screen, "jansen") and not found(screen, "coordinator") and not found(screen, "omer")
    assert found(screen, "plc")["Vakgebieden"] == ["PLC-programmering / Vraag hiervoor een mentor"]
    assert found(Screen(visit("waiting")), "pneu")["Mentorvragen"] == [
        "Pneumatiek / Mijn mentorvraag · sinds 23 nov 2026"
    ]


def test_a_manager_finds_the_mentors_and_duos_of_their_own_line(visit, named: Organisation):
    screen = Screen(visit("manager"))
    assert "Duo's" not in found(screen, "ozturk"), "a proposal is not for the line"
    named.session.execute(sa.update(Mentorship).values(status="active", mentor_accepted=True, junior_accepted=True))
    named.session.commit()
    groups = found(screen, "ozturk")
    assert [name.split(" · ")[0] for name in groups["Mensen"]] == ["Nazan Öztürk / mentor"]
    assert len(groups["Duo's"]) == 1
    anchor = next(link for link in links(screen) if "workload" in link)
    assert f'id="{anchor.split("#")[1]}"' in visit("manager").get(anchor).text, "it leads to their row"
    assert not found(screen, "jansen") and not found(screen, "omer")
    assert len(found(Screen(visit("director")), "jansen")["Duo's"]) == 1


def test_a_line_of_thousands_finds_the_same(visit, named: Organisation, monkeypatch: pytest.MonkeyPatch):
    named.session.execute(sa.update(Mentorship).values(status="active", mentor_accepted=True, junior_accepted=True))
    named.session.commit()
    texts = "ozturk", "jansen", "omer", "senior"
    whole = [found(Screen(visit(who)), text) for who in ("manager", "director") for text in texts]
    monkeypatch.setattr(line, "SHORT", 0)
    assert whole == [found(Screen(visit(who)), text) for who in ("manager", "director") for text in texts]


def test_an_admin_finds_people_and_no_duos(visit, named: Organisation):
    groups = found(Screen(visit("admin")), "ozturk")
    assert groups.keys() <= {"Mensen", "Doen"} and len(groups["Mensen"]) == 2
    assert not [name for name in groups["Mensen"] if "plek" in name or "wacht" in name]


@pytest.mark.parametrize("who", ["junior", "senior", "manager", "director", "coordinator", "admin", "nobody"])
def test_every_result_opens(visit, named: Organisation, who: str):
    client = visit(who)
    screen = Screen(client)
    for text in ("", "o", "a", "n-", "ozturk", "jansen", "uren", "code bilal", "pneu", "ronde", "mentor", "vakgebied"):
        found(screen, text)
        for link in links(screen):
            opened = client.get(link.split("#")[0])
            if opened.location:  # the steps from nothing to a pair open at the first that is not done
                opened = client.follow(opened)
            assert opened.status_code == 200, f"{who}: {text} leads to {link}"


@pytest.mark.parametrize(
    ("who", "text", "task"),
    [
        ("coordinator", "nieuwe ronde", "Een nieuwe koppelronde beginnen"),
        ("coordinator", "codes printen", "Activatiecodes printen"),
        ("coordinator", "print codes", "Activatiecodes printen"),
        ("coordinator", "code bilal", "Activatiecode maken voor Bilal Öztürk"),
        ("coordinator", "profiel ozturk nazan", "Profiel van Nazan Öztürk openen"),
        ("manager", "uren", "Uren in de planning bevestigen"),
        ("senior", "uren", "Noteren dat we samen gewerkt hebben"),
        ("senior", "hours", "Noteren dat we samen gewerkt hebben"),
        ("junior", "hulp", "Een mentor vragen"),
        ("junior", "taal", "Mijn rooster en vrije dagen instellen"),
        ("nobody", "wachtwoord", "Mijn wachtwoord veranderen"),
    ],
)
def test_things_to_do_by_their_words_in_either_language(visit, named: Organisation, who: str, text: str, task: str):
    assert task in found(Screen(visit(who)), text)["Doen"]


def test_each_task_leads_to_a_door_and_is_found_by_its_title(app):
    for task in TASKS:
        assert guard.stated(app, task.endpoint), task
        for locale in LOCALES:
            with use_locale(locale):
                title = gettext(task.title).replace("%(name)s", "").lower()
            assert task.fits(re.findall(r"\w+", title)), title


def test_an_empty_field_offers_where_to_go_and_nothing_found_says_what_to_type(visit, named: Organisation):
    screen = Screen(visit("junior"))
    assert found(screen, "").keys() == {"Doen", "Pagina's"}
    assert not found(screen, "xyzzy")
    assert "Niets gevonden voor “xyzzy”" in screen.text and "Typ een deel van een naam" in screen.text


def test_the_part_for_the_dialog(visit, named: Organisation):
    answer = visit("coordinator").get("/search?q=ozturk", headers=PART)
    assert "<html" not in answer.text and 'role="listbox"' in answer.text and 'data-said="' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_is_typed_is_not_logged(visit, named: Organisation, caplog):
    caplog.set_level(logging.DEBUG)
    client = visit("coordinator")
    for text in ("ozturk", "%00", "a" * 5000, "%F0%28%8C%28", "_%25", "%01%C2%96x"):
        assert client.get(f"/search?q={text}").status_code == 200
    assert "ozturk" not in caplog.text.lower() and "türk" not in caplog.text


def test_a_number_that_was_cut_says_that_there_are_more(visit, named: Organisation):
    client = visit("admin")
    screen = Screen(client, "/search?q=zoe+jansen")
    assert len(links(screen)) == 1 and "1 gevonden" in screen.text
    for number in range(21):
        named.person(f"n{number}", "junior", given_name="Zoë", family_name="Jansen")
    named.session.commit()
    screen.open("/search?q=zoe+jansen")
    assert "Meer dan 20 gevonden" in screen.text
    assert len(links(screen)) == 21, "of which one leads to all of them"
    assert "Meer dan 4 gevonden" in client.get("/search?q=zoe+jansen", headers=PART).text


def test_as_many_queries_for_many_as_for_few(visit, named: Organisation, engine):
    client = visit("coordinator")
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    def queries() -> int:
        statements.clear()
        client.get("/search?q=proef", headers=PART)
        return len(statements)

    client.get("/search?q=proef", headers=PART)
    event.listen(engine, "before_cursor_execute", note)
    few = queries()
    for number in range(6):
        named.mentor(f"m{number}", manager="manager")
        named.person(f"j{number}", "junior", manager="manager")
        named.pair(f"m{number}", f"j{number}")
        named.person(f"w{number}", "junior", manager="manager")
        named.asks(f"w{number}")
    named.session.commit()
    assert queries() <= few + 1
    assert len(named.session.exec(select(Person)).all()) > 20


@pytest.mark.parametrize(
    ("who", "typed", "address", "fold"),
    [
        ("senior", "plekken", "/profiles", "carry"),
        ("senior", "kennis", "/profiles", "expertise"),
        ("junior", "leervorm", "/profiles", "learning"),
        ("junior", "vrije dag", "/profiles", "time"),
        ("coordinator", "vakgebied toevoegen", "/domains", "add"),
        ("coordinator", "rooster toevoegen", "/rosters", "add"),
    ],
)
def test_what_the_search_leads_to_is_open(visit, named: Organisation, who: str, typed: str, address: str, fold: str):
    """And the address ends at a place on that page."""
    screen = Screen(visit(who), f"/search?q={typed}")
    led = next(link for link in links(screen) if link.startswith(address))
    page = Screen(visit(who), led.split("#")[0])
    opened = [found for found in page.tree.iter("details") if found.get("open") is not None]
    (shown,) = [found for found in opened if found.get("id") == fold]
    inside = {found.get("id") for found in shown.iter()}
    assert led.partition("#")[2] in inside
