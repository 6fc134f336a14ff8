"""Certificates: kinds that a company keeps, who has which until when, who confirms, who reads them, and what goes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from mentorship.base.errors import Refused
from mentorship.base.lists import View
from mentorship.growth.certificate_kinds import actions as kinds
from mentorship.growth.certificate_kinds.actions import KindWords
from mentorship.growth.certificates import actions, queries, rules
from mentorship.growth.certificates.actions import Noted
from mentorship.growth.certificates.models import Certificate, CertificateKind
from mentorship.growth.held import actions as held
from mentorship.growth.models import JobHeld, JobProfile
from mentorship.leaving.actions import leave_at_once
from mentorship.people.access import COORDINATOR, HR, Actor
from tests.factories import Organisation, Screen
from tests.rounds.stage import counted

KINDS = "/growth/certificate-kinds"
LIST = "/growth/certificates"
MINE = "/growth/held/mine"
DAY = timedelta(days=1)


def coordinator(made: Organisation) -> Actor:
    return Actor(made.people["coordinator"], frozenset({COORDINATOR}))


def kind(session: Session, made: Organisation, name: str = "VCA", months: int | None = 120) -> int:
    row = kinds.add(session, coordinator(made), KindWords(name, months=months), made.now)
    session.commit()
    return row.id or 0


def noted(session: Session, made: Organisation, key: str, kind_id: int, left: int, by: Actor | None = None) -> int:
    """Somebody has a certificate that ends in so many days."""
    today = made.now.date()
    whole = Noted(kind_id, today - 500 * DAY, today + left * DAY)
    actions.note(session, by or coordinator(made), [made.people[key]], whole, made.now)
    session.commit()
    query = select(Certificate.id).where(Certificate.person_id == made.people[key], Certificate.kind_id == kind_id)
    found = session.exec(query).one()
    session.rollback()
    return found or 0


def names(session: Session) -> set[str]:
    session.rollback()
    found = set(session.exec(select(CertificateKind.name)))
    session.rollback()
    return found


@pytest.mark.both_databases
def test_the_usual_kinds_are_taken_over_by_one_tap_and_taken_back(visit, session: Session, organisation: Organisation):
    screen = Screen(visit("coordinator"), KINDS).press("Zet de gebruikelijke erbij")
    assert {"Praktijkopleider", "VCA basisveiligheid"} <= names(session)
    assert "4 jaar · geeft recht als praktijkopleider" in screen.text
    screen.press("Terugdraaien")
    assert names(session) == set()


@pytest.mark.both_databases
def test_usual_kinds_are_not_put_beside_those_that_are_there(session: Session, organisation: Organisation):
    kind(session, organisation, "Practice Trainer")
    number = kinds.start(session, coordinator(organisation), organisation.now)
    assert number == 5 and "Praktijkopleider" not in names(session), "in either language it is there already"
    assert kinds.start(session, coordinator(organisation), organisation.now) == 5, "nothing was kept of it"


@pytest.mark.both_databases
def test_a_kind_is_added_changed_retired_and_removed(visit, session: Session, organisation: Organisation):
    screen = Screen(visit("coordinator"), KINDS).press("Erbij", name="VCA", months="120")
    assert "10 jaar" in screen.text
    screen.tap("VCA").press("Opslaan", months="", entitles="true")
    assert "zonder einddatum · geeft recht als praktijkopleider" in screen.text
    screen.tap("VCA").press("Niet meer in gebruik").tap("VCA").press("Weer gebruiken")
    screen.tap("VCA").press("Weghalen")
    assert names(session) == set()
    screen.press("Terugdraaien")
    assert names(session) == {"VCA"}


def test_two_kinds_are_not_called_the_same(visit, session: Session, organisation: Organisation):
    kind(session, organisation)
    screen = Screen(visit("coordinator"), KINDS).press("Erbij", name="vca", months="12")
    assert screen.status == 422 and "Er is al een soort certificaat met deze naam." in screen.text
    assert screen.fields("Erbij")["months"] == "12", "what was typed stays"


@pytest.mark.both_databases
def test_a_kind_that_somebody_has_is_retired_and_not_removed(visit, session: Session, organisation: Organisation):
    vca = kind(session, organisation)
    noted(session, organisation, "senior", vca, 200)
    screen = Screen(visit("coordinator"), f"{KINDS}/{vca}")
    assert "Weghalen" not in screen.names("button")
    with pytest.raises(Refused):
        kinds.remove(session, coordinator(organisation), vca, organisation.now)
    session.rollback()
    screen.press("Niet meer in gebruik")
    assert "VCA" in Screen(visit("senior"), MINE).text, "who has it keeps it"
    assert "Certificaat toevoegen" not in Screen(visit("senior"), MINE).text, "and nobody notes it anew"


@given(got_on=st.dates(date(1990, 1, 1), date(2030, 12, 31)), months=st.integers(1, 240))
def test_a_certificate_ends_so_many_calendar_months_later(got_on: date, months: int):
    ends_on = rules.end_of(got_on, months)
    assert ends_on is not None
    assert (ends_on.year * 12 + ends_on.month) - (got_on.year * 12 + got_on.month) == months
    assert ends_on.day == got_on.day or (ends_on.day < got_on.day and (ends_on + DAY).day == 1)


@pytest.mark.both_databases
def test_what_one_tells_of_oneself_is_confirmed_by_another(visit, session: Session, organisation: Organisation):
    vca = kind(session, organisation)
    screen = Screen(visit("senior"), MINE).press("Erbij", kind=str(vca), got_on="2020-02-29", ends_on="")
    assert "geldig tot en met 28 feb 2030 · door jezelf verteld" in screen.text
    listed = Screen(visit("coordinator"), f"{LIST}?said=told")
    assert "verteld door de persoon" in listed.text
    listed.press("VCA van Senior Proef bevestigen")
    assert "bevestigd door" in Screen(visit("senior"), MINE).text


@pytest.mark.both_databases
@pytest.mark.parametrize("role", [COORDINATOR, HR])
def test_nobody_confirms_a_certificate_of_their_own(role: str, session: Session, organisation: Organisation):
    vca = kind(session, organisation)
    me = Actor(organisation.people["coordinator"], frozenset({role}))
    mine = noted(session, organisation, "coordinator", vca, 200, me)
    assert session.get_one(Certificate, mine).confirmed_at is None, "what one notes of oneself is not confirmed by it"
    with pytest.raises(Refused):
        actions.confirm(session, me, [mine], organisation.now)
    session.rollback()
    other = Actor(organisation.people["hr"], frozenset({HR}))
    assert actions.confirm(session, other, [mine], organisation.now) == 1
    assert actions.confirm(session, other, [mine], organisation.now) == 0


@pytest.mark.both_databases
def test_a_certificate_is_noted_of_several_at_once(visit, session: Session, organisation: Organisation):
    vca = kind(session, organisation)
    people = [str(organisation.people[key]) for key in ("senior", "junior")]
    screen = Screen(visit("hr"), "/growth/held/certificates")
    screen.press("Zij haalden dit certificaat", person=people, kind=str(vca), got_on="2026-11-20", ends_on="")
    session.rollback()
    found = session.exec(select(Certificate)).all()
    assert {str(row.person_id) for row in found} == set(people)
    assert all(row.confirmed_by == organisation.people["hr"] and row.ends_on == date(2036, 11, 20) for row in found)


@pytest.mark.parametrize(
    ("got_on", "ends_on"), [("2026-11-24", ""), ("1890-01-01", ""), ("2026-11-20", "2026-11-20"), ("gisteren", "")]
)
def test_nothing_is_noted_of_days_that_cannot_be(visit, session: Session, organisation, got_on: str, ends_on: str):
    vca = kind(session, organisation)
    screen = Screen(visit("senior"), MINE).press("Erbij", kind=str(vca), got_on=got_on, ends_on=ends_on)
    assert screen.status == 422
    assert screen.fields("Erbij")["got_on"] == got_on, "what was typed stays"
    assert session.exec(select(Certificate)).all() == []


@pytest.mark.both_databases
def test_the_list_is_chosen_by_what_ends_soon_and_is_a_sheet_too(visit, session: Session, organisation: Organisation):
    vca, nen = kind(session, organisation), kind(session, organisation, "NEN 3140", 36)
    noted(session, organisation, "senior", vca, 60)
    noted(session, organisation, "junior", vca, 91)
    noted(session, organisation, "other_junior", nen, -3)
    screen = Screen(visit("coordinator"), LIST)
    assert screen.heading == "1 certificaat loopt binnen drie maanden af"
    assert len(screen.rows()) == 3 and "liep af op" in screen.rows()[0][3], "what ends first stands on top"
    screen.tap("Loopt binnen drie maanden af")
    assert len(screen.rows()) == 1 and "nog 60 dagen" in screen.rows()[0][3]
    sheet = visit("coordinator").get(f"{LIST}/certificates.csv?state=soon").text.splitlines()
    assert len(sheet) == 2 and "VCA" in sheet[1]
    assert len(Screen(visit("hr"), f"{LIST}?kind={nen}").rows()) == 1
    assert len(Screen(visit("hr"), f"{LIST}?state=ended").rows()) == 1


@pytest.mark.both_databases
def test_who_got_it_again_is_not_asked_to_get_it_again(visit, session: Session, organisation: Organisation):
    vca = kind(session, organisation)
    noted(session, organisation, "senior", vca, 20)
    again = Noted(vca, organisation.now.date() - DAY)
    actions.note(session, coordinator(organisation), [organisation.people["senior"]], again, organisation.now)
    session.commit()
    assert Screen(visit("coordinator"), f"{LIST}?state=soon").rows() == []
    assert "Je certificaat VCA loopt af" not in Screen(visit("senior")).text
    assert "verlengd" in Screen(visit("senior"), MINE).text


@pytest.mark.both_databases
def test_a_manager_reads_those_of_their_line_who_show_it(visit, session: Session, organisation: Organisation):
    vca = kind(session, organisation)
    for key in ("junior", "other_junior"):
        noted(session, organisation, key, vca, 60)
    assert "VCA" not in Screen(visit("manager"), LIST).text
    job = JobProfile(name="Monteur")
    session.add(job)
    session.flush()
    for key in ("junior", "other_junior"):
        session.add(JobHeld(person_id=organisation.people[key], profile_id=job.id or 0, since=organisation.now.date()))
    session.commit()
    assert "VCA" not in Screen(visit("manager"), LIST).text, "in a job, and not shown"
    for key in ("junior", "other_junior"):
        held.show(session, Actor(organisation.people[key], frozenset()), True, organisation.now)
    session.commit()
    screen = Screen(visit("manager"), LIST)
    assert len(screen.rows()) == 1, "of one's own line alone"
    assert not [name for name in screen.names("button") if "weghalen" in name or "bevestigen" in name]
    held.show(session, Actor(organisation.people["junior"], frozenset()), False, organisation.now)
    session.commit()
    assert "VCA" not in visit("manager").get(f"{LIST}/certificates.csv").text


@pytest.mark.both_databases
def test_the_desk_says_it_twice_and_each_time_until_it_was_seen(visit, session: Session, organisation: Organisation):
    vca = kind(session, organisation)
    row = noted(session, organisation, "senior", vca, 60)
    assert "Je certificaat VCA loopt af" in Screen(visit("senior")).text
    Screen(visit("senior"), MINE).press("Gezien dat VCA afloopt")
    assert "Je certificaat VCA loopt af" not in Screen(visit("senior")).text
    session.rollback()
    found = session.get_one(Certificate, row)
    assert found.ends_on is not None and found.seen_on is not None
    for left, waits in ((31, False), (30, True), (0, True), (-1, False)):
        assert rules.waits(found.ends_on, found.seen_on, found.ends_on - left * DAY) is waits


@pytest.mark.both_databases
def test_a_certificate_is_removed_by_oneself_and_put_back(visit, session: Session, organisation: Organisation):
    vca = kind(session, organisation)
    noted(session, organisation, "senior", vca, 200)
    screen = Screen(visit("senior"), MINE).press("VCA weghalen")
    assert "Mijn certificaten" not in screen.text
    screen.press("Terugdraaien")
    session.rollback()
    assert session.exec(select(Certificate)).one().confirmed_at is not None


@pytest.mark.both_databases
def test_certificates_go_with_who_leaves_and_a_year_after_their_end(session: Session, organisation: Organisation):
    vca = kind(session, organisation)
    for key, left in (("senior", 200), ("junior", -3), ("other_junior", -370)):
        noted(session, organisation, key, vca, left)
    actions.purge(session, organisation.now)
    session.commit()
    there = {row.person_id for row in session.exec(select(Certificate))}
    assert there == {organisation.people["senior"], organisation.people["junior"]}
    leave_at_once(session, organisation.people["senior"], organisation.now)
    session.commit()
    assert {row.person_id for row in session.exec(select(Certificate))} == {organisation.people["junior"]}


def test_the_number_of_queries_does_not_grow_with_the_rows(
    session: Session, organisation: Organisation, engine: sa.Engine
):
    vca = kind(session, organisation)
    whose = queries.Whose(None, organisation.now.date())
    numbers = []
    for key in ("senior", "junior", "other_junior"):
        noted(session, organisation, key, vca, 60)
        with counted(engine) as statements:
            queries.lines(session, whose, View(sort="ends"))
        session.rollback()
        numbers.append(len(statements))
    assert len(set(numbers)) == 1
