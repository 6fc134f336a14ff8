"""A shared tablet for tests: enrolled, and somebody with a card and a PIN."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from sqlmodel import Session

from mentorship.people.access import Actor
from mentorship.people.account import passwords
from mentorship.people.models import Person
from mentorship.people.tablet import actions
from tests.client import TOKEN, inspect
from tests.factories import Organisation

PIN = "302857"


class TabletBrowser:
    """The browser of a tablet: it keeps cookies, and sends the token of its last page; every page is inspected."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self._token = ""

    def get(self, url: str) -> Any:
        return self._read(self.client.get(url))

    def post(self, url: str, **fields: Any) -> Any:
        page = None if self._token else self.get("/kiosk")
        while page is not None and page.status_code == 303:
            page = self.get(page.location)
        return self._read(self.client.post(url, data={"csrf_token": self._token, **fields}))

    def follow(self, answer: Any) -> Any:
        assert answer.status_code == 303, f"{answer.status_code}: {answer.text[:1500]}"
        return self.get(answer.location)

    def _read(self, answer: Any) -> Any:
        if answer.status_code == 303:
            self._token = ""  # the session may be another
        if answer.mimetype == "text/html" and answer.status_code not in (302, 303):
            inspect(TOKEN.sub('name="csrf_token" value="x"', answer.text), answer.request.path)
            found = TOKEN.search(answer.text)
            if found:
                self._token = found[1]
        return answer


def by(made: Organisation, key: str) -> Actor:
    return Actor(made.people[key], frozenset({key}))


def enrolled(app: Flask, session: Session, made: Organisation, name: str = "Kantine") -> TabletBrowser:
    """Return the browser of a tablet that was just enrolled."""
    code = actions.add(session, by(made, "coordinator"), name, made.sites["Ede"], made.now)
    session.commit()
    tablet = TabletBrowser(app)
    answer = tablet.post("/kiosk/enrol", code=code)
    assert answer.status_code == 303 and answer.location == "/kiosk"
    return tablet


def card(app: Flask, session: Session, made: Organisation, key: str, pin: str = PIN) -> str:
    """Give somebody a card and a PIN; return what stands on the card."""
    person = session.get_one(Person, made.people[key])
    settings = app.extensions["mentorship_settings"]
    secret = actions.make_cards(session, by(made, "coordinator"), [made.people[key]], made.now)[made.people[key]]
    if pin:
        hasher = passwords.from_settings(settings)
        actions.choose_pin(session, person, pin, hasher, settings.secret_keys, made.now)
    session.commit()
    return secret


def headings(text: str) -> str:
    """Return the heading of a page."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.S)
    assert found
    return " ".join(found[1].split())
