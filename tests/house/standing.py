"""How the house stands and grew: circles between its rooms, and how its commits read."""

from __future__ import annotations

import subprocess
from copy import deepcopy
from dataclasses import dataclass
from itertools import combinations
from statistics import median

import grimp

from tests.house import ROOT


@dataclass(frozen=True)
class Commits:
    """What the commits of a stretch of history read like."""

    number: int
    subject: float
    """Median length of the subjects, in characters."""
    with_body: float
    """Share that says more than a subject."""


def package_graph() -> grimp.ImportGraph:
    """Return who imports whom in the package, for types alone as well: a reader follows those too."""
    return grimp.build_graph("mentorship", cache_dir=None)


def circles(graph: grimp.ImportGraph, parent: str = "mentorship") -> list[tuple[str, str]]:
    """Return the pairs under one parent that need each other, each taken with all that is inside it."""
    whole = deepcopy(graph)
    children = sorted(whole.find_children(parent))
    for child in children:
        whole.squash_module(child)
    found = []
    for one, other in combinations(children, 2):
        if whole.chain_exists(one, other) and whole.chain_exists(other, one):
            found.append((one, other))
    return found


def commits(since: str | None = None) -> Commits:
    """Return how the commits read, merges left out; all of them, or those after a given one."""
    command = ["git", "log", "--no-merges", "--format=%s%x1f%b%x1e"]
    if since:
        command.append(f"{since}..")
    log = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return reading(log)


def reading(log: str) -> Commits:
    """Return the figures of a log: commits end with the sign 1e, and 1f stands between subject and body."""
    lengths = []
    with_body = 0
    for entry in log.split("\x1e"):
        subject, _, body = entry.strip("\n").partition("\x1f")
        if not subject:
            continue
        lengths.append(len(subject))
        with_body += bool(body.strip())
    if not lengths:
        return Commits(0, 0.0, 0.0)
    return Commits(len(lengths), median(lengths), with_body / len(lengths))
