"""Columns that wait to be dropped: no code reads or writes them, but the version before still does while both run."""

from __future__ import annotations

from typing import Any

RETIRED = frozenset(
    {
        ("account", "changed_at"),
        ("capacity", "confirmed_at"),
        ("capacity", "confirmed_by"),
        ("closing_word", "said_at"),
        ("goal", "made_by"),
        ("question_set", "made_at"),
        ("round", "closed_at"),
        ("round", "created_by"),
    }
)
"""(table, column), since 0011. The first migration of the version after drops them and empties this list."""


def compared(thing: Any, _name: str | None, kind: str, reflected: bool, _compare_to: Any) -> bool:
    """Tell whether models and schema are compared in this thing: not in a retired column, nor in where it points."""
    if not reflected:
        return True
    if kind == "column":
        return (thing.table.name, thing.name) not in RETIRED
    if kind == "foreign_key_constraint":
        return not any((thing.table.name, column.name) in RETIRED for column in thing.columns)
    return True
