"""Licences are allowed and as packages say, the bill of materials is whole, an audit never takes silence for yes."""

from __future__ import annotations

import json
import re
import tomllib
import zipfile
from importlib import metadata

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import bill_of_materials
import hatch_build
from bill_of_materials import DEVELOPERS_LOCK, PYTHON_LOCK, Licence
from tests.supply import ROOT, terms
from tests.supply.__main__ import NOT_ASKED, TO_MEND, WELL, status
from tests.supply.advisories import Answer, read_npm, read_python


def test_the_licence_of_every_locked_package_is_known_and_allowed():
    assert terms.python_refusals(ROOT) == []
    assert terms.npm_refusals(ROOT, hatch_build.served()) == []


@pytest.mark.parametrize(
    ("said", "use", "allowed"),
    [
        ("MIT", "run", True),
        ("GPL-3.0-only", "run", False),
        ("GPL-3.0-only OR MIT", "run", True),
        ("MIT AND GPL-3.0-only", "run", False),
        ("(MIT AND Zlib)", "run", True),
        ("MPL-2.0", "run", False),
        ("MPL-2.0", "dev", True),
        ("AGPL-3.0-only", "dev", False),
    ],
)
def test_a_licence_is_refused_unless_it_is_listed(said, use, allowed):
    assert (terms.refusal(said, use) is None) == allowed


def test_a_licence_that_changed_is_noticed():
    assert terms.contradiction(Licence("flask", "run", "MIT")) == "says BSD-3-Clause, not MIT"
    assert terms.contradiction(Licence("itsdangerous", "run", "MIT"))


def test_which_packages_the_service_runs_by_is_told_as_it_is():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    todo = [Requirement(line) for line in project["dependencies"]]
    runs = set()
    while todo:
        wanted = todo.pop()
        extras = re.findall(r'extra == "([\w.-]+)"', str(wanted.marker or ""))
        name = canonicalize_name(wanted.name)
        if extras or name in runs:
            continue
        runs.add(name)
        for extra in ("", *wanted.extras):
            todo += _wanted_by(name, extra)
    said = bill_of_materials.licences(ROOT)
    listed = {one.name for one in said.values() if one.use == "run"}
    locked = {one.name for one in bill_of_materials.python_packages(ROOT / PYTHON_LOCK)}
    assert listed == runs & locked


def _wanted_by(name, extra):
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []
    found = []
    for line in lines:
        wanted = Requirement(line)
        extras = re.findall(r'extra == "([\w.-]+)"', str(wanted.marker or ""))
        if not extras or extra in extras:
            wanted.marker = None
            found.append(wanted)
    return found


def test_the_bill_of_materials_is_strictly_cyclonedx():
    bill = bill_of_materials.bill(ROOT, "1.0", hatch_build.served())
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill))
    assert fault is None, fault


def test_the_bill_of_materials_names_every_locked_part_with_version_hash_and_licence():
    bill = bill_of_materials.bill(ROOT, "1.0", hatch_build.served())
    told = {part["purl"]: part for part in bill["components"]}
    lines = (ROOT / PYTHON_LOCK).read_text("utf-8").splitlines()
    pinned = [re.match(r"([\w.-]+)==([\w.]+)", line) for line in lines]
    expected = {f"pkg:pypi/{found[1]}@{found[2]}" for found in pinned if found}
    for place, one in json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"].items():
        if place and not one.get("dev"):  # what only tests is in no wheel
            name = place.rpartition("node_modules/")[2].replace("@", "%40")
            expected.add(f"pkg:npm/{name}@{one['version']}")
    assert told.keys() == expected
    assert all(part["hashes"] and part["licenses"] for part in told.values())
    hashes = sum(len(part["hashes"]) for part in told.values() if part["purl"].startswith("pkg:pypi"))
    assert hashes == "\n".join(lines).count("--hash=sha256:")
    served = {part["name"] for part in bill["components"] if part["scope"] == "required"}
    assert {"flask", "cryptography", "htmx.org", "@tabler/core"} <= served
    assert not {"hatchling", "esbuild", "purgecss"} & served


