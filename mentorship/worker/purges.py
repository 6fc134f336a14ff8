"""The one list of purges: what is over its time goes, each in a transaction of its own, and what it took is noted.

What each deletes stands in `privacy.purges.words`; what people wrote of theirs names the purge that deletes it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from mentorship.base import audit, delivery, outage, undo
from mentorship.base.clock import local_date
from mentorship.base.config import Settings
from mentorship.base.db import empty_log, open_session
from mentorship.base.i18n import N_
from mentorship.base.tally import tallied
from mentorship.checkins import retention as check_ins
from mentorship.checkins.links import actions as slips
from mentorship.growth.certificates import actions as certificates
from mentorship.hr_import.imports import actions as imports
from mentorship.hr_import.imports import dropped
from mentorship.hr_import.upload import actions as uploads
from mentorship.hr_import.writing import retention as import_records
from mentorship.leaving import retention as leaving
from mentorship.mentorships import retention as mentorships
from mentorship.mentorships.questions import actions as questions
from mentorship.people.account import actions as accounts
from mentorship.people.looks import actions as looks
from mentorship.people.models import NAMELESS
from mentorship.people.queries import persons
from mentorship.people.tablet import actions as tablets
from mentorship.privacy.notice import actions as notices
from mentorship.privacy.papers import actions as papers
from mentorship.privacy.purges import actions as purges
from mentorship.privacy.requests import actions as privacy_requests
from mentorship.profiles.away import actions as absences
from mentorship.profiles.rosters import actions as rosters
from mentorship.programme.contacts import forget_contact
from mentorship.pulse.waves import actions as waves
from mentorship.reminders.messages import retention as messages
from mentorship.rounds import retention as rounds

log = logging.getLogger(__name__)
Purge = Callable[[Session, datetime], int | None]
"""Deletes what is over its time; returns how many it took that are no rows of the database."""


def _rosters(session: Session, now: datetime) -> None:
    rosters.forget_earlier(session, local_date(now))


def _people(session: Session, now: datetime) -> None:
    """Forget who left long ago, also in the notices of others, as whom to ask and in what files said."""
    going = leaving.over(session, now)
    named = []
    for person in persons(session, going).values():
        if not person.number.startswith(NAMELESS):
            named.append(person)
    notices.forget_names(session, named, N_("somebody who left"))
    forget_contact(session, [person.name for person in named], now)
    numbers = leaving.let_go(session, going)
    import_records.forget(session, numbers)


PURGES: dict[str, Purge] = {
    "sign-ins": accounts.purge,
    "tablets": tablets.purge,
    "audit": audit.purge,
    "undo": undo.purge,
    "mail": delivery.purge,
    "messages": messages.purge,
    "slips": slips.purge,
    "absences": absences.purge,
    "certificates": certificates.purge,
    "pulse": waves.purge,
    "looks": looks.purge,
    "links to papers": papers.purge,
    "privacy requests": privacy_requests.purge,
    "rosters": _rosters,
    # what points at a pair goes before it, and what it points at after it
    "notes": check_ins.empty_notes,
    "answers": check_ins.delete_answers,
    "questions": questions.purge,
    "hours": mentorships.forget_hours,
    "pairs": mentorships.forget_pairs,
    "rounds": rounds.delete_rounds,
    "requests": rounds.delete_requests,
    "import records": import_records.purge,
    "drafts": uploads.purge,
    "imports": imports.purge,
    "leaving": leaving.purge_leftovers,
    "people": _people,
}
FILES = "files"
"""The one purge that is not of the database."""


def carry_out(engine: Engine, now: datetime, settings: Settings) -> Exception | None:
    """Carry out every purge; return why one failed, which keeps none of the others."""
    of_files = partial(_files, Path(settings.import_folder)) if settings.import_folder else _no_files
    failed = None
    for name, purge in {**PURGES, FILES: of_files}.items():
        fault = _carry_out_one(
            engine,
            name,
            purge,
            now,
        )
        failed = failed or fault
    if not empty_log(engine):
        log.warning("what was deleted is still in the log beside the database, which is in use; the next pass retries")
    return failed


def _files(folder: Path, _session: Session, now: datetime) -> int:
    return dropped.purge(folder, now)


def _no_files(_session: Session, _now: datetime) -> int:
    return 0


def _carry_out_one(engine: Engine, name: str, purge: Purge, now: datetime) -> Exception | None:
    try:
        with open_session(engine) as session:
            with tallied(session) as tally:
                besides = purge(session, now)
                session.flush()
            purges.note(
                session,
                name,
                tally.rows + (besides or 0),
                now,
            )
            session.commit()
    except outage.AWAY:
        raise
    except Exception as fault:
        log.exception("the purge of %s failed", name)
        return fault
    return None
