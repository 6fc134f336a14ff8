"""The tool itself, on code small enough to see: what it changes, that it notices, and that it touches nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mentorship.mentorships.hours import rules as hours
from tests.house import ROOT
from tests.mutants import choosing, running
from tests.mutants.choosing import Reach, sample
from tests.mutants.equivalents import equivalents
from tests.mutants.mutations import MODULE, Mutant, mutants
from tests.mutants.planting import CannotPlant, plant_live
from tests.mutants.scope import files, in_scope

HERE = Path("mentorship/rounds/sample.py")
HOURS = Path("mentorship/mentorships/hours/rules.py")
SOURCE = '''
"""Words that are no code: 1 < 2."""
LEASE = 30

def free(row, now, *, lease: int = 3):
    """Tell whether it is free."""
    if row is None:
        return False
    return row.claimed < now - lease and not row.done
'''


def changes(source: str) -> set[tuple[str, str]]:
    return {(one.kind, one.now) for one in mutants(HERE, source)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a < b", {("boundary", "a <= b"), ("comparison", "a > b")}),
        ("a and b", {("and/or", "(a or b)"), ("part dropped", "((a))"), ("part dropped", "((b))")}),
        ("x = 3", {("off by one", "4"), ("off by one", "2")}),
        ("x = True", {("constant", "False")}),
        ("a + b", {("arithmetic", "a - b")}),
        ("give(a, b)", {("swapped", "give(b, a)"), ("statement dropped", "pass")}),
        ("give(session, b)", {("statement dropped", "pass")}),
        ("x = give(now=a)", {("argument dropped", "give()")}),
        (
            "x = query.where(a, b)",
            {
                ("condition dropped", "query.where(a)"),
                ("condition dropped", "query.where(b)"),
                ("step dropped", "(query)"),
            },
        ),
        ("x = [a for a in b if a]", {("condition dropped", "True")}),
        ("x = not a", {("not dropped", "(a)")}),
        ("row.state = a", {("statement dropped", "pass")}),
        ("raise a", {("statement dropped", "pass")}),
        ("x: int = a", set()),
        ("'words < 3'", set()),
        ("x = f'{a < 3}'", set()),
    ],
)
def test_what_is_changed(line: str, expected: set[tuple[str, str]]):
    assert changes(f"def one(a, b):\n    {line}\n") == expected


def test_a_guard_is_dropped_and_an_answer_turned():
    found = changes(SOURCE)
    assert {("guard dropped", "pass"), ("returned another", "return None")} <= found
    assert all("1 <" not in now for _, now in found), "no docstring"


def test_all_but_the_change_stays_letter_by_letter():
    for one in mutants(HERE, SOURCE):
        changed = one.applied(SOURCE)
        assert changed.startswith(SOURCE[: one.start]) and changed.endswith(SOURCE[one.end :]) and changed != SOURCE
        assert one.function == ("free" if one.line > 4 else MODULE) or one.line == 5, "a default is of the file"


def test_the_same_seed_gives_the_same_mutants_and_each_can_be_read():
    few = files()[:8]
    once, again, other = sample(few, 9, 3), sample(few, 9, 3), sample(few, 9, 4)
    assert once == again != other and len(once) == 9
    for one in once:
        compile(one.applied((ROOT / one.file).read_text()), one.file, "exec")


def test_what_shows_and_names_is_left_out():
    assert in_scope(Path("mentorship/rounds/claim.py")) and in_scope(Path("mentorship/people/access.py"))
    for name in ("rounds/pages.py", "rounds/words.py", "reminders/mail_texts.py", "home/how/sections.py"):
        assert not in_scope(Path("mentorship") / name), name


def test_the_nearest_tests_come_first_and_no_more_than_there_is_time_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(choosing, "LONGEST", 3.0)
    seconds = {"tests/web/a": 0.1, "tests/rounds/broad": 1.0, "tests/rounds/near": 1.0, "tests/rounds/long": 9.0}
    breadth = {"tests/web/a": 1, "tests/rounds/broad": 90, "tests/rounds/near": 2, "tests/rounds/long": 99}
    reach = Reach(seconds, {("mentorship/rounds/claim.py", "free"): list(seconds)}, breadth)
    found = reach.of("mentorship/rounds/claim.py", "free")
    assert found == ["tests/rounds/near", "tests/rounds/broad"], "the long one would take all the time"
    assert reach.of("mentorship/rounds/claim.py", "unreached") == []
    assert set(reach.of("mentorship/rounds/claim.py", MODULE)) == set(found)


def planted(mutant: Mutant) -> str:
    """Return what a fork with the mutant says of a rule."""
    listening, telling = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            plant_live(mutant)
            said = str(hours.has_passed(hours.week_of(hours.date(2026, 11, 16)), hours.date(2026, 11, 23)))
        except CannotPlant:
            said = "cannot"
        os.write(telling, said.encode())
        os._exit(0)
    os.close(telling)
    with os.fdopen(listening) as pipe:
        found = pipe.read()
    os.waitpid(child, 0)
    return found


def test_a_mutant_lives_in_its_fork_alone_and_the_tree_stays_as_it_is():
    before = (ROOT / HOURS).read_bytes()
    found = mutants(HOURS, before.decode())
    (edge,) = [one for one in found if one.function == "has_passed" and one.kind == "boundary"]
    assert planted(edge) == "False", "the Monday after is not past by the mutant"
    assert hours.has_passed(hours.date(2026, 11, 16), hours.date(2026, 11, 23)), "nor changed here"
    constant = next(one for one in found if one.function == MODULE)
    assert planted(constant) == "cannot", "it has to be there before the import"
    assert (ROOT / HOURS).read_bytes() == before


def test_a_whole_run_tells_who_killed_what(tmp_path: Path):
    """One that a test of another folder than the first one's notices, and one that neither looks at."""
    found = mutants(HOURS, (ROOT / HOURS).read_text())
    weeks = "tests/mentorships/test_hours.py::test_which_weeks_can_be_noted"
    first = "tests/matching/test_result.py::test_a_round_of_nobody"
    (week,) = [one for one in found if one.function == "week_of" and one.kind == "arithmetic"]
    (hours_over,) = [one for one in found if one.function == "is_over" and one.kind == "and/or"]
    tasks = [running.Task(one, [first, weeks], 60) for one in (week, hours_over)]
    (tmp_path / "tasks").write_text(running.written(tasks))
    told = ["--mutants", str(tmp_path / "tasks"), "--told", str(tmp_path / "told")]
    words = [sys.executable, "-m", "pytest", "-q", "-p", "tests.mutants.running", *told, first, weeks]
    subprocess.run(words, cwd=ROOT, check=False, capture_output=True, timeout=120)
    rows = [json.loads(line) for line in (tmp_path / "told").read_text().splitlines()]
    assert [(row["outcome"], row["by"]) for row in rows] == [(running.KILLED, weeks), (running.SURVIVED, "")]


def test_what_is_told_to_a_process_is_what_it_reads():
    tasks = [running.Task(one, ["tests/a.py::test[x y]"], 9) for one in mutants(HERE, SOURCE)]
    assert running.read(running.written(tasks)) == tasks


def test_each_that_is_called_equivalent_is_there_and_says_why():
    for (file, function, was, now), why in equivalents().items():
        keys = {one.key for one in mutants(Path(file), (ROOT / file).read_text())}
        assert (file, function, was, now) in keys, f"{file} has no {was} -> {now} in {function} any more"
        assert len(why) > 20, f"why is {was} -> {now} equivalent?"
