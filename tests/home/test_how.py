"""How the match works: what is said is what the match does, with the weights of now; one's own pair to oneself."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
import sqlalchemy as sa

from mentorship.base.i18n import LOCALES, gettext, use_locale
from mentorship.home.how import words
from mentorship.matching import CRITERIA, WITH_TRAINER, Mentors, Relations, Requests
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person
from mentorship.programme.models import Programme
from tests.factories import Organisation, Screen, words_of

ENTERS = {
    *("person", "site", "timetable", "languages", "remote", "domain", "current", "target", "importance"),
    *("wanted_forms", "level", "comfort", "places", "load", "paused", "line", "apart", "wished", "trainer"),
}
"""All that the match is given of people; what "never counts" says stands on this."""
EXPLANATION = {
    "parts": {"domain": 0.9, "together": 0.55, "preference": 0.5, "continuity": 0.8, "wish": 1.0},
    "weights": {"domain": 0.4, "together": 0.25, "preference": 0.2, "continuity": 0.1, "wish": 0.05},
    "known": True,
    "remote": False,
    "needs": [{"domain": "Pneumatiek", "current": 0, "target": 3, "mentor": 4, "importance": 3}],
    "meeting": {"shifts_per_four_weeks": 11.0, "hours_per_two_weeks": 40.0},
}


def explained(organisation: Organisation) -> None:
    """Give the junior and the senior a pair with an explanation."""
    organisation.pair("senior", "junior", "active", explanation=EXPLANATION)
    organisation.session.commit()


@pytest.mark.parametrize("language", LOCALES)
def test_it_is_read_before_signing_in(visit, language: str):
    client = visit(None)
    client.post("/account/language", {"locale": language, "next": "/how"})
    screen = Screen(client, "/how")
    assert screen.status == 200
    with use_locale(language):
        for text in (*words.RULES.values(), *words.PARTS.values(), *words.NEVER, *words.PEOPLE):
            assert gettext(text) in screen.text


def test_the_rules_are_those_of_the_match_in_its_order():
    assert tuple(words.RULES) == WITH_TRAINER
    assert tuple(words.PARTS) == CRITERIA


def test_what_never_counts_is_not_given_to_the_match():
    given = {field.name for table in (Requests, Mentors, Relations) for field in fields(table)}
    assert given == ENTERS, "something new enters the match: read what the page says of what never counts"


def unspaced(screen: Screen) -> str:
    """A page without any space, narrow ones before a percent sign too."""
    return re.sub(r"\s", "", screen.text)


def test_weights_floor_and_spread_are_those_of_now(visit, organisation: Organisation):
    text = unspaced(Screen(visit("junior"), "/how"))
    for said in ("40%", "25%", "20%", "10%", "5%", "30%"):
        assert said in text
    weights = {"domain": 0.5, "together": 0.5, "preference": 0.5, "continuity": 0.25, "wish": 0.25}
    changed = sa.update(Programme).values(weights=weights, floor=0.45, spread=0.0)
    organisation.session.execute(changed)
    organisation.session.commit()
    text = unspaced(Screen(visit("junior"), "/how"))
    assert "45%" in text and "12%" in text and "40%" not in text
    assert "teltevenzwaaralseeneerste" in text


def test_the_confirmation_of_hours_is_said_where_it_is_asked(visit, organisation: Organisation):
    assert "De leidinggevende zegt hoeveel uren vrij zijn" in Screen(visit(None), "/how").text
    organisation.session.execute(sa.update(Programme).values(confirm_hours=False))
    organisation.session.commit()
    assert "De leidinggevende zegt" not in Screen(visit(None), "/how").text


def test_one_of_a_pair_reads_their_own_as_the_example(visit, organisation: Organisation):
    explained(organisation)
    for reader, other in (("junior", "Senior Proef"), ("senior", "Junior Proef")):
        screen = Screen(visit(reader), "/how")
        example = next(part for part in screen.tree.iter("section") if part.get("id") == "example")
        text = words_of(example)
        assert other in text and "Wat de mentor kan overdragen" in text and "11 diensten" in text
        assert "Continuïteit" not in text and "Wens" not in text, "continuity is for the coordinator alone"
        assert not re.search(r"\d+\s?%", text), "no bare score"


@pytest.mark.parametrize("reader", [None, "coordinator", "manager", "other_manager"])
def test_nobody_else_reads_of_that_pair(visit, organisation: Organisation, reader: str | None):
    explained(organisation)
    screen = Screen(visit(reader), "/how")
    assert "Je eigen duo" not in screen.text and "Senior Proef" not in screen.text


def test_a_pair_that_is_over_is_no_example(visit, organisation: Organisation):
    explained(organisation)
    organisation.session.execute(sa.update(Mentorship).values(status="ended"))
    organisation.session.commit()
    assert "Je eigen duo" not in Screen(visit("junior"), "/how").text


def test_it_claims_no_intelligence(visit, organisation: Organisation):
    organisation.session.execute(sa.update(Person).values(locale="en"))
    organisation.session.commit()
    for reader in ("junior", None):
        text = Screen(visit(reader), "/how").text
        assert not re.search(r"\b(AI|artificial|intelligent|smart|slim|slimme|kunstmatige)\b", text, re.IGNORECASE)


def test_the_foot_of_every_page_and_why_you_two_lead_there(visit, organisation: Organisation):
    explained(organisation)
    for reader, path in (("junior", "/"), ("manager", "/"), (None, "/account/sign-in")):
        links = [link.get("href") for link in Screen(visit(reader), path).tree.iter("a")]
        assert "/how" in links, path
    pair = organisation.session.execute(sa.select(sa.func.max(Mentorship.id))).scalar_one()
    screen = Screen(visit("junior"), f"/checkins/duo/{pair}")
    why = next(part for part in screen.tree.iter("section") if part.get("id") == "why")
    assert "/how" in [link.get("href") for link in why.iter("a")]
