"""Mentor requests and running pairs of an export into the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlmodel import col, select

from mentorship.hr_import.reading.export import DuoRecord, Export, RequestRecord
from mentorship.hr_import.reading.sheets import DUOS, REQUESTS
from mentorship.hr_import.writing import queries
from mentorship.hr_import.writing.changes import Ledger, defaults, delete_rows, insert_rows, update_rows
from mentorship.hr_import.writing.merge import Values
from mentorship.hr_import.writing.queries import Ids
from mentorship.hr_import.writing.skills import miss
from mentorship.hr_import.writing.vocabulary import Vocabulary
from mentorship.mentor_requests.models import OPEN, PLACED, MentorRequest, Need
from mentorship.mentorships.models import ACTIVE, OCCUPYING, Mentorship

IMPORT = "import"


def write_pairs(ledger: Ledger, export: Export, ids: Ids, vocabulary: Vocabulary) -> None:
    """Write requests and running pairs; a junior who is in such a pair has been placed."""
    asked = _write_requests(ledger, export, ids, vocabulary)
    paired = _write_duos(ledger, export, ids, vocabulary)
    _place(ledger, asked, paired)


def _request_values(ledger: Ledger, record: RequestRecord, absent: frozenset[str], vocabulary: Vocabulary) -> Values:
    needs = []
    for need in record.needs:
        if need.domain in vocabulary.domains:
            needs.append([need.domain, need.current_level, need.target_level, need.importance])
        else:
            ledger.differ("request", record.number, "domain", need.domain)
    return {"needs": needs} if "goal" in absent else {"goal": record.goal, "needs": needs}


def _write_requests(ledger: Ledger, export: Export, ids: Ids, vocabulary: Vocabulary) -> set[int]:
    """Return the people whose request is new."""
    session, absent = ledger.session, export.absent.get(REQUESTS.name, frozenset())
    numbers = {i: number for number, i in ids.items()}
    said = {
        record.number: _request_values(ledger, record, absent, vocabulary)
        for record in export.requests
        if record.number in ids
    }
    said = {number: values for number, values in said.items() if values["needs"]}
    request_ids, here = queries.requests(session, numbers, ledger.bases["request"])
    merged = ledger.settle("request", said, here)
    ledger.note("request", merged)
    new = {**defaults(MentorRequest), "created_at": ledger.now, "changed_at": ledger.now}
    made = [
        {**new, "person_id": ids[number], "goal": values.get("goal", "")} for number, values in merged.created.items()
    ]
    insert_rows(session, MentorRequest, made)
    opened = select(MentorRequest.person_id, MentorRequest.id).where(MentorRequest.status == OPEN)
    at = {person_id: request_id or 0 for person_id, request_id in session.exec(opened)}
    request_ids |= {number: at[ids[number]] for number in merged.created}
    ledger.tie("request", request_ids)
    goals = [
        {"id": request_ids[number], "changed_at": ledger.now, **({"goal": values["goal"]} if "goal" in values else {})}
        for number, values in merged.updated.items()
    ]
    update_rows(session, MentorRequest, goals)
    touched = {**merged.created, **merged.updated}
    _write_needs(ledger, {request_ids[n]: v["needs"] for n, v in touched.items() if "needs" in v}, vocabulary)
    miss(ledger, "request", export, REQUESTS.name)
    return {ids[number] for number in merged.created}


def _write_needs(ledger: Ledger, needs: dict[int, list[list[object]]], vocabulary: Vocabulary) -> None:
    delete_rows(ledger.session, Need, Need.request_id, needs)
    rows = []
    for request_id, wanted in needs.items():
        for position, (domain, current, target, importance) in enumerate(wanted, start=1):
            rows.append(
                {
                    "request_id": request_id, "position": position, "domain_id": vocabulary.domains[str(domain)],
                    "current_level": current, "target_level": target, "importance": importance,
                }
            )  # fmt: skip
    insert_rows(ledger.session, Need, rows)


def _duos_here(ledger: Ledger, records: Iterable[DuoRecord], ids: Ids, vocabulary: Vocabulary) -> dict[str, DuoRecord]:
    found = {}
    for record in records:
        key = f"{record.mentor}/{record.junior}"
        if record.domain not in vocabulary.domains:
            ledger.differ("duo", key, "domain", record.domain)
        elif record.mentor in ids and record.junior in ids:
            found[key] = record
    return found


def _write_duos(ledger: Ledger, export: Export, ids: Ids, vocabulary: Vocabulary) -> set[int]:
    """Return the juniors whose pair is new."""
    session = ledger.session
    records = _duos_here(ledger, export.duos, ids, vocabulary)
    said = {k: {"domain": r.domain, "started_on": r.started_on.isoformat()} for k, r in records.items()}
    duo_ids, here, over = queries.duos(session, {i: number for number, i in ids.items()})
    merged = ledger.settle("duo", said, here, over)
    ledger.note("duo", merged)
    new = {**defaults(Mentorship), "origin": IMPORT, "status": ACTIVE}
    made = [
        {
            **new, "mentor_id": ids[records[key].mentor], "junior_id": ids[records[key].junior],
            "domain_id": vocabulary.domains[values["domain"]], "started_on": records[key].started_on,
        }
        for key, values in merged.created.items()
    ]  # fmt: skip
    insert_rows(session, Mentorship, made)
    rows = []
    for key, values in merged.updated.items():
        row: Values = {"id": duo_ids[key]}
        if "domain" in values:
            row["domain_id"] = vocabulary.domains[values["domain"]]
        if "started_on" in values:
            row["started_on"] = date.fromisoformat(values["started_on"])
        rows.append(row)
    update_rows(session, Mentorship, rows)
    miss(ledger, "duo", export, DUOS.name)
    return {ids[records[key].junior] for key in merged.created}


def _place(ledger: Ledger, asked: set[int], paired: set[int]) -> None:
    """Join each new request with a running imported pair of that junior, and each new pair with an open request."""
    session = ledger.session
    if not asked and not paired:
        return
    session.flush()
    session.expire_all()  # goals were written past the objects in memory
    free = select(Mentorship).where(
        Mentorship.origin == IMPORT, col(Mentorship.request_id).is_(None), col(Mentorship.status).in_(OCCUPYING)
    )
    pairs: dict[int, list[Mentorship]] = defaultdict(list)
    for pair in session.exec(free.order_by(col(Mentorship.id))):
        if pair.junior_id in asked or pair.junior_id in paired:
            pairs[pair.junior_id].append(pair)
    domains: dict[int, set[int]] = defaultdict(set)
    for request_id, domain_id in session.exec(select(Need.request_id, Need.domain_id)):
        domains[request_id].add(domain_id)
    for request in session.exec(select(MentorRequest).where(MentorRequest.status == OPEN)).all():
        candidates = pairs.get(request.person_id)
        if candidates:
            # of several mentors the one whose domain was asked for
            best = next((p for p in candidates if p.domain_id in domains[request.id or 0]), candidates[0])
            best.request_id, request.status, request.changed_at = request.id, PLACED, ledger.now
    session.flush()
