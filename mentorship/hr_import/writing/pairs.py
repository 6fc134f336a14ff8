"""Mentor requests and running pairs of an export into the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlmodel import col, select

from mentorship.base.db import id_of
from mentorship.hr_import.reading.export import DuoRecord, Export, RequestRecord
from mentorship.hr_import.reading.sheets import DUOS, REQUESTS
from mentorship.hr_import.writing import queries
from mentorship.hr_import.writing.changes import Ledger, defaults, delete_rows, insert_rows, update_rows
from mentorship.hr_import.writing.merge import Merged, Values
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


def _write_requests(ledger: Ledger, export: Export, ids: Ids, vocabulary: Vocabulary) -> set[int]:
    """Return the people whose request is new."""
    numbers = queries.inverted(ids)
    said = _requests_said(ledger, export, ids, vocabulary)
    request_ids, here = queries.requests(ledger.session, numbers, ledger.bases["request"])
    merged = ledger.settle("request", said, here)
    ledger.note("request", merged)
    request_ids |= _insert_requests(ledger, merged, ids)
    ledger.tie("request", request_ids)
    _update_requests(ledger, merged, request_ids)
    needs = {}
    for number, values in merged.touched.items():
        if "needs" in values:
            needs[request_ids[number]] = values["needs"]
    _write_needs(ledger, needs, vocabulary)
    miss(ledger, "request", export, REQUESTS.name)
    return {ids[number] for number in merged.created}


def _requests_said(ledger: Ledger, export: Export, ids: Ids, vocabulary: Vocabulary) -> dict[str, Values]:
    """Return each person's request as the file has it; one without a known domain asks nothing."""
    absent = export.absent.get(REQUESTS.name, frozenset())
    said = {}
    for record in export.requests:
        if record.number not in ids:
            continue
        values: Values = {} if "goal" in absent else {"goal": record.goal}
        values["needs"] = _needs_said(ledger, record, vocabulary)
        if values["needs"]:
            said[record.number] = values
    return said


def _needs_said(ledger: Ledger, record: RequestRecord, vocabulary: Vocabulary) -> list[list[object]]:
    needs: list[list[object]] = []
    for need in record.needs:
        if need.domain not in vocabulary.domains:
            ledger.differ(
                "request",
                record.number,
                "domain",
                need.domain,
            )
            continue
        levels = [need.current_level, need.target_level]
        needs.append([need.domain, *levels, need.importance])
    return needs


def _insert_requests(ledger: Ledger, merged: Merged, ids: Ids) -> Ids:
    """Make the new requests; return their ids by personnel number."""
    moment = {"created_at": ledger.now, "changed_at": ledger.now}
    new = defaults(MentorRequest) | moment
    rows = []
    for number, values in merged.created.items():
        said = {"person_id": ids[number], "goal": values.get("goal", "")}
        rows.append(new | said)
    insert_rows(ledger.session, MentorRequest, rows)
    opened = select(MentorRequest).where(MentorRequest.status == OPEN)
    by_person = {}
    for request in ledger.session.exec(opened):
        by_person[request.person_id] = id_of(request)
    return {number: by_person[ids[number]] for number in merged.created}


def _update_requests(ledger: Ledger, merged: Merged, request_ids: Ids) -> None:
    rows = []
    for number, values in merged.updated.items():
        row: Values = {"id": request_ids[number], "changed_at": ledger.now}
        if "goal" in values:
            row["goal"] = values["goal"]
        rows.append(row)
    update_rows(ledger.session, MentorRequest, rows)


def _write_needs(ledger: Ledger, needs: Mapping[int, list[list[object]]], vocabulary: Vocabulary) -> None:
    delete_rows(ledger.session, Need, Need.request_id, needs)
    rows = []
    for request_id, wanted in needs.items():
        for position, need in enumerate(wanted, start=1):
            domain, current, target, importance = need
            row = {
                "request_id": request_id,
                "position": position,
                "domain_id": vocabulary.domains[str(domain)],
                "current_level": current,
                "target_level": target,
                "importance": importance,
            }
            rows.append(row)
    insert_rows(ledger.session, Need, rows)


