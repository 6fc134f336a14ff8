"""What tests of single sign-on begin with: a provider, people whom it knows, a clock that they move, a way in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlmodel import Session, col, select
from werkzeug.test import TestResponse

from mentorship.base.clock import utc_now
from mentorship.base.db import open_session
from mentorship.people.closed.queries import is_closed
from mentorship.people.identity_provider.actions import hint
from mentorship.people.identity_provider.guard import registration
from mentorship.people.identity_provider.models import ProviderSession
from mentorship.people.identity_provider.openid import Registration
from tests.client import InspectingClient
from tests.factories import Organisation
from tests.identity_provider.serving import Browser, Provider, Receiver, free_port, provider

T = TypeVar("T")
START = "/single-sign-on/start"
ENDED = "Je sessie bij je organisatie is voorbij"


class Stage:
    """An application of which a real provider signs people in."""

    def __init__(self, app: Flask, session: Session, made: Organisation, provider: Provider) -> None:
        self.app = app
        self.session = session
        self.made = made
        self.provider = provider
        self.now: datetime = utc_now()
        app.config["CLOCK"] = lambda: self.now
        self.set(**provider.settings())
        self.known: dict[str, dict[str, Any]] = {}
        self.know("junior", "coordinator", "admin", "senior", "manager")

    def set(self, **settings: Any) -> None:
        found = self.app.extensions["mentorship_settings"]
        changed = {}
        for name, value in settings.items():
            secret = isinstance(getattr(found, name), type(found.secret_key))
            changed[name] = type(found.secret_key)(value) if secret else value
        self.app.extensions["mentorship_settings"] = found.model_copy(update=changed)

    def know(self, *keys: str, **claims: Any) -> None:
        """Let the provider know people, by their number."""
        for key in keys:
            self.known[f"sub-{key}"] = {"employee_number": f"n-{key}", **claims}
        self.provider.tell(people=self.known)

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)

    def registration(self) -> Registration:
        return registration(self.app.extensions["mentorship_settings"])

    def id_token(self, who: str = "junior") -> str:
        """Return the last token that the provider signed for somebody."""
        theirs = select(ProviderSession).where(ProviderSession.subject == f"sub-{who}")
        found = self.rows(theirs.order_by(col(ProviderSession.sign_in_id).desc()))
        return hint(found[0], self.app.extensions["mentorship_settings"].secret_keys)

    def read(self, ask: Callable[[Session], T]) -> T:
        """Return what is in the database now; no transaction stays open, for whom SQLite would let wait."""
        self.session.rollback()
        with open_session(self.app.extensions["mentorship_engine"], read_only=True) as session:
            return ask(session)

    def rows(self, query: Any) -> list[Any]:
        return self.read(lambda session: list(session.exec(query)))

    def is_closed(self, who: str) -> bool:
        return self.read(lambda session: is_closed(session, self.made.people[who]))

    def client(self) -> InspectingClient:
        return InspectingClient(self.app)

    def browser(self) -> Browser:
        return Browser(self.provider)

    def back(self, client: InspectingClient, browser: Browser, who: str, start: str = START) -> str:
        """Go to the provider, be somebody there, and return the path of ours that it leads back to."""
        answer = client.get(start)
        assert answer.status_code == 303, answer.text
        address = urlsplit(browser.sign_in(answer.location, f"sub-{who}"))
        return f"{address.path}?{address.query}"

    def sign_in(
        self,
        client: InspectingClient,
        who: str,
        browser: Browser | None = None,
        start: str = START,
    ) -> TestResponse:
        """Go there and come back."""
        return client.get(self.back(client, browser or self.browser(), who, start))


def is_in(client: InspectingClient) -> bool:
    return client.get("/account").status_code == 200


def asked(address: str) -> dict[str, str]:
    """Return what an address asks."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@pytest.fixture(scope="session")
def receiver() -> Iterator[Receiver]:
    """What hears the provider's notices."""
    found = Receiver()
    yield found
    found.close()


@pytest.fixture(scope="session")
def running(receiver: Receiver) -> Iterator[Provider]:
    """The provider of this worker."""
    with provider(free_port(), receiver.url) as found:
        yield found


@pytest.fixture
def stage(app: Flask, session: Session, organisation: Organisation, running: Provider) -> Stage:
    return Stage(app, session, organisation, running)