def test_two_bills_of_the_same_locks_are_the_same():
    first = bill_of_materials.bill(ROOT, "1.0", hatch_build.served())
    assert bill_of_materials.bill(ROOT, "1.0", hatch_build.served()) == first
    assert bill_of_materials.bill(ROOT, "1.1", hatch_build.served())["serialNumber"] != first["serialNumber"]


def test_the_build_hook_puts_the_bill_into_the_wheel(tmp_path, monkeypatch):
    """A small project with our hook and our locks: building all of ours would take minutes."""
    for name in (PYTHON_LOCK, "package-lock.json", "licences.txt", "hatch_build.py", "bill_of_materials.py"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    hook = tmp_path / "hatch_build.py"
    hook.write_text(hook.read_text("utf-8").replace("        make(root)\n", ""), "utf-8")
    (tmp_path / "small.py").write_text("")
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "small"\nversion = "2.5"\n'
        '[tool.hatch.build.targets.wheel]\nonly-include = ["small.py"]\n[tool.hatch.build.hooks.custom]\n'
    )
    wheel = next(WheelBuilder(str(tmp_path)).build(directory=str(tmp_path / "dist"), versions=["standard"]))
    with zipfile.ZipFile(wheel) as packed:
        told = json.loads(packed.read("small-2.5.dist-info/sboms/leermaat.cdx.json"))
    assert told["metadata"]["component"]["version"] == "2.5"
    assert len(told["components"]) > 80


def test_packages_that_the_registry_does_not_know_are_not_called_well():
    """Seen: behind a mirror without advisories pip-audit passes over everything and says that nothing is weak."""
    said = json.dumps({"dependencies": [{"name": "flask", "skip_reason": "Dependency not found on PyPI"}], "fixes": []})
    answer = read_python(said, "No known vulnerabilities found")
    assert (answer.asked, answer.weak) == (0, [])
    assert status([], [answer]) == NOT_ASKED
    assert "NOT ASKED: 1; Dependency not found on PyPI" in "\n".join(answer.lines)


def test_a_registry_that_is_away_is_not_called_well():
    python = read_python("", "ERROR: connection refused")
    npm = read_npm('{"message": "405 Method Not Allowed", "error": {}}', "", 3)
    assert status([], [python]) == NOT_ASKED
    assert status([], [npm]) == NOT_ASKED
    assert (python.unanswered, npm.unanswered) == (["ERROR: connection refused"], ["405 Method Not Allowed"] * 3)


def test_a_known_weakness_is_told_with_what_mends_it():
    weak = {"name": "flask", "version": "0.5", "vulns": [{"id": "PYSEC-1", "fix_versions": ["0.12.3"]}]}
    well = {"name": "jinja2", "version": "3.1", "vulns": []}
    python = read_python(json.dumps({"dependencies": [weak, well]}), "")
    npm = read_npm(json.dumps({"vulnerabilities": {"braces": {"severity": "high", "range": "<3.0.3"}}}), "", 3)
    assert (python.asked, python.weak) == (2, ["flask 0.5: PYSEC-1, mended in 0.12.3"])
    assert (npm.asked, npm.weak) == (3, ["braces: high, versions <3.0.3"])
    assert status([], [python]) == status([], [npm]) == status(["a licence"], []) == TO_MEND
    assert status([], [Answer("Python", asked=2)]) == WELL


@pytest.mark.parametrize("lock", [PYTHON_LOCK, DEVELOPERS_LOCK, "package-lock.json", "package.json", ".npmrc"])
def test_no_lock_names_a_registry(lock):
    text = (ROOT / lock).read_text("utf-8")
    assert not re.search(r"--(extra-)?index-url|--find-links|registry\.|\"resolved\"|^registry", text)
    for one in bill_of_materials.python_packages(ROOT / lock) if lock.endswith("txt") else ():
        assert one.hashes, f"{one.name} has no hash"
