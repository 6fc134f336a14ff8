"""Changing what managers may see: the page says beforehand what hides and shows, and what held before is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from mentorship.programme import actions, queries
from mentorship.programme.models import Programme, VisibilityPeriod
from mentorship.programme.rules import CLASSES, Period, Visibility
from tests.factories import Organisation, Screen

HIDES = {
    "nl": "Vanaf het moment dat dit geldt, zien leidinggevenden niet meer of hun kant van een duo laag is",
    "en": "From the moment this holds, managers no longer see whether their side of a pair is low",
}
SHOWS = {
    "nl": "zien leidinggevenden of hun kant van een duo laag is, door wat vanaf dan wordt geantwoord",
    "en": "managers see whether their side of a pair is low by what is answered from then on",
}
AGAIN = {
    "nl": "Wat werd geantwoord toen dit eerder gold, is ook weer te zien",
    "en": "What was answered while this held before shows again too",
}
SAVE = {"nl": "Instellingen opslaan", "en": "Save settings"}
PROPOSE = {"nl": "Stel dit voor", "en": "Propose this"}
ENTER = {"nl": "Het is afgesproken: laat het gelden", "en": "It was agreed: let it hold"}


def choose(session: Session, made: Organisation, visibility: str, now: datetime) -> None:
    version = session.get_one(Programme, 1).version
    actions.change(session, made.actor("coordinator"), version, {"visibility": visibility}, now)
    session.commit()


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_the_page_says_beforehand_what_hides_and_what_shows(visit, organisation: Organisation, locale: str):
    organisation.speak(locale)
    client = visit("coordinator")
    organisation.agree()
    screen = Screen(client, "/agreements")
    assert screen.text.count(HIDES[locale]) == 2 and SHOWS[locale] not in screen.text
    screen.press(PROPOSE[locale], visibility="aggregates").press(ENTER[locale], works_council_on="2026-11-23")
    assert HIDES[locale] not in screen.text and SHOWS[locale] in screen.text and AGAIN[locale] in screen.text


def test_each_choice_that_held_before_is_known(session: Session, organisation: Organisation, now: datetime):
    later = [now + timedelta(days=days) for days in range(4)]
    for moment, visibility in zip(later, ("released", "classes", "aggregates", "classes"), strict=True):
        choose(session, organisation, visibility, moment)
    assert queries.visibility(session) == Visibility(
        CLASSES,
        later[3],
        (Period(None, later[0]), Period(later[1], later[2])),
        silent=(Period(later[2], later[3]),),
    )
    rows = session.exec(select(VisibilityPeriod).order_by(VisibilityPeriod.id)).all()
    assert [row.visibility for row in rows] == ["classes", "released", "classes", "aggregates"]


def test_saving_without_a_change_ends_no_period(visit, session: Session, organisation: Organisation):
    screen = Screen(visit("coordinator"), "/programme").press(SAVE["nl"], floor="0,4")
    assert "opgeslagen" in screen.text and session.exec(select(VisibilityPeriod)).all() == []


def test_what_was_said_counts_by_the_choice_that_held_then(now: datetime):
    day = timedelta(days=1)
    managers = Visibility(CLASSES, now, (Period(None, now - 9 * day), Period(now - 5 * day, now - 3 * day)))
    said = {days: managers.promised(now - days * day) for days in (20, 9, 7, 5, 4, 3, 1, 0)}
    assert said == {20: True, 9: False, 7: False, 5: True, 4: True, 3: False, 1: False, 0: True}
    assert Visibility(CLASSES, None).promised(now - 20 * day)
