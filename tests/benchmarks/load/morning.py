"""Eight o'clock: five hundred people sign in within two minutes, while the crowd reads and answers."""

from __future__ import annotations

import http.client
import random
import threading
import time
from urllib.parse import urlencode

import sqlalchemy as sa
from sqlmodel import Session

from mentorship.people.account.passwords import Passwords
from mentorship.people.models import Account
from tests.benchmarks.load import world
from tests.benchmarks.load.crowd import Form, Measured, let_in

PEOPLE, WITHIN = 500, 120.0
PASSWORD = "drie koude bakfietsen"
SIGN_IN = "/account/sign-in"
ROLE = "who signs in"
TRIES = 6
"""So often somebody who is told to wait tries again."""


def starters() -> list[int]:
    """Return who signs in: juniors that are not of the crowd, whose pairs have numbers that end otherwise."""
    return [world.LEADERS + world.DUOS + 10 * number + 1 for number in range(1, PEOPLE + 1)]


def give_passwords(session: Session) -> None:
    """Let them have an account, hashed as dear as the settings have it; all have the same password."""
    hashed = Passwords(64 * 1024, 3).hash(PASSWORD)
    rows = [{"person_id": number, "password_hash": hashed} for number in starters()]
    session.execute(sa.insert(Account), rows)


class Starter:
    """Somebody who opens the form, signs in and comes to their desk; told to wait, they wait and try again."""

    def __init__(self, person_id: int, port: int, measured: Measured) -> None:
        self.person_id = person_id
        self.measured = measured
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.origin = f"http://127.0.0.1:{port}"
        self.cookie = ""

    def run(self) -> None:
        """Come at a moment of one's own."""
        time.sleep(random.Random(self.person_id).uniform(0, WITHIN))
        began = time.monotonic()
        for _ in range(TRIES):
            status, _, page = self._ask("GET", SIGN_IN)
            fields = {"name": str(10_000 + self.person_id), "password": PASSWORD, **Form(page).hidden}
            status, waits, _ = self._ask("POST", SIGN_IN, urlencode(fields))
            if status != 503:
                break
            self.measured.add(ROLE, "told to wait", float(waits or 1) * 1000)
            time.sleep(float(waits or 1))
        if status == 303 and self._ask("GET", "/")[0] == 200:
            self.measured.add(ROLE, "from the form to the desk", (time.monotonic() - began) * 1000)
        else:
            self.measured.fail(f"{ROLE}: {status}")
        self.connection.close()

    def _ask(self, method: str, address: str, body: str | None = None) -> tuple[int, str, str]:
        """Return the status, in how many seconds to try again, and the page."""
        headers = {"Cookie": self.cookie, "Accept-Language": "nl"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = headers["Referer"] = self.origin
        self.connection.request(method, address, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for kept in answer.headers.get_all("Set-Cookie", []):
            self.cookie = kept.partition(";")[0]
        return answer.status, answer.headers.get("Retry-After", ""), text


def at_eight(cookies: dict[int, str], port: int) -> Measured:
    """Let them sign in while the crowd works; return what all of them waited."""
    signing_in = Measured()
    threads = [threading.Thread(target=Starter(who, port, signing_in).run, daemon=True) for who in starters()]
    for thread in threads:
        thread.start()
    found = let_in(cookies, port, 0, WITHIN)
    for thread in threads:
        thread.join()
    found.times |= signing_in.times
    found.wrong |= signing_in.wrong
    return found
