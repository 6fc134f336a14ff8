"""What the code of the service never does, read from the code itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "mentorship"
FILES = {
    path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
    if "versions" not in path.parts
}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static/js").glob("*.js"))
RUNS_OR_UNPACKS = {
    "subprocess",
    "pickle",
    "marshal",
    "shelve",
    "yaml",
    "xml",
    "lxml",
    "ldap3",
    "ctypes",
    "pty",
    "code",
    "runpy",
}
CALLED_NEVER = {"eval", "exec", "compile", "__import__", "system", "popen", "render_template_string", "from_string"}


def imported(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def calls(tree: ast.Module):
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


RUNS = {"operations/backup/server.py": {"subprocess"}}
"""Programs that are run: pg_dump and psql, from a shell or by the worker, with the address of the settings alone."""


def test_nothing_that_was_sent_is_run_or_unpacked_into_objects():
    for file, tree in FILES.items():
        tops = {module.split(".")[0] for module in imported(tree)}
        assert tops & RUNS_OR_UNPACKS == RUNS.get(file, set()), file
        for call in calls(tree):
            name = getattr(call.func, "id", "")
            assert name not in CALLED_NEVER, f"{file}:{call.lineno}"
            method = getattr(call.func, "attr", "")  # what a session or a pattern calls so is something else
            assert method not in CALLED_NEVER - {"exec", "compile"}, f"{file}:{call.lineno}"


def test_what_nobody_may_guess_comes_from_the_system():
    """Chance of another kind is for the demo alone; the match takes a seed, to be the same every time."""
    for file, tree in FILES.items():
        if file.startswith(("demo/", "matching/")):
            continue
        assert not {"random", "uuid"} & imported(tree), file
        for node in ast.walk(tree):
            assert not (isinstance(node, ast.Attribute) and node.attr == "random"), f"{file}:{node.lineno}"


def test_no_broken_hash_is_used():
    for file, tree in FILES.items():
        for node in ast.walk(tree):
            named = str(getattr(node, "attr", "") or getattr(node, "value", ""))
            assert named.lower().replace("-", "") not in ("md5", "sha1", "md4"), f"{file}:{node.lineno}"


WRITTEN_BY_US = {
    "base/letters.py": "a word that is sought, with every sign of it escaped",
    "base/mentions.py": "names that are sought, with every sign of them escaped",
    "web/moved.py": "old addresses of ours, from a list in the file",
    "hr_import/reading/unpacking.py": "how the files of a program write a cell, from what was seen in them",
}


def test_a_pattern_is_never_made_of_what_was_typed():
    for file, tree in FILES.items():
        for call in calls(tree):
            owner = getattr(getattr(call.func, "value", None), "id", "")
            if owner != "re" or call.func.attr == "escape" or not call.args:
                continue
            names = {node.id for node in ast.walk(call.args[0]) if isinstance(node, ast.Name)}
            ours = all(name.lstrip("_").isupper() for name in names)
            assert ours or file in WRITTEN_BY_US, f"{file}:{call.lineno}: {names}"


def test_a_form_of_words_is_never_what_was_typed():
    """`"{x}".format` with words of another could tell what they should not."""
    for file, tree in FILES.items():
        for call in calls(tree):
            if getattr(call.func, "attr", "") not in ("format", "format_map"):
                continue
            owner = call.func.value
            if isinstance(owner, ast.Call) and getattr(owner.func, "id", "") == "Markup":
                owner = owner.args[0]
            ours = isinstance(owner, ast.Constant) or getattr(owner, "id", "").isupper()
            assert ours, f"{file}:{call.lineno}"


MARKED_UP = {
    "web/qr.py": "a drawing of segno, with our label escaped",
    "web/mistakes.py": "a comment of ours, to be replaced",
    "file_round/page.py": "our own sheet",
}


def test_no_text_is_called_markup_but_ours():
    for path in TEMPLATES:
        assert not re.search(r"\|\s*safe\b|autoescape\s+false", path.read_text("utf-8")), path
    found = {
        file
        for file, tree in FILES.items()
        for call in calls(tree)
        if isinstance(call.func, ast.Name) and call.func.id == "Markup"
    }
    assert found == set(MARKED_UP)


OF_OUR_OWN_ANSWER = {
    "document.getElementById(part.dataset.then).outerHTML = await answer.text();",
    "found.innerHTML = part;",
    "if (fresh && fresh.innerHTML !== shown.innerHTML) shown.innerHTML = fresh.innerHTML;",
}
"""Pieces of page that the service wrote, with every text in them escaped."""
NEVER_IN_A_SCRIPT = re.compile(
    r"insertAdjacentHTML|document\.write|\beval\b|new Function|setTimeout\(\s*[\"'`]|\.srcdoc|createContextualFragment"
    r"|__proto__|\.prototype\b|Object\.assign|jsonp|document\.domain|\bwindow\.name\b|\"paste\"|onpaste"
)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_writes_text_as_text(path):
    text = path.read_text("utf-8")
    assert not NEVER_IN_A_SCRIPT.search(text)
    written = {line.strip() for line in text.splitlines() if re.search(r"(inner|outer)HTML", line)}
    assert written <= OF_OUR_OWN_ANSWER


def test_no_script_listens_to_other_windows():
    """A service worker hears pages of its own origin alone, through the port they gave it."""
    listening = [path.name for path in SCRIPTS if re.search(r"(\"message\"|onmessage)", path.read_text("utf-8"))]
    assert sorted(listening) == ["offline.js", "worker.js"]
    assert "port1.onmessage" in (ROOT / "static/js/offline.js").read_text("utf-8")
    assert not [path for path in TEMPLATES if re.search(r"<(object|embed|applet|iframe)\b", path.read_text("utf-8"))]


def test_a_password_is_typed_unseen_and_by_a_manager_of_passwords():
    fields = 0
    for path in TEMPLATES:
        for tag in re.findall(r"<input[^>]*name=\"(?:password|old|new)\"[^>]*>", path.read_text("utf-8"), re.DOTALL):
            assert 'type="password"' in tag and "autocomplete" in tag, path
        for call in re.findall(
            r"field\(\s*\"(?:password|old|new)\".*?\)\s*(?:}}|-)", path.read_text("utf-8"), re.DOTALL
        ):
            fields += 1
            assert re.search(r"autocomplete=\"(current|new)-password\"", call), path
            assert 'type="password"' in call, path
    assert fields >= 3


CONNECTS = re.compile(
    r"^(socket|ssl|smtplib|ftplib|urllib\.request|urllib3|http\.client|requests|httpx|aiohttp|authlib.*)$"
)
TALKS = {
    "base/mail.py",
    "base/syslog.py",
    "people/identity_provider/openid.py",
    "people/identity_provider/transport.py",
    "serving.py",
    "web/sockets.py",
}
"""Who opens a connection, beside the database: SECURITY.md says so under *What it talks to*."""


def test_what_opens_a_connection_is_written_down():
    found = {file for file, tree in FILES.items() if any(map(CONNECTS.match, imported(tree)))}
    assert found == TALKS
    told = (ROOT / "SECURITY.md").read_text("utf-8").partition("## What it talks to")[2].partition("\n## ")[0]
    assert all(f"`{file}`" in told for file in TALKS)
