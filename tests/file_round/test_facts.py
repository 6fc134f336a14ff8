"""Files matched as they are, and the same files by way of the database: one and the same problem."""

from __future__ import annotations

import pathlib
import random
from datetime import datetime
from typing import Any

import pytest
from sqlmodel import Session, select

from mentorship.base.clock import local_date
from mentorship.demo.build import DATA
from mentorship.file_round.facts import facts
from mentorship.file_round.outcome import Outcome, run
from mentorship.hr_import.actions import import_directory
from mentorship.hr_import.reading import rules
from mentorship.hr_import.reading.files import read_directory
from mentorship.matching import DEFAULT_WEIGHTS, solve
from mentorship.people.models import Person
from mentorship.programme.models import Programme
from mentorship.rounds import reading
from mentorship.rounds.facts import Records
from mentorship.rounds.gather import Gathered, Terms, gather
from tests.hr_import.exports import Table, small, write

TERMS = Terms(DEFAULT_WEIGHTS, 0.3, 0.02)
Numbers = dict[int, str]


def by_files(folder: pathlib.Path, *, outflow: bool) -> tuple[Records, Numbers]:
    export = rules.check(read_directory(folder), take_outflow=outflow)
    found = facts(export, Programme().hours_per_pair)
    return found.records, {i: person.number for i, person in found.people.items()}


def by_database(session: Session, folder: pathlib.Path, now: datetime, *, outflow: bool) -> tuple[Records, Numbers]:
    import_directory(session, folder, None, now, take_outflow=outflow)
    session.commit()
    numbers = {i: number for i, number in session.exec(select(Person.id, Person.number)) if i}
    return reading.records(session, [], local_date(now)), numbers


def said(records: Records, numbers: Numbers, floor: float) -> tuple[Gathered, dict[str, Any]]:
    """Return a problem in personnel numbers."""
    gathered = gather(records, Terms(DEFAULT_WEIGHTS, floor, 0.02))
    asker = {request.id: numbers[request.person] for request in records.requests}
    juniors = [asker[i] for i in gathered.request_ids.tolist()]
    mentors = [numbers[i] for i in gathered.mentor_ids.tolist()]
    problem, edges = gathered.problem, gathered.problem.edges
    rows = zip(edges.request.tolist(), edges.mentor.tolist(), edges.score.tolist(), strict=True)
    return gathered, {
        "scores": {(juniors[r], mentors[m]): score for r, m, score in rows},
        "capacity": dict(zip(mentors, problem.capacity.tolist(), strict=True)),
        "load": dict(zip(mentors, problem.load.tolist(), strict=True)),
        "funnel": dict(zip(juniors, gathered.eligible.funnel.tolist(), strict=True)),
    }


@pytest.mark.parametrize("outflow", [False, True], ids=["", "with outflow"])
def test_the_bundled_export_gives_the_problem_of_the_database(session: Session, now: datetime, outflow: bool):
    files, here = by_files(DATA, outflow=outflow), by_database(session, DATA, now, outflow=outflow)
    for floor in (0.0, 0.3):
        (one, left), (other, right) = said(*files, floor), said(*here, floor)
        assert left.keys() == right.keys() and len(left["scores"]) > 800
        scores = left.pop("scores"), right.pop("scores")
        assert left == right and scores[0].keys() == scores[1].keys()
        # a mean may round half a millionth the other way
        assert all(abs(score - scores[1][pair]) <= outflow for pair, score in scores[0].items())
        results = solve(one.problem, 1), solve(other.problem, 2)
        assert results[0].objective[0] == results[1].objective[0]
        assert abs(results[0].objective[1] - results[1].objective[1]) <= 200 * outflow


def test_outflow_changes_how_urgent_a_domain_is():
    plain, told = (by_files(DATA, outflow=outflow)[0].urgency for outflow in (False, True))
    assert plain.keys() == told.keys()
    assert sum(plain[d] < told[d] for d in plain) > 1 and sum(plain[d] > told[d] for d in plain) > 1


def _without(files: dict[str, Table], file: str, column: str) -> dict[str, Table]:
    at = files[file][0].index(column)
    files[file] = [row[:at] + row[at + 1 :] for row in files[file]]
    return files


def _more(files: dict[str, Table], file: str, *lines: str) -> dict[str, Table]:
    files[file] += [line.split(";") for line in lines]
    return files


@pytest.mark.parametrize(
    "files",
    [
        small(),
        _without(small(), "medewerkers.csv", "Uren mentor p/w"),
        _without(small(), "medewerkers.csv", "Plaatsen mentor"),
        _without(small(), "medewerkers.csv", "Op afstand"),
        _without(small(), "medewerkers.csv", "Schooldag"),
        _without(small(), "vakgebieden.csv", "Op afstand te leren"),
        {name: table for name, table in small().items() if name != "duos.csv"},
        {"medewerkers.csv": small()["medewerkers.csv"][:1]},
        # somebody guides without a place, and somebody is in two pairs, of which one the other way round
        _more(small(), "duos.csv", "5;2;Pompen;01-03-2026", "2;5;Meten;01-03-2026", "1;4;Meten;01-03-2026"),
        # who is set aside takes their own rows along
        _more(small(), "medewerkers.csv", "6;Fik;;Weg;;Delft;Werk;senior;99;DAG;;nl;;2;4;;nee"),
    ],
    ids=["all", "hours", "places", "remote", "school", "domains", "no duos", "nobody", "duos", "aside"],
)
def test_other_exports_give_the_problem_of_the_database(
    session: Session, now: datetime, tmp_path: pathlib.Path, files: dict[str, Table]
):
    folder = write(tmp_path / "export", files)
    left = said(*by_files(folder, outflow=True), 0.0)[1]
    assert left == said(*by_database(session, folder, now, outflow=True), 0.0)[1]


def _shuffled(folder: pathlib.Path, seed: int) -> pathlib.Path:
    """Write the bundled export with its rows in another order; the needs of one person stay in theirs."""
    chance = random.Random(seed)
    folder.mkdir()
    for path in DATA.glob("*.csv"):
        head, *lines = path.read_text(encoding="cp1252").splitlines(keepends=True)
        rank = {line.split(";")[0]: chance.random() for line in lines}
        if path.name in ("medewerkers.csv", "aanvragen.csv"):
            lines.sort(key=lambda line: rank[line.split(";")[0]])
        else:
            chance.shuffle(lines)
        (folder / path.name).write_text("".join([head, *lines]), encoding="cp1252")
    return folder


def _matched(folder: pathlib.Path) -> Outcome:
    found = run(folder, TERMS, 3, lambda stage, share: None, take_outflow=True)
    return {name: value for name, value in found.items() if name not in ("folder", "files", "filled", "set_aside")}


def test_the_order_of_rows_changes_nothing(tmp_path: pathlib.Path):
    assert _matched(_shuffled(tmp_path / "one", 1)) == _matched(_shuffled(tmp_path / "two", 2)) == _matched(DATA)
