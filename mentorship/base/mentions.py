"""Where somebody is mentioned in words: whole names, and not a part of longer ones."""

from __future__ import annotations

import re
from collections.abc import Iterable


def of(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds these names where they stand by themselves; without names it finds nothing."""
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    if not longest_first:
        return re.compile(r"(?!)")
    either = "|".join(re.escape(name) for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")
