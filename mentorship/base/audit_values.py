"""Which values the audit log keeps as they were and as they became: those that somebody decided, never what is private.

Denied by default: a column that is not named here is not kept, and a test asks the reason for every table left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mentorship.base.db import metadata

Row = Mapping[str, Any]
KEPT: Mapping[str, tuple[str, ...]] = {
    "capacity": ("places", "hours", "confirmed_hours", "paused", "paused_until"),
    "closed_day": ("day", "closed"),
    "day_off": ("weekday",),
    "domain": ("name", "name_en", "critical", "remote"),
    "expected_newcomers": ("month", "domain_id", "number"),
    "expertise": ("domain_id", "level", "willing"),
    "form_comfort": ("form", "comfort"),
    "form_wish": ("form", "weight"),
    "builds_on": ("domain_id", "base_id"),
    "certificate_kind": ("name", "name_en", "domain_id", "months", "entitles", "retired_at"),
    "course": ("domain_id", "title", "provider", "days", "basics"),
    "job_held": ("profile_id",),
    "job_level": ("domain_id", "level"),
    "job_profile": ("name", "name_en", "retired_at"),
    "goal": ("domain_id", "start_level", "target_level", "dropped_at", "due_on"),
    "level_claim": ("level", "status", "second_id"),
    "mentor_request": ("status", "outside_on", "trainer"),
    "mentorship": ("status", "paused_until", "ended_on", "expected_end", "ends_on"),
    "need": ("domain_id", "current_level", "target_level", "importance"),
    "place_asked": ("answer",),
    "person": (
        *("given_name", "infix", "family_name", "email", "site_id", "department", "manager_id", "languages"),
        "last_day",
    ),
    "roster": ("name", "starts_on", "days", "repeats", "runs_on", "is_default"),
    "roster_change": ("from_day", "roster_id"),
    "roster_day": ("day", "shift_id"),
    "round_override": ("request_id", "mentor_id", "kind"),
    "shift": ("code", "begins", "ends"),
    "site": ("name", "region", "closed_on"),
    "training": ("title", "followed_on"),
    "work_time": ("roster_id", "remote"),
}
WITHHELD: Mapping[str, str] = {
    "away": "nobody else may know of it, later either",
    "certificate": "the person, the coordinator and HR read it; the log says who noted and confirmed one",
    "course_followed": "is for the person alone until they show their path",
    "path_chosen": "is for the person alone until they show it",
    "contact": "only the other of a running pair reads it",
    "free_place": "is reckoned, and nobody's decision",
    "findable": "is one's own choice, and the row itself",
    "handover_piece": "only the person and the coordinator read it",
    "handover_plan": "only the person and the coordinator read it",
    "filled_in": "says who filled in what, which is the row itself",
    "round_note": "coordinators read each other's words beside the request alone",
    "objection": "why a manager said not now is for the coordinator, beside the pair",
    "plan": "only the person and the coordinator read it",
    "quick_question": "only who asked and who was asked read it",
    "request_outcome": "is reckoned, and nobody's decision",
    "saved_view": "is how somebody looks at a list",
    "signal": "tells how a pair stands",
    "stand_in": "its days may be those on which somebody is not there",
    "wish": "nobody reads who would rather not be paired with whom",
    "worked_week": "only the pair and its line read the hours",
}
"""Tables of which no value is kept, and why."""
MOST = 40
"""So many changed rows of one decision are kept with their values."""
PERSON_ID = "person_id"


def changes(table: str, before: Sequence[Row], after: Sequence[Row]) -> Iterator[tuple[int | None, dict[str, Any]]]:
    """Yield of each row that differs whose it is, and its values before and after (None: there was none)."""
    columns = KEPT.get(table, ())
    key = [column.name for column in metadata.tables[table].primary_key]
    was = _by_key(before, key)
    became = _by_key(after, key)
    for known in {**was, **became}:
        old = was.get(known)
        new = became.get(known)
        names = _differing(columns, old, new)
        if not names:
            continue
        change = {
            "table": table,
            "before": _some(old, names),
            "after": _some(new, names),
        }
        yield _whose(table, old or new or {}), change


def _by_key(rows: Sequence[Row], key: Sequence[str]) -> dict[tuple[Any, ...], Row]:
    found = {}
    for row in rows:
        values = [row[name] for name in key]
        found[tuple(values)] = row
    return found


def _differing(columns: Sequence[str], old: Row | None, new: Row | None) -> list[str]:
    """Return the columns to tell of: all of a row that came or went, and those that say which row it is."""
    if old is None or new is None:
        return list(columns)
    differing = []
    naming = []
    for name in columns:
        if old[name] != new[name]:
            differing.append(name)
        elif name.endswith("_id"):
            naming.append(name)
    if not differing:
        return []
    return naming + differing


def _some(row: Row | None, names: Sequence[str]) -> dict[str, Any] | None:
    if row is None:
        return None
    return {name: row[name] for name in names}


def _whose(table: str, row: Row) -> int | None:
    return row.get("id") if table == "person" else row.get(PERSON_ID)
