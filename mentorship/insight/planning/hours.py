"""Hours of guiding as a planning system reads them: JSON and CSV of plain values. Pure.

Never who is away, what was logged, a domain, a goal or how it goes: what is planned alone.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mentorship.base.sheets import defused

MENTOR, JUNIOR = "mentor", "junior"
BETWEEN = " "


@dataclass(frozen=True)
class HourRow:
    """The hours that somebody guides, or is guided, on a day, and with whom: by number, and by name if that is told."""

    day: date
    number: str
    name: str
    site: str
    role: str
    hours: Decimal
    with_numbers: tuple[str, ...]
    with_names: tuple[str, ...]


def to_json(rows: Sequence[HourRow], first: date, last: date, names: bool, now: datetime) -> bytes:
    """Return the rows as one object, with the days it tells of and when it was made."""
    written = {
        "made_at": now.isoformat(timespec="seconds"),
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
        "rows": [_object(row, names) for row in rows],
    }
    text = json.dumps(written, ensure_ascii=False)
    return text.encode()


def _object(row: HourRow, names: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "day": row.day.isoformat(),
        "number": row.number,
        "site": row.site,
        "role": row.role,
        "hours": float(row.hours),
        "with": list(row.with_numbers),
    }
    if names:
        found["name"] = row.name
        found["with_names"] = list(row.with_names)
    return found


def to_csv(rows: Sequence[HourRow], names: bool) -> bytes:
    """Return the rows as programmes read them: UTF-8, commas, decimal points, days as 2026-11-30."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    heads = ["day", "number", "site", "role", "hours", "with"]
    if names:
        heads += ["name", "with_names"]
    writer.writerow(heads)
    for row in rows:
        writer.writerow([defused(value) for value in _values(row, names)])
    return out.getvalue().encode()


def _values(row: HourRow, names: bool) -> Iterator[str]:
    yield row.day.isoformat()
    yield row.number
    yield row.site
    yield row.role
    yield f"{row.hours:f}"
    yield BETWEEN.join(row.with_numbers)
    if names:
        yield row.name
        yield ", ".join(row.with_names)
