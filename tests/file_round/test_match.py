"""`mentorship match`: what it prints can be recomputed, its page stands on its own, and it refuses in a sentence."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import pty
import re
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest

from mentorship.demo.build import DATA
from mentorship.file_round.outcome import STAGES
from mentorship.matching import CRITERIA, DEFAULT_WEIGHTS, STEPS, weighted
from mentorship.matching import STAGES as SOLVING
from tests.client import inspect
from tests.file_round.conftest import Match
from tests.hr_import.exports import changed, small

KNOWN = [159, 88_762_147]
"""Pairs and value in millionths, as three other ways to compute them found (see tests/rounds)."""
Json = dict[str, Any]


@pytest.fixture
def found(match: Match) -> Json:
    done = match(DATA, "--json")
    assert done.exit_code == 0
    told: Json = json.loads(done.stdout)
    return told


def test_the_bundled_export(match: Match, found: Json):
    assert found["objective"] == found["bound"] == KNOWN and found["status"] == "optimal"
    assert (len(found["pairs"]), len(found["unmatched"]), found["quality"]["requests"]) == (159, 7, 166)
    done = match(DATA)
    assert done.exit_code == 0 and done.stdout.startswith("A mentor for 159 of 166 requests\n")
    lines = done.stdout.splitlines()
    for pair in found["pairs"]:
        assert any(pair["junior_name"] in line and pair["mentor_name"] in line for line in lines)
    for one in found["unmatched"]:
        assert any(one["junior_name"] in line and one["reason"] in line for line in lines)
    assert "Proved: no other" in done.stderr and "5 cells could not be read" in done.stderr
    assert match(DATA, language="nl_NL.UTF-8").stdout.startswith("Een mentor voor 159 van de 166 mentorvragen\n")


def test_the_numbers_recompute(found: Json):
    pairs, mentors = found["pairs"], {m["mentor"]: m for m in found["mentors"]}
    for pair in pairs:
        assert list(pair["parts"]) == list(CRITERIA)
        assert pair["score"] == pytest.approx(weighted(pair["parts"], DEFAULT_WEIGHTS), abs=2e-6)
    assert [p["score"] for p in pairs] == sorted(p["score"] for p in pairs)
    gets = Counter(pair["mentor"] for pair in pairs)
    assert all(m["gets"] == gets[m["mentor"]] <= m["places"] for m in mentors.values())
    spread = sum(0.02 * (mentors[m]["running"] + k) for m, n in gets.items() for k in range(n))
    total = sum(pair["score"] for pair in pairs)
    assert total - spread == pytest.approx(KNOWN[1] / 1e6, abs=1e-9)
    figures = found["quality"]
    assert figures["mean"] == pytest.approx(total / 159) and figures["lowest"] == pairs[0]["score"]
    assert figures["load"] == {str(k): n for k, n in Counter(gets.values()).items()}
    for one in found["unmatched"]:
        assert list(one["funnel"]) == [*STEPS, "floor"]
        stopped = [step for step, count in one["funnel"].items() if count == 0]
        assert one["stopped_by"] == (stopped[0] if stopped else None) and one["reason"]
    assert sum(domain["unmatched"] for domain in found["domains"]) == 7
    assert sum(domain["requests"] for domain in found["domains"]) == 166
    assert next((s["file"], s["line"]) for s in found["filled"]) == ("medewerkers.csv", 95)


def test_a_bottleneck_has_fewer_places_than_requests(found: Json):
    free = {m["mentor"]: m["places"] for m in found["mentors"]}
    for one in found["bottlenecks"]:
        assert one["short"] == len(one["requests"]) - one["places"] > 0
        assert sum(free[m["mentor"]] for m in one["mentors"]) == one["places"]
    assert found["quality"]["blocking"] >= 0


def test_one_more_place_brings_what_is_said(match: Match, found: Json, tmp_path: pathlib.Path):
    most, *_, least = found["places_that_help"]
    for number, one in enumerate((most, least)):
        folder = tmp_path / f"more{number}"
        folder.mkdir()
        for path in DATA.glob("*.csv"):
            text = path.read_text(encoding="cp1252")
            if path.name == "medewerkers.csv":
                rows = [line.split(";") for line in text.splitlines()]
                places, hours = (rows[0].index(name) for name in ("Plaatsen mentor", "Uren mentor p/w"))
                for row in rows:
                    if row[0] == one["mentor"]:
                        now = next(m for m in found["mentors"] if m["mentor"] == one["mentor"])
                        row[places] = str(now["places"] + now["running"] + 1)
                        row[hours] = str(2 * int(row[places]))
                text = "\n".join(map(";".join, rows))
            (folder / path.name).write_text(text, encoding="cp1252")
        objective = json.loads(match(folder, "--json").stdout)["objective"]
        gained = [one["requests"], pytest.approx(one["score"] * 1e6)]
        assert [objective[0] - KNOWN[0], objective[1] - KNOWN[1]] == gained


def test_the_terms_are_those_given(match: Match):
    done = json.loads(match(DATA, "--json", "--floor", "0,5", "--spread", "0", "--unmatched-cost", ".5").stdout)
    assert (done["terms"]["floor"], done["terms"]["spread"], done["terms"]["unmatched_cost"]) == (0.5, 0.0, 0.5)
    total, left = sum(p["score"] for p in done["pairs"]), len(done["unmatched"])
    assert done["objective"] == done["bound"] == [round(1e6 * (total - 0.5 * left))]
    assert all(
        weighted({n: p["parts"][n] for n in CRITERIA if n != "continuity"}, DEFAULT_WEIGHTS) >= 0.5 - 1e-6
        for p in done["pairs"]
    )
    assert all(one["requests"] is None for one in done["places_that_help"])
    urgent = json.loads(match(DATA, "--json", "--with-outflow").stdout)
    assert urgent["objective"][0] == KNOWN[0] and urgent["objective"][1] > KNOWN[1]
    assert "Verwachte uitstroom" not in {c["column"] for c in urgent["columns_not_taken"]}


@pytest.mark.parametrize("language", ["nl_NL.UTF-8", "en_GB.UTF-8"])
def test_the_report_stands_on_its_own(match: Match, tmp_path: pathlib.Path, found: Json, language: str):
    place = tmp_path / "round.html"
    done = match(DATA, "--report", place, language=language)
    assert done.exit_code == 0 and str(place) in done.stderr
    page = place.read_text(encoding="utf-8")
    inspect(page, "the report")
    assert page.lstrip().startswith("<!doctype html>") and f'<html lang="{language[:2]}">' in page
    assert "<script" not in page and not re.search(r"""(?:src|href|action)=["'](?!#|data:)""", page)
    assert not re.search(r"""https?:|["'(=\s]//|@import""", page)
    assert set(re.findall(r"url\(([^:)]*)", page)) == {"data", "#lacking"}
    pictures = re.findall(r'<svg[^>]*role="img" aria-labelledby="(\S+)" aria-describedby="(\S+)"', page)
    assert len(pictures) == 3 == page.count("<figure")
    for ids in pictures:
        assert all(re.search(rf'id="{i}">[^<]{{20,}}<', page) for i in ids), "says what is found, and what is shown"
    assert len(re.findall(r"</svg>\s*<details>\s*<summary>[^<]+</summary>\s*<table>", page)) == 3
    for named in [*found["pairs"], *found["unmatched"]]:
        assert named["junior"] in page
    first = place.read_bytes()
    match(DATA, "--report", place, language=language)
    assert place.read_bytes() == first, "the same files give the same bytes"
    assert sorted(os.listdir(tmp_path)) == ["round.html"], "nothing else is left behind"


