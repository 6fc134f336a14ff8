"""The verb of this room: take an export in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from mentorship.base import audit
from mentorship.hr_import.reading import rules
from mentorship.hr_import.reading.sheets import read_directory
from mentorship.hr_import.report import Report
from mentorship.hr_import.writing import queries
from mentorship.hr_import.writing.import_run import ImportRun
from mentorship.hr_import.writing.pairs import write_pairs
from mentorship.hr_import.writing.skills import write_expertise, write_preferences
from mentorship.hr_import.writing.staff import write_people
from mentorship.hr_import.writing.vocabulary import write_vocabulary


def import_directory(
    session: Session,
    directory: Path | str,
    actor_id: int | None,
    now: datetime,
    *,
    take_outflow: bool = False,
) -> Report:
    """Take in the export in a directory, in the caller's transaction, and return what was done.

    A dry run is the same call with a rollback after it. With `take_outflow` the expected outflow is taken too, a choice
    that the audit log shows. Raises `Refused` when the files cannot be an export.
    """
    sheets = read_directory(directory)
    session.flush()
    bases = queries.bases(session)
    known = queries.known(session, bases)
    export = rules.check(sheets, known, take_outflow=take_outflow)
    run = ImportRun(session, now, export, bases)
    vocabulary = write_vocabulary(run)
    ids = write_people(run, vocabulary)
    write_expertise(run, ids, vocabulary)
    write_preferences(run, ids)
    write_pairs(run, ids, vocabulary)
    run.close()
    report = run.report
    audit.record(
        session,
        now,
        actor_id,
        "import",
        "hr_import",
        None,
        **report.counts(),
    )
    if take_outflow:
        audit.record(
            session,
            now,
            actor_id,
            "import outflow horizons",
            "hr_import",
            None,
        )
    session.flush()
    session.expire_all()  # much was written past the objects that the caller may hold
    return report
