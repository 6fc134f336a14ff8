"""Which mutants are tried, and which tests shall notice each."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.house import ROOT
from tests.mutants.mutations import MODULE, Mutant, mutants

LONGEST, MOST = 20.0, 120
"""Seconds and number of tests that one mutant gets: the nearest first."""


@dataclass
class Reach:
    """Which tests reach which function of which file, and how long each takes."""

    seconds: dict[str, float]
    tests: dict[tuple[str, str], list[str]]
    breadth: dict[str, int]

    def of(self, file: str, function: str) -> list[str]:
        """Return the tests to try: of the same room first, the narrow before the broad, within a measure of time."""
        names = self.tests.get((file, function), [])
        if function == MODULE:
            names = [test for (of, _), every in self.tests.items() if of == file for test in every]
        room = f"tests/{Path(file).parts[1]}/"
        ordered = sorted(dict.fromkeys(names), key=lambda test: (not test.startswith(room), self._price(test), test))
        return list(self._within(ordered[:MOST]))

    def _price(self, test: str) -> float:
        return self.breadth[test] * (0.2 + self.seconds[test])

    def _within(self, names: list[str]) -> Iterator[str]:
        spent = 0.0
        for name in names:
            spent += self.seconds[name]
            if spent > LONGEST and name != names[0]:
                return
            yield name


def gathered(folder: Path) -> Reach:
    """Return what the maps of a folder tell together."""
    reach = Reach({}, {}, {})
    for path in sorted(folder.glob("*.json")):
        kept = json.loads(path.read_text())
        names = list(kept["seconds"])
        reach.seconds |= kept["seconds"]
        reach.breadth |= dict.fromkeys(names, 0)
        for file, functions in kept["reach"].items():
            for function, numbers in functions.items():
                found = [names[number] for number in numbers]
                reach.tests.setdefault((file, function), []).extend(found)
                for name in found:
                    reach.breadth[name] += 1
    return reach


def sample(files: list[Path], count: int, seed: int) -> list[Mutant]:
    """Return so many mutants of all, by chance, the same for the same seed; each can be read as code."""
    sources = {path: (ROOT / path).read_text() for path in files}
    every = [(path, mutant) for path in files for mutant in mutants(path, sources[path])]
    random.Random(seed).shuffle(every)
    found: list[Mutant] = []
    for path, mutant in every:
        if len(found) == count:
            break
        if mutant.stands(sources[path]):
            found.append(mutant)
    return sorted(found, key=lambda each: (each.file, each.start, each.now))


def mark(folder: Path) -> str:
    """Return a word for the tests of a folder as they are now: the map is drawn anew when it changes."""
    paths = [*sorted(folder.rglob("*.py")), *sorted((ROOT / "tests").glob("*.py"))]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.as_posix().encode() + path.read_bytes())
    return digest.hexdigest()
