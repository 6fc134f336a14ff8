"""Two hundred people who read, think and answer, each over a connection of their own; what each page took them."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

from tests.benchmarks.load import world

USERS, THINKING = 200, 5.0
"""How many at once, and how many seconds they think between two pages."""
MANAGERS = 30
COORDINATOR, MANAGER, SENIOR, JUNIOR = "coordinator", "manager", "senior", "junior"
PAGES: dict[str, Sequence[str]] = {
    COORDINATOR: (
        "/",
        "/signals",
        "/duos",
        "/duos?view=attention",
        "/duos?open={duo}",
        "/people?q=ozturk",
        "/waiting",
        "/proposals",
        "/rounds",
        "/direct",
        "/insight/workload",
        "/insight/shortage",
        "/insight/what-if",
        "/insight/year",
        "/insight/outcomes",
        "/insight/published",
        "/domains",
    ),
    MANAGER: (
        "/",
        "/week",
        "/duos",
        "/duos?open={duo}",
        "/signals",
        "/announcing",
        "/insight/workload",
    ),
    SENIOR: (
        "/",
        "/",
        "/checkins/duo/{duo}",
        "/mentorships/{duo}/goals",
        "/mentorships/hours",
        "/profiles",
        "/calendar",
    ),
    JUNIOR: (
        "/",
        "/",
        "/checkins/duo/{duo}",
        "/mentorships/{duo}/goals",
        "/mentor-requests/mine",
        "/profiles",
        "/calendar",
    ),
}
ANSWERS = 0.3
"""How often somebody who sees a check-in wait answers it at once."""
ANSWERING = re.compile(r'href="(/checkins/\d+)"')


class Form(HTMLParser):
    """What a check-in sends along, and the names of its questions."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.questions: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a hidden field, or the name of a question."""
        known = dict(attrs)
        name = known.get("name") or ""
        if known.get("type") == "hidden":
            self.hidden[name] = known.get("value") or ""
        elif known.get("type") == "radio" and name.startswith("answer-"):
            self.questions.add(name)


@dataclass
class Measured:
    """Milliseconds by role and page, and what went wrong."""

    times: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, role: str, page: str, milliseconds: float) -> None:
        """Keep how long a page took."""
        with self.lock:
            self.times[role, page].append(milliseconds)

    def fail(self, what: str) -> None:
        """Count something that went wrong."""
        with self.lock:
            self.wrong[what] += 1


@dataclass(frozen=True)
class Who:
    """Somebody of the crowd: who they are, as what they come, and a pair of theirs."""

    person_id: int
    role: str
    duo: int


def crowd() -> list[Who]:
    """Return who comes: two coordinators, thirty managers, of the rest as many seniors as juniors."""
    found = [Who(2 + n, COORDINATOR, 1 + n) for n in range(world.COORDINATORS)]
    for n in range(MANAGERS):
        leader = 10 + n
        found.append(Who(leader, MANAGER, _duo_under(leader)))
    rest = USERS - len(found)
    for n in range(rest):
        duo = 50 * n + 7
        person = world.LEADERS + duo
        found.append(Who(person, SENIOR, duo) if n % 2 else Who(person + world.DUOS, JUNIOR, duo))
    return found


def _duo_under(leader: int) -> int:
    """Return a pair of which the mentor works under a manager: see `world` for who leads whom."""
    mentor = next(n for n in world.mentors() if n % world.LEADERS + 1 == leader)
    return mentor - world.LEADERS


class User:
    """One person in a browser: opens pages, and answers a check-in that waits when they see one."""

    def __init__(self, who: Who, cookie: str, port: int, measured: Measured, counts_from: float) -> None:
        self.who = who
        self.cookie = cookie
        self.port = port
        self.measured = measured
        self.counts_from = counts_from
        self.rng = random.Random(who.person_id)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def run(self, until: float) -> None:
        """Come in at a moment of one's own, then read and think until the end."""
        time.sleep(self.rng.uniform(0, THINKING))
        while time.monotonic() < until:
            page = self.rng.choice(PAGES[self.who.role])
            seen = self._ask("GET", page.format(duo=self.who.duo), page)
            if page == "/" and self.rng.random() < ANSWERS:
                self._answer(seen)
            time.sleep(self.rng.uniform(0.5, 1.5) * THINKING)
        self.connection.close()

    def _answer(self, seen: str) -> None:
        """Answer the first check-in that waits, as somebody with whom it goes well."""
        waiting = ANSWERING.search(seen)
        if waiting is None:
            return
        address = waiting[1]
        form = Form(self._ask("GET", address, "/checkins/{check-in}"))
        time.sleep(self.rng.uniform(0.5, 1.5) * THINKING)
        answers = {name: str(self.rng.choice((3, 4, 4, 5))) for name in sorted(form.questions)}
        self._ask("POST", address, "POST /checkins/{check-in}", urlencode(form.hidden | answers))

    def _ask(self, method: str, address: str, page: str, body: str | None = None) -> str:
        """Send a request, read all of the answer and keep how long that took."""
        headers = {"Cookie": self.cookie, "Accept-Encoding": "identity", "Accept-Language": "nl"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = headers["Referer"] = f"http://127.0.0.1:{self.port}"
        began = time.monotonic()
        try:
            self.connection.request(method, address, body, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as lost:
            self.measured.fail(f"{page}: {type(lost).__name__}")
            self.connection.close()
            return ""
        took = (time.monotonic() - began) * 1000
        if answer.status >= 400 or "/account/" in answer.headers.get("Location", ""):
            self.measured.fail(f"{self.who.role} {page}: {answer.status}")
        elif began >= self.counts_from:
            self.measured.add(self.who.role, page, took)
        return text


def let_in(cookies: dict[int, str], port: int, warm: float, seconds: float) -> Measured:
    """Let the crowd work for so many seconds, of which the first are not counted."""
    measured = Measured()
    began = time.monotonic()
    threads = []
    for who in crowd():
        user = User(who, cookies[who.person_id], port, measured, began + warm)
        threads.append(threading.Thread(target=user.run, args=(began + warm + seconds,), daemon=True))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return measured
