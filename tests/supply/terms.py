"""Licences: which we allow, and whether those of the locked packages are among them."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import bill_of_materials
from bill_of_materials import DEVELOPERS_LOCK, PYTHON_LOCK, Licence

ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "LGPL-3.0-only",  # the driver of PostgreSQL, a library of its own that anybody may replace
    "MIT",
    "MIT-0",
    "OFL-1.1",
    "PSF-2.0",
    "Unlicense",
    "ZPL-2.1",
    "Zlib",
}
"""For what the service runs by, and what browsers get."""
ALLOWED_BESIDE = ALLOWED | {
    "MPL-2.0",
    "Artistic-1.0-Perl",
    "GPL-2.0-or-later",
    "Apache-2.0 WITH LLVM-exception",
    "Python-2.0",
}
"""For what only builds or tests it, and goes to nobody."""
FAMILIES = {
    "MIT": "MIT",
    "BSD": "BSD",
    "Apache": "Apache",
    "ISC": "ISC",
    "Mozilla": "MPL",
    "Python Software Foundation": "PSF",
    "Unlicense": "Unlicense",
    "Zope": "ZPL",
    "Artistic": "Artistic",
    "Lesser General": "LGPL",
}
"""How the older kind of statement in a package begins to call a licence, and SPDX."""


def refusal(terms: str, use: str) -> str | None:
    """Tell what of a licence we do not allow for a use; of several to choose from one must do."""
    allowed = ALLOWED if use == "run" else ALLOWED_BESIDE
    for choice in terms.strip("()").split(" OR "):
        strange = sorted(set(choice.split(" AND ")) - allowed)
        if not strange:
            return None
    return f"{terms} is not allowed for what we {use}"


def python_refusals(root: Path) -> list[str]:
    """List the locked Python packages whose licence is not known, not allowed, or not what the package says."""
    known = bill_of_materials.licences(root)
    locked = _names(root / PYTHON_LOCK) | _names(root / DEVELOPERS_LOCK)
    found = [f"{name}: not in licences.txt" for name in sorted(locked - known.keys())]
    found += [f"{name}: in licences.txt, in no lock" for name in sorted(known.keys() - locked)]
    for one in known.values():
        why = refusal(one.terms, one.use) or contradiction(one)
        if why:
            found.append(f"{one.name}: {why}")
    return found


def npm_refusals(root: Path, served: frozenset[str]) -> list[str]:
    """List the locked npm packages whose licence is not allowed."""
    found = []
    builds, develops = (bill_of_materials.npm_packages(root, develops=value) for value in (False, True))
    for name, told in [*builds.items(), *develops.items()]:
        why = refusal(told["license"], "run" if name in served else "build")
        if why:
            found.append(f"{name}: {why}")
    return found


def contradiction(one: Licence) -> str | None:
    """Tell how a package, where it is installed, says otherwise than `licences.txt`."""
    try:
        told = metadata.metadata(one.name)
    except metadata.PackageNotFoundError:
        return None  # for another system
    expression = told.get("License-Expression")
    if expression and expression != one.terms:
        return f"says {expression}, not {one.terms}"
    classifiers = told.get_all("Classifier") or []
    said = [line for line in classifiers if line.startswith("License :: OSI Approved ::")]
    if expression or not said:
        return None
    for words, family in FAMILIES.items():
        if family in one.terms and any(words in line for line in said):
            return None
    return f"says {said[0]}, not {one.terms}"


def _names(lock: Path) -> set[str]:
    return {one.name for one in bill_of_materials.python_packages(lock)}
