"""Verbs on a draft: add files, choose, look again, take it in, delete it. They never commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from mentorship.base import audit
from mentorship.base.db import id_of, locked
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_, gettext
from mentorship.hr_import import sources
from mentorship.hr_import.actions import import_files
from mentorship.hr_import.choices import Choices
from mentorship.hr_import.imports.actions import take_in
from mentorship.hr_import.imports.models import TakenImport
from mentorship.hr_import.reading.files import Upload, open_files
from mentorship.hr_import.reading.mapping import Mapping as Settled
from mentorship.hr_import.report import Report
from mentorship.hr_import.stops import stops
from mentorship.hr_import.upload import preview, queries, rules
from mentorship.hr_import.upload.chosen import Chosen
from mentorship.hr_import.upload.models import READING, READY, TAKING, DraftFile, ImportDraft
from mentorship.hr_import.writing.queries import site_ids
from mentorship.people.access import Actor

CHANGED = N_(
    "Nothing was taken over yet: in the meantime something changed here, or by what you chose. "
    "This is what it comes to now; look, and press the button again."
)


@dataclass(frozen=True)
class Taking:
    """What became of taking a draft in: the import, or why not; neither when the worker does it."""

    taken: TakenImport | None = None
    why_not: str = ""


def upload(session: Session, actor: Actor, uploads: Sequence[Upload], source: str, now: datetime) -> ImportDraft:
    """Keep files as a draft; small ones are read at once, larger ones by the worker."""
    rules.check_files(uploads)
    rules.check_names([one.name for one in uploads])
    for earlier in queries.drafts(session, actor.person_id, now)[rules.MOST_DRAFTS - 1 :]:
        _delete(session, id_of(earlier))
    settled = sources.kept(session, source) if source else Settled()
    draft = ImportDraft(
        person_id=actor.person_id,
        created_at=now,
        source=source,
        choices={"settled": settled.to_json()},
    )
    session.add(draft)
    session.flush()
    for position, one in enumerate(uploads):
        kept = DraftFile(
            draft_id=id_of(draft),
            position=position,
            name=one.name,
            content=one.content,
        )
        session.add(kept)
    session.flush()
    if rules.is_small(_size(uploads)):
        look(session, draft, uploads, now)
    return draft


def _size(uploads: Sequence[Upload]) -> int:
    return sum(len(one.content) for one in uploads)


def choose(session: Session, draft_id: int, chosen: Chosen, now: datetime) -> ImportDraft:
    """Note what was chosen, and look again what it comes to."""
    draft = _held(session, draft_id, now)
    draft.choices = chosen.to_json(draft.choices)
    uploads = queries.uploads(session, draft_id)
    if rules.is_small(_size(uploads)):
        look(session, draft, uploads, now)
    else:
        draft.state = READING
    session.flush()
    return draft


def ask_to_take(session: Session, draft_id: int, chosen: Chosen, now: datetime) -> Taking:
    """Take a draft in as it was previewed, or leave that to the worker when it is large."""
    draft = _held(session, draft_id, now)
    draft.choices = chosen.to_json(draft.choices)
    uploads = queries.uploads(session, draft_id)
    if not rules.is_small(_size(uploads)):
        draft.state = TAKING
        session.flush()
        return Taking()
    return take(session, draft, uploads, now)


def _held(session: Session, draft_id: int, now: datetime) -> ImportDraft:
    """Return a draft, nobody else's to change until we commit."""
    draft = locked(session, ImportDraft, draft_id)
    if draft is None:
        raise Conflict(N_("These files are not here any more: they were taken over, or deleted."))
    rules.check_ready(
        draft.state,
        draft.created_at,
        now,
    )
    return draft


def choices_of(draft: ImportDraft) -> Choices:
    """Return what was chosen for a draft, as an import understands it."""
    kept = draft.choices
    return Choices(
        Settled.from_json(kept.get("settled")),
        take_outflow=bool(kept.get("outflow")),
        confirmed=bool(kept.get("confirmed")),
        leavers=tuple(kept.get("leavers", ())),
        file_wins=frozenset(kept.get("file_wins", ())),
        source=draft.source,
    )


