"""The job that reads or takes in a large export. Killed half-way it has written nothing, and the draft still waits."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy import Engine, update
from sqlmodel import Session, col

from mentorship.base.db import open_session
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.hr_import.upload import actions, preview, queries
from mentorship.hr_import.upload.models import READY, TAKING, ImportDraft

log = logging.getLogger(__name__)
FAILED = N_("Reading these files failed on our side, and nothing was changed. Try again; if it keeps failing, tell us.")


def work_on_waiting(engine: Engine, now: datetime) -> bool:
    """Work on the draft that waits longest; False when none waits."""
    with open_session(engine, read_only=True) as session:
        draft_id = queries.waiting(session)
    if draft_id is None:
        return False
    try:
        with open_session(engine) as session:
            _work(session, draft_id, now)
            session.commit()
    except Exception:
        log.exception("the export in draft %s failed", draft_id)
        _give_up(engine, draft_id)
    return True


def _work(session: Session, draft_id: int, now: datetime) -> None:
    draft = session.get(ImportDraft, draft_id)
    if draft is None:
        return
    uploads = queries.uploads(session, draft_id)
    if draft.state == TAKING:
        outcome = actions.take(session, draft, uploads, now)
        if outcome.why_not:
            shown = session.get_one(ImportDraft, draft_id)
            shown.preview = {**shown.preview, "told": outcome.why_not}
    else:
        actions.look(session, draft, uploads, now)


def _give_up(engine: Engine, draft_id: int) -> None:
    """Say that it failed, so that nobody waits for nothing."""
    shown = preview.unreadable(Refused(FAILED), ())
    this = update(ImportDraft).where(col(ImportDraft.id) == draft_id)
    with open_session(engine) as session:
        session.exec(this.values(state=READY, preview=shown))
        session.commit()
