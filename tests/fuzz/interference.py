"""What others may learn of one side's answers: two databases that differ in those alone, and all that others get.

Everybody's pages, sheets, calendars, searches and mails are fetched from both, and the log and the audit log kept.
Where the answers fall in one class and raise the same signals, nobody but their author may see a difference; where
they fall in two, only who DOMAIN.md's table of check-ins lists for that, and only there.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, col, select

from mentorship.base.audit import AuditRow
from mentorship.base.secret_codes import digest
from mentorship.checkins.signals import raising
from mentorship.home.calendar.models import CalendarFeed
from mentorship.people.account.actions import start_session
from mentorship.people.models import Person
from tests.checkins.stage import JUNIOR_KEYS, MENTOR_KEYS, Asking
from tests.factories import Organisation
from tests.outbox.postbox import settings
from tests.reminders.conftest import Post, words
from tests.test_canaries import addresses, read

Answers = tuple[tuple[str, ...], ...]
GOOD: Answers = (("5",) * 6, ("4", "5", "5", "5", "4", "5"), ("5",) * 6)
VARYING: Answers = (("4", "3", "3", "3", "3", "3"), ("3", "4", "3", "3", "3", "3"), ("3", "3", "3", "4", "3", "none"))
LOW: Answers = (("2",) * 6, ("2", "3", "2", "2", "2", "2"), ("2",) * 6)
LOWER: Answers = (("2", "2", "2", "3", "3", "3"), ("3", "2", "2", "2", "3", "4"), ("2", "2", "2", "2", "4", "none"))
SIDES = {"junior": "other_junior", "mentor": "senior"}
"""Who answers for each side of the pair that is looked at; each has a line of their own, under one director."""
LINES = {"junior": {"other_manager", "director"}, "mentor": {"manager", "director"}}
RANDOM = re.compile(
    r'name="csrf_token" value="[^"]+"'
    r"|<dcterms:(?:created|modified)[^>]*>[^<]*"
    r'|"request": "\w+"|"timestamp": "[^"]+"'
)
"""What differs from answer to answer."""
MENU = re.compile(r'<header class="side.*?</header>', re.S)
SEARCHES = ("/search?q=proef", "/search?q=senior", "/search?q=loopt+vast", "/search?q=praat", "/search?q=tussenstand")


SMALL = ("senior", "other_junior", "manager", "other_manager", "coordinator", "hr", "admin")
"""Who looks in a small crawl: all who are something to the pair, or see lists of many."""
PERSON = re.compile(r"^/(?:insight/person/|profiles/|away/of/|leaving/|person-roster/|calendar/feed-)(\d+)")
ELSEWHERE = (
    *(
        "/rosters",
        "/roster/",
        "/domains",
        "/setup",
        "/upload",
        "/pasting",
        "/levels",
        "/calendar/a",
        "/rounds",
        "/imports",
    ),
    *("/accessibility", "/glossary", "/offline", "/account", "/confirming", "/links", "/mail/", "/reminders"),
    *("/closed-days", "/sites", "/joining", "/second-step", "/first", "/programme", "/metrics", "/healthz", "/away"),
    *("/leaving", "/person-roster", "/calendar/revoke", "/undo", "/profiles/wishes", "/mentor-requests/new"),
)
"""Where nothing of a pair stands but a number in the menu: a small crawl passes by."""
OFTEN = re.compile(r"q=vogel|q=naamvogel|open=[4-9]|columns=|sort=|tab=(roster|knows|requests)|\?page=2|account=none")
"""Pages that others of the same door stand for, in a small crawl."""


APART = "good and low"
STEP = re.compile(r"/checkins/steps/\d+|/calendar/talk/\d+\.ics")
"""For who acts on that signal alone: that they are refused where there is none is in the log, as it is for anybody."""
SIGNALS = [f"/signals?open={number}" for number in range(1, 8)]
"""More than there are, in either database."""


@dataclass(frozen=True)
class Case:
    """Who answers, what in the one database and in the other, and what managers may see."""

    side: str
    visibility: str
    one: Answers
    other: Answers
    name: str

    @property
    def author(self) -> str:
        """Whose answers differ."""
        return SIDES[self.side]

    @property
    def of_two_classes(self) -> bool:
        """Whether the duo, and the author's side of it, stands otherwise in the one than in the other."""
        return self.name == APART

    def __str__(self) -> str:
        return f"{self.name}, {self.side}, {self.visibility}"


CASES = [
    Case(side, visibility, *answers)
    for visibility in ("released", "classes", "aggregates")
    for side in SIDES
    for answers in (
        (GOOD, VARYING, "both in balance"),
        (LOW, LOWER, "both low"),
        (GOOD, LOW, APART),
    )
]


