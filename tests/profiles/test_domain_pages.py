"""The words of a domain: in Dutch and, where wanted, English and a word of explanation."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from mentorship.profiles.domains import starting_lists
from mentorship.profiles.models import Domain
from tests.factories import Organisation, Screen

WORDS = {
    "name": "Lassen",
    "name_en": "Welding",
    "explanation": "metaal verbinden met hitte",
    "explanation_en": "joining metal with heat",
}


def words_of(session: Session, name: str) -> dict[str, object]:
    """Return the words of a domain."""
    session.rollback()
    found = session.exec(select(Domain).where(Domain.name == name)).one()
    words = found.model_dump(include=set(WORDS))
    session.rollback()
    return words


@pytest.mark.both_databases
def test_words_are_added_changed_and_taken_back(visit, session: Session, organisation: Organisation):
    screen = Screen(visit("coordinator"), "/domains").press("Erbij", **WORDS)
    assert words_of(session, "Lassen") == WORDS
    fields = screen.fields("Opslaan")
    place = fields["name"].index("Lassen")
    typed = [*fields["explanation"]]
    typed[place] = "vast maken"
    screen.press("Opslaan", explanation=typed)
    assert words_of(session, "Lassen") == {**WORDS, "explanation": "vast maken"}
    screen.press("Terugdraaien")
    assert words_of(session, "Lassen") == WORDS, "all its words, and those of no other"
    assert words_of(session, "Pneumatiek")["name_en"] == ""


def test_two_domains_can_be_told_apart_in_either_language(visit, session: Session, organisation: Organisation):
    screen = Screen(visit("coordinator"), "/domains").press("Erbij", **WORDS)
    for typed in ({"name": "Solderen", "name_en": "welding"}, {"name": "Welding"}):
        screen.press("Erbij", **{**dict.fromkeys(WORDS, ""), **typed})
        assert screen.status == 422 and "Er is al een vakgebied met deze naam." in screen.text
        assert typed.items() <= screen.fields("Erbij").items(), "what was typed stays"
    fields = screen.open("/domains").fields("Opslaan")
    names = ["Welding" if name in ("Lassen", "Pneumatiek") else "" for name in fields["name"]]
    screen.press("Opslaan", name_en=names)
    assert screen.status == 422 and screen.fields("Opslaan")["name_en"] == names, "it stays in its row"


def explained(visit, organisation: Organisation, who: str, url: str) -> str:
    return Screen(visit(who), url.format(**organisation.people)).text


@pytest.mark.parametrize(
    ("who", "url"),
    [
        ("junior", "/profiles"),
        ("junior", "/mentor-requests/new"),
        ("coordinator", "/insight/person/{junior}?tab=knows"),
    ],
)
def test_the_explanation_stands_where_one_chooses(visit, organisation: Organisation, session: Session, who, url):
    session.add(Domain(**WORDS))
    session.commit()
    assert WORDS["explanation"] in explained(visit, organisation, who, url)
    organisation.speak("en")
    english = explained(visit, organisation, who, url)
    assert WORDS["explanation_en"] in english and "Welding" in english
    assert WORDS["explanation"] not in english and "Lassen" not in english


def test_it_is_found_by_either_name(visit, organisation: Organisation, session: Session):
    session.add(Domain(**WORDS))
    session.commit()
    for text in ("lassen", "welding"):
        assert "Lassen" in Screen(visit("coordinator"), f"/search?q={text}").text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_ticked_is_the_same_domain_in_either_language(
    visit, session: Session, organisation: Organisation, language: str
):
    organisation.speak(language)
    screen = Screen(visit("coordinator"), "/setup/domains")
    assert ("Warmtepompen" in screen.text, "Heat pumps" in screen.text) == (language == "nl", language == "en")
    button = {"nl": "Opslaan en verder", "en": "Save and go on"}[language]
    others = "Solderen; Soldering; verbinden met tin\n\nWarmtepompen\nTimmeren"
    screen.press(button, domain=["Lassen"], others=others, usual="")
    assert words_of(session, "Lassen") == WORDS
    told = words_of(session, "Solderen")
    assert (told["name_en"], told["explanation"]) == ("Soldering", "verbinden met tin")
    assert words_of(session, "Warmtepompen")["name_en"] == "Heat pumps", "the lists know what was typed"
    assert words_of(session, "Timmeren")["name_en"] == ""


def test_a_line_that_cannot_be_a_domain_is_said_and_kept(visit, session: Session, organisation: Organisation):
    screen = Screen(visit("coordinator"), "/setup/domains")
    for line, said in (
        ("; Welding", "Een regel is een naam"),
        ("Perslucht; Pneumatics\nLucht; Pneumatics", "Twee vakgebieden zouden dezelfde naam krijgen: “Lucht”."),
    ):
        screen.press("Opslaan en verder", others=line, usual="")
        assert screen.status == 422 and said in screen.text, line
        assert screen.fields("Opslaan en verder")["others"].splitlines() == line.splitlines()
    session.rollback()
    assert session.exec(select(Domain).where(Domain.name == "Perslucht")).first() is None


def test_every_domain_of_the_lists_has_all_its_words_and_stands_there_once():
    found = [starting_lists.listed(one) for _title, domains in starting_lists.TRADES.values() for one in domains]
    assert all(one.name != one.name_en or one.name in ("Hydraulica",) for one in found)
    assert all(one.explanation and one.explanation_en and one.explanation != one.explanation_en for one in found)
    assert len({one.name for one in found}) == len({one.name_en for one in found}) == len(found)
