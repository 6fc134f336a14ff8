"""What somebody can do on a shared tablet, as rooms above say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session


@dataclass(frozen=True)
class Waiting:
    """Something to do on a tablet: its door, its (translated) title; `waits`: it still has to be done."""

    endpoint: str
    values: Mapping[str, int]
    title: str
    waits: bool


Waits = Callable[[Session, int, datetime], list[Waiting]]
"""What somebody can do on a tablet; rooms above know."""
