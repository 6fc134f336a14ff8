"""The house rules: lint, types, contracts, translations, locks, sizes. Each message says what to do."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CODE = sorted(p for p in (ROOT / "mentorship").rglob("*.py") if "versions" not in p.parts)
DOORS = re.compile(r"(pages|guard)$")
MAY_KNOW_FLASK = {"mentorship/app.py", "mentorship/serving.py", "mentorship/cli/running.py"}
LONGEST_FILE, LONGEST_FUNCTION = 300, 50


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("lint-imports",),
    ],
    ids=" ".join,
)
def test_tool(command):
    done = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_sizes(path):
    text = path.read_text()
    assert text.count("\n") <= LONGEST_FILE, f"{_name(path)} is over {LONGEST_FILE} lines: give part of it a room"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or 0) - node.lineno
            assert lines <= LONGEST_FUNCTION, f"{_name(path)}: {node.name} has {lines} lines; say it in parts"


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_only_doors_know_the_web(path):
    if _name(path) in MAY_KNOW_FLASK or path.parent.name == "web" or DOORS.search(path.stem):
        return
    for node in ast.walk(ast.parse(path.read_text())):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            top = name.split(".")[0]
            assert top not in ("flask", "flask_login", "flask_wtf", "werkzeug"), f"{_name(path)} knows {name}"
            assert not name.startswith("mentorship.web"), f"{_name(path)} knows the web: only doors do"


def test_house_entrance_imports_nothing():
    done = subprocess.run(
        [sys.executable, "-c", "import sys, mentorship.matching; print('flask' in sys.modules)"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "False"


def test_dutch_is_complete():
    with (ROOT / "mentorship/translations/nl/LC_MESSAGES/messages.po").open("rb") as source:
        known = read_po(source, locale="nl")
    methods = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
    found: set[str] = set()
    for folder in ("mentorship", "templates"):
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, methods, {}, keywords):
            found.add(message[0] if isinstance(message, tuple) else message)
    lacking = [m for m in sorted(found) if not (known.get(m) and all(_forms(known.get(m).string)))]
    assert not lacking, f"not in Dutch yet (make messages, then translate): {lacking[:20]}"
    assert not [m.id for m in known if m.fuzzy and m.id], "fuzzy translations are guesses: read and settle them"
    for entry in known:
        if not entry.id or not entry.string:
            continue
        wanted = set(re.findall(r"%\(\w+\)s", "".join(_forms(entry.id))))
        for form in _forms(entry.string):
            assert set(re.findall(r"%\(\w+\)s", form)) <= wanted, f"placeholders differ: {entry.id}"
    stale = [m.id for m in known if m.id and (m.id[0] if isinstance(m.id, tuple) else m.id) not in found]
    assert not stale, f"no longer used (make messages): {stale[:10]}"


def _forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_locks_and_tree_are_clean():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    tracked = listed.stdout.split("\n")
    top = {name.split("/")[0] for name in tracked if name}
    folders = {name for name in top if (ROOT / name).is_dir() and not name.startswith(".")}
    assert folders <= {"mentorship", "static", "templates", "tests", "instance"}, "nothing else stands at the top level"
    assert not [name for name in tracked if "vendor/" in name or ".min." in name], "no third-party code in git"
    for name in ("requirements.txt", "requirements-dev.txt", "package-lock.json"):
        text = (ROOT / name).read_text()
        address = r"index-url|find-links|\"resolved\": *\"http|https?://[^\s\"]*(?:simple|registry)[^\s\"]*"
        found = re.findall(address, text)
        assert not found, f"{name} names a package address: {found[:3]}"
        if name.endswith(".txt"):
            pinned = [line for line in text.splitlines() if line and line[0].isalnum()]
            assert all("==" in line for line in pinned) and text.count("--hash=") >= len(pinned)


def test_templates_hold_no_script_or_style():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"<style|<script(?![^>]*src=)", text), f"{_name(path)}: the policy forbids it"
        assert "|safe" not in text.replace(" ", ""), f"{_name(path)}: escape instead"
