"""Erasing: nothing of theirs is left anywhere, and what another wrote stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.base.audit import AuditRow
from mentorship.base.errors import Refused
from mentorship.leaving.erasing import erase
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person
from mentorship.privacy.requests import actions, queries
from mentorship.privacy.requests.again import reapply
from mentorship.privacy.requests.models import Erasure, PrivacyRequest
from mentorship.tables import metadata
from tests.factories import Organisation
from tests.privacy.left_out import OF_NOBODY
from tests.privacy.rows_about import Planting
from tests.privacy.test_parts import personal_tables

STAYS = {
    "round.input_hash": "of the round",
    "round.name": "of the round",
    "round.stage": "of the round",
    "round.failure": "of the round",
    "round.quality": "of the round",
    "round.problem": "of the round",
    "round.site_ids": "of the round",
    "round.weights": "of the round",
    "round_unmatched.funnel": "numbers of mentors",
    "mentorship.round_name": "of the round",
    "mentorship.explanation": "without what they wrote; the words here are of nobody",
    "round_pair.explanation": "without what they wrote; the words here are of nobody",
    "taken_import.files": "names of files",
    "taken_import.summary": "numbers of what was taken in",
    "signal.kind": "of both",
    **dict.fromkeys(
        ("message.subject_nl", "message.body_nl", "message.subject_en", "message.body_en"),
        "of the organisation, to all it was for",
    ),
    "import_source.name": "of a source",
    "import_source.mapping": "of a source",
    "paper_link.code_hash": "of an outsider",
    "paper_link.reader": "of an outsider",
    "tablet.name": "on a wall",
    "tablet.code_hash": "on a wall",
    "tablet.token_hash": "on a wall",
    "erasure.number_seal": "the ledger itself",
    "failed_sign_in.name_hash": "of nobody",
    "failed_sign_in.address_hash": "of nobody",
    "pacing.key": "of nobody",
    "used_once.key": "of nobody",
    "import_draft_file.content": "another's draft, 24 hours",
}


def everything(session: Session) -> str:
    """Return all that the database holds, as text."""
    found = []
    for table in metadata.sorted_tables:
        for row in session.execute(sa.select(table)):
            found.append(f"{table.name} {tuple(row)!r}")
    return "\n".join(found)


def test_no_word_of_theirs_is_left(session: Session, organisation: Organisation):
    tables = set(personal_tables())
    words = Planting(session, organisation).everywhere(tables)
    me = organisation.people["junior"]
    actions.erase_person(session, me, organisation.now)
    session.commit()
    session.expire_all()
    left = everything(session)
    found = {place for place, word in words.items() if word in left and place.partition(".")[0] in tables}
    assert found - STAYS.keys() == set()
    assert "n-junior" not in left


def test_what_the_other_wrote_stays_without_the_name(session: Session, organisation: Organisation):
    words = Planting(session, organisation, me="senior", other="junior")
    words.everywhere({"mentorship", "goal", "level_claim", "closing_word"})
    erase(session, organisation.people["senior"], organisation.now)
    session.commit()
    session.expire_all()
    left = everything(session)
    (pair,) = session.exec(select(Mentorship)).all()
    assert pair.status == "ended"
    assert "Senior" not in left


def test_a_running_pair_ends_and_a_request_is_withdrawn(session: Session, organisation: Organisation):
    why = {"goal": "zelf storingen zoeken", "parts": {}, "weights": {}}
    day = organisation.now.date() - timedelta(days=20)
    organisation.pair("senior", "junior", status="active", started_on=day, explanation=why)
    asked = organisation.asks("junior")
    session.commit()
    erase(session, organisation.people["junior"], organisation.now)
    session.commit()
    (pair,) = session.exec(select(Mentorship)).all()
    assert pair.status == "ended"
    assert "storingen" not in everything(session)
    left = session.execute(sa.text("SELECT status, goal FROM mentor_request WHERE id = :id"), {"id": asked}).all()
    assert left in ([], [("withdrawn", "")])


def test_the_last_administrator_is_not_erased(session: Session, organisation: Organisation):
    with pytest.raises(Refused):
        erase(session, organisation.people["admin"], organisation.now)


def test_the_ledger_erases_again_after_a_backup(session: Session, organisation: Organisation):
    """Whoever comes back with an older database is found by the digest of their number alone."""
    made = organisation
    actions.erase_person(session, made.people["junior"], made.now)
    session.commit()
    (entry,) = queries.ledger(session)
    assert "n-junior" not in repr(entry)
    assert queries.erased(session, ["n-junior", "n-senior"]) == {"n-junior"}
    made.people.pop("junior")
    made.person("junior", "junior")
    session.commit()
    assert reapply(session, {}, made.now).erased == 1
    session.commit()
    assert "n-junior" not in set(session.exec(select(Person.number)))
    assert reapply(session, {}, made.now).erased == 0


def test_a_ledger_from_outside_counts_too(session: Session, organisation: Organisation):
    """The backup is older than the erasure, so its own ledger knows nothing of it."""
    seal = queries.seals_of("n-junior")[0]
    assert reapply(session, {seal: organisation.now}, organisation.now).erased == 1
    session.commit()
    assert "n-junior" not in set(session.exec(select(Person.number)))


def test_a_request_stays_to_be_seen_without_who_asked(session: Session, organisation: Organisation):
    made = organisation
    junior, admin = made.actor("junior"), made.actor("admin")
    found = actions.ask(session, junior, "erase", "", "ik ben het zat", made.now)
    session.commit()
    request_id = found.id or 0
    actions.carry_out(session, admin, request_id, "", made.now)
    session.commit()
    session.expire_all()
    kept = session.get_one(PrivacyRequest, request_id)
    assert (kept.state, kept.asker_id, kept.words) == ("done", None, "")
    assert len(session.exec(select(Erasure)).all()) == 1
    steps = session.exec(select(AuditRow.verb).where(AuditRow.subject == "privacy request").order_by(AuditRow.id)).all()
    assert "carry out privacy request" in steps


def test_after_24_months_requests_and_ledger_go(session: Session, organisation: Organisation):
    made = organisation
    actions.ask(session, made.actor("junior"), "correct", "", "mijn naam", made.now)
    actions.erase_person(session, made.people["other_junior"], made.now)
    session.commit()
    actions.purge(session, made.now + timedelta(days=729))
    assert len(session.exec(select(Erasure)).all()) == 1
    actions.purge(session, made.now + timedelta(days=732))
    assert session.exec(select(Erasure)).all() == []
    assert session.exec(select(PrivacyRequest)).all() == []


def test_nobody_in_the_database_has_no_reason_of_nobody():
    assert "erasure" in OF_NOBODY