@dataclass
class Seen:
    """What everybody but the author got from one database."""

    pages: dict[tuple[str, str], str] = field(default_factory=dict)
    """Who and where -> what."""
    mails: list[tuple[str, str]] = field(default_factory=list)
    """To whom and what, in order."""
    log: list[str] = field(default_factory=list)
    audit: list[str] = field(default_factory=list)

    def differs(self, other: Seen, *, menu: bool = True) -> dict[str, set[str]]:
        """Return by whom, or by what name, where the other is another; `menu`: also where only a number there is."""
        found: dict[str, set[str]] = {}
        for who, url in {**self.pages, **other.pages}:
            one, two = _told(self.pages.get((who, url))), _told(other.pages.get((who, url)))
            if not menu:
                one, two = MENU.sub("", one), MENU.sub("", two)
            if one != two:
                found.setdefault(who, set()).add(url)
        for who in {who for who, _ in (*self.mails, *other.mails)}:
            if [what for to, what in self.mails if to == who] != [what for to, what in other.mails if to == who]:
                found.setdefault(who, set()).add("a mail")
        if self.log != other.log:
            found["the log"] = set(self.log) ^ set(other.log) or {"its order"}
        if self.audit != other.audit:
            found["the audit log"] = set(self.audit) ^ set(other.audit) or {"its order"}
        return found


def _told(page: str | None) -> str:
    """A page that is not there at all says no more than one that its reader is refused."""
    return "nothing" if page is None or page.startswith(("403", "404")) else page


class _Kept(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith("apscheduler"):
            return  # the worker of a browser's test in this process, of another database
        line = f"{record.name}: {record.getMessage()}"
        self._lines.append(RANDOM.sub("", line))


@contextmanager
def _logged(lines: list[str]) -> Iterator[None]:
    root, handler = logging.getLogger(), _Kept(lines)
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield
    root.removeHandler(handler)
    root.setLevel(level)


def seen(app: Flask, engine: sa.Engine, made: Organisation, case: Case, answers: Answers, whole: bool) -> Seen:
    """Let a database live with these answers of the author, and fetch all that others get of it."""
    found = Seen()
    stage = Asking(engine, made, made.now, app)
    with _logged(found.log):
        _live(stage, case, answers, found)
        with Session(engine) as session:
            asked = list(dict.fromkeys([*addresses(app, session), *SEARCHES, *SIGNALS]))
            asked = [url for url in asked if not STEP.fullmatch(url)]
            rows = session.exec(select(AuditRow).order_by(col(AuditRow.id))).all()
            found.audit = [str(row.model_dump()) for row in rows]
        pair = {made.people[key] for key in SIDES.values()}
        if not whole:
            asked = [url for url in asked if _matters(url, pair)]
        for key in made.people if whole else SMALL:
            if key != case.author:
                found.pages.update(_looked(stage, key, asked))
    return found


def _matters(url: str, people: set[int]) -> bool:
    """Tell whether a page may say something of the pair, so that it is worth its time in a small crawl."""
    named = PERSON.search(url)
    about = named is None or int(named[1]) in people
    return about and not url.startswith(ELSEWHERE) and not OFTEN.search(url)


def _live(stage: Asking, case: Case, answers: Answers, found: Seen) -> None:
    """Two pairs run, and answer as often as there are answers; everybody has a mailbox and a calendar."""
    made, post = stage.organisation, Post(stage, settings(25))
    for key, person_id in made.people.items():
        made.session.get_one(Person, person_id).email = f"{key}@example.nl"
        secret = {"token_hash": digest(f"feed-{person_id}"), "made_at": made.now, "read_on": made.now.date()}
        made.session.add(CalendarFeed(person_id=person_id, names=True, **secret))
    made.session.commit()
    stage.choose(case.visibility)
    stage.start("senior", "other_junior")
    stage.start("other_senior", "junior")
    for number, steps in enumerate(answers):
        if number:
            stage.later(days=14)
        assert stage.open() == 4
        post.go(stage.later(hours=1))
        for key in ("junior", "other_junior", "senior", "other_senior"):
            _answer(stage, key, steps if key == case.author else ("4",) * 6)
        stage.act(raising.evaluate, stage.later(hours=12))
        post.go(stage.later(hours=1))
    found.mails = [
        (m["To"].addresses[0].username, f"{m['Subject']}\n{words(m)}\n{words(m, 'html')}")
        for m in post.taken
        if m["To"].addresses[0].username != case.author
    ]


def _answer(stage: Asking, key: str, steps: tuple[str, ...]) -> None:
    row = stage.newest(key)
    keys = JUNIOR_KEYS if row.side == "junior" else MENTOR_KEYS
    fields = {f"answer-{name}": step for name, step in zip(keys, steps, strict=False)}
    screen = stage.screen(key, f"/checkins/{row.id}")
    screen.press("Versturen", **fields, note=f"Zo ging het: {' '.join(steps)}")
    assert "Verstuurd" in screen.text, screen.text


def _looked(stage: Asking, key: str, asked: Iterable[str]) -> dict[tuple[str, str], str]:
    client = stage.app.test_client()
    with Session(stage.engine) as session:
        person = session.get_one(Person, stage.person(key))
        secret = start_session(session, person, "test", 12, stage.now)
        session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = secret
    found = {}
    for url in asked:
        answer = client.get(url)
        assert answer.status_code < 500, f"{key} {url}"
        found[key, url] = f"{answer.status_code} {answer.location or ''} {RANDOM.sub('', read(answer))}"
    return found
