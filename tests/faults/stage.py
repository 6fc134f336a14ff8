"""People who write without pause over real connections, and know what was acknowledged to them."""

from __future__ import annotations

import http.client
import itertools
import multiprocessing
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event
from urllib.parse import urlencode

import sqlalchemy as sa
from sqlalchemy.orm import Session as BareSession
from sqlmodel import Session, select

from mentorship import migrations
from mentorship.app import create_app
from mentorship.base.clock import utc_now
from mentorship.base.config import Settings
from mentorship.base.db import make_engine
from mentorship.people.account.actions import start_session
from mentorship.people.models import Person
from mentorship.profiles.models import Domain
from tests import settling
from tests.conftest import KEY, forget_what_is_kept
from tests.factories import small_organisation

HOST = "leermaat.example.nl"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
WRITERS = 4
BESIDES = {"name_en": "", "explanation": "", "explanation_en": ""}
PRELOADED = ("service", "test_import", "test_killed", "test_migrating", "test_worker", "test_solver", "test_clocks")
"""What holds work for processes of its own: loaded once, so that each begins at once."""
LONGEST = 60
"""Seconds that a writer waits for a service that was broken to be there again."""


def known(url: str) -> dict[str, str]:
    """The settings of a service on this database, as a server gets them."""
    return {
        "MENTORSHIP_DATABASE_URL": url,
        "MENTORSHIP_SECRET_KEY": KEY,
        "MENTORSHIP_TRUSTED_HOSTS": f'["127.0.0.1", "{HOST}"]',
        "MENTORSHIP_REQUIRE_SECOND_FACTOR": "false",
    }


def built(url: str, hours: int = 12) -> list[str]:
    """Migrate a database, write the small organisation; return cookies of its coordinators, good for so long."""
    now = utc_now()
    engine = make_engine(url)
    migrations.upgrade(engine)
    with Session(engine) as session:
        made = small_organisation(session, now)
        session.commit()
        ids = [made.people["coordinator"]]
        ids += [made.person(f"coordinator{n}", "coordinator") for n in range(1, WRITERS)]
        secrets = [start_session(session, session.get_one(Person, one), "test", hours, now) for one in ids]
        session.commit()
    settings = Settings(database_url=url, secret_key=KEY, trusted_hosts=[HOST], _env_file=None)
    app = create_app(settings, engine)
    found = []
    for secret in secrets:
        client = app.test_client()
        with client.session_transaction(base_url=f"https://{HOST}") as kept:
            kept["_user_id"] = secret
        cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"], domain=HOST)
        assert cookie is not None
        found.append(f"{cookie.key}={cookie.value}")
    engine.dispose()
    return found


@dataclass(frozen=True)
class Child:
    """A process of its own, to be killed."""

    process: ForkServerProcess
    begun: Event

    def started(self) -> None:
        """Wait until it has loaded what it needs, and begins its work."""
        assert self.begun.wait(LONGEST), "it did not begin"

    def kill(self) -> None:
        """End it at once, if it did not end by itself."""
        self.process.kill()

    def wait(self) -> int:
        """Wait until it ended; return its exit code, or less than 0 when it was killed."""
        self.process.join(LONGEST)
        code = self.process.exitcode
        if code is None:
            self.process.kill()
            self.process.join()
        assert code is not None, "it did not end"
        return code


def _work(work: Callable[[], object], begun: Event) -> None:
    """Work as the service does: what only tests listen to is left out."""
    settling.look_away()
    sa.event.remove(BareSession, "before_commit", forget_what_is_kept)
    begun.set()
    work()


def child(work: Callable[[], object]) -> Child:
    """Do some work in a process of its own, made from one without threads: a thread of ours may hold a lock.

    The work can be pickled: a function of a module, with its arguments.
    """
    fresh = multiprocessing.get_context("forkserver")
    fresh.set_forkserver_preload([__name__, *(f"tests.faults.{name}" for name in PRELOADED)])
    begun = fresh.Event()
    process = fresh.Process(target=_work, args=(work, begun), daemon=True)
    process.start()
    return Child(process, begun)


class Writer(threading.Thread):
    """Somebody who adds one domain after the other, and keeps which the service said yes to."""

    scheme, pause = "http", 0.02
    _numbers = itertools.count(1)

    def __init__(self, cookie: str, port: int) -> None:
        super().__init__(daemon=True)
        self.cookie, self.port = cookie, port
        self.acknowledged: list[str] = []
        self.refused: list[str] = []
        self.over = threading.Event()
        self._token = ""

    def run(self) -> None:
        """Write until told to stop."""
        while not self.over.is_set():
            name = f"Vak {next(self._numbers)}"
            try:
                self._write(name)
            except (OSError, http.client.HTTPException) as lost:
                self.refused.append(f"{name}: {type(lost).__name__}")
                self.over.wait(0.05)

    def _write(self, name: str) -> None:
        if not self._token:
            status, page = self._ask("GET", "/domains")
            found = TOKEN.search(page)
            if status != 200 or found is None:
                self.refused.append(f"the page: {status}")
                self.over.wait(0.1)
                return
            self._token = found[1]
        status, _ = self._ask("POST", "/domains", urlencode({"name": name, "csrf_token": self._token, **BESIDES}))
        if status == 303:
            self.acknowledged.append(name)
            self.over.wait(self.pause)  # a person may send 120 forms at once, and one a second then
        else:
            self.refused.append(f"{name}: {status}")
            self.over.wait(0.1)

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": self.cookie, "Host": HOST, "Connection": "close"}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"{self.scheme}://{HOST}"}
            headers["Referer"] = f"{self.scheme}://{HOST}/domains"
        connection = self._connection()
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            told = answer.read().decode()
        finally:
            connection.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith(self.cookie.partition("=")[0]):
                self.cookie = value.partition(";")[0]
        return answer.status, told

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)


class ByProxy(Writer):
    """Writes over https, through the proxy."""

    scheme, pause = "https", 1.0  # a person may send no more forms than that for long
    any_certificate = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    any_certificate.check_hostname = False
    any_certificate.verify_mode = ssl.CERT_NONE

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=self.any_certificate)


@contextmanager
def writing(cookies: list[str], port: int, way: type[Writer] = Writer) -> Iterator[list[Writer]]:
    """Let people write until the block ends."""
    found = [way(cookie, port) for cookie in cookies]
    for writer in found:
        writer.start()
    try:
        yield found
    finally:
        for writer in found:
            writer.over.set()
        for writer in found:
            writer.join(30)


def acknowledged(writers: list[Writer]) -> list[str]:
    """Return all that was said yes to until now."""
    return [name for writer in writers for name in writer.acknowledged]


def wait_for(writers: list[Writer], more: int) -> None:
    """Wait until so many more writes were acknowledged."""
    wanted = len(acknowledged(writers)) + more
    until = time.monotonic() + LONGEST
    while len(acknowledged(writers)) < wanted:
        assert time.monotonic() < until, [writer.refused[-3:] for writer in writers]
        time.sleep(0.02)


def lost(url: str, writers: list[Writer]) -> list[str]:
    """Return what was acknowledged and is not there, or is there twice."""
    return missing(url, acknowledged(writers))


def missing(url: str, said: list[str]) -> list[str]:
    """Return what of this is not in a database, or is there twice."""
    engine = make_engine(url)
    with Session(engine) as session:
        there = list(session.exec(select(Domain.name)))
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
    engine.dispose()
    return [name for name in said if there.count(name) != 1]
