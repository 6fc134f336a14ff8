"""What the files for browsers are built from: which sheets, which of their names are used, and whether that changed.

The build hook reads this file too, before anything is installed: it needs nothing but Python.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from pathlib import Path

STYLES = "templates/layout/_styles.html"
BUILDERS = ("hatch_build.py", "assets.mjs", "package-lock.json")
DRAWINGS = ("icon.svg", "marks.svg", "vendor/.stamp")
_SYMBOL = re.compile(r'<symbol id="([\w-]+)"')
_SHEET = re.compile(r'"((?:vendor|css)/[\w./-]+)"')
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_NAMED = re.compile(r"[\"'#]([\w-]+)[\"']")
"""A name alone in quotes, as an icon is asked for; a word in a sentence may be called so too."""
_QUOTED = re.compile(r'"[^"\n]*"')
# a name made of parts: bg-{{ colour }}-lt, "btn-" ~ style, f"level-{number}", "is-" + state
_FILLED = re.compile(r"([\w-]*)\{+[^{}]*\}+([\w-]*)")
_BEFORE = re.compile(r"([\w-]+)[\"'] *[~+]")
_BEHIND = re.compile(r"[~+] *[\"']([\w-]+)")


SET_IN_TYPE = "mentorship/privacy/papers/pdf.py"
"""Names what a page of paper is set with, and nothing of a page on screen."""


def sheets(root: Path) -> list[str]:
    """Return the sheets in the order in which they count, as addresses below static."""
    listed = _read(root / STYLES)
    found = []
    for name in _SHEET.findall(listed):
        found.append(f"{name}.css")
    return found


def scripts(root: Path) -> list[str]:
    """Return the scripts, as addresses below static."""
    folder = root / "static/js"
    found = ["vendor/htmx.min.js"]
    for path in sorted(folder.glob("*.js")):
        found.append(f"js/{path.name}")
    return found


def used_names(root: Path) -> list[str]:
    """Return the classes, elements and attributes of the sheets that occur in a page, as far as can be read."""
    texts = _texts(root)
    words = _words(texts)
    starts, ends = _pieces(texts)
    found = set()
    for sheet in sheets(root):
        text = _read(root / "static" / sheet)
        names = _words([text])
        found |= names & words
        for name in names - words:
            if _is_made(name, words, starts, ends):
                found.add(name)
    return sorted(found)


def used_icons(root: Path) -> list[str]:
    """Return the icons that a template or the code names."""
    words = set()
    for text in _texts(root):
        words.update(_NAMED.findall(text))
    drawn = _read(root / "static/vendor/icons.svg")
    found = []
    for name in _SYMBOL.findall(drawn):
        if name in words:
            found.append(name)
    return found


def fingerprint(root: Path) -> str:
    """Return a digest of all that goes into the built files; it stays when only words on a page change."""
    whole = hashlib.sha256()
    for part in _kept_whole(root):
        path = root / part
        content = path.read_bytes() if path.exists() else b""
        digest = hashlib.sha256(content).digest()
        whole.update(part.encode())
        whole.update(digest)
    chosen = used_names(root) + used_icons(root)
    lines = "\n".join(chosen)
    whole.update(lines.encode())
    return whole.hexdigest()


@lru_cache
def fingerprint_now(root: Path) -> str:
    """Return the digest as it was when this process first asked."""
    return fingerprint(root)


def _kept_whole(root: Path) -> list[str]:
    """Return the files of which every letter counts."""
    found = list(BUILDERS)
    served = [
        *sheets(root),
        *scripts(root),
        *DRAWINGS,
    ]
    for name in served:
        found.append(f"static/{name}")
    return found


def _texts(root: Path) -> list[str]:
    """Return what may name a class: templates and scripts whole, of the code what stands in quotes."""
    pages = [
        *(root / "templates").rglob("*.html"),
        *(root / "tests/parts/gallery").rglob("*.html"),  # in a checkout: parts that no page needs yet
    ]
    found = [_read(path) for path in sorted(pages)]
    for name in scripts(root):
        script = _read(root / "static" / name)
        found.append(script)
    code = (root / "mentorship").rglob("*.py")
    for path in sorted(set(code) - {root / SET_IN_TYPE}):
        quoted = _QUOTED.findall(_read(path))
        found.extend(quoted)
    return found


def _read(path: Path) -> str:
    return path.read_text("utf-8")


def _words(texts: Iterable[str]) -> set[str]:
    whole = " ".join(texts)
    return set(_WORD.findall(whole))


def _pieces(texts: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return what stands before and behind the part of a name that is filled in."""
    starts = {""}
    ends = {""}
    for text in texts:
        for start, end in _FILLED.findall(text):
            starts.add(start)
            ends.add(end)
        starts.update(_BEFORE.findall(text))
        ends.update(_BEHIND.findall(text))
    return starts, ends


def _is_made(name: str, words: set[str], starts: set[str], ends: set[str]) -> bool:
    """Tell whether a name is put together from pieces around a word or a number."""
    before = filter(name.startswith, starts)
    behind = filter(name.endswith, ends)
    for start, end in product(before, behind):
        filled = name[len(start) : len(name) - len(end)]
        if filled.isdigit() or filled in words:
            return True
    return False
