"""How the programme does: the figures against plain counting, and the page as the coordinator reads it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
import sqlalchemy as sa
from scipy.stats import CensoredData, ecdf
from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.insight.outcomes import facts, queries, rules
from mentorship.insight.outcomes.facts import Facts, Guided, Load, Pair, Wish
from mentorship.insight.outcomes.months import months
from mentorship.insight.outcomes.survival import Span, curve, had_it, lasting, span
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.hours.models import WorkedWeek
from tests.client import InspectingClient
from tests.factories import Organisation, Screen

UNTIL = date(2026, 10, 1)
SINCE = date(2026, 7, 1)
NOBODY = ("Nog zonder mentor", "Duo's die goed eindigden")
Visit = Callable[[str | None], InspectingClient]


def spans(seed: int, number: int = 40) -> list[Span]:
    """Some that took days, of which some were not seen to the end."""
    chance = Random(seed)
    return [Span(chance.randint(0, 60), happened=chance.random() < 0.6) for _ in range(number)]


@pytest.mark.parametrize("seed", range(30))
def test_the_share_left_is_that_of_scipy(seed: int):
    found = spans(seed)
    data = CensoredData(
        uncensored=[each.days for each in found if each.happened],
        right=[each.days for each in found if not each.happened],
    )
    reference = ecdf(data).sf
    for days, share in curve(found):
        assert share == pytest.approx(float(reference.evaluate([days])[0]))
    last = lasting(found)
    below = [days for days in range(61) if reference.evaluate([days])[0] <= 0.5 + 1e-9]
    assert last.median == (below[0] if below else None)
    assert last.all_of_them == len(found) and last.happened == sum(each.happened for each in found)


def test_who_still_waits_is_not_left_out():
    """Of ten, five found one in ten days and five wait for a hundred: half is reached, three quarters never."""
    found = [Span(10, happened=True)] * 5 + [Span(100, happened=False)] * 5
    last = lasting(found)
    assert (last.early, last.median, last.late) == (10, 10, None)
    assert had_it(found, 9) == 0 and had_it(found, 10) == pytest.approx(0.5)
    assert had_it(found, 101) is None, "nobody was seen for so long"
    assert lasting([]).median is None and had_it([], 0) is None


def test_what_comes_after_the_end_is_not_known_yet():
    begins = date(2026, 9, 1)
    assert span(begins, date(2026, 9, 11), None, UNTIL) == Span(10, happened=True)
    assert span(begins, date(2026, 10, 11), None, UNTIL) == Span(30, happened=False)
    assert span(begins, None, date(2026, 9, 5), UNTIL) == Span(4, happened=False), "withdrawn"


@pytest.mark.parametrize(
    ("runs", "stopped", "still", "expected"),
    [
        ([], None, True, [(SINCE, None)]),
        ([], UNTIL, False, [(SINCE, UNTIL)]),
        ([(UNTIL, None)], None, False, [(SINCE, UNTIL)]),
        ([(SINCE, UNTIL)], None, False, []),
        ([(SINCE, UNTIL)], None, True, [(UNTIL, None)]),
    ],
)
def test_a_request_waits_until_its_pair_and_after_it_when_it_opens_again(runs, stopped, still, expected):
    assert list(facts.waits(SINCE, runs, stopped, still=still)) == expected


def test_months_before_end_on_a_day_that_is_there():
    assert rules.months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert rules.months_before(date(2026, 1, 15), 12) == date(2025, 1, 15)
    assert rules.months_before(date(2026, 12, 31), 13) == date(2025, 11, 30)
    assert rules.months_before(date(2028, 2, 29), 12) == date(2027, 2, 28)


def wish(person: int, asked: date, matched: date | None = None, stopped: date | None = None) -> Wish:
    runs = [(matched, None)] if matched else []
    stretches = facts.waits(asked, runs, stopped, still=stopped is None)
    return Wish(person, 1, asked, matched, stopped, stretches)


def pair(junior: int, **values: object) -> Pair:
    known: dict[str, object] = {
        "junior": junior,
        "mentor": 100 + junior,
        "site": 1,
        "proposed": date(2026, 7, 5),
        "answer": facts.YES,
        "begun": True,
        "started": date(2026, 7, 10),
        "ended": None,
        "ended_as": "",
        "left": False,
    }
    return Pair(**{**known, **values})  # type: ignore[arg-type]


def test_only_what_was_asked_in_this_time_counts_as_asked():
    found = rules.outcomes(
        Facts(
            wishes=[
                wish(1, date(2026, 6, 30), date(2026, 7, 2)),
                wish(2, date(2026, 7, 1), date(2026, 9, 30)),
                wish(3, date(2026, 7, 1), date(2026, 10, 1)),
                wish(4, date(2026, 8, 1), None, date(2026, 8, 9)),
                wish(5, date(2026, 9, 30)),
                wish(6, date(2026, 10, 1)),
            ]
        ),
        SINCE,
        UNTIL,
    )
    assert (found[rules.MATCHED].number, found[rules.MATCHED].of) == (1, 4)
    assert found[rules.MATCHED].more["withdrawn"] == 1
    assert found[rules.WAITING].number == 2, "the third got one a day later, the fifth asked that day"
    assert (found[rules.WAIT].number, found[rules.WAIT].of) == (2, 5), "all of the year before"


@pytest.mark.parametrize(("people", "median"), [(1, None), (4, None), (5, 14)])
def test_how_long_it_took_is_told_of_five_people_or_more(people: int, median: int | None):
    asked = UNTIL - timedelta(days=60)
    wishes = [Wish(one, 1, asked, asked + timedelta(days=14), None, ()) for one in range(people)]
    found = rules.outcomes(Facts(wishes=wishes), SINCE, UNTIL)[rules.WAIT]
    assert (found.number, found.of, found.people) == (people, people, people)
    assert (found.early, found.median, found.late) == (median, median, median)


def test_how_pairs_ended_counts_only_where_it_was_said_and_nobody_left():
    ended = date(2026, 9, 1)
    found = rules.outcomes(
        Facts(
            pairs=[
                pair(1, ended=ended, ended_as="reached"),
                pair(2, ended=ended, ended_as="not_fitting"),
                pair(3, ended=ended),
                pair(4, ended=ended, ended_as="time", left=True),
                pair(5, ended=UNTIL, ended_as="time"),
                pair(6, begun=False, answer=facts.NO, started=None, ended=ended),
                pair(7, begun=False, answer=facts.OPEN, started=None),
                pair(8, begun=False, answer=facts.LAPSED, started=None, ended=ended),
            ]
        ),
        SINCE,
        UNTIL,
    )
    well = found[rules.ENDED_WELL]
    assert (well.number, well.of, well.more) == (1, 2, {"unsaid": 1, "left": 1})
    accepted = found[rules.ACCEPTED]
    assert (accepted.number, accepted.of) == (5, 7)
    assert accepted.more == {"refused": 1, "lapsed": 1, "open": 1}
    assert found[rules.RUNNING].number == 1 and found[rules.RUNNING].more["begun"] == 5


def test_who_began_less_than_a_year_ago_does_not_count_as_stayed():
    found = rules.outcomes(
        Facts(
            guided=[
                Guided(1, 1, date(2025, 9, 30), None),
                Guided(2, 1, date(2025, 6, 1), date(2026, 5, 31)),
                Guided(3, 1, date(2025, 6, 1), date(2026, 6, 1)),
                Guided(4, 1, date(2025, 10, 1), None),
                Guided(5, 1, date(2024, 9, 30), None),
                Guided(6, 1, UNTIL, None),
            ]
        ),
        SINCE,
        UNTIL,
    )
    stayed = found[rules.STAYED]
    assert (stayed.number, stayed.of, stayed.more["shorter"]) == (2, 3, 1)


def test_hours_are_beside_those_confirmed_and_who_has_none_confirmed_is_not_over():
    loads = [Load(1, 1, 3, 2, 2.0, over=True), Load(2, 1, 1, 2, 2.0, over=False), Load(3, 1, 5, 2, None, over=False)]
    found = rules.outcomes(Facts(loads=loads), SINCE, UNTIL)
    assert found[rules.HOURS].more == {"given": 9, "promised": 6, "confirmed": 4}
    over = found[rules.OVER]
    assert (over.number, over.of, over.more["unconfirmed"]) == (1, 2, 1)


@pytest.mark.parametrize(
    ("people", "hidden"),
    [
        ([], set()),
        ([0, 7, 9], set()),
        ([3, 7, 9], {0, 1}),
        ([3, 4, 9], {0, 1}),
        ([2, 1, 9], {0, 1, 2}),
        ([4], {0}),
    ],
)
def test_a_hidden_group_cannot_be_counted_back(people: list[int], hidden: set[int]):
    assert rules.too_few(people) == hidden


def test_no_choice_of_shown_groups_leaves_fewer_than_five_over():
    chance = Random(4)
    for _ in range(500):
        people = [chance.randint(0, 12) for _ in range(chance.randint(1, 8))]
        hidden = rules.too_few(people)
        assert all(people[place] >= 5 or not people[place] for place in set(range(len(people))) - hidden)
        left = [people[place] for place in hidden]
        everybody = all(place in hidden or not people[place] for place in range(len(people)))
        assert not left or everybody or (sum(left) >= 5 and len(left) > 1)


def test_months_are_those_since_the_first_event():
    known = Facts(wishes=[wish(1, date(2026, 8, 3))], pairs=[pair(1, started=date(2026, 9, 30))])
    found = months(known, UNTIL)
    assert [(each.first, each.asked, each.begun) for each in found] == [
        (date(2026, 8, 1), 1, 0),
        (date(2026, 9, 1), 0, 1),
    ]
    assert months(Facts(), UNTIL) == []


def live(made: Organisation, number: int, site: str = "Ede", first: int = 0) -> list[int]:
    """Let juniors ask and be paired a week later: of each a step is confirmed, and hours are logged."""
    pairs = []
    asked = made.now - timedelta(days=40)
    started = local_date(asked) + timedelta(days=7)
    for n in range(first, first + number):
        made.person(f"j{n}", "junior", site=site)
        made.mentor(f"m{n}", site=site)
        request = made.asks(f"j{n}")
        row = made.session.get_one(MentorRequest, request)
        row.created_at, row.status = asked, "placed"
        pair_id = made.pair(
            f"m{n}", f"j{n}", "active", request_id=request, started_on=started, proposed_at=asked + timedelta(days=2)
        )
        pairs.append(pair_id)
        goal = Goal(
            mentorship_id=pair_id, domain_id=made.domain("Pneumatiek"), start_level=1, target_level=3, made_at=asked
        )
        made.session.add(goal)
        made.session.flush()
        claim = LevelClaim(
            goal_id=goal.id or 0,
            level=3,
            status="confirmed",
            claimed_at=asked,
            evidence="Deed het alleen",
            settled_at=asked + timedelta(days=21),
        )
        monday = local_date(made.now) - timedelta(days=local_date(made.now).weekday() + 7)
        week = WorkedWeek(
            mentor_id=made.people[f"m{n}"],
            mentorship_id=pair_id,
            week=monday,
            hours=Decimal(2),
            noted_by=made.people[f"m{n}"],
            noted_at=made.now,
        )
        made.session.add_all([claim, week])
    made.session.commit()
    return pairs


def outcome(session: Session, now: datetime) -> rules.Outcomes:
    until = local_date(now) + timedelta(days=1)
    return rules.outcomes(queries.gathered(session, until), rules.months_before(until, 12), until)


def test_what_is_counted_is_what_happened(session: Session, organisation: Organisation, now: datetime):
    live(organisation, 6)
    organisation.asks("junior")
    session.commit()
    found = outcome(session, now)
    assert (found[rules.MATCHED].number, found[rules.MATCHED].of) == (6, 7)
    assert found[rules.WAITING].number == 1 and found[rules.RUNNING].number == 6
    assert found[rules.WAIT].median == 7 and found[rules.ALONE].median == 21
    assert found[rules.STEPS].number == 6 and found[rules.STEPS].people == 6
    assert (found[rules.ACCEPTED].number, found[rules.ACCEPTED].of) == (6, 6)
    assert found[rules.STAYED].of == 0 and found[rules.STAYED].more["shorter"] == 6
    assert found[rules.HOURS].more == {"given": 12, "promised": 48, "confirmed": 48}
    assert (found[rules.OVER].number, found[rules.OVER].of) == (0, 6)


def test_a_pair_that_came_with_an_import_was_no_request(session: Session, organisation: Organisation, now: datetime):
    request = organisation.asks("junior")
    session.get_one(MentorRequest, request).status = "placed"
    organisation.pair("senior", "junior", "active", request_id=request, origin="import", started_on=date(2020, 1, 1))
    session.commit()
    found = outcome(session, now)
    assert found[rules.WAIT].of == 0 and found[rules.WAITING].number == 0 and found[rules.RUNNING].number == 1


def test_a_proposal_is_no_mentor_yet(session: Session, organisation: Organisation, now: datetime):
    request = organisation.asks("junior")
    session.get_one(MentorRequest, request).status = "placed"
    organisation.pair("senior", "junior", "proposed", request_id=request)
    session.commit()
    found = outcome(session, now)
    assert found[rules.WAITING].number == 1 and found[rules.MATCHED].number == 0


def statements(engine: sa.Engine, now: datetime) -> int:
    ran: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        ran.append(statement)

    sa.event.listen(engine, "before_cursor_execute", count)
    with Session(engine) as session:
        outcome(session, now)
    sa.event.remove(engine, "before_cursor_execute", count)
    return len(ran)


def test_as_many_queries_for_many_as_for_few(
    engine: sa.Engine, session: Session, organisation: Organisation, now: datetime
):
    live(organisation, 2)
    few = statements(engine, now)
    live(organisation, 8, first=2)
    assert statements(engine, now) == few


def test_the_coordinator_reads_each_figure_with_what_is_behind_it(visit: Visit, organisation: Organisation):
    live(organisation, 6)
    live(organisation, 2, "Breda", first=6)
    screen = Screen(visit("coordinator"), "/insight/outcomes")
    assert screen.heading == "8 van de 8 die er het afgelopen jaar om vroegen, kregen een mentor"
    rows = {row[0]: row for row in screen.rows()}
    assert rows["Tijd tot een mentor"][1] == "de helft binnen 1 week"
    assert "8 van de 8 die er het afgelopen jaar om vroegen" in rows["Tijd tot een mentor"][2]
    assert rows["Na een jaar nog hier"][1] == "–"
    assert "8 begonnen korter dan een jaar geleden" in rows["Na een jaar nog hier"][2]
    assert rows["Breda"][1] == "te weinig" and rows["Ede"][1] == "te weinig", "or Breda could be counted back"
    assert "zit in geen van deze cijfers" in screen.text


@pytest.mark.parametrize("who", ["junior", "senior", "manager", "hr", "admin"])
@pytest.mark.parametrize("path", ["", "/outcomes.csv", "/outcomes.xlsx"])
def test_others_do_not_come_in(visit: Visit, who: str, path: str):
    assert visit(who).get(f"/insight/outcomes{path}").status_code in (403, 404)


def test_where_nothing_happened_it_says_so(visit: Visit):
    text = Screen(visit("coordinator"), "/insight/outcomes").text
    assert "Er valt nog niets te vertellen" in text


def test_the_sheet_shows_what_the_page_shows(visit: Visit, organisation: Organisation):
    live(organisation, 6)
    live(organisation, 2, "Breda", first=6)
    sheet = visit("coordinator").get("/insight/outcomes/outcomes.csv").get_data(as_text=True).lstrip("\ufeff")
    rows = list(csv.reader(io.StringIO(sheet), delimiter=";"))
    assert rows[0][:5] == ["Vestiging", "Uitkomst", "Aantal", "Van hoeveel", "Mensen"]
    whole = {row[1]: row for row in rows if row[:1] == ["De hele organisatie"]}
    assert whole["Vroeg erom en kreeg een mentor"][2:5] == ["8", "8", "8"]
    assert whole["Tijd tot een mentor"][6] == "1"
    breda = [row for row in rows if row[:1] == ["Breda"] and row[1] not in NOBODY]
    assert breda and all(row[2:8] == [""] * 6 and row[8] == "te weinig" for row in breda)
    assert rows[-1][0].startswith("Wordt nooit gebruikt")
    book = visit("coordinator").get("/insight/outcomes/outcomes.xlsx")
    assert book.status_code == 200 and book.data[:2] == b"PK"


def test_in_english_all_of_it_is(visit: Visit, organisation: Organisation):
    live(organisation, 6)
    organisation.speak("en")
    screen = Screen(visit("coordinator"), "/insight/outcomes")
    assert screen.heading == "6 of 6 who asked in the past year got a mentor"
    assert "half of them within 1 week" in screen.text
