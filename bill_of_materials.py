"""The bill of materials of a release (CycloneDX): every locked part, Python's and the front end's.

The build hook puts it into each wheel. It reads the locks and `licences.txt`, and needs nothing but Python.
"""

from __future__ import annotations

import base64
import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

PYTHON_LOCK = "requirements.txt"
DEVELOPERS_LOCK = "requirements-dev.txt"
NPM_LOCK = "package-lock.json"
LICENCES = "licences.txt"
MODULES = "node_modules/"
MARKER = "mentorship:marker"
_PINNED = re.compile(r"(?m)^([\w.-]+)==([^\s;\\]+)(?: *; *([^\\\n]+))?((?:\s*\\\n +--hash=sha256:\w+)*)")
_HASH = re.compile(r"sha256:(\w+)")
SPDX = {"BSD-0-Clause": "0BSD"}
"""How SPDX calls a licence that a package names otherwise."""


class Locked(NamedTuple):
    """A package of a lock, with the hashes of its files and where it counts."""

    name: str
    version: str
    marker: str
    hashes: list[str]


class Licence(NamedTuple):
    """What `licences.txt` says of a package: its licence, and whether the service runs, is built or developed by it."""

    name: str
    use: str
    terms: str


def python_packages(lock: Path) -> list[Locked]:
    """Return the packages of a lock of Python's."""
    found = []
    text = lock.read_text("utf-8")
    for name, version, marker, hashes in _PINNED.findall(text):
        one = Locked(
            name,
            version,
            marker.strip(),
            _HASH.findall(hashes),
        )
        found.append(one)
    return found


def licences(root: Path) -> dict[str, Licence]:
    """Return the licence of each package of Python's locks, by name."""
    found = {}
    text = (root / LICENCES).read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, use, terms = line.split(maxsplit=2)
            found[name] = Licence(name, use, terms)
    return found


def npm_packages(root: Path, *, develops: bool = False) -> dict[str, dict[str, Any]]:
    """Return the packages of npm's lock, by name: those that build, or those that only `develops` tests."""
    lock = json.loads((root / NPM_LOCK).read_text("utf-8"))
    found: dict[str, dict[str, Any]] = {}
    for place, told in lock["packages"].items():
        if place and told.get("dev", False) == develops:
            name = place.rpartition(MODULES)[2]
            terms = told["license"]
            found[name] = told | {"license": SPDX.get(terms, terms)}
    return found


def bill(root: Path, version: str, served: frozenset[str]) -> dict[str, Any]:
    """Return the bill: what runs is required; `served` are the npm packages of which browsers get a part."""
    parts = [*_python_parts(root), *_npm_parts(root, served)]
    whole = {
        "type": "application",
        "bom-ref": "leermaat",
        "name": "mentorship",
        "version": version,
        "licenses": _licensed("MIT"),
    }
    content = json.dumps([whole, parts], sort_keys=True)
    number = uuid.uuid5(uuid.NAMESPACE_OID, content)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": number.urn,
        "version": 1,
        "metadata": {"component": whole},
        "components": parts,
    }


def write(root: Path, version: str, served: frozenset[str]) -> str:
    """Write the bill below `build`; return where, seen from the root."""
    place = "build/leermaat.cdx.json"
    path = root / place
    path.parent.mkdir(exist_ok=True)
    text = json.dumps(bill(root, version, served), indent=1)
    path.write_text(text + "\n", "utf-8")
    return place


def _python_parts(root: Path) -> Iterator[dict[str, Any]]:
    known = licences(root)
    for one in python_packages(root / PYTHON_LOCK):
        told = known[one.name]
        part = _part(
            f"pkg:pypi/{one.name}@{one.version}",
            one.name,
            one.version,
            told.terms,
            runs=told.use == "run",
        )
        part["hashes"] = [{"alg": "SHA-256", "content": digest} for digest in one.hashes]
        if one.marker:
            part["properties"] = [{"name": MARKER, "value": one.marker}]
        yield part


def _npm_parts(root: Path, served: frozenset[str]) -> Iterator[dict[str, Any]]:
    for name, told in npm_packages(root).items():
        version = told["version"]
        part = _part(
            f"pkg:npm/{quote(name)}@{version}",
            name,
            version,
            told["license"],
            runs=name in served,
        )
        digest = base64.b64decode(told["integrity"].removeprefix("sha512-"))
        part["hashes"] = [{"alg": "SHA-512", "content": digest.hex()}]
        yield part


def _part(address: str, name: str, version: str, terms: str, *, runs: bool) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "purl": address,
        "scope": "required" if runs else "excluded",
        "licenses": _licensed(terms),
    }


def _licensed(terms: str) -> list[dict[str, Any]]:
    if " " in terms:
        return [{"expression": terms}]
    return [{"license": {"id": terms}}]
