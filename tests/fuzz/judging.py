"""What no answer may be or hold."""

from __future__ import annotations

from mentorship.base.config import ROOT
from mentorship.web.page import OWN_PATH
from tests.fuzz.asking import RIGHT, Answer, Odd
from tests.fuzz.values import MARK

SLOW = 3.0
"""Seconds."""
TRACES = (
    "Traceback (most",
    "werkzeug",
    "sqlalchemy",
    "sqlite3",
    "psycopg.",
    "SELECT ",
    "INSERT INTO",
    "UPDATE ",
    "jinja2",
    "site-packages",
    "__debugger__",
    str(ROOT),
)
UNSIGNED = frozenset({"reminders.do_unsubscribe"})
"""What a signed link opens to who has no page of ours."""


def faults_of(odd: Odd, answer: Answer, reached: set[str]) -> list[str]:
    """Return what is wrong with an answer."""
    found = []
    if answer.status >= 500:
        found.append(f"{answer.status}")
    if answer.seconds > SLOW:
        found.append(f"{answer.seconds:.1f} s")
    found += [f"holds {trace!r}" for trace in TRACES if trace in answer.text and trace.encode() not in odd.body]
    if MARK in answer.text and answer.headers.get("Content-Type", "").startswith("text/html"):
        found.append("not escaped")
    if "X-Fuzz" in answer.headers:
        found.append("a header of the caller's")
    location = answer.headers.get("Location", "")
    if location and not OWN_PATH.fullmatch(location):
        found.append(f"leads to {location[:80]}")
    if odd.method == "POST" and odd.csrf != RIGHT and reached - UNSIGNED:
        found.append("done without a token")
    return found
