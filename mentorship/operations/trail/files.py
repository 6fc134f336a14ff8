"""The audit log as a file: a JSON object a line, with ids and no names, written while it is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from mentorship.base.audit import AuditRow
from mentorship.base.sheets import defused


def lines(rows: Iterable[AuditRow]) -> Iterator[str]:
    """Yield a line for each row; text that a spreadsheet would run is defused."""
    for row in rows:
        told = {
            "id": row.id,
            "at": row.at.isoformat(),
            "actor": row.actor_id,
            "verb": row.verb,
            "subject": row.subject,
            "subject_id": row.subject_id,
            "details": _safe(row.details),
        }
        yield json.dumps(told) + "\n"


def _safe(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _safe(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_safe(one) for one in value]
    return defused(value)
