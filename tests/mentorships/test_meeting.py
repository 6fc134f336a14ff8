"""The first meeting of a pair: ten points by a tap each, a yes of the other, and nobody else who reads of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from mentorship.base.audit import AuditRow
from mentorship.base.errors import Conflict, Refused
from mentorship.leaving.erasing import erase
from mentorship.mentorships.goals.models import Goal
from mentorship.mentorships.meeting import actions, queries, rules
from mentorship.mentorships.meeting.models import MeetingAside, MeetingPoint
from mentorship.mentorships.meeting.points import POINTS
from mentorship.mentorships.meeting.rules import NOTHING_CHOSEN, Choice, chosen, standing, taken_back
from mentorship.mentorships.models import ENDED, JUNIOR, MENTOR, Mentorship
from mentorship.mentorships.retention import forget_pairs
from mentorship.profiles.models import Domain
from tests.factories import Organisation, Screen

TAPS = (
    "Elke maandag met een samen-dienst",
    "Een half uur",
    "Bij het werk zelf",
    "Gewoon bellen",
    "Als een rijinstructeur",
    "Pneumatiek",
    "Tien minuten proberen, dan vragen",
    "Meteen, terwijl het gebeurt",
    "Fouten en twijfels",
    "Elke vier weken",
)
"""One answer to each of the ten."""


@pytest.fixture
def pair(session: Session, organisation: Organisation) -> int:
    """A pair that began today."""
    made = organisation.pair("senior", "junior", "active", started_on=organisation.now.date())
    session.commit()
    return made


def url_of(pair: int) -> str:
    return f"/mentorships/{pair}/meeting"


def first_tap(screen: Screen, answer: str) -> Screen:
    """Tap an answer of the point that is open."""
    found = [fold for fold in screen.tree.iter("details") if fold.get("open") is not None]
    assert len(found) == 1, [fold.get("id") for fold in found]
    names = [" ".join("".join(button.itertext()).split()) for button in found[0].iter("button")]
    (name,) = [one for one in names if one.startswith(answer)]
    return screen.press(name)


def all_ten(screen: Screen) -> Screen:
    for answer in TAPS:
        screen = first_tap(screen, answer)
    return screen


def kept(session: Session) -> list[MeetingPoint]:
    session.expire_all()
    return list(session.exec(select(MeetingPoint)))


@pytest.mark.both_databases
def test_ten_taps_and_a_yes_of_the_other_are_an_agreement(visit, pair: int, session: Session):
    screen = Screen(visit("junior"), "/").tap("Begin met de tien tikken : Je eerste gesprek met Senior")
    assert screen.heading == "Wat spreken jij en Senior af? Tien tikken"
    screen = all_ten(screen)
    assert screen.heading == "10 keuzes van jou wachten op het ja van Senior"
    assert "Je eerste gesprek" not in Screen(visit("junior"), "/").text, "it is up to the other now"
    other = Screen(visit("senior"), "/").tap("Bekijk het : Junior stelt bij 10 punten iets voor")
    assert "Een half uur" in other.text and "Elke maandag met een samen-dienst" in other.text
    other.press("Ja, afgesproken")
    assert other.heading == "Jij en Junior zijn het eens over alle tien de punten"
    assert {(row.agreed != "", row.proposed) for row in kept(session)} == {(True, "")} and len(kept(session)) == 10
    for key in ("junior", "senior"):
        desk = Screen(visit(key), "/").text
        assert "eerste gesprek" not in desk.lower() and "stelt bij" not in desk


def test_the_way_of_working_stands_on_the_page_of_the_two_with_what_it_means(visit, pair: int, session: Session):
    all_ten(Screen(visit("senior"), url_of(pair)))
    assert "rijdt" not in Screen(visit("senior"), f"/checkins/duo/{pair}").text, "it waits for a yes"
    Screen(visit("junior"), url_of(pair)).press("Ja, afgesproken")
    junior = Screen(visit("junior"), f"/checkins/duo/{pair}")
    assert "Jij rijdt, Senior stuurt bij" in junior.text and "Jij doet het werk, ook wat nieuw is." in junior.text
    senior = Screen(visit("senior"), f"/checkins/duo/{pair}")
    assert "Junior rijdt, jij stuurt bij" in senior.text and "met je handen van het gereedschap" in senior.text


def test_a_change_holds_only_after_the_yes_of_the_other(visit, pair: int, session: Session):
    all_ten(Screen(visit("senior"), url_of(pair)))
    Screen(visit("junior"), url_of(pair)).press("Ja, afgesproken")
    Screen(visit("junior"), url_of(pair)).press("Een uur")
    row = session.get_one(MeetingPoint, (pair, "long"), populate_existing=True)
    assert (row.agreed, row.proposed, row.side) == ("half", "hour", JUNIOR)
    seen = Screen(visit("senior"), url_of(pair))
    assert "Nu: Een half uur. Junior stelt voor: Een uur" in seen.text
    assert "Junior stelt bij 1 punt iets voor" in Screen(visit("senior"), "/").text
    seen.press("Een uur voorgesteld door Junior: tik om ja te zeggen")
    row = session.get_one(MeetingPoint, (pair, "long"), populate_existing=True)
    assert (row.agreed, row.proposed) == ("hour", "")


def test_what_one_proposed_can_be_taken_back(visit, pair: int, session: Session):
    screen = first_tap(Screen(visit("senior"), url_of(pair)), TAPS[0])
    screen.press("Intrekken: Wanneer")
    assert kept(session) == [] and "Ingetrokken." in screen.text


def test_a_yes_is_to_what_was_shown_and_to_nothing_else(visit, pair: int, session: Session):
    first_tap(Screen(visit("senior"), url_of(pair)), TAPS[0])
    seen = Screen(visit("junior"), url_of(pair))
    Screen(visit("senior"), url_of(pair)).press("Bij elke samen-dienst")
    seen.press("Ja, afgesproken")
    assert seen.status == 409 and "De ander koos intussen iets anders." in seen.text
    assert [row.agreed for row in kept(session)] == [""]


def test_put_aside_it_is_silent_until_something_new_waits(visit, pair: int, organisation: Organisation, app):
    screen = Screen(visit("junior"), url_of(pair)).press("Leg het opzij")
    assert screen.path == f"/checkins/duo/{pair}" and "Opzij gelegd." in screen.text
    assert "Je eerste gesprek" not in Screen(visit("junior"), "/").text
    assert "Je eerste gesprek met Junior" in Screen(visit("senior"), "/").text, "of the other it says nothing"
    later = organisation.now + timedelta(minutes=5)
    app.config["CLOCK"] = lambda: later
    first_tap(Screen(visit("senior"), url_of(pair)), TAPS[0])
    assert "Senior stelt bij 1 punt iets voor" in Screen(visit("junior"), "/").text


def test_a_pair_that_began_long_ago_is_not_asked_at_the_desk(visit, pair: int, organisation: Organisation, app):
    later = organisation.now + timedelta(weeks=8)
    app.config["CLOCK"] = lambda: later
    assert "Je eerste gesprek" not in Screen(visit("junior"), "/").text
    assert "Begin met de tien tikken" in Screen(visit("junior"), f"/checkins/duo/{pair}").names("a")


CANARIES = ("Elke maandag met een samen-dienst", "Fouten en twijfels", "Als een rijinstructeur", "stuurt bij")


def test_nobody_else_reads_what_two_agreed(visit, pair: int, session: Session):
    all_ten(Screen(visit("senior"), url_of(pair)))
    Screen(visit("junior"), url_of(pair)).press("Ja, afgesproken")
    for key in ("manager", "director", "coordinator", "hr", "admin", "other_senior"):
        assert visit(key).get(url_of(pair)).status_code == 404, key
        for url in ("/", f"/checkins/duo/{pair}", "/insight", "/insight/duos", "/operations/trail"):
            text = visit(key).get(url).text
            assert not [one for one in CANARIES if one in text], (key, url)
    assert not [verb for verb in session.exec(select(AuditRow.verb)) if "meeting" in verb or "agree" in verb]
    assert "Leidinggevenden, de coördinator en HR zien er niets van" in Screen(visit("junior"), url_of(pair)).text


def test_the_two_read_it_among_their_data_in_words(visit, pair: int, session: Session):
    all_ten(Screen(visit("senior"), url_of(pair)))
    for key in ("junior", "senior"):
        data = Screen(visit(key), "/mine/whole").text
        assert "Wat jullie in een eerste gesprek afspraken" in data
        assert "Elke maandag met een samen-dienst" in data and "Hoe werken jullie samen?" in data, key
        assert "weekday0" not in data and "instructor" not in data


@pytest.mark.both_databases
def test_it_goes_with_one_who_is_erased(session: Session, organisation: Organisation, pair: int):
    made = organisation
    actions.choose(session, made.actor("senior"), pair, "long", "half", made.now)
    actions.put_aside(session, made.actor("senior"), pair, made.now)
    actions.put_aside(session, made.actor("junior"), pair, made.now)
    session.commit()
    erase(session, made.people["junior"], made.now)
    assert kept(session) == []
    assert [row.person_id for row in session.exec(select(MeetingAside))] == [made.people["senior"]]


@pytest.mark.both_databases
def test_it_goes_with_the_pair(session: Session, organisation: Organisation, pair: int):
    made = organisation
    actions.choose(session, made.actor("senior"), pair, "long", "half", made.now)
    actions.put_aside(session, made.actor("junior"), pair, made.now)
    row = session.get_one(Mentorship, pair)
    row.status = ENDED
    row.ended_on = made.now.date()
    session.commit()
    forget_pairs(session, made.now + timedelta(days=365 * 6))
    assert kept(session) == [] and session.exec(select(MeetingAside)).all() == []


@pytest.mark.both_databases
def test_the_database_keeps_no_half_of_a_point(session: Session, pair: int):
    for values in ({"agreed": ""}, {"proposed": "half"}, {"agreed": "half", "proposed": "half", "side": JUNIOR}):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.add(MeetingPoint(mentorship_id=pair, point="long", chosen_at=sa.func.now(), **values))
            session.flush()


def test_what_a_pair_brings_are_its_shifts_and_its_goals(session: Session, organisation: Organisation, pair: int):
    made = organisation
    today = made.now.date()
    row = session.get_one(Mentorship, pair)
    brings = queries.brought(session, row, today)
    assert set(brings.weekdays) == {0, 1, 2, 3, 4} and list(brings.domains.values()) == ["Pneumatiek"]
    lassen = made.domain("Lassen")
    levels = {"start_level": 0, "target_level": 3, "made_at": made.now}
    session.add(Goal(mentorship_id=pair, domain_id=lassen, **levels))
    session.commit()
    assert list(queries.brought(session, row, today).domains.values()) == ["Lassen"]
    with pytest.raises(Refused):
        actions.choose(session, made.actor("junior"), pair, "when", "weekday6", made.now)
    with pytest.raises(Refused):
        actions.choose(session, made.actor("junior"), pair, "start", f"domain{row.domain_id}", made.now)
    actions.choose(session, made.actor("junior"), pair, "start", f"domain{lassen}", made.now)
    session.exec(sa.delete(Goal))
    session.commit()
    assert session.get(Domain, lassen) is not None
    choice = queries.choices_of(session, pair)
    assert queries.domain_titles(session, queries.brought(session, row, today), choice)[lassen] == "Lassen"


def test_of_a_pair_that_ended_it_is_read_and_no_more(visit, pair: int, session: Session, organisation: Organisation):
    all_ten(Screen(visit("senior"), url_of(pair)))
    Screen(visit("junior"), url_of(pair)).press("Ja, afgesproken")
    row = session.get_one(Mentorship, pair)
    row.status = ENDED
    row.ended_on = organisation.now.date()
    session.commit()
    screen = Screen(visit("junior"), url_of(pair))
    assert "Een half uur" in screen.text and not [name for name in screen.names("button") if name.startswith("Een uur")]
    with pytest.raises(Refused):
        actions.choose(session, organisation.actor("junior"), pair, "long", "hour", organisation.now)


def test_of_a_proposal_there_is_nothing_to_agree_on_yet(visit, organisation: Organisation, session: Session):
    proposed = organisation.pair("senior", "junior")
    session.commit()
    assert Screen(visit("junior"), url_of(proposed)).path == f"/mentorships/{proposed}"
    with pytest.raises(Refused):
        actions.put_aside(session, organisation.actor("junior"), proposed, organisation.now)


KEYS = st.sampled_from(["a", "b", "c"])
SIDES = st.sampled_from([JUNIOR, MENTOR])
MOVES = st.lists(st.tuples(SIDES, KEYS, st.sampled_from(["tap", "back"])), max_size=12)


@given(MOVES)
def test_nothing_is_agreed_that_not_both_chose(moves: list[tuple[str, str, str]]):
    choice = NOTHING_CHOSEN
    wanted: dict[str, set[str]] = {JUNIOR: set(), MENTOR: set()}
    for side, key, move in moves:
        if move == "tap":
            wanted[side].add(key)
            choice = chosen(choice, key, side)
        else:
            before = choice
            choice = taken_back(choice, side)
            assert choice.agreed == before.agreed
        assert (bool(choice.proposed) == bool(choice.by) and choice.proposed != choice.agreed) or not choice.proposed
        assert not choice.agreed or choice.agreed in wanted[JUNIOR] & wanted[MENTOR]


@given(st.dictionaries(st.sampled_from([point.key for point in POINTS]), st.tuples(KEYS, KEYS, SIDES)))
def test_every_point_stands_in_one_place(found: dict[str, tuple[str, str, str]]):
    choices = {point: Choice(agreed, proposed, by) for point, (agreed, proposed, by) in found.items()}
    for side in (JUNIOR, MENTOR):
        stands = standing(choices, side)
        everywhere = [*stands.agreed, *stands.theirs, *stands.mine, *stands.open]
        assert sorted(everywhere) == sorted(point.key for point in POINTS)
    mine, other = standing(choices, JUNIOR), standing(choices, MENTOR)
    assert (mine.mine, mine.theirs) == (other.theirs, other.mine)


def test_how_far_the_two_are():
    first, second, third, *rest = (point.key for point in POINTS)
    choices = {first: Choice("a"), second: Choice("", "b", MENTOR), third: Choice("", "c", JUNIOR)}
    found = standing(choices, JUNIOR)
    assert (found.agreed, found.theirs, found.mine, found.open) == ((first,), (second,), (third,), tuple(rest))
    assert standing({point.key: Choice("a") for point in POINTS}, MENTOR).done


@pytest.mark.parametrize(
    ("agreed", "aside", "shows"),
    [(0, False, True), (3, False, True), (3, True, False), (10, False, False), (10, True, False)],
)
def test_the_desk_speaks_of_it_until_all_is_agreed_or_it_was_put_aside(agreed: int, aside: bool, shows: bool):
    stands = standing({point.key: Choice("a") for point in POINTS[:agreed]}, MENTOR)
    began = date(2026, 11, 23)
    moment = datetime(2026, 11, 23, 9, tzinfo=UTC) if aside else None
    told = {"began_on": began, "aside_at": moment, "proposed_at": None}
    assert rules.is_on_desk(stands, today=began, **told) is shows
    assert not rules.is_on_desk(stands, today=began + rules.FIRST_WEEKS, **told)
    assert not rules.is_on_desk(stands, today=began - timedelta(days=1), **told)


def test_a_yes_to_what_nobody_proposes_is_refused():
    choices = {"long": Choice("", "half", JUNIOR)}
    rules.check_shown(choices, {"long": "half"}, MENTOR)
    for shown, side in (({"long": "half"}, JUNIOR), ({"long": "hour"}, MENTOR), ({"where": "work"}, MENTOR)):
        with pytest.raises(Conflict):
            rules.check_shown(choices, shown, side)
