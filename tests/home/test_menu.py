"""The menu of each role, as a table (golden/menu.txt). UPDATE_GOLDEN=1 rewrites it: then read it."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask

from mentorship.people.access import Actor
from mentorship.people.models import ROLES
from mentorship.web.menu import Menu

GOLDEN = Path(__file__).parent.parent / "golden" / "menu.txt"


def _lines(menu: Menu, *roles: str) -> list[str]:
    actor = Actor(1, frozenset(roles))
    found = []
    for group in menu.of(actor):
        for item in group.items:
            if item.shown(actor):
                found.append(f"  {group.title or '-':<12}{item.title:<18}{item.endpoint}")
    return found


def test_each_role_finds_its_places(app: Flask):
    menu: Menu = app.extensions["mentorship_menu"]
    found = []
    for roles in ([], *([role] for role in ROLES), ["junior", "senior"], ["manager", "coordinator"]):
        found += [" and ".join(roles) or "no role", *_lines(menu, *roles), ""]
    text = "\n".join(found)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text)
    assert text == GOLDEN.read_text(), "read the difference; if it is right: UPDATE_GOLDEN=1"
