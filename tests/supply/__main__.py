"""Audit what we build on: python -m tests.supply. The status is 0 when all was asked and all is well.

1: a weakness is known, or a licence not allowed. 3: nothing of the kind, but a registry could not be asked.
"""

from __future__ import annotations

import sys

import bill_of_materials
import hatch_build
from tests.supply import ROOT, advisories, terms
from tests.supply.advisories import Answer

WELL, TO_MEND, NOT_ASKED = 0, 1, 3


def main() -> int:
    """Print what was found; return the status."""
    refused = terms.python_refusals(ROOT) + terms.npm_refusals(ROOT, hatch_build.served())
    print(f"Licences: {len(refused)} to look at")
    for line in refused:
        print(f"  NOT ALLOWED {line}")
    packages = sum(len(bill_of_materials.npm_packages(ROOT, develops=value)) for value in (False, True))
    answers = [advisories.ask_python(ROOT), advisories.ask_npm(ROOT, packages)]
    for answer in answers:
        print("\n".join(answer.lines))
    return status(refused, answers)


def status(refused: list[str], answers: list[Answer]) -> int:
    """Return the status: silence of a registry never counts as good news."""
    if refused or any(answer.weak for answer in answers):
        return TO_MEND
    if any(answer.unanswered for answer in answers):
        print("Not everything could be asked: this is no clean audit.")
        return NOT_ASKED
    return WELL


if __name__ == "__main__":
    sys.exit(main())
