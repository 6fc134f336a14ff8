"""How templates and style sheets read: how wide a line is, and how many things it opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.house import ROOT

WIDEST = 120
UNREADABLE = 200

IN_A_SENTENCE = re.compile("a|abbr|b|br|code|em|i|img|kbd|small|span|strong|sub|sup|svg|time|use")
"""Elements that stand inside a sentence, and may share its line. An icon is one: an svg with its use."""

JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->", re.DOTALL)
OPENING = re.compile(r"<([a-zA-Z][\w-]*)")

CSS_ASIDE = re.compile(r"/\*.*?\*/|\"[^\"]*\"|'[^']*'|\([^()]*\)", re.DOTALL)
CSS_DATA = re.compile(r"/\*.*?\*/|url\([^)]*\)|\"[^\"]*\"|'[^']*'", re.DOTALL)
CSS_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
DECLARATION = re.compile(r"(?<=[{;])\s*(?P<name>[-\w]+)\s*:[^{};]*(?=[;}])")

Things = dict[int, list[str]]
"""By line number, the things of which a line should hold one."""


def templates() -> list[Path]:
    """Return the pages and mails."""
    folder = ROOT / "templates"
    pages = folder.rglob("*.html")
    plain_mails = folder.rglob("*.txt")
    return sorted([*pages, *plain_mails])


def style_sheets() -> list[Path]:
    """Return our own css; static/vendor holds that of others."""
    served = ROOT / "static/css"
    inlined = ROOT / "templates"
    return sorted(
        [
            *served.rglob("*.css"),
            *inlined.rglob("*.css"),
        ]
    )


def classes_of(sheet: str) -> set[str]:
    """Return the classes that a sheet styles."""
    return set(CSS_CLASS.findall(CSS_DATA.sub("", sheet)))


def selectors_of(sheet: str) -> list[str]:
    """Return what the rules of a sheet choose by, each on its own."""
    heads = [piece.rpartition("}")[2] for piece in CSS_DATA.sub("", sheet).split("{")[:-1]]
    return [selector for head in heads for selector in head.split(",")]


def too_wide(text: str, widest: int = WIDEST) -> list[int]:
    """Return the numbers of the lines with more characters than this."""
    found = []
    for number, line in numbered(text):
        if len(line) > widest:
            found.append(number)
    return found


def opened(text: str) -> Things:
    """Return the elements that each line opens; those of a sentence are left out."""
    found: Things = {}
    plain = JINJA.sub(_only_its_line_ends, text)
    for number, line in numbered(plain):
        for name in OPENING.findall(line.lower()):
            if not IN_A_SENTENCE.fullmatch(name):
                _add(found, number, name)
    return found


def declarations(text: str) -> Things:
    """Return the properties that each line of a style sheet declares."""
    found: Things = {}
    plain = text
    while CSS_ASIDE.search(plain):
        plain = CSS_ASIDE.sub(_only_its_line_ends, plain)
    for match in DECLARATION.finditer(plain):
        before = plain[: match.start("name")]
        number = 1 + before.count("\n")
        _add(found, number, match["name"])
    return found


def crowded(things: Things) -> Things:
    """Return the lines that hold more than one thing."""
    return {number: names for number, names in things.items() if len(names) > 1}


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines with their numbers."""
    return enumerate(text.splitlines(), start=1)


def _add(things: Things, number: int, name: str) -> None:
    """Put one more thing on a line."""
    names = things.setdefault(number, [])
    names.append(name)


def _only_its_line_ends(match: re.Match[str]) -> str:
    """Take out what is no markup, and let the lines keep their numbers."""
    return "\n" * match[0].count("\n")
