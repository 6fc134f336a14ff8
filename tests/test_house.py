"""The house rules: lint, types, contracts, translations, locks, sizes. Each message says what to do."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.house import code, markup
from tests.house.figures import CodeFigures

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CODE = sorted(p for p in (ROOT / "mentorship").rglob("*.py") if "versions" not in p.parts)
MODULES = code.package_modules()
ROOM = 1
"""Nodes a line by which a small room, of a few functions, may differ from the whole."""
ROOMS = sorted({module.room for module in MODULES} - {"matching"})
MOST_KEPT_FROM_FORMATTER = 10


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        pytest.param(("mypy",), marks=[pytest.mark.long, pytest.mark.fast]),  # fast with its cache
        ("lint-imports",),
    ],
    ids=" ".join,
)
def test_tool(command):
    done = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.path.as_posix())
def test_what_a_file_and_its_functions_hold(module):
    long = f"{module.path} is over {code.LONGEST_FILE} lines: give part of it a room"
    assert module.lines <= code.LONGEST_FILE, long
    full = [
        f"{function.place} {function.name}: {function.nodes} nodes, {function.decisions} decisions"
        for function in module.functions
        if function.too_full
    ]
    assert not full, (
        f"a reader keeps {code.MOST_NODES} nodes and {code.MOST_DECISIONS} decisions in mind: give a step a name and a "
        "function, or write the decision as a table\n" + "\n".join(full)
    )


@pytest.mark.parametrize("room", ROOMS)
def test_a_line_carries_one_thought(room):
    modules = [module for module in MODULES if module.room == room]
    functions = [function for module in modules for function in module.functions]
    found = CodeFigures.of(modules).nodes_a_line
    functions.sort(key=lambda function: function.beyond, reverse=True)
    densest = [f"{each.place} {each.name}: {each.nodes_a_line:.1f}" for each in functions[:10]]
    assert found <= code.MOST_NODES_A_LINE + ROOM, (
        f"{room} holds {found:.1f} nodes on a body line, some {code.MOST_NODES_A_LINE:g} read well: name what is "
        "computed on a line of its own, close a long call with a comma so that each argument gets its line, write a "
        "nested comprehension as a loop (python -m tests.house --room). Most would be won in\n" + "\n".join(densest)
    )


def test_the_lines_of_the_house_carry_one_thought():
    outside = [module for module in MODULES if module.room != "matching"]
    found = CodeFigures.of(outside).nodes_a_line
    assert round(found, 1) <= code.MOST_NODES_A_LINE, f"a body line outside matching holds {found:.2f} nodes"


def test_the_formatter_formats():
    kept = {}
    for folder in ("mentorship", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            if lines := code.kept_from_formatter(path.read_text()):
                kept[_name(path)] = lines
    total = sum(map(len, kept.values()))
    assert total <= MOST_KEPT_FROM_FORMATTER, (
        f"{total} statements keep the formatter off: take `fmt: skip` away and close the last element with a comma, so "
        f"that each gets its line: {kept}"
    )


def test_house_entrance_imports_nothing():
    done = subprocess.run(
        [sys.executable, "-c", "import sys, mentorship.matching; print('flask' in sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
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


COUNTED = re.compile(r"%\((?P<count>num|number|[a-z_]+s)\)s (?:[a-z-]+ )?[a-z-]+s\b")
"""A number, and things in the plural after it."""
NEVER_ONE = {"days"}
"""The days that a code works are a constant."""


def test_of_one_thing_is_said_one_thing():
    with (ROOT / "mentorship/translations/nl/LC_MESSAGES/messages.po").open("rb") as source:
        known = read_po(source, locale="nl")
    plural_only = []
    for entry in known:
        if isinstance(entry.id, str):
            counts = {match["count"] for match in COUNTED.finditer(entry.id)}
            if counts - NEVER_ONE:
                plural_only.append(entry.id)
    assert not plural_only, f"“1 mentors” is no English and no Dutch: say both forms with ngettext: {plural_only}"


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


@pytest.mark.parametrize("path", markup.templates(), ids=_name)
def test_templates_can_be_read(path):
    text = path.read_text()
    wide = markup.too_wide(text)
    assert not wide, (
        f"{_name(path)}, lines {wide}: over {markup.WIDEST} characters a review no longer shows what changed. Give "
        "each element its line, each attribute if need be; split a sentence into strings side by side; make a part "
        "that has a name a macro; decide in the view"
    )
    crowded = markup.crowded(markup.opened(text))
    assert not crowded, (
        f"{_name(path)} opens more than one element on a line: {crowded}. One element a line shows what is inside "
        "what; only those of a sentence (a, strong, span, an icon) share its line"
    )


@pytest.mark.parametrize("path", markup.style_sheets(), ids=_name)
def test_a_line_of_css_declares_one_thing(path):
    crowded = markup.crowded(markup.declarations(path.read_text()))
    assert not crowded, f"{_name(path)} has lines with more than one declaration, give each its own: {crowded}"


def test_no_test_skips_itself():
    for path in sorted((ROOT / "tests").rglob("*.py")):
        calls = path.read_text().count("pytest." + "skip(")
        assert calls == (path == ROOT / "tests" / "conftest.py"), (
            f"{_name(path)} skips, for which CI fails: say what holds instead"
        )


def test_readme_and_architecture_name_every_room():
    readme = (ROOT / "README.md").read_text()
    house = (ROOT / "ARCHITECTURE.md").read_text()
    for room in sorted((ROOT / "mentorship").iterdir()):
        if room.name.startswith("_") or not (room.is_dir() or room.suffix == ".py"):
            continue
        assert f"mentorship/{room.name}" in readme, f"README does not say where {room.name} is"
        if room.name != "translations":
            assert room.stem in house, f"ARCHITECTURE.md does not say what {room.stem} is"


def test_files_named_in_the_documents_are_there():
    for document in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "OPERATIONS.md"):
        for name in re.findall(r"`([\w/]+\.(?:py|html|po|txt))`", (ROOT / document).read_text()):
            there = (ROOT / name).exists() or (ROOT / "mentorship" / name).exists()
            assert there, f"{document} names {name}, which is not there"
