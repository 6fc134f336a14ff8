"""How a round fell out: groups of five or more, from roster and profile, for the coordinator and for papers."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from mentorship.people.models import Person
from mentorship.profiles.rosters.models import DayOff
from mentorship.rounds.fairness import rules
from mentorship.rounds.fairness.queries import Fell, fairness
from mentorship.rounds.models import Round, RoundPair, RoundUnmatched
from tests.factories import Organisation, Screen
from tests.rounds.stage import Stage

EARLY, LATE, NIGHT, DAY = (360, 840), (840, 1320), (1320, 1800), (450, 975)


@pytest.mark.parametrize(
    ("shifts", "group"),
    [
        ([], rules.NO_ROSTER),
        ([DAY] * 5, rules.DAY),
        ([EARLY] * 5, rules.DAY),
        ([EARLY, LATE], rules.TWO_SHIFTS),
        ([EARLY, LATE, NIGHT], rules.CONTINUOUS),
        ([(0, 480)], rules.CONTINUOUS),
    ],
)
def test_the_kind_of_roster_follows_from_its_shifts(shifts: list[tuple[int, int]], group: str):
    assert rules.shifts_group(shifts) == group


def test_hours_a_week_are_those_of_the_roster_less_days_off():
    week = [DAY] * 5
    assert rules.hours_a_week(week, 7, 0) == pytest.approx(43.75)
    assert rules.hours_a_week(week, 7, 2) == pytest.approx(26.25)
    assert rules.hours_a_week(week, 7, 6) == 0
    assert rules.hours_a_week([EARLY, EARLY, LATE, LATE, NIGHT, NIGHT], 10, 0) == pytest.approx(33.6)
    assert rules.hours_a_week([], 7, 0) == rules.hours_a_week([], 0, 0) == 0
    bands = [rules.hours_group(hours) for hours in (0, 19.9, 20, 35.9, 36)]
    assert bands == [rules.NO_ROSTER, rules.FEW_HOURS, rules.SOME_HOURS, rules.SOME_HOURS, rules.MANY_HOURS]


def test_who_can_work_in_dutch_is_one_group():
    assert [rules.language_group(spoken) for spoken in ("nl", "en,nl", "pl,en")] == ["nl", "nl", "pl"]


def planted(organisation: Organisation, now, number: int = 24) -> int:
    """A round of juniors: those at Ede all found a mentor, of those at Breda one did not, and three speak Polish."""
    session = organisation.session
    held = Round(name="R", weights={"domain": 1.0}, floor=0.3, spread=0.0, created_at=now, status="solved")
    session.add(held)
    session.flush()
    round_id = held.id or 0
    mentor = organisation.mentor("helper", places=20)
    for n in range(number):
        key = f"asker{n}"
        spoken = "pl" if n < 3 else "nl"
        organisation.person(key, "junior", site="Breda" if n % 2 else "Ede", languages=spoken)
        request = organisation.asks(key)
        if n == 1:
            session.add(RoundUnmatched(round_id=round_id, request_id=request, funnel=[0] * 8))
        else:
            session.add(RoundPair(round_id=round_id, request_id=request, mentor_id=mentor, score=500_000 + n * 10_000))
        if n < number // 2:
            for weekday in (0, 1):
                session.add(DayOff(person_id=organisation.people[key], weekday=weekday))
    session.commit()
    return round_id


def test_a_round_is_told_by_groups(organisation: Organisation, now):
    round_id = planted(organisation, now)
    found = fairness(organisation.session, round_id)
    sites = {str(key): name for name, key in organisation.sites.items()}
    by_site = {sites[fell.key or ""]: (fell.people, fell.places) for fell in found["site"]}
    assert by_site == {"Ede": (12, 12), "Breda": (12, 11)}
    assert {fell.key: fell.people for fell in found["hours"]} == {rules.MANY_HOURS: 12, rules.SOME_HOURS: 12}
    assert [(fell.key, fell.people) for fell in found["language"]] == [(None, 24)], "three would be too few"
    assert [(fell.key, fell.people) for fell in found["waited"]] == [(rules.NOT_YET, 24)]
    ede = next(fell for fell in found["site"] if fell.places == 12)
    assert ede.share == 1 and ede.score == pytest.approx(0.61), "the even ones: 0.50, 0.52, ... 0.72"


def test_waiting_counts_rounds_published_before(organisation: Organisation, now):
    first = planted(organisation, now)
    session = organisation.session
    second = Round(name="S", weights={"domain": 1.0}, floor=0.3, spread=0.0, created_at=now, status="solved")
    session.add(second)
    session.flush()
    requests = session.execute(sa.select(RoundPair.request_id).where(RoundPair.round_id == first)).scalars().all()
    for request in requests:
        session.add(RoundUnmatched(round_id=second.id or 0, request_id=request, funnel=[0] * 8))
    session.commit()
    waited = {fell.key for fell in fairness(session, first)["waited"]}
    assert waited == {rules.NOT_YET}, "a round that was not published found nobody for nobody"
    second.published_at = now
    session.commit()
    waited = {fell.key: fell.people for fell in fairness(session, first)["waited"]}
    assert waited == {None: 24}, "twenty-three waited once; one alone is not told apart"


def test_of_four_nothing_is_told(organisation: Organisation, now):
    round_id = planted(organisation, now, number=4)
    assert not any(fairness(organisation.session, round_id).values())


def statements(session: Session, round_id: int) -> int:
    ran: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        ran.append(statement)

    session.rollback()
    engine = session.get_bind()
    sa.event.listen(engine, "before_cursor_execute", count)
    fairness(session, round_id)
    sa.event.remove(engine, "before_cursor_execute", count)
    return len(ran)


def test_it_takes_as_many_queries_for_many_as_for_few(organisation: Organisation, now):
    round_id = planted(organisation, now)
    few = statements(organisation.session, round_id)
    organisation.people.pop("helper")
    session = organisation.session
    mentor = session.execute(sa.select(RoundPair.mentor_id)).scalars().first() or 0
    for n in range(20):
        organisation.person(f"more{n}", "junior")
        request = organisation.asks(f"more{n}")
        session.add(RoundPair(round_id=round_id, request_id=request, mentor_id=mentor, score=400_000))
    session.commit()
    assert statements(session, round_id) == few


def test_the_coordinator_reads_it_with_why_it_is_looked_at(visit, organisation: Organisation, now):
    round_id = planted(organisation, now)
    text = Screen(visit("coordinator"), f"/rounds/{round_id}/decisions").text
    for said in ("Hoe het uitviel voor groepen", "Per vestiging", "art. 7:648", "36 uur of meer", "de anderen samen"):
        assert said in text
    assert "Pools" not in text, "three people are no group"


def test_a_score_is_of_five_with_a_mentor_or_more(organisation: Organisation, now):
    """At Breda eleven found a mentor; were it four, their mean would say how they matched."""
    round_id = planted(organisation, now)
    session = organisation.session
    breda = sorted(session.execute(sa.select(RoundPair.request_id).where(RoundPair.round_id == round_id)).scalars())
    for request in [one for place, one in enumerate(breda) if place % 2 == 0][1:8]:
        session.execute(sa.delete(RoundPair).where(RoundPair.request_id == request))
        session.add(RoundUnmatched(round_id=round_id, request_id=request, funnel=[0] * 8))
    session.commit()
    found = {fell.places: fell.score for fell in fairness(session, round_id)["site"]}
    few, many = sorted(found)
    assert few < 5 <= many
    assert found == {few: None, many: None}, "nor of the rest: all less those are the few"


def published(organisation: Organisation, round_id: int, now) -> None:
    session = organisation.session
    found = session.get_one(Round, round_id)
    found.published_at, found.status = now, "published"
    found.quality = {rules.KEPT: rules.to_keep(fairness(session, round_id))}
    session.commit()


def test_publishing_keeps_how_it_fell_out(engine: sa.Engine, organisation: Organisation, now):
    """Their groups are those of that day."""
    stage = Stage(engine, organisation, now)
    organisation.set_up()
    organisation.mentor("giver", places=5)
    for n in range(6):
        organisation.person(f"six{n}", "junior")
        organisation.asks(f"six{n}")
    organisation.session.commit()
    round_id = stage.solved()
    assert stage.publish(round_id) == 6
    kept = rules.as_kept(stage.round(round_id).quality)
    assert kept is not None and kept == stage.read(fairness, round_id)
    assert [(fell.people, fell.places) for fell in kept["site"]] == [(6, 6)]


def test_who_moved_since_is_not_told_by_two_papers(visit, organisation: Organisation, now):
    """Reckoned anew it would say: where they left one without a mentor less, and where they came one more."""
    round_id = planted(organisation, now)
    published(organisation, round_id, now)
    pages = "/papers?paper=ai-act", f"/rounds/{round_id}/decisions"
    before = [Screen(visit("coordinator"), page).text for page in pages]
    session = organisation.session
    session.get_one(Person, organisation.people["asker1"]).site_id = organisation.sites["Ede"]
    session.commit()
    assert {fell.places for fell in fairness(session, round_id)["site"]} == {11, 12}
    session.rollback()
    assert [Screen(visit("coordinator"), page).text for page in pages] == before


def test_of_a_round_that_kept_it_not_only_its_own_page_tells(visit, organisation: Organisation, now):
    round_id = planted(organisation, now)
    published(organisation, round_id, now)
    organisation.session.get_one(Round, round_id).quality = {}
    organisation.session.commit()
    assert "geen ronde gepubliceerd waarvan dit is bewaard" in Screen(visit("coordinator"), "/papers?paper=ai-act").text
    assert "Per vestiging" in Screen(visit("coordinator"), f"/rounds/{round_id}/decisions").text


def test_the_note_on_the_ai_act_tells_it_of_the_last_round(visit, organisation: Organisation, now):
    coordinator = visit("coordinator")
    page = "/papers?paper=ai-act"
    assert "geen ronde gepubliceerd" in Screen(coordinator, page).text
    round_id = planted(organisation, now)
    published(organisation, round_id, now)
    text = Screen(coordinator, page).text
    for said in ("Per vestiging: Ede", "art. 7:648", "Een gemeenschappelijke taal is een regel"):
        assert said in text


def test_a_share_is_what_got_a_place():
    assert Fell("a", 8, 6, 0.5).share == 0.75
