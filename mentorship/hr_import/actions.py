"""The verb of this room: take an export in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from mentorship.base import audit, collecting
from mentorship.hr_import.choices import Choices
from mentorship.hr_import.reading import rules
from mentorship.hr_import.reading.export import Export
from mentorship.hr_import.reading.files import Upload, folder, open_files
from mentorship.hr_import.reading.questions import Asked
from mentorship.hr_import.report import Report
from mentorship.hr_import.stops import stops
from mentorship.hr_import.writing import leavers, queries, renumbering
from mentorship.hr_import.writing.import_run import ImportRun
from mentorship.hr_import.writing.pairs import write_pairs
from mentorship.hr_import.writing.queries import Bases
from mentorship.hr_import.writing.skills import write_expertise, write_preferences
from mentorship.hr_import.writing.staff import write_people
from mentorship.hr_import.writing.turns import wait_for_turn
from mentorship.hr_import.writing.vocabulary import write_vocabulary
from mentorship.people.access import Actor
from mentorship.people.addresses.actions import tell_old
from mentorship.people.addresses.queries import addresses
from mentorship.people.joining.back import note_again
from mentorship.people.models import Person
from mentorship.privacy.requests import queries as privacy_requests
from mentorship.profiles.away.actions import take_away
from mentorship.profiles.filled.actions import overruled
from mentorship.profiles.models import EXPERTISE, PLACES, ROSTER

_SECTIONS = {"roster": ROSTER, "school_days": ROSTER, "remote": ROSTER, "places": PLACES, "hours": PLACES}
"""The section of somebody's profile where a field of theirs stands."""


def import_directory(
    session: Session,
    directory: Path | str,
    actor_id: int | None,
    now: datetime,
    *,
    take_outflow: bool = False,
    choices: Choices | None = None,
) -> Report:
    """Take in the export in a directory; see `import_files`."""
    choices = choices or Choices(take_outflow=take_outflow)
    return import_files(
        session,
        folder(directory),
        actor_id,
        now,
        choices,
    )


@collecting.paused()
def import_files(
    session: Session,
    uploads: Iterable[Upload],
    actor_id: int | None,
    now: datetime,
    choices: Choices,
) -> Report:
    """Take in the files of an export, in the caller's transaction, and return what was done.

    A preview is the same call with a rollback after it. Where the report says what stops it (a question that is open,
    too much set aside), nothing was written. Raises `Refused` when the files cannot be an export.
    """
    settled = choices.settled
    opened = open_files(uploads, settled)
    opened.check()
    session.flush()
    wait_for_turn(session)
    bases = queries.bases(session)
    asked = Asked(settled.answers)
    export = rules.check(
        opened.sheets,
        queries.known(
            session,
            bases,
            now,
        ),
        take_outflow=choices.take_outflow,
        settled=settled,
        asked=asked,
    )
    report = Report.of(export)
    report.export = export
    report.sheets = opened.sheets
    report.unplaced = opened.unplaced
    report.questions = (*opened.questions, *asked.questions())
    report.answers = settled.answers
    taking = _Taking(
        session,
        actor_id,
        now,
        choices,
        bases,
    )
    taking.take(export, report)
    session.flush()
    session.expire_all()  # much was written past the objects that the caller may hold
    return report


@dataclass(frozen=True)
class _Taking:
    """One export being taken in, by whom and as was chosen."""

    session: Session
    actor_id: int | None
    now: datetime
    choices: Choices
    bases: Bases

    def take(self, export: Export, report: Report) -> None:
        """Write everything; take it back when something stops it."""
        attempt = self.session.begin_nested()
        before = addresses(self.session)
        self._prepare(export)
        run = self._write(export, report)
        report.leavers = leavers.missing(self.session, report.gone)
        leaving = leavers.chosen(report.leavers, self.choices)
        report.stops = stops(
            report,
            self.choices.confirmed,
            leaving,
        )
        if report.stops:
            attempt.rollback()
            return
        report.left = leavers.take(
            self.session,
            leaving,
            self.actor_id,
            self.now,
        )
        if self.choices.absences:
            take_away(
                self.session,
                export.away,
                self._actor(),
                self.now,
            )
        run.close()
        self._note_overruled(run)
        tell_old(
            self.session,
            before,
            self.actor_id,
            self.now,
        )
        self._record("import", **report.counts())
        if self.choices.take_outflow:
            self._record("import outflow horizons")
        attempt.commit()

    def _prepare(self, export: Export) -> None:
        """Give people the numbers and addresses that they have from now on, and back who returned."""
        renumbering.rename(self.session, export.renumbered)
        renumbering.free_addresses(self.session, export.addresses_moved)
        leavers.bring_back(
            self.session,
            export.returned,
            self.actor_id,
            self.now,
        )

    def _number(self) -> str:
        """Return the number of who takes it in."""
        taker = self.session.get(Person, self.actor_id) if self.actor_id else None
        return taker.number if taker else ""

    def _write(self, export: Export, report: Report) -> ImportRun:
        bases = queries.bases(self.session) if export.renumbered else self.bases
        run = ImportRun(
            self.session,
            self.now,
            export,
            bases,
            report,
            self.choices,
            self._number(),
        )
        vocabulary = write_vocabulary(run)
        ids = write_people(run, vocabulary)
        self._let_back(export)
        write_expertise(
            run,
            ids,
            vocabulary,
        )
        write_preferences(run, ids)
        write_pairs(
            run,
            ids,
            vocabulary,
        )
        return run

    def _let_back(self, export: Export) -> None:
        """Take out of the ledger of erasures who came in anew, as was answered."""
        numbers = {record.number for record in export.people}
        for number in privacy_requests.erased(self.session, numbers):
            note_again(self.session, number)

    def _note_overruled(self, run: ImportRun) -> None:
        """Put in the audit log of whom which field the file was chosen for, never what it says."""
        ids = queries.person_ids(self.session) if run.overruled else {}
        told: dict[str, set[int]] = {}
        for kind, kept in run.overruled:
            number = queries.whose(kept.key, ids)
            audit.record(
                self.session,
                self.now,
                self.actor_id,
                "import over an own edit",
                "person" if kind in renumbering.OF_PEOPLE else "hr_import",
                ids[number] if kind in renumbering.OF_PEOPLE else None,
                kind=kind,
                field=kept.field,
            )
            section = EXPERTISE if kind == "expertise" else _SECTIONS.get(kept.field, "")
            if section and kind in renumbering.OF_PEOPLE:
                told.setdefault(section, set()).add(ids[number])
        for section, person_ids in told.items():
            if self.actor_id is not None:
                overruled(
                    self.session,
                    self.actor_id,
                    person_ids,
                    section,
                    self.now,
                )

    def _actor(self) -> Actor | None:
        return None if self.actor_id is None else Actor(self.actor_id, frozenset())

    def _record(self, verb: str, **details: object) -> None:
        audit.record(
            self.session,
            self.now,
            self.actor_id,
            verb,
            "hr_import",
            None,
            **details,
        )
