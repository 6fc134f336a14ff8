"""What the audit log keeps of a change: values as they were and became, never what is private."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from sqlmodel import Session, SQLModel, select

from mentorship import tables
from mentorship.base.audit import AuditRow, _with
from mentorship.base.audit_values import KEPT, MOST, WITHHELD
from mentorship.base.config import PACKAGE
from mentorship.people import actions as people
from mentorship.people.models import Person
from mentorship.profiles import actions as profiles
from mentorship.profiles.domains import actions as domains
from mentorship.profiles.filled import actions as filled
from tests.factories import Organisation

PRIVATE = {"words", "goal", "evidence", "explanation", "explanation_en", "note", "notes"}
"""Columns that hold what somebody wrote."""


def newest(session: Session, verb: str) -> AuditRow:
    session.commit()
    return session.exec(select(AuditRow).where(AuditRow.verb == verb).order_by(AuditRow.id.desc())).first()


def _kept_tables() -> Iterator[str]:
    """Yield the tables whose rows a verb keeps as they were before it changes them."""
    by_name = {mapper.class_.__name__: mapper.class_ for mapper in SQLModel._sa_registry.mappers}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "keep" and len(node.args) == 2:
                named = ast.unparse(node.args[1])
                if named in by_name:
                    yield by_name[named].__tablename__


def test_of_every_table_that_verbs_change_it_was_decided_what_is_kept():
    changed = {*_kept_tables(), "work_time", "roster_change", "day_off", "handover_plan", "handover_piece"}
    assert changed == {*KEPT, *WITHHELD} and not KEPT.keys() & WITHHELD.keys()
    assert all(WITHHELD.values())


@pytest.mark.parametrize("table", KEPT)
def test_what_is_kept_is_there_and_is_nobodys_words(table: str):
    columns = set(tables.metadata.tables[table].columns.keys())
    assert set(KEPT[table]) <= columns - PRIVATE


def test_what_a_person_was_and_became(session: Session, organisation: Organisation):
    made, person_id = organisation, organisation.people["junior"]
    before = session.get_one(Person, person_id)
    people.change_person(
        session,
        made.actor("coordinator"),
        person_id,
        site_id=before.site_id,
        department="Lassen",
        manager="n-other_manager",
        languages=["nl"],
        email=None,
        now=made.now,
    )
    row = newest(session, "change person")
    assert (row.subject, row.subject_id) == ("person", person_id)
    (change,) = row.details["changes"]
    line = {"manager_id": made.people["manager"]}, {"manager_id": made.people["other_manager"]}
    assert change["before"] | {"site_id": 0} == {"department": "", "site_id": 0, **line[0]}
    assert change["after"] | {"site_id": 0} == {"department": "Lassen", "site_id": 0, **line[1]}


def test_many_at_once_each_in_their_own_row(session: Session, organisation: Organisation):
    made = organisation
    there = made.site("Velp")
    ids = [made.people["junior"], made.people["senior"]]
    here = made.sites["Ede"]
    people.move(session, made.actor("coordinator"), ids, there, made.now)
    session.commit()
    rows = session.exec(select(AuditRow).where(AuditRow.verb == "change person").order_by(AuditRow.id)).all()
    assert {row.subject_id for row in rows} == set(ids)
    for row in rows:
        (change,) = row.details["changes"]
        assert change["before"]["site_id"] == here and change["after"]["site_id"] == there


def test_expertise_and_domains_and_places(session: Session, organisation: Organisation):
    made, me = organisation, organisation.actor("senior")
    domain = made.domains["Pneumatiek"]
    profiles.set_expertise(session, me, {domain: (5, True)}, [], made.now)
    (change,) = newest(session, "set expertise").details["changes"]
    assert change["before"] == {"domain_id": domain, "level": 4} and change["after"]["level"] == 5
    domains.set_domain(session, made.actor("coordinator"), domain, made.now, name="Pneumatiek", critical=True)
    (change,) = newest(session, "set domain").details["changes"]
    assert (change["before"], change["after"]) == ({"critical": False}, {"critical": True})


def test_what_is_private_is_recorded_without_a_value(session: Session, organisation: Organisation):
    made = organisation
    profiles.set_wish(session, made.actor("junior"), made.people["senior"], False, made.now)
    assert newest(session, "change wishes").details == {}
    profiles.set_plan(session, made.actor("senior"), "under_1", made.now)
    assert newest(session, "set plans").details == {}


def test_of_a_rosters_many_days_some_are_kept_and_the_others_counted(session: Session, organisation: Organisation):
    assert MOST == 40
    details: dict[str, object] = {}
    for number in range(45):
        details = _with(details, {"table": "roster_day", "before": None, "after": {"day": number}})
    assert len(details["changes"]) == 40 and details["more"] == 5


def test_the_next_transaction_begins_anew(session: Session, organisation: Organisation):
    """A change without a row of its own never ends up in what was recorded before."""
    made = organisation
    people.set_roles(session, made.actor("admin"), made.people["junior"], {"junior", "hr"}, made.now)
    first = newest(session, "set roles")
    before = dict(first.details)
    filled.give_roster(session, made.actor("coordinator"), [made.people["junior"]], None, made.now)
    assert newest(session, "give roster").details["changes"]
    session.refresh(first)
    assert first.details == before