def look(session: Session, draft: ImportDraft, uploads: Sequence[Upload], now: datetime) -> None:
    """Keep what a draft would come to; nothing else is written."""
    attempt = session.begin_nested()
    kept = choices_of(draft)
    person_id, draft_id = draft.person_id, id_of(draft)
    try:
        shown, aside = _try(
            session,
            person_id,
            uploads,
            kept,
            now,
        )
    finally:
        attempt.rollback()
    session.expire_all()
    found = session.get_one(ImportDraft, draft_id)
    found.preview = shown
    found.aside = aside
    found.state = READY
    session.flush()


def _try(
    session: Session, person_id: int, uploads: Sequence[Upload], kept: Choices, now: datetime
) -> tuple[preview.Values, list[preview.Values]]:
    """Take an export in, to be rolled back by the caller, and return what it came to."""
    try:
        known = site_ids(session)
        before = queries.managers(session)
        # for a preview nobody is let go and nobody is away: it would only be told, and untold again
        report = import_files(
            session,
            uploads,
            person_id,
            now,
            replace(kept, leavers=(), confirmed=True, absences=False),
        )
        _note_stops(report, kept)
        moved = queries.touched_by(session, before)
        return preview.of(report, kept.settled, known, moved), preview.aside(report)
    except Refused as refused:
        return _unreadable(uploads, kept, refused), []


def _note_stops(report: Report, kept: Choices) -> None:
    """Say what would stop it, which the preview itself ignored to see what is behind."""
    leaving = [leaver for leaver in report.leavers if leaver.number in set(kept.leavers)]
    report.stops = stops(report, kept.confirmed, leaving)


def _unreadable(uploads: Sequence[Upload], kept: Choices, refused: Refused) -> preview.Values:
    try:
        unplaced = open_files(uploads, kept.settled).unplaced
    except Refused:
        unplaced = ()
    return preview.unreadable(refused, unplaced)


def take(session: Session, draft: ImportDraft, uploads: Sequence[Upload], now: datetime) -> Taking:
    """Take a draft in, in the caller's transaction, if it comes to what was shown; else show anew what it comes to."""
    attempt = session.begin_nested()
    person_id, draft_id = draft.person_id, id_of(draft)
    choices, source = choices_of(draft), draft.source
    shown = draft.preview.get("counts")
    took = take_in(
        session,
        person_id,
        uploads,
        choices,
        now,
    )
    report = took.report
    as_shown = report.unchosen() == shown and len(report.overruled) == len(choices.file_wins)
    if report.stops or not as_shown:
        attempt.rollback()
        session.expire_all()
        found = session.get_one(ImportDraft, draft_id)
        look(session, found, uploads, now)
        return Taking(why_not=str(report.stops[0]) if report.stops else gettext(CHANGED))
    attempt.commit()
    if source:
        sources.keep(session, person_id, source, choices.settled, now)
    _delete(session, draft_id)
    return Taking(took.taken)


def drop(session: Session, actor: Actor, draft_id: int, now: datetime) -> None:
    """Delete a draft that nobody wants."""
    _delete(session, draft_id)
    audit.record(
        session,
        now,
        actor.person_id,
        "delete draft",
        "hr_import",
        None,
    )


def _delete(session: Session, draft_id: int) -> None:
    files = delete(DraftFile).where(col(DraftFile.draft_id) == draft_id)
    drafts = delete(ImportDraft).where(col(ImportDraft.id) == draft_id)
    session.exec(files)
    session.exec(drafts)
    session.expire_all()


def purge(session: Session, now: datetime) -> None:
    """Delete the drafts that stood as long as they may."""
    for draft_id in queries.too_old(session, now):
        _delete(session, draft_id)
