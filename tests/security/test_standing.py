"""SECURITY.md says what is so: its tests are there, its counts add up, its figures are those of the code."""

from __future__ import annotations

import ast
import base64
import json
import logging
import re
from collections import Counter
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import pytest

from mentorship.base import security
from mentorship.base.config import LONGEST_SESSION, Settings
from mentorship.hr_import.reading import files, unpacking
from mentorship.hr_import.upload.rules import MOST_DRAFTS
from mentorship.people.account import passwords, rules
from mentorship.people.confirming.pages import LASTS
from mentorship.people.identity_provider import rules as provider
from mentorship.people.second_factor import rules as factors
from mentorship.people.sessions.rules import SURE_FOR
from mentorship.people.tablet import rules as tablets
from mentorship.people.throttle.rules import DEVICE, FORMS, NAME, NAME_HERE, NETWORK, PAGES, SHEETS
from mentorship.people.views import rules as views
from mentorship.web import sockets
from tests.security.test_code import FILES, PACKAGE, calls, imported

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
SAID = " ".join(TEXT.split())
ROW = re.compile(r"^\| ([0-9]+\.[0-9]+\.[0-9]+) \| ([^|]+) \| ([^|]+) \| (.+) \|$", re.MULTILINE)
ROWS = ROW.findall(TEXT)
TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
SETTINGS = Settings(mode="test", _env_file=None)
SECTIONS = (
    "Reporting a weak spot",
    "Who might want what",
    "Ways in",
    "Who needs a second factor",
    "Guessing",
    "Passwords",
    "Sessions",
    "What may be typed",
    "Files",
    "Limits",
    "Keys and algorithms",
    "What it talks to",
    "Logs",
    "What is kept, in four levels",
    "What it is built on",
)


@lru_cache
def functions_of(file: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_requirement_stands_there_once():
    listed = re.findall(r"[0-9]+\.[0-9]+\.[0-9]+", (ROOT / "tests/security/asvs.txt").read_text().split("\n", 1)[1])
    assert len(listed) == len(set(listed)) == 253, "as many as the standard has of levels 1 and 2"
    assert [row[0] for row in ROWS] == sorted(listed, key=lambda one: [int(part) for part in one.split(".")])


def test_what_is_met_names_the_tests_that_hold_it():
    for number, _, stands, why in ROWS:
        assert stands in ("met", "n/a", "open"), number
        named = TEST.findall(why)
        assert why.count("::") == len(named), f"{number}: a test is written otherwise"
        assert bool(named) == (stands == "met"), f"{number}: a test holds what is met, and nothing else"
        for file, test in named:
            assert test in functions_of(file), f"{number}: {file} has no {test}"
        assert stands == "met" or len(why) > 10, f"{number}: why"


def test_the_counts_above_the_table_are_those_of_its_rows():
    found = Counter(row[2] for row in ROWS)
    said = f"Of 253 requirements {found['met']} are met, {found['n/a']} are n/a and {found['open']} are open."
    assert said in SAID


def test_what_is_to_be_written_down_stands_here():
    parts = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))
    assert set(SECTIONS) <= set(parts)
    assert all(len(parts[name]) > 250 for name in SECTIONS)
    for name in re.findall(r"\*([A-Z][^*]+)\*", TEXT):
        assert name in parts or name in ("Met", "Open", "Out of scope."), f"no section {name}"


def pace(one) -> str:
    seconds = round(one.each.total_seconds())
    each = "minute" if seconds == 60 else f"{seconds // 60} minutes" if seconds > 60 else f"{seconds} seconds"
    return f"{one.at_once} tries at once, then one each {each}"


def flow(one) -> str:
    seconds = one.each.total_seconds()
    then = f"{round(1 / seconds)} a second" if seconds < 1 else f"one each {round(seconds)} seconds"
    return f"{one.at_once} at once, then {'one a second' if seconds == 1 else then}"


