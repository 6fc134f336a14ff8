"""Who was asked twice and did not answer: a kind question to themselves, and nothing to anybody else."""

from __future__ import annotations

from collections import defaultdict

from sqlmodel import Session, col, select

from mentorship.checkins.models import ANSWERED, MISSED, OPEN, CheckIn

PASSED_BY = 2


def unheard(session: Session, person_id: int) -> set[int]:
    """Return a person's open check-ins of pairs in which they did not answer the last two; one skipped is neither."""
    query = select(CheckIn.id, CheckIn.mentorship_id, CheckIn.status)
    query = query.where(CheckIn.person_id == person_id).order_by(col(CheckIn.due_on))
    missed: dict[int, int] = defaultdict(int)
    found = set()
    for check_in_id, pair_id, status in session.exec(query):
        if status == OPEN and missed[pair_id] >= PASSED_BY and check_in_id is not None:
            found.add(check_in_id)
        if status == MISSED:
            missed[pair_id] += 1
        elif status == ANSWERED:
            missed[pair_id] = 0
    return found
