"""What is kept about somebody, made ready to be read: a box for each part, a line for each value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mentorship.base.i18n import gettext
from mentorship.privacy.mine.gathering import Gathered
from mentorship.privacy.mine.naming import Row
from mentorship.privacy.mine.subjects import BY_KEY
from mentorship.privacy.mine.words import called, label, value

FEW = 6
"""Rows of so many values stand in a table; longer ones are written out, a line for each value."""
MOST = 200
"""So many rows of a part stand on its page; the newest first. The download has all."""


@dataclass(frozen=True)
class Box:
    """One part as it is read: headings, rows of words under them, what is left out, how many more there are."""

    title: str
    headings: list[str]
    rows: list[list[str]]
    left: list[str]
    count: int
    more: int
    withheld: bool

    @property
    def table(self) -> bool:
        """Tell whether the rows stand in a table."""
        return len(self.headings) <= FEW and len(self.rows) > 1


def boxes(found: Sequence[Gathered], most: int = MOST) -> list[Box]:
    """Return the parts of a subject that hold something, in words."""
    return [_box(gathered, most) for gathered in found if gathered.rows or gathered.withheld]


def _box(gathered: Gathered, most: int) -> Box:
    part = gathered.part
    rows = []
    for row in gathered.rows[:most]:
        told = [value(part.table, name, row[name]) for name in part.shown]
        rows.append(told)
    count = len(gathered.rows)
    return Box(
        title=gettext(part.title),
        headings=[label(part.table, name) for name in part.shown],
        rows=rows,
        left=_left(gathered),
        count=count,
        more=max(
            count - most,
            0,
        ),
        withheld=gathered.withheld,
    )


def _left(gathered: Gathered) -> list[str]:
    """Return why something is left out, each reason once."""
    reasons = dict.fromkeys(gathered.part.without.values())
    return [gettext(reason) for reason in reasons]


def document(found: Mapping[str, Sequence[Gathered]], about: Mapping[str, Any]) -> dict[str, Any]:
    """Return all of it for the download: the values, what each key means, and what is left out and why."""
    whole: dict[str, Any] = {
        **about,
        "data": {},
        "keys": {},
        "left_out": {},
    }
    for subject, of_subject in found.items():
        title = gettext(BY_KEY[subject].title)
        data: dict[str, Any] = {}
        keys: dict[str, Any] = {"": title}
        for gathered in of_subject:
            key = gathered.part.key
            data[key] = [_values(row) for row in gathered.rows]
            keys[key] = _keys(gathered)
            reasons = _reasons(gathered)
            if reasons:
                whole["left_out"][f"{subject}.{key}"] = reasons
        whole["data"][subject] = data
        whole["keys"][subject] = keys
    return whole


def _values(row: Row) -> dict[str, Any]:
    values = {}
    for name, one in row.items():
        values[called(name)] = plain(one)
    return values


def plain(one: Any) -> Any:
    """Return a value as JSON holds it: days and moments as in ISO 8601, in UTC."""
    if isinstance(
        one,
        date,
    ):  # a moment is one too
        return one.isoformat()
    if isinstance(
        one,
        Decimal,
    ):
        return float(one)
    return one


def _keys(gathered: Gathered) -> dict[str, str]:
    part = gathered.part
    keys = {"": gettext(part.title)}
    for name in part.shown:
        keys[called(name)] = label(
            part.table,
            name,
        )
    return keys


def _reasons(gathered: Gathered) -> list[str]:
    reasons = _left(gathered)
    if gathered.withheld:
        closed = gettext("Closed until you confirm that it is you.")
        reasons.append(closed)
    return reasons
