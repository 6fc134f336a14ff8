"""Mentor requests and running pairs of an export into the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import col, select

from mentorship.base.db import id_of
from mentorship.hr_import.reading.export import DuoRecord, RequestRecord
from mentorship.hr_import.reading.kinds import DUOS, REQUESTS
from mentorship.hr_import.writing import queries
from mentorship.hr_import.writing.bulk import defaults, delete_rows, insert_rows, update_rows
from mentorship.hr_import.writing.import_run import ImportRun
from mentorship.hr_import.writing.merge import Merged, Values
from mentorship.hr_import.writing.queries import Ids
from mentorship.hr_import.writing.retention import over_among
from mentorship.hr_import.writing.skills import note_gone
from mentorship.hr_import.writing.vocabulary import Vocabulary
from mentorship.mentor_requests.models import OPEN, PLACED, MentorRequest, Need
from mentorship.mentorships.models import ACTIVE, OCCUPYING, Mentorship

IMPORT = "import"


def write_pairs(run: ImportRun, ids: Ids, vocabulary: Vocabulary) -> None:
    """Write requests and running pairs; a junior who is in such a pair has been placed."""
    asked = _write_requests(run, ids, vocabulary)
    paired = _write_duos(run, ids, vocabulary)
    _place(run, asked, paired)


def _write_requests(run: ImportRun, ids: Ids, vocabulary: Vocabulary) -> set[int]:
    """Return the people whose request is new."""
    numbers = queries.inverted(ids)
    said = _requests_said(run, ids, vocabulary)
    request_ids, here = queries.requests(
        run.session,
        numbers,
        run.bases["request"],
    )
    merged = run.settle("request", said, here)
    run.note("request", merged)
    request_ids |= _insert_requests(run, merged, ids)
    run.tie("request", request_ids)
    _update_requests(run, merged, request_ids)
    _write_needs(
        run,
        merged,
        request_ids,
        vocabulary,
    )
    note_gone(run, "request", REQUESTS.name)
    return {ids[number] for number in merged.created}


def _requests_said(run: ImportRun, ids: Ids, vocabulary: Vocabulary) -> dict[str, Values]:
    """Return each person's request as the file has it; one without a known domain asks nothing."""
    absent = run.export.absent.get(REQUESTS.name, frozenset())
    said = {}
    for record in run.export.requests:
        if record.number not in ids:
            continue
        values: Values = {} if "goal" in absent else {"goal": record.goal}
        values["needs"] = _needs_said(run, record, vocabulary)
        if values["needs"]:
            said[record.number] = values
    return said


def _needs_said(run: ImportRun, record: RequestRecord, vocabulary: Vocabulary) -> list[list[object]]:
    needs: list[list[object]] = []
    for need in record.needs:
        if need.domain not in vocabulary.domains:
            run.differ(
                "request",
                record.number,
                "domain",
                need.domain,
            )
            continue
        said = [
            need.domain,
            need.current_level,
            need.target_level,
            need.importance,
        ]
        needs.append(said)
    return needs


def _insert_requests(run: ImportRun, merged: Merged, ids: Ids) -> Ids:
    """Make the new requests; return their ids by personnel number."""
    new = defaults(MentorRequest)
    new["created_at"] = run.now
    new["changed_at"] = run.now
    rows = []
    for number, values in merged.created.items():
        said = {
            "person_id": ids[number],
            "goal": values.get("goal", ""),
        }
        rows.append(new | said)
    insert_rows(run.session, MentorRequest, rows)
    opened = select(MentorRequest.person_id, MentorRequest.id).where(MentorRequest.status == OPEN)
    by_person = {}
    for person_id, request_id in run.session.exec(opened):
        assert request_id is not None
        by_person[person_id] = request_id
    return {number: by_person[ids[number]] for number in merged.created}


def _update_requests(run: ImportRun, merged: Merged, request_ids: Ids) -> None:
    rows = []
    for number, values in merged.updated.items():
        row: Values = {
            "id": request_ids[number],
            "changed_at": run.now,
        }
        if "goal" in values:
            row["goal"] = values["goal"]
        rows.append(row)
    update_rows(run.session, MentorRequest, rows)