def test_figures_of_the_text_are_those_of_the_code():
    minutes = timedelta(minutes=1)
    for said in (
        f"of one name from one network (/64 of IPv6): {pace(NAME_HERE)}",
        f"of one name from anywhere: {pace(NAME)}",
        f"of any names from one network: {pace(NETWORK)}",
        f"signed in before: {pace(DEVICE)}",
        f"At least {rules.PASSWORD_LEAST} characters, {factors.LEAST_WITH} where there is a second factor,"
        f" at most {rules.PASSWORD_MOST}",
        f"from {rules.SHORTEST_NAME} letters on",
        f"argon2id with {SETTINGS.argon2_memory_kib // 1024} MiB and {SETTINGS.argon2_time_cost} passes",
        f"one of {factors.RECOVERY_CODES} on paper, within {factors.STEP_LASTS // minutes} minutes",
        f"works once, {rules.CODE_DAYS} days at most",
        f"ends after {SETTINGS.session_hours} hours, at most {LONGEST_SESSION} in production",
        f"unused after {SETTINGS.idle_minutes // 60} hours",
        f"after {SETTINGS.powerful_idle_minutes} minutes (`MENTORSHIP_POWERFUL_IDLE_MINUTES`)",
        f"ask for password or code again, once in {SURE_FOR // minutes} minutes",
        f"{files.MAX_FILES} files and {files.MAX_MEGABYTES} MB together",
        f"workbooks up to {unpacking.MAX_UNPACKED // unpacking.MEGABYTE} MB unpacked and {unpacking.MAX_PARTS} parts",
        f"{passwords.QUEUE} more wait, {passwords.PATIENCE} seconds at most",
        f"{MOST_DRAFTS} drafts a person",
        f"{sockets.THREADS} threads get whole requests alone; {sockets.MOST_CONNECTIONS} connections a process",
        f"{views.MOST} kept views",
        f"pages {flow(PAGES)}; forms {flow(FORMS)}; sheets {flow(SHEETS)}",
        f"{tablets.DIGITS} digits one knows; {tablets.MOST_WRONG} wrong ones in a row",
        f"{tablets.IDLE // minutes} minutes unused, {tablets.LONGEST // minutes} at most",
        f"looked up there every {provider.CHECKED_EVERY // minutes} minutes",
        f"they go on for {provider.GRACE // minutes} minutes more",
        f"own mailbox that works for {LASTS // minutes} minutes",
        f"TOTP, HMAC-SHA-1 as RFC 6238 and the apps have it: {factors.DIGITS} digits, {factors.STEP.seconds} seconds",
    ):
        assert said in SAID, said
    assert all(f"{ending}" in SAID for ending in files.ENDINGS)
    weak = Settings(secret_key="f3a9c1d07be2485596a1c0de77b3e1f24c9d", argon2_memory_kib=19 * 1024 - 1, _env_file=None)
    assert any("ARGON2" in line for line in weak.refusals()) and "in production at least 19 MiB" in SAID


STARTED_BY = {"people/account/actions.py", "people/tablet/actions.py"}
"""Who makes a session, for the guard of an account and of a tablet."""


def test_every_way_in_is_written_down():
    """Whoever starts a session does it by the gate, and stands in the table."""
    starting = set()
    for file, tree in FILES.items():
        for call in calls(tree):
            if getattr(call.func, "attr", "") == "sign_in" and file.endswith("/pages.py"):
                starting.add(Path(file).parent.as_posix())
            if getattr(call.func, "id", "") == "SignIn":
                assert file in STARTED_BY, f"{file} goes round the gate"
    part = re.search(r"^## Ways in\n(.*?)^## ", TEXT, re.MULTILINE | re.DOTALL)
    assert part and starting == set(re.findall(r"\| `([\w/]+)` \|", part[1]))


def test_a_session_token_has_more_than_128_random_bits(visit, organisation):
    client = visit("junior").flask
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    assert len(base64.urlsafe_b64decode(token + "==")) == 32


def test_cryptography_comes_from_libraries_that_others_test():
    """What is not in these is no cryptography of ours: nobody here multiplies numbers to hide something."""
    used = {"hashlib", "hmac", "secrets", "ssl", "argon2", "cryptography", "itsdangerous", "pyotp"}
    strange = {"Crypto", "nacl", "Cryptodome", "rsa", "ecdsa", "jwt", "bcrypt", "passlib", "crypt"}
    found = {module.split(".")[0] for tree in FILES.values() for module in imported(tree)}
    assert used <= found and not found & strange
    ciphers = {
        module.rpartition(".")[2]
        for tree in FILES.values()
        for module in imported(tree)
        if module.startswith("cryptography.")
    }
    assert ciphers <= {"fernet", "exceptions", "aead"}, "authenticated encryption alone"


def test_a_line_of_the_log_is_in_utc(caplog):
    caplog.set_level(logging.INFO, security.LOGGER)
    security.note("sign_in.failed", kind="sign-in")
    moment = json.loads(caplog.records[-1].getMessage())["timestamp"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)", moment)


def test_files_and_settings_named_in_the_text_are_there():
    for name in re.findall(r"`([\w/]+\.(?:py|txt|json|md))`", TEXT):
        places = (ROOT / name, PACKAGE / name, ROOT / "tests" / name)
        assert any(place.exists() for place in places) or name == "forms.py" or name == "rules.py", name
    for name in re.findall(r"MENTORSHIP_(\w+)`", TEXT):
        assert name.lower() in Settings.model_fields, name


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)\)", TEXT) or ["README.md"])
def test_links_lead_somewhere(link):
    assert (ROOT / link).exists()
