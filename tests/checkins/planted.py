"""What both sides of a pair wrote and answered, in words and figures that stand nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import Session

from mentorship.base.i18n import percent, use_locale
from mentorship.checkins.models import Answer
from mentorship.checkins.settings.models import QuestionSet
from mentorship.checkins.signals.models import Signal
from tests.checkins.stage import JUNIOR_KEYS, MENTOR_KEYS, plant
from tests.factories import Organisation

ANSWERS = {"junior": 31, "senior": 44, "other_junior": 56, "other_senior": 69}
"""The mean of each side's answers, in per cent."""
STEPS = {31: (3, 2, 2, 2), 44: (3, 3, 3, 2), 56: (4, 3, 3, 3), 69: (4, 4, 4, 3)}


def questions(session: Session, made: Organisation) -> int:
    """Ask both sides in words that stand nowhere else."""
    sides = {"junior": JUNIOR_KEYS, "mentor": MENTOR_KEYS}
    words = {
        side: [{"key": key, "nl": f"Vraagvogel-{side}-x", "en": f"Vraagvogel-{side}-x"} for key in keys]
        for side, keys in sides.items()
    }
    row = QuestionSet(questions=words)
    session.add(row)
    session.flush()
    return row.id or 0


def check_ins(
    session: Session, made: Organisation, mentorship_id: int, mentor: str, junior: str, asked: int
) -> Iterator[tuple[str, set[str]]]:
    """Plant a private and a shared note, answers and signals of both sides; yield each text and who may read it."""
    for key, other in ((mentor, junior), (junior, mentor)):
        for weeks, note, may in ((2, f"Notitievogel-{key}-x", {key}), (4, f"Deelvogel-{key}-x", {key, other})):
            row = plant(
                session,
                made,
                mentorship_id,
                key,
                set_id=asked,
                due_on=made.now.date() - timedelta(weeks=weeks),
                status="answered",
                closed_at=made.now,
                note=note,
                note_shared=other in may,
                help_from=["confidant"],
            )
            keys = MENTOR_KEYS if key == mentor else JUNIOR_KEYS
            steps = zip(keys, STEPS[ANSWERS[key]], strict=True)
            session.add_all([Answer(check_in_id=row, key=k, value=v) for k, v in steps])
            yield note, may
        with use_locale("nl"):
            yield percent(ANSWERS[key] / 100), {key}
    done = {"status": "done", "done_at": made.now, "outcome": f"Gedaanvogel-{junior}-x"}
    session.add(
        Signal(
            mentorship_id=mentorship_id, kind="low", side="junior", since=made.now.date(), raised_at=made.now, **done
        )
    )