def _write_needs(run: ImportRun, merged: Merged, request_ids: Ids, vocabulary: Vocabulary) -> None:
    """Replace the needs of the requests whose needs are new or changed."""
    written = []
    rows = []
    for number, values in merged.touched.items():
        if "needs" not in values:
            continue
        request_id = request_ids[number]
        written.append(request_id)
        for position, need in enumerate(values["needs"], start=1):
            domain, current, target, importance = need
            row = {
                "request_id": request_id,
                "position": position,
                "domain_id": vocabulary.domains[domain],
                "current_level": current,
                "target_level": target,
                "importance": importance,
            }
            rows.append(row)
    delete_rows(
        run.session,
        Need,
        Need.request_id,
        written,
    )
    insert_rows(run.session, Need, rows)


def _write_duos(run: ImportRun, ids: Ids, vocabulary: Vocabulary) -> set[int]:
    """Return the juniors whose pair is new."""
    records = _duos_here(run, ids, vocabulary)
    said = {}
    for key, record in records.items():
        started = record.started_on.isoformat()
        said[key] = {
            "domain": record.domain,
            "started_on": started,
        }
    numbers = queries.inverted(ids)
    duo_ids, here, over = queries.duos(run.session, numbers)
    long_over = over_among(run.bases, said.keys() - here.keys())
    merged = run.settle("duo", said, here, over | long_over)
    for key in long_over:
        run.remembered.pop(("duo", key), None)
    run.note("duo", merged)
    _insert_duos(
        run,
        merged,
        records,
        ids,
        vocabulary,
    )
    _update_duos(
        run,
        merged,
        duo_ids,
        vocabulary,
    )
    note_gone(run, "duo", DUOS.name)
    return {ids[records[key].junior] for key in merged.created}


def _duos_here(run: ImportRun, ids: Ids, vocabulary: Vocabulary) -> dict[str, DuoRecord]:
    """Return the pairs whose domain and both sides are here, by `mentor/junior`."""
    found = {}
    for record in run.export.duos:
        key = f"{record.mentor}/{record.junior}"
        if record.domain not in vocabulary.domains:
            run.differ(
                "duo",
                key,
                "domain",
                record.domain,
            )
        elif record.mentor in ids and record.junior in ids:
            found[key] = record
    return found


def _insert_duos(
    run: ImportRun,
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
    insert_rows(run.session, Mentorship, rows)


def _update_duos(run: ImportRun, merged: Merged, duo_ids: Ids, vocabulary: Vocabulary) -> None:
    rows = []
    for key, values in merged.updated.items():
        row: Values = {"id": duo_ids[key]}
        if "domain" in values:
            row["domain_id"] = vocabulary.domains[values["domain"]]
        if "started_on" in values:
            row["started_on"] = date.fromisoformat(values["started_on"])
        rows.append(row)
    update_rows(run.session, Mentorship, rows)


def _place(run: ImportRun, asked: set[int], paired: set[int]) -> None:
    """Join each new request with a running imported pair of that junior, and each new pair with an open request."""
    session = run.session
    if not asked and not paired:
        return
    session.flush()
    session.expire_all()  # goals were written past the objects in memory
    pairs = _pairs_without_request(run, asked | paired)
    domains = _domains_asked_for(run)
    opened = select(MentorRequest).where(MentorRequest.status == OPEN)
    for request in session.exec(opened).all():
        candidates = pairs.get(request.person_id)
        if not candidates:
            continue
        request_id = id_of(request)
        best = _best(candidates, domains[request_id])
        best.request_id = request_id
        request.status = PLACED
        request.changed_at = run.now
    session.flush()


def _domains_asked_for(run: ImportRun) -> dict[int, set[int]]:
    """Return the domains of each request."""
    domains: dict[int, set[int]] = defaultdict(set)
    rows = select(Need.request_id, Need.domain_id)
    for request_id, domain_id in run.session.exec(rows):
        domains[request_id].add(domain_id)
    return domains


def _pairs_without_request(run: ImportRun, junior_ids: set[int]) -> dict[int, list[Mentorship]]:
    free = select(Mentorship).where(
        Mentorship.origin == IMPORT,
        col(Mentorship.request_id).is_(None),
        col(Mentorship.status).in_(OCCUPYING),
    )
    ordered = free.order_by(col(Mentorship.id))
    pairs: dict[int, list[Mentorship]] = defaultdict(list)
    for pair in run.session.exec(ordered):
        if pair.junior_id in junior_ids:
            pairs[pair.junior_id].append(pair)
    return pairs


def _best(candidates: Sequence[Mentorship], domain_ids: set[int]) -> Mentorship:
    """Return of several mentors the one whose domain was asked for."""
    for pair in candidates:
        if pair.domain_id in domain_ids:
            return pair
    return candidates[0]
