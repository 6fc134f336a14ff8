"""Which files are mutated, and how the functions of one are named."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from tests.house import ROOT

ROOMS = ("checkins", "disclosure", "matching", "mentorships", "reminders", "rounds", "worker")
"""Rooms of which each file decides something."""
DECIDING = ("rules", "actions", "queries", "retention")
"""What is mutated in every other room."""
BELOW = ("coverage", "access", "once", "outbox", "delivery", "leader", "outage", "clock", "keeping")
"""Other files that decide: who fits, who may, what is sent when."""
APART = ("pages", "forms", "words", "models", "tasks", "titles", "app", "api", "guard", "__init__")
"""What shows and names, in rooms that decide: a test of those asserts sentences."""


def in_scope(path: Path) -> bool:
    """Tell whether a file (from the root) is mutated."""
    room = path.parts[1]
    if path.stem in APART or path.stem.endswith(("_texts", "words")) or room == "migrations":
        return False
    return room in ROOMS or path.stem in DECIDING + BELOW


def files() -> list[Path]:
    """Return the files that are mutated, from the root."""
    every = (path.relative_to(ROOT) for path in (ROOT / "mentorship").rglob("*.py"))
    return sorted(path for path in every if in_scope(path))


@dataclass(frozen=True)
class Span:
    """A function that no other encloses, and the lines of its body."""

    name: str
    first: int
    last: int


def spans(tree: ast.Module) -> list[Span]:
    """Return the outermost functions of a file, those of classes as `Class.method`."""
    found: list[Span] = []

    def enter(body: list[ast.stmt], prefix: str) -> None:
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found.append(Span(prefix + node.name, node.body[0].lineno, node.end_lineno or node.lineno))
            elif isinstance(node, ast.ClassDef):
                enter(node.body, f"{prefix}{node.name}.")

    enter(tree.body, "")
    return found
