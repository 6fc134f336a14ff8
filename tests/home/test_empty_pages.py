"""Where nothing is yet, a page says what to do next, and leads there."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlmodel import Session

from tests.factories import Screen
from tests.home.test_setup_walk import PASSWORD, WHO, Walker, told

NEXT = {
    "/insight/balance": {"/rounds"},
    "/domains": {"/setup/domains", "/upload"},
    "/mentor-requests": {"/people?role=junior"},
    "/imports": {"/upload"},
    "/people": {"/joining", "/sites"},
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