def _write_duos(ledger: Ledger, export: Export, ids: Ids, vocabulary: Vocabulary) -> set[int]:
    """Return the juniors whose pair is new."""
    records = _duos_here(ledger, export.duos, ids, vocabulary)
    said = {}
    for key, record in records.items():
        started = record.started_on.isoformat()
        said[key] = {"domain": record.domain, "started_on": started}
    numbers = queries.inverted(ids)
    duo_ids, here, over = queries.duos(ledger.session, numbers)
    merged = ledger.settle("duo", said, here, over)
    ledger.note("duo", merged)
    _insert_duos(ledger, merged, records, ids, vocabulary)
    _update_duos(ledger, merged, duo_ids, vocabulary)
    miss(ledger, "duo", export, DUOS.name)
    return {ids[records[key].junior] for key in merged.created}


def _duos_here(ledger: Ledger, records: Iterable[DuoRecord], ids: Ids, vocabulary: Vocabulary) -> dict[str, DuoRecord]:
    """Return the pairs whose domain and both sides are here, by `mentor/junior`."""
    found = {}
    for record in records:
        key = f"{record.mentor}/{record.junior}"
        if record.domain not in vocabulary.domains:
            ledger.differ("duo", key, "domain", record.domain)
        elif record.mentor in ids and record.junior in ids:
            found[key] = record
    return found


def _insert_duos(
    ledger: Ledger,
    merged: Merged,
    records: Mapping[str, DuoRecord],
    ids: Ids,
    vocabulary: Vocabulary,
) -> None:
    new = defaults(Mentorship) | {"origin": IMPORT, "status": ACTIVE}
    rows = []
    for key, values in merged.created.items():
        record = records[key]
        said = {
            "mentor_id": ids[record.mentor],
            "junior_id": ids[record.junior],
            "domain_id": vocabulary.domains[values["domain"]],
            "started_on": record.started_on,
        }
        rows.append(new | said)
    insert_rows(ledger.session, Mentorship, rows)


def _update_duos(ledger: Ledger, merged: Merged, duo_ids: Ids, vocabulary: Vocabulary) -> None:
    rows = []
    for key, values in merged.updated.items():
        row: Values = {"id": duo_ids[key]}
        if "domain" in values:
            row["domain_id"] = vocabulary.domains[values["domain"]]
        if "started_on" in values:
            row["started_on"] = date.fromisoformat(values["started_on"])
        rows.append(row)
    update_rows(ledger.session, Mentorship, rows)


def _place(ledger: Ledger, asked: set[int], paired: set[int]) -> None:
    """Join each new request with a running imported pair of that junior, and each new pair with an open request."""
    session = ledger.session
    if not asked and not paired:
        return
    session.flush()
    session.expire_all()  # goals were written past the objects in memory
    pairs = _pairs_without_request(ledger, asked | paired)
    domains: dict[int, set[int]] = defaultdict(set)
    asked_for = select(Need.request_id, Need.domain_id)
    for request_id, domain_id in session.exec(asked_for):
        domains[request_id].add(domain_id)
    opened = select(MentorRequest).where(MentorRequest.status == OPEN)
    for request in session.exec(opened).all():
        candidates = pairs.get(request.person_id)
        if candidates:
            best = _best(candidates, domains[id_of(request)])
            best.request_id = request.id
            request.status = PLACED
            request.changed_at = ledger.now
    session.flush()


def _pairs_without_request(ledger: Ledger, junior_ids: set[int]) -> dict[int, list[Mentorship]]:
    free = select(Mentorship).where(
        Mentorship.origin == IMPORT,
        col(Mentorship.request_id).is_(None),
        col(Mentorship.status).in_(OCCUPYING),
    )
    ordered = free.order_by(col(Mentorship.id))
    pairs: dict[int, list[Mentorship]] = defaultdict(list)
    for pair in ledger.session.exec(ordered):
        if pair.junior_id in junior_ids:
            pairs[pair.junior_id].append(pair)
    return pairs


def _best(candidates: Sequence[Mentorship], domain_ids: set[int]) -> Mentorship:
    """Return of several mentors the one whose domain was asked for."""
    for pair in candidates:
        if pair.domain_id in domain_ids:
            return pair
    return candidates[0]