def test_a_name_is_text_and_nothing_else(match: Match, tmp_path: pathlib.Path):
    files = changed("medewerkers.csv", 4, "Roepnaam", "<script>alert(1)</script>")
    files["medewerkers.csv"][2][-4] = "5"
    done = match(files, "--report", tmp_path / "r.html", "--floor", "0")
    assert done.exit_code == 0 and "alert(1)" in done.stdout
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    inspect(page, "the report")
    assert "<script" not in page and "&lt;script&gt;" in page


def test_an_organisation_without_anybody(match: Match, tmp_path: pathlib.Path):
    nobody = {"medewerkers.csv": small()["medewerkers.csv"][:1]}
    done = match(nobody, "--json", "--report", tmp_path / "r.html")
    told = json.loads(done.stdout)
    assert done.exit_code == 0 and told["pairs"] == told["unmatched"] == told["mentors"] == []
    assert told["objective"] == told["bound"] == [0, 0]
    inspect((tmp_path / "r.html").read_text(encoding="utf-8"), "the report")
    assert match(nobody).stdout.startswith("Nobody asks for a mentor\n")
    alone = small()
    alone["medewerkers.csv"] = [[*row[:13], "", "", *row[15:]] for row in alone["medewerkers.csv"]]
    alone["medewerkers.csv"][0] = small()["medewerkers.csv"][0]
    told = json.loads(match(alone, "--json", "--report", tmp_path / "r.html").stdout)
    assert told["mentors"] == [] and [one["stopped_by"] for one in told["unmatched"]] == ["self"]
    inspect((tmp_path / "r.html").read_text(encoding="utf-8"), "the report")


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (("--floor", "2"), 2, "--floor"),
        (("--floor", "nan"), 2, "--floor"),
        (("--floor", "a bit"), 2, "--floor"),
        (("--spread", "-0,1"), 2, "--spread"),
        (("--unmatched-cost", "inf"), 2, "--unmatched-cost"),
        (("--seed", "x"), 2, "--seed"),
        (("--report", "."), 2, "--report"),
        (("--report", "nowhere/r.html"), 1, "nowhere"),
        (("--report", "x" * 300), 1, "cannot be written"),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, tuple) else "",
)
def test_what_makes_no_sense_is_refused(match: Match, words: tuple[str, ...], code: int, named: str):
    done = match(small(), *words)
    assert (done.exit_code, done.stdout) == (code, "") and named in done.stderr
    assert os.listdir() == ["export"]


