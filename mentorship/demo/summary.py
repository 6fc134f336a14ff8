"""What a demo came to, in a few lines for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from mentorship.checkins.models import CheckIn
from mentorship.checkins.signals.models import Signal
from mentorship.demo.simulation import Passed
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person


def summary(session: Session, passed: Passed, seconds: float) -> str:
    """Tell how many people, duos, check-ins, signals and mails there are, by kind, and how long it took."""
    lines = {
        "people": str(_total(session, Person)),
        "duos": _told(_counts(session, Mentorship.status)),
        "check-ins": _told(_counts(session, CheckIn.status)),
        "signals": _told(_counts(session, Signal.kind)),
        "mails": _told(passed.mails),
        "refused": "nothing",
        "took": f"{seconds:.0f} seconds",
    }
    if passed.refused:
        lines["refused"] = _told(passed.refused)
    told = [f"  {title:<10} {words}" for title, words in lines.items()]
    return "\n".join(told)


def _total(session: Session, table: Any) -> int:
    total = select(func.count()).select_from(table)
    return session.scalar(total) or 0


def _counts(session: Session, column: Any) -> dict[str, int]:
    counted = select(column, func.count())
    rows = session.exec(counted.group_by(col(column))).all()
    return dict(rows)


def _told(counts: Mapping[str, int]) -> str:
    if not counts:
        return "0"
    each = [f"{number} {name}" for name, number in sorted(counts.items())]
    total = sum(counts.values())
    return f"{total} ({', '.join(each)})"
