"""The numbers of a figure, as the table one click away from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A table in words and numbers as the reader writes them; the first cell of a row is its head."""

    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