def test_a_folder_that_is_no_export_is_refused(match: Match, tmp_path: pathlib.Path):
    assert match(tmp_path / "nowhere").exit_code == 2
    for language, words in (("en", "is not there"), ("nl", "ontbreekt")):
        done = match({"duos.csv": small()["duos.csv"]}, "--report", tmp_path / "r.html", language=language)
        assert (done.exit_code, done.stdout) == (1, "") and "medewerkers.csv" in done.stderr
        assert words in done.stderr and not (tmp_path / "r.html").exists()


def test_every_stage_of_the_solver_has_its_words():
    assert set(SOLVING) < set(STAGES)


def test_a_bar_for_each_stage_where_somebody_watches(tmp_path: pathlib.Path):
    words = [sys.executable, "-m", "mentorship.cli", "match", str(DATA), "--json"]
    environment = {"PATH": os.environ["PATH"], "LANG": "en_GB.UTF-8", "TERM": "xterm", "COLUMNS": "120"}
    ours, theirs = pty.openpty()
    with (tmp_path / "out.json").open("wb") as out:
        running = subprocess.Popen(words, cwd=tmp_path, env=environment, stdout=out, stderr=theirs)
    os.close(theirs)
    seen = b""
    with contextlib.suppress(OSError):  # the terminal is gone when the program is
        while part := os.read(ours, 10_000):
            seen += part
    os.close(ours)
    told = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert running.wait(30) == 0 and told["objective"] == KNOWN
    assert seen.count(b"100%") >= len(STAGES) and b"Explaining the pairs" in seen and b"Checking the outcome" in seen
    piped = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert b"%" not in piped.stderr and json.loads(piped.stdout) == told
