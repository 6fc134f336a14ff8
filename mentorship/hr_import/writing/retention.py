"""Forgets what an import said of requests and pairs that are kept no longer, though not that it brought them.

Of a request its key stays, the number of who asked, for as long as they are here. The key of a pair names two people:
what stays of it are digests, by which an old file is known that would bring the pair back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from mentorship.base.secret_codes import sealed, seals
from mentorship.hr_import.reading.questions import ADDRESS, ERASED, RENUMBERED, RETURNED, ZEROS
from mentorship.hr_import.writing.bulk import delete_rows, insert_rows, update_rows
from mentorship.hr_import.writing.models import ImportedRecord, ImportSource
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person
from mentorship.privacy.requests import queries as privacy_requests

PERSON = "person"
PAIR, OVER = "duo", "duo over"
"""The kinds of record of a pair, and of one that is kept no longer."""
MANAGER, OTHERS = "manager", "others_above"
OF_A_PERSON = (ZEROS, RENUMBERED, ADDRESS, RETURNED)
"""What is asked about somebody by their number, and need not be known once they are gone."""


def purge(session: Session, now: datetime) -> None:
    """Empty the records of requests that are gone, and forget who was in pairs that are."""
    requests = set(session.exec(select(MentorRequest.id)))
    emptied = []
    for record in _records(session, "request"):
        kept = {name: value for name, value in record.values.items() if name == "id"}
        if record.values.get("id") not in requests and record.values != kept:
            row = {
                "kind": record.kind,
                "key": record.key,
                "values": kept,
            }
            emptied.append(row)
    update_rows(session, ImportedRecord, emptied)
    _seal_pairs(session)
    _forget_pairs_of_nobody(session)
    _forget_managers(session)
    _forget_answers(session)


def _forget_managers(session: Session) -> None:
    """Forget of everybody which managers files named who are no longer here, however they went."""
    here = set(session.exec(select(Person.number)))
    changed = []
    for record in _records(session, PERSON):
        named = {record.values.get(MANAGER), *(record.values.get(OTHERS) or ())}
        gone = named - here - {None}
        if gone:
            row = {
                "kind": record.kind,
                "key": record.key,
                "values": _without(record.values, gone),
            }
            changed.append(row)
    update_rows(session, ImportedRecord, changed)


def _seal_pairs(session: Session) -> None:
    """Let a digest take the place of the key of every pair that is no longer here."""
    here = _pairs(session)
    over = {record.key for record in _records(session, PAIR)} - here
    if not over:
        return
    known = {record.key for record in _records(session, OVER)}
    fresh = {}
    for key in over:
        digest = sealed(key)
        mentor, _, junior = key.partition("/")
        if digest not in known:
            fresh[digest] = {
                "kind": OVER,
                "key": digest,
                "values": {"of": [sealed(mentor), sealed(junior)]},
            }
    insert_rows(session, ImportedRecord, list(fresh.values()))
    _delete(session, PAIR, over)


def over_among(bases: Mapping[str, Mapping[str, Any]], keys: Collection[str]) -> set[str]:
    """Return which of these pairs an earlier import brought that are kept no longer."""
    known = bases.get(OVER, {})
    if not known:
        return set()
    return {key for key in keys if not known.keys().isdisjoint(seals(key))}


def forget(session: Session, numbers: Collection[str]) -> None:
    """Forget all that was imported of people who are deleted, by the numbers they had, and that others were theirs."""
    if not numbers:
        return
    _forget_pairs(session, numbers)
    theirs = defaultdict(list)
    for kind, key in session.exec(select(ImportedRecord.kind, ImportedRecord.key)):
        if not set(key.split("/")).isdisjoint(numbers):
            theirs[kind].append(key)
    for kind, keys in theirs.items():
        _delete(session, kind, keys)
    _forget_managers(session)
    _forget_answers(session)


def _forget_pairs(session: Session, numbers: Collection[str]) -> None:
    """Forget the digests of the pairs that they were in."""
    theirs: set[str] = set()
    for number in numbers:
        theirs.update(seals(number))
    found = []
    for record in _records(session, OVER):
        if not theirs.isdisjoint(record.values.get("of", ())):
            found.append(record.key)
    _delete(session, OVER, found)


def _forget_pairs_of_nobody(session: Session) -> None:
    """Forget the digests of pairs of which one is no longer here by that number: no file brings those back."""
    over = _records(session, OVER)
    if not over:
        return
    here: set[str] = set()
    for number in session.exec(select(Person.number)):
        here.update(seals(number))
    gone = [record.key for record in over if not here.issuperset(record.values.get("of", ()))]
    _delete(session, OVER, gone)


def _without(values: dict[str, Any], numbers: Collection[str]) -> dict[str, Any]:
    """Return what was said of somebody, without these people as their managers."""
    kept = dict(values)
    if kept.get(MANAGER) in numbers:
        kept[MANAGER] = None
    if kept.get(OTHERS):
        kept[OTHERS] = [number for number in kept[OTHERS] if number not in numbers]
    return kept


def _forget_answers(session: Session) -> None:
    """Forget what was answered about people who are no longer here, however they went.

    That somebody was erased is not forgotten by a file, for as long as the ledger knows it.
    """
    here = {_bare(number) for number in session.exec(select(Person.number))}
    entries = {entry.number_seal for entry in privacy_requests.ledger(session)}
    for source in session.exec(select(ImportSource)):
        answers = source.mapping.get("answers") or {}
        kept = {asked: answered for asked, answered in answers.items() if not _is_about_gone(asked, here, entries)}
        if kept != answers:
            source.mapping = {**source.mapping, "answers": kept}


def _is_about_gone(asked: str, here: Collection[str], entries: Collection[str]) -> bool:
    """Tell whether a question was about somebody who is not here, or an entry that the ledger no longer has."""
    kind, _, number = asked.partition(":")
    if kind == ERASED:
        return number != "" and number not in entries
    return kind in OF_A_PERSON and number != "" and _bare(number) not in here


def _bare(number: str) -> str:
    """Return a number as it is when its zeros were lost."""
    return number.casefold().lstrip("0")


def _delete(session: Session, kind: str, keys: Collection[str]) -> None:
    of_kind = col(ImportedRecord.kind) == kind
    delete_rows(
        session,
        ImportedRecord,
        ImportedRecord.key,
        keys,
        of_kind,
    )


def _records(session: Session, kind: str) -> Sequence[Any]:
    """Return the records of a kind, as rows: there is one for everybody."""
    query = select(ImportedRecord.kind, ImportedRecord.key, ImportedRecord.values)
    return session.exec(query.where(ImportedRecord.kind == kind)).all()


def _pairs(session: Session) -> set[str]:
    """Return the pairs that are here, as the export names them."""
    mentor = aliased(Person)
    junior = aliased(Person)
    is_mentor = col(mentor.id) == Mentorship.mentor_id
    is_junior = col(junior.id) == Mentorship.junior_id
    query = select(mentor.number, junior.number).select_from(Mentorship).join(mentor, is_mentor).join(junior, is_junior)
    found = set()
    for guide, learner in session.exec(query):
        found.add(f"{guide}/{learner}")
    return found
