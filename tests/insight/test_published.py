"""Figures of groups: published once a quarter, unchanged ever after, and readable where managers see groups alone."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, col, select

from mentorship.base.config import Settings
from mentorship.checkins.models import Answer, CheckIn
from mentorship.checkins.retention import delete_answers
from mentorship.checkins.settings.models import QuestionSet
from mentorship.checkins.settings.standard import SCALE, STANDARD
from mentorship.insight.published import rules
from mentorship.insight.published.models import CountedAnswer, CountedPerson, PublishedFigure
from mentorship.insight.published.queries import to_publish
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person
from mentorship.programme.models import Programme
from mentorship.programme.rules import Visibility
from mentorship.worker import jobs
from mentorship.worker.purges import PURGES
from tests.client import InspectingClient
from tests.factories import Organisation, Screen, words_of

QUARTER = date(2026, 7, 1)
ASKED = datetime(2026, 8, 12, 9, tzinfo=UTC)
CLOSED = datetime(2026, 10, 15, 9, tzinfo=UTC)
NEVER = "Wordt nooit gebruikt voor beoordeling, loon, promotie of ontslag."
LATER = timedelta(days=92)
KEYS = {"junior": ("progress", "own_work", "not_alone", "dare_to_ask"), "mentor": ("hours_free", "own_job", "go_on")}


@dataclass
class Groups:
    """Pairs at two sites in two domains, whose sides answer."""

    engine: sa.Engine
    made: Organisation
    pairs: list[int] = field(default_factory=list)

    def add(self, number: int, site: str = "Ede", domain: str = "Pneumatiek") -> None:
        """Let so many pairs run."""
        for _ in range(number):
            n = len(self.pairs)
            for side in ("junior", "mentor"):
                self.made.person(f"{side}{n}", site=site, roster="")
            self.made.offers(f"mentor{n}")
            pair = self.made.pair(f"mentor{n}", f"junior{n}", "active", domain=domain, started_on=date(2026, 6, 1))
            self.pairs.append(pair)
        self.made.session.commit()

    def answer(self, at: datetime = ASKED, of: Sequence[int] | None = None, step: int | None = None) -> None:
        """Let both sides of the pairs (by their place) answer at a moment, each a little otherwise."""
        session = self.made.session
        for n in range(len(self.pairs)) if of is None else of:
            pair = session.get_one(Mentorship, self.pairs[n])
            for side, person_id in (("junior", pair.junior_id), ("mentor", pair.mentor_id)):
                values = {"set_id": 1, "status": "answered", "closed_at": at, "due_on": at.date(), "opened_at": at}
                row = CheckIn(mentorship_id=self.pairs[n], side=side, person_id=person_id, **values)
                session.add(row)
                session.flush()
                for key in KEYS[side]:
                    session.add(Answer(check_in_id=row.id or 0, key=key, value=step or n % 5 + 1))
        session.commit()

    def correct(self, pair: int, at: datetime) -> None:
        """Let both sides of a pair (by its place) send other answers in place of those that they sent."""
        theirs = sa.update(CheckIn).where(col(CheckIn.mentorship_id) == self.pairs[pair])
        self.made.session.execute(theirs.values(closed_at=at))
        self.made.session.commit()

    def publish(self, at: datetime = CLOSED) -> None:
        """Let the worker pass."""
        jobs.publish_figures(self.engine, at, Settings())

    def figures(self, side: str = "junior") -> list[tuple[date, str, str, float | None, int, str]]:
        """What is published of a side, in order."""
        query = select(PublishedFigure).where(PublishedFigure.side == side).order_by(col(PublishedFigure.id))
        with Session(self.engine) as session:
            return [(r.quarter, r.level, r.name, r.value, r.people, r.hidden) for r in session.exec(query)]

    def counted(self, quarter: date, held: bool) -> int:
        """How many juniors counted in a quarter, or were held."""
        query = select(CountedAnswer).where(
            CountedAnswer.quarter == quarter, CountedAnswer.side == "junior", CountedAnswer.held == held
        )
        with Session(self.engine) as session:
            return len(session.exec(query).all())


@pytest.fixture
def groups(engine: sa.Engine, organisation: Organisation) -> Iterator[Groups]:
    settings = organisation.session.get_one(Programme, 1)
    settings.visibility = "aggregates"
    organisation.session.commit()
    yield Groups(engine, organisation)


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(2026, 10, 14), date(2026, 4, 1)),
        (date(2026, 10, 15), date(2026, 7, 1)),
        (date(2027, 1, 14), date(2026, 7, 1)),
        (date(2027, 1, 15), date(2026, 10, 1)),
        (date(2027, 4, 30), date(2027, 1, 1)),
    ],
)
def test_a_quarter_is_closed_two_weeks_after_its_end(day: date, closed: date):
    assert rules.last_closed(day) == closed
    assert rules.closes_on(closed) <= day < rules.closes_on(rules.next_quarter(closed))


@pytest.mark.parametrize("since", [None, datetime(2026, 6, 30, 22, tzinfo=UTC)])
def test_a_quarter_counts_when_the_whole_of_it_was_asked_for_groups_alone(since: datetime | None):
    assert rules.may_publish(Visibility("aggregates", since), QUARTER)
    assert not rules.may_publish(Visibility("aggregates", datetime(2026, 7, 1, 9, tzinfo=UTC)), QUARTER)
    assert not rules.may_publish(Visibility("classes", since), QUARTER)
    assert not rules.may_publish(Visibility(None, None), QUARTER)


def test_when_the_first_figures_come():
    assert rules.first_closing(Visibility("aggregates", None), date(2026, 11, 28)) == date(2027, 1, 15)
    begun = Visibility("aggregates", datetime(2026, 11, 1, tzinfo=UTC))
    assert rules.first_closing(begun, date(2026, 11, 28)) == date(2027, 4, 15), "the first whole quarter after that"
    assert rules.first_closing(Visibility("classes", None), date(2026, 11, 28)) is None


def test_a_closed_quarter_is_published_once(groups: Groups):
    groups.add(8)
    groups.add(7, "Breda", "Hydrauliek")
    groups.answer()
    groups.publish(CLOSED - timedelta(days=1))
    assert not groups.figures()
    groups.publish()
    first = groups.figures()
    assert [(level, name, hidden) for _, level, name, _, _, hidden in first] == [
        ("organisation", "", ""),
        ("site", "Ede", ""),
        ("site", "Breda", ""),
        ("domain", "Pneumatiek", ""),
        ("domain", "Hydrauliek", ""),
    ]
    assert first[0][4] == 10, "ten or more people, not fifteen"
    groups.answer(ASKED + timedelta(days=1), step=2)
    groups.publish(CLOSED + timedelta(days=3))
    assert groups.figures() == first, "what came later changes nothing that was published"


def test_a_correction_moves_no_answer_into_another_quarter(groups: Groups):
    groups.add(12)
    groups.answer()
    groups.correct(0, datetime(2026, 10, 5, 9, tzinfo=UTC))
    groups.publish()
    assert groups.counted(QUARTER, held=False) == 12, "corrected while it could be, before the quarter was closed"
    first = groups.figures()
    groups.correct(1, CLOSED + timedelta(days=1))
    groups.publish(CLOSED + LATER)
    assert groups.figures() == first, "nobody was asked in the quarter in which it was corrected"


def test_a_quarter_in_which_nobody_answered_is_none(groups: Groups):
    groups.add(8)
    groups.publish()
    assert not groups.figures()


def test_nothing_is_published_where_managers_see_more_than_groups(groups: Groups):
    groups.add(8)
    groups.answer()
    groups.made.session.execute(sa.update(Programme).values(visibility="classes"))
    groups.made.session.commit()
    groups.publish()
    assert not groups.figures()


def test_a_mean_is_of_the_fixed_questions_of_the_quarter_alone(groups: Groups):
    groups.add(8)
    groups.answer()
    groups.answer(datetime(2026, 6, 30, 21, 59, tzinfo=UTC), step=1)
    groups.answer(datetime(2026, 9, 30, 22, 0, tzinfo=UTC), step=1)
    for row in groups.made.session.exec(select(CheckIn)).all():
        groups.made.session.add(Answer(check_in_id=row.id or 0, key="feedback", value=1))
    groups.made.session.commit()
    groups.publish()
    mean = (1 + 2 + 3 + 4 + 5 + 1 + 2 + 3) / 8
    assert (mean - 1) / 4 == pytest.approx(0.40625)
    assert groups.figures()[0][3] == 0.4


def test_a_question_of_one_side_that_changes_leaves_the_other_its_answers(groups: Groups):
    groups.add(8)
    groups.answer(step=1)
    session = groups.made.session
    other = {"mentor": [{**one, "nl": "Anders?"} for one in STANDARD["mentor"]]}
    session.add(QuestionSet(questions={**STANDARD, **other}, scale=SCALE, series=2))
    session.commit()
    groups.answer(ASKED + timedelta(days=20))
    session.execute(sa.update(CheckIn).where(col(CheckIn.opened_at) > ASKED).values(set_id=2))
    session.commit()
    groups.publish()
    mean = (1 + 2 + 3 + 4 + 5 + 1 + 2 + 3) / 8
    together = (mean + 1) / 2
    assert groups.figures()[0][3] == pytest.approx((together - 1) / 4, abs=0.026)
    assert groups.figures("mentor")[0][3] == pytest.approx((mean - 1) / 4, abs=0.026)


def test_who_answers_for_the_first_time_is_held_to_the_next_quarter(groups: Groups):
    groups.add(12)
    groups.answer()
    groups.publish()
    groups.add(6)
    groups.answer(ASKED + LATER)
    groups.publish(CLOSED + LATER)
    october = date(2026, 10, 1)
    assert (groups.counted(october, held=False), groups.counted(october, held=True)) == (12, 6)
    groups.answer(ASKED + 2 * LATER)
    groups.publish(CLOSED + 2 * LATER)
    assert (groups.counted(date(2027, 1, 1), held=False), groups.counted(date(2027, 1, 1), held=True)) == (18, 0)
    organisation = [row for row in groups.figures() if row[1] == "organisation"]
    assert [hidden for *_, hidden in organisation] == ["", "", ""], "six came together"


def test_one_who_leaves_is_not_what_two_quarters_differ_by(groups: Groups):
    groups.add(12)
    groups.answer()
    groups.publish()
    groups.answer(ASKED + LATER, of=range(1, 12))
    groups.publish(CLOSED + LATER)
    organisation = [row for row in groups.figures() if row[1] == "organisation"]
    assert [hidden for *_, hidden in organisation] == ["", "protects"]


def test_what_was_published_outlives_answers_and_people(groups: Groups):
    groups.add(12)
    groups.answer()
    groups.publish()
    before = groups.figures()
    session = groups.made.session
    session.execute(sa.update(Mentorship).values(status="ended", ended_on=date(2026, 11, 1)))
    session.execute(sa.update(Person).where(Person.given_name.like("Junior_%")).values(left_on=date(2026, 11, 1)))
    session.commit()
    delete_answers(session, datetime(2029, 1, 1, tzinfo=UTC))
    PURGES["people"](session, datetime(2029, 1, 1, tzinfo=UTC))
    session.commit()
    whose = session.exec(select(CountedPerson.whose_id)).all()
    session.rollback()
    assert len(whose) == 24 and whose.count(None) == 12, "who they were is let go of; that they counted stays"
    assert groups.counted(QUARTER, held=False) == 12
    assert groups.figures() == before


def test_publishing_takes_as_many_queries_for_many_as_for_few(groups: Groups):
    groups.add(6)
    groups.answer()
    few = statements(groups.engine)
    groups.add(30, "Breda")
    groups.answer(ASKED + timedelta(days=1))
    assert statements(groups.engine) == few


def statements(engine: sa.Engine) -> int:
    """How many queries it takes to find what is published."""
    ran: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        ran.append(statement)

    sa.event.listen(engine, "before_cursor_execute", count)
    with Session(engine) as session:
        assert to_publish(session, CLOSED) is not None
    sa.event.remove(engine, "before_cursor_execute", count)
    return len(ran)


@dataclass
class Reading:
    """Pages as somebody reads them at a moment."""

    app: Flask
    groups: Groups

    def screen(self, key: str, at: datetime = CLOSED, path: str = "/insight/published") -> Screen:
        self.app.config["CLOCK"] = lambda: at
        with Session(self.groups.engine) as session:
            client = InspectingClient(self.app, session, self.groups.made.people[key])
        return Screen(client, path)


@pytest.fixture
def reading(app: Flask, groups: Groups) -> Reading:
    return Reading(app, groups)


def test_managers_and_coordinators_read_figures_and_why_others_are_hidden(reading: Reading, groups: Groups):
    groups.add(12)
    groups.add(3, "Breda", "Hydrauliek")
    groups.answer()
    groups.publish()
    for reader in ("manager", "coordinator"):
        text = reading.screen(reader).text
        assert "Kwartaal 3 van 2026" in text and "10 of meer mensen" in text
        assert "verborgen: te weinig" in text and "verborgen: beschermt" in text
        assert "Minder dan vijf mensen of minder dan vijf duo's" in text
        assert NEVER in text


def test_the_list_of_who_carries_what_leads_to_the_groups(reading: Reading, groups: Groups):
    link = "/insight/published"
    assert link in links_of(reading.screen("manager", path="/insight/workload"))
    groups.made.session.execute(sa.update(Programme).values(visibility="classes"))
    groups.made.session.commit()
    assert link not in links_of(reading.screen("manager", path="/insight/workload"))


def links_of(screen: Screen) -> list[str | None]:
    return [element.get("href") for element in screen.tree.iter("a")]


@pytest.mark.parametrize("who", ["junior", "senior", "hr", "admin"])
def test_others_do_not_come_in(reading: Reading, who: str):
    assert reading.screen("manager").status == 200
    assert reading.screen(who).status in (403, 404)


def test_where_nothing_is_published_yet_it_says_when_and_once(reading: Reading, groups: Groups):
    text = reading.screen("manager", datetime(2026, 11, 28, 9, tzinfo=UTC)).text
    assert text.count("Er zijn nog geen cijfers") == 1 and "15 jan 2027" in text


def test_the_heading_says_which_side_is_shown(reading: Reading, groups: Groups):
    groups.add(12)
    groups.answer()
    session = groups.made.session
    session.execute(sa.update(CheckIn).where(col(CheckIn.side) == "mentor").values(status="skipped"))
    session.commit()
    groups.publish()
    assert heading(reading) == "Junioren leren: 2,8 van 5"


def test_a_heading_over_hidden_figures_does_not_say_that_they_are_too_few(reading: Reading, groups: Groups):
    groups.add(12)
    groups.answer(step=3)
    groups.publish()
    assert [row[-1] for row in groups.figures()][:1] == ["protects"], "all answered alike"
    assert heading(reading) == "Over de hele organisatie is dit kwartaal niets gepubliceerd"


def heading(reading: Reading) -> str:
    """What stands on top of the page."""
    top = next(reading.screen("manager").tree.iter("h1"))
    return " ".join("".join(top.itertext()).split())


def test_where_managers_see_more_it_says_that_there_are_none(reading: Reading, groups: Groups):
    groups.add(12)
    groups.answer()
    groups.publish()
    groups.made.session.execute(sa.update(Programme).values(visibility="classes"))
    groups.made.session.commit()
    text = reading.screen("coordinator").text
    assert "geen cijfers van groepen" in text and "10 of meer" not in text
    groups.made.session.execute(sa.update(Programme).values(visibility="aggregates"))
    groups.made.session.commit()
    assert "10 of meer" in reading.screen("coordinator").text, "chosen back, they can be read again"


def test_an_earlier_quarter_is_a_link_away(reading: Reading, groups: Groups):
    groups.add(12)
    groups.answer()
    groups.publish()
    groups.answer(ASKED + LATER)
    groups.publish(CLOSED + LATER)
    screen = reading.screen("manager", CLOSED + LATER)
    assert "Kwartaal 4 van 2026" in screen.text
    earlier = reading.screen("manager", CLOSED + LATER, "/insight/published?quarter=2026-07-01")
    assert "De hele organisatie" in earlier.text
    for odd in ("x", "2026-07-02", "9999-99-99"):
        assert reading.screen("manager", CLOSED + LATER, f"/insight/published?quarter={odd}").status == 200


def test_the_sheet_says_what_is_hidden_and_what_it_is_never_used_for(reading: Reading, groups: Groups):
    groups.add(12)
    groups.add(3, "Breda", "Hydrauliek")
    groups.answer()
    groups.publish()
    reading.app.config["CLOCK"] = lambda: CLOSED
    with Session(groups.engine) as session:
        client = InspectingClient(reading.app, session, groups.made.people["manager"])
    sheet = client.get("/insight/published.csv").get_data(as_text=True).lstrip("\ufeff")
    rows = list(csv.reader(io.StringIO(sheet), delimiter=";"))
    assert rows[0][:3] == ["Kwartaal", "Soort groep", "Groep"]
    organisation = rows[1]
    assert organisation[2] == "De hele organisatie" and organisation[4:6] == ["3", "10"]
    breda = [row for row in rows if "Breda" in row]
    assert breda and all(row[4] == row[5] == "" and row[6] == "verborgen: te weinig" for row in breda)
    assert rows[-1] == [NEVER]


def test_a_figure_stands_as_a_bar_and_a_hidden_one_says_nothing(reading: Reading, groups: Groups):
    groups.add(12)
    groups.add(3, "Breda", "Hydrauliek")
    groups.answer()
    groups.publish()
    cells = list(reading.screen("manager").tree.iter("td"))
    shown = [cell for cell in cells if "10 of meer" in words_of(cell)]
    hidden = [cell for cell in cells if "verborgen" in words_of(cell)]
    assert shown and hidden
    for cell in shown:
        bar = next(cell.iter("rect"))
        value = float(words_of(next(cell.iter("b"))).replace(",", "."))
        assert float(bar.get("width").rstrip("%")) == pytest.approx((value - 1) * 25, abs=1.3)
        assert bar.get("class") == "g-yes"
    assert {(bar.get("fill"), bar.get("width")) for cell in hidden for bar in cell.iter("rect")} == {
        ("url(#hatch)", "100%")
    }


def test_change_is_said_of_published_figures_alone(reading: Reading, groups: Groups):
    groups.add(12)
    groups.answer(step=3)
    groups.publish()
    groups.answer(ASKED + LATER)
    groups.publish(CLOSED + LATER)
    hidden_before = reading.screen("manager", CLOSED + LATER).text
    assert "was " not in hidden_before and "kwartaal ervoor" not in hidden_before, "all alike was hidden"
    assert "De hele organisatie, per kwartaal" in hidden_before
    groups.answer(ASKED + 2 * LATER)
    groups.publish(CLOSED + 2 * LATER)
    assert "net als het kwartaal ervoor" in reading.screen("manager", CLOSED + 2 * LATER).text


def test_every_sheet_tells_what_the_page_tells(reading: Reading, groups: Groups):
    groups.add(12)
    groups.answer()
    groups.publish()
    reading.app.config["CLOCK"] = lambda: CLOSED
    with Session(groups.engine) as session:
        client = InspectingClient(reading.app, session, groups.made.people["manager"])

    def words() -> str:
        book = zipfile.ZipFile(io.BytesIO(client.get("/insight/published.xlsx").data))
        return book.read("xl/sharedStrings.xml").decode()

    assert "De hele organisatie" in words() and NEVER in words()
    groups.made.session.execute(sa.update(Programme).values(visibility="classes"))
    groups.made.session.commit()
    assert "De hele organisatie" not in words() and NEVER in words()
