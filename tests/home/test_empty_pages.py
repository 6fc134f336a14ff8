"""Where nothing is yet, a page says what to do next, and leads there."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlmodel import Session

from tests.client import InspectingClient
from tests.factories import Organisation, Screen
from tests.home.test_setup_walk import PASSWORD, WHO, Walker, told

NEXT = {
    "/duos": {"/rounds"},
    "/domains": {"/setup/domains", "/upload"},
    "/waiting": {"/people?role=junior"},
    "/imports": {"/upload"},
    "/people": {"/joining", "/sites"},
    "/rosters": {"/upload"},
    "/insight/workload": {"/people?role=senior"},
}
OF_OTHERS = {
    ("junior", "/mentor-requests/mine"): {"/profiles"},
    ("senior", "/mentorships"): {"/mentor-requests/mine"},
    ("senior", "/mentorships/hours"): {"/profiles?open=carry#carry"},
    ("hr", "/rosters"): {"/upload"},
}


def led_to(screen: Screen) -> set[str]:
    """Return where what stands in place of a list leads."""
    places: list[Any] = [e for e in screen.tree.iter("div") if (e.get("class") or "") == "empty-action"]
    return {link.get("href") for place in places for link in place.iter("a")}


def test_what_comes_next_is_one_tap_away(app: Flask, session: Session, now):
    client = Walker(app, "/first").press("Beginnen", code=told(session, now), password=PASSWORD, **WHO).screen.client
    for address, wanted in NEXT.items():
        screen = Screen(client, address)
        assert led_to(screen) == wanted, address
        assert all(Screen(client, way).status == 200 for way in wanted), address


def test_everybody_is_led_on_or_told_whom_to_ask(app: Flask, session: Session, now):
    """An organisation with people, and nothing else yet."""
    made = Organisation(session, now)
    made.person("manager", "manager", roster=None)
    for role in ("senior", "junior", "hr"):
        made.person(role, role, manager="manager", roster=None)
    made.speak("en")
    for (role, address), wanted in OF_OTHERS.items():
        client = InspectingClient(app, session, made.people[role])
        assert led_to(Screen(client, address)) == wanted, (role, address)
        assert all(Screen(client, way).status == 200 for way in wanted), (role, address)
    asked = Screen(InspectingClient(app, session, made.people["manager"]), "/insight/workload")
    assert "Ask a senior of your team to set places" in asked.text
