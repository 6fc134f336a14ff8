"""Who carries what: the right people, the right figures, in every order, and no query per row."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier

import sqlalchemy as sa
from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.lists import View
from mentorship.insight import queries
from mentorship.insight.words import listing
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.people.models import Person, PersonRole
from mentorship.profiles.models import Capacity
from mentorship.programme.models import Programme
from tests.factories import Organisation, Screen

OCCUPYING = ("proposed", "active", "paused")
LINES = {"director": ("manager", "other_manager"), "manager": ("manager",), "other_manager": ("other_manager",)}


@dataclass
class Mentor:
    """What was planted for one mentor, in hundredths of hours."""

    given: str
    family: str
    site: str
    line: str | None
    places: int
    hours: int
    confirmed: int | None
    pairs: list[str]
    paused: bool = False

    def usable(self, confirm: bool, pair: int) -> int:
        return min(self.places, ((self.confirmed or 0) if confirm else self.hours) // pair)

    def free(self, confirm: bool, pair: int) -> int:
        left = self.usable(confirm, pair) - self.taken
        return min(left, 0) if self.paused else left

    @property
    def taken(self) -> int:
        return sum(status in OCCUPYING for status in self.pairs)

    @property
    def waits(self) -> bool:
        return (self.confirmed or 0) < self.hours

    @property
    def letters(self) -> tuple[str, str]:
        return self.family.lower(), self.given.lower()

    def key(self, sort: str, confirm: bool, pair: int) -> object:
        return {
            "name": self.letters,
            "site": self.site,
            "places": self.places,
            "taken": self.taken,
            "free": self.free(confirm, pair),
            "hours": self.hours,
            "confirmed": -1 if self.confirmed is None else self.confirmed,
            "waiting": self.waits,
            "spent": 0,  # nobody noted any hours
        }[sort]


def planted(made: Organisation, number: int, seed: int) -> Iterator[Mentor]:
    """Plant random mentors over both lines and outside any, some of whom left, offer nothing or are overbooked."""
    dice = random.Random(seed)
    juniors = [f"j{n}" for n in range(4)]
    for key in juniors:
        made.person(key, "junior", roster=None)
    for n in range(number):
        line = dice.choice(["manager", "other_manager", None])
        hours = dice.choice([0, 10, 30, 70, 200, 250, 400, 800])
        confirmed = dice.choice([None, hours, hours // 2])
        pairs = [dice.choice([*OCCUPYING, "ended", "refused"]) for _ in range(dice.randrange(4))]
        family, site, places = dice.choice("abcd"), dice.choice(["Breda", "Ede"]), dice.randrange(5)
        paused, until = dice.choice([(False, None), (True, None), (True, made.now.date()), (True, date(2020, 1, 1))])
        pauses = paused and until != date(2020, 1, 1)
        mentor = Mentor(f"m{n:02}", family, site, line, places, hours, confirmed, pairs, pauses)
        left = dice.random() < 0.1
        made.person(
            mentor.given,
            "senior",
            manager=line,
            site=mentor.site,
            roster=None,
            given_name=mentor.given,
            family_name=mentor.family,
            left_on=made.now.date() if left else None,
        )
        counted = None if confirmed is None else confirmed / 100
        made.offers(mentor.given, mentor.places, hours / 100, counted, paused=paused, paused_until=until)
        for junior, status in zip(juniors, mentor.pairs, strict=False):
            made.pair(mentor.given, junior, status, origin="import")
        if not left and (mentor.places or mentor.taken):
            yield mentor


def known(made: Organisation) -> list[Mentor]:
    """The two mentors of the small organisation, who each offer two places and eight confirmed hours."""
    return [
        Mentor(key.capitalize(), "Proef", "Ede", line, 2, 800, 800, [])
        for key, line in (("senior", "manager"), ("other_senior", "other_manager"))
    ]


def test_figures_and_every_order(session: Session, organisation: Organisation):
    mentors = [*planted(organisation, 40, seed=7), *known(organisation)]
    for confirm, pair in ((True, 200), (False, 10)):
        settings = session.get_one(Programme, 1)
        settings.confirm_hours, settings.hours_per_pair = confirm, Decimal(pair) / 100
        session.flush()
        compare(session, organisation, mentors, confirm, pair)


def compare(session: Session, made: Organisation, mentors: list[Mentor], confirm: bool, pair: int) -> None:
    """Hold every list and total against a plain recomputation."""
    today = local_date(made.now)
    for scope in (None, *LINES):
        wanted = [m for m in mentors if scope is None or m.line in LINES[scope]]
        who = None if scope is None else made.people[scope]
        for sort in listing([], both=False).sorts():
            for down in (False, True):
                by_name = sorted(wanted, key=lambda m: m.letters)
                by_name.sort(key=lambda m: m.key(sort, confirm, pair), reverse=down)  # type: ignore[arg-type,return-value]
                shown = queries.workload(session, who, today, View(sort=sort, descending=down))
                assert [x.person.given_name for x in shown] == [m.given for m in by_name], (scope, sort, down)
        figures = {
            x.person.given_name: (x.places, x.usable, x.taken, x.proposed, x.free, x.waits, x.site) for x in shown
        }
        assert figures == {
            m.given: (
                m.places,
                m.usable(confirm, pair),
                m.taken,
                m.pairs.count("proposed"),
                max(0, m.free(confirm, pair)),
                m.waits,
                m.site,
            )
            for m in wanted
        }
        totals = queries.totals(session, who, today)
        assert (totals.mentors, totals.places, totals.taken, totals.waiting, totals.free) == (
            len(wanted),
            sum(m.places for m in wanted),
            sum(m.taken for m in wanted),
            sum(m.waits for m in wanted),
            sum(m.free(confirm, pair) > 0 for m in wanted),
        )
        assert totals.fitting == len(wanted)


def names(screen: Screen) -> set[str]:
    return {row[0].split()[0] for row in screen.rows()}


def test_a_manager_sees_the_whole_line_below_and_nobody_else(visit, session: Session, organisation: Organisation):
    made = organisation
    made.person("foreman", "manager", manager="manager")
    made.mentor("deep", manager="foreman")
    made.offers("manager", places=1)
    session.commit()
    seen = {
        who: names(Screen(visit(who), "/insight/workload")) for who in ("director", "manager", "foreman", "coordinator")
    }
    assert seen["foreman"] == {"Deep"}
    assert seen["manager"] == {"Senior", "Deep"}, "their line, and not themselves"
    assert seen["director"] == seen["coordinator"] == {"Senior", "Deep", "Other_senior", "Manager"}
    assert "Deep" not in Screen(visit("other_manager"), "/insight/workload?line=all").text
    for who in ("junior", "senior", "admin", "nobody"):
        assert (
            visit(who).get("/insight/workload").status_code
            == visit(who).get("/insight/workload.csv").status_code
            == 403
        )


def test_ones_own_line_stays_in_view(visit, session: Session, organisation: Organisation):
    """A coordinator who is also a manager sorts, downloads and confirms within their own line."""
    made = organisation
    made.speak("en")
    session.add(PersonRole(person_id=made.people["manager"], role="coordinator"))
    session.get_one(Capacity, made.people["senior"]).confirmed_hours = None
    session.commit()
    client = visit("manager")
    assert names(Screen(client, "/insight/workload")) == {"Senior", "Other_senior"}
    own = Screen(client, "/").tap("Confirm hours")
    assert names(own) == {"Senior"}
    assert names(own.tap("Carries")) == {"Senior"}
    assert names(own.tap("All mentors 1")) == {"Senior"}, "a tab shows as many as it counts"
    link = next(a for a in own.tree.iter() if (a.get("href") or "").startswith("/insight/workload.csv"))
    assert "Other_senior" not in client.get(link.get("href")).text
    own.press("Confirm 8 hours")
    assert "Hours of Senior Proef confirmed: 8 hours a week." in own.text and names(own) == {"Senior"}


def test_paging_shows_everybody_once(visit, session: Session, organisation: Organisation):
    made = organisation
    for n in range(60):
        made.mentor(f"p{n}", family_name="Zelfde")
    made.speak("en")
    screen, seen = Screen(visit("coordinator"), "/insight/workload?sort=places&order=down"), []
    seen += screen.rows()
    assert len(seen) == 50 and "Page 1 of 2" in screen.text
    seen += screen.tap("Next").rows()
    assert len(seen) == len({row[0] for row in seen}) == 62
    places = [row[2] for row in seen]
    assert places == ["0 of 2", "0 of 2"] + ["0 of 1"] * 60, "the order goes on over the pages"
    assert screen.tap("Previous").rows()[0] == seen[0]


def test_csv(visit, session: Session, organisation: Organisation):
    made = organisation
    for n, sign in enumerate("=+-@"):
        made.person(f"x{n}", "senior", roster=None, given_name=f"{sign}1+1", number=f"{sign}{n}", manager="manager")
        made.offers(f"x{n}", places=2, hours=4.5, confirmed=2.25)
    made.pair("x0", "junior")
    session.commit()
    answer = visit("manager").get("/insight/workload.csv?sort=places&order=down")
    assert answer.data.startswith(b"\xef\xbb\xbf") and "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Nummer", "Naam", "Gepauzeerd"]
    assert rows[-2:] == [[], ["Wordt nooit gebruikt voor beoordeling, loon, promotie of ontslag."]]
    found = {row[0]: row[1:] for row in rows[1:-2]}
    assert found.keys() == {"'=0", "'+1", "'-2", "'@3", "n-senior"}
    assert found["'=0"] == ["'=1+1 Proef", "nee", "Ede", "2", "1", "1", "1", "0", "4,5", "2,25", "", "", "", "ja"]
    assert found["n-senior"][7:10] == ["2", "8", "8"]


def test_hours_are_confirmed_by_a_manager_above_and_never_above_the_promise(
    visit, session: Session, organisation: Organisation
):
    made = organisation
    offer = session.get_one(Capacity, made.people["senior"])
    offer.hours, offer.confirmed_hours = Decimal("4.5"), None
    session.commit()
    url = f"/insight/workload/{made.people['senior']}/confirm"

    def confirmed() -> Decimal | None:
        found = session.get_one(Capacity, made.people["senior"], populate_existing=True).confirmed_hours
        session.rollback()
        return found

    for who in ("other_manager", "coordinator", "admin", "senior", "junior"):
        assert visit(who).post(url, {"hours": "1"}).status_code == 404, who
    manager = visit("manager")
    for wrong in ("4,51", "-1", "veel", "", "1e9"):
        assert manager.post(url, {"hours": wrong}).status_code == 422, wrong
    assert confirmed() is None
    screen = Screen(manager, "/insight/workload")
    assert screen.fields("Bevestig 4,5 uur")["hours"] == "4,5", "the promise is filled in"
    screen.press("Bevestig 4,5 uur", answer="fewer", hours="2,5")
    assert confirmed() is None and "Als je 2,5 uur bevestigt" in screen.text, "first is told what follows"
    assert "1 plek telt mee, nu 0" in screen.text and "1 plek is vrij voor een nieuwe junior" in screen.text
    assert screen.press("Bevestig 2,5 uur").status == 200
    assert confirmed() == Decimal("2.5")
    assert visit("director").post(url, {"hours": "4.5"}).status_code == 303
    assert confirmed() == Decimal("4.5")
    assert "Bevestigen: Senior Proef" not in Screen(manager, "/insight/workload").names("a"), "nothing waits any more"
    nobody = f"/insight/workload/{made.people['junior']}/confirm"
    assert manager.post(nobody, {"hours": "1"}).status_code == 422, "a junior promised nothing"


def test_fewer_hours_than_promised_are_an_answer_too(visit, session: Session, organisation: Organisation):
    made = organisation
    made.speak("en")
    offer = session.get_one(Capacity, made.people["senior"])
    offer.hours, offer.confirmed_hours = Decimal(8), None
    session.commit()
    manager, senior = visit("manager"), visit("senior")
    address = f"/insight/workload?open={made.people['senior']}"

    def confirm(hours: str) -> Screen:
        screen = Screen(manager, address).press("Confirm", answer="fewer", hours=hours)
        return screen.press(f"Confirm {hours} hours")

    def promise(hours: str) -> None:
        assert senior.post("/profiles/places", {"places": "2", "hours": hours}).status_code == 303

    def waits() -> tuple[bool, bool, bool]:
        """Whether it is counted on the list, asked on the desk and said to a coordinator."""
        line = Screen(manager, "/insight/workload")
        counted = next(name for name in line.names("a") if name.startswith("Hours to confirm")).split()[-1]
        asked = "Confirm hours" in Screen(manager, "/").text
        said = "waits for the manager" in Screen(visit("coordinator"), "/insight/workload").text
        return counted != "0", asked, said

    assert waits() == (True, True, True)
    assert confirm("4").status == 200
    assert waits() == (False, False, False)
    promise("6")
    assert waits() == (False, False, False), "they offer less than was answered"
    promise("8")
    assert waits() == (True, True, True), "they offer more than they did: that is a new question"
    assert confirm("4").status == 200
    changed = confirm("5")
    assert changed.status == 200 and "5 hours a week" in changed.text, "an answer can be changed"
    assert session.get_one(Capacity, made.people["senior"], populate_existing=True).confirmed_hours == 5
    session.rollback()
    stale = Screen(manager, address)
    promise("10")
    stale.press("Confirm", answer="all", seen="8")
    assert waits() == (True, True, True), "what was answered is the promise that stood on the page"


def test_a_promise_lowered_while_it_is_confirmed(visit, session: Session, organisation: Organisation):
    made, person = organisation, organisation.people["senior"]
    manager, senior = visit("manager"), visit("senior")
    for _ in range(3):
        senior.post("/profiles/places", {"places": "2", "hours": "8"})
        manager.get("/insight/workload")
        start = Barrier(2)

        def confirm(start: Barrier = start) -> int:
            start.wait(10)
            return int(manager.post(f"/insight/workload/{person}/confirm", {"hours": "8"}).status_code)

        def lower(start: Barrier = start) -> int:
            start.wait(10)
            return int(senior.post("/profiles/places", {"places": "2", "hours": "2"}).status_code)

        with ThreadPoolExecutor(2) as pool:
            answers = [pool.submit(confirm), pool.submit(lower)]
        assert answers[0].result() in (303, 422) and answers[1].result() == 303
        offer = session.get_one(Capacity, made.people["senior"], populate_existing=True)
        assert offer.hours == 2 and (offer.confirmed_hours or 0) <= 2
        session.rollback()


def test_the_number_of_queries_does_not_grow_with_the_rows(
    visit, engine: sa.Engine, session: Session, organisation: Organisation
):
    made, client = organisation, visit("coordinator")
    session.add(PersonRole(person_id=made.people["coordinator"], role="manager"))
    pages = (
        "/insight/workload",
        "/insight/workload?sort=spent",
        "/people",
        "/waiting",
        "/",
        "/insight/workload.csv",
    )
    asked: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *a: asked.append(a[2]))

    def counts() -> dict[str, int]:
        found = {}
        for page in pages:
            asked.clear()
            assert client.get(page).status_code == 200
            found[page] = len(asked)
        return found

    def grow(first: int, last: int) -> None:
        for n in range(first, last):
            made.mentor(f"p{n}", roster=None, site=f"S{n % 5}")
            made.asks(f"p{n}", "PLC-programmering")
            made.pair(f"p{n}", "junior")
            me = made.people[f"p{n}"]
            session.add(WorkedWeek(mentor_id=me, week=made.now.date(), hours=2, noted_by=me, noted_at=made.now))
        session.commit()

    grow(0, 1)
    few = counts()
    grow(1, 58)
    people = session.scalar(sa.select(sa.func.count()).select_from(Person))
    assert people == len(made.people) > 58
    session.rollback()
    assert counts() == few


def spending(made: Organisation) -> None:
    """Four mentors who noted weeks: at their hours, a quarter over, with none confirmed, and with 0 confirmed."""
    today = made.now.date()
    for key, confirmed, weeks in (
        ("even", 2, [2, 2, 2]),
        ("over", 2, [0, 9, 1, 4, 2, 3]),
        ("loose", None, [1]),
        ("none", 0, [0.5]),
    ):
        made.person(key, "senior", manager="manager", given_name=key)
        made.offers(key, places=1, hours=4, confirmed=confirmed)
        made.session.add_all(
            WorkedWeek(
                mentor_id=made.people[key],
                week=today - timedelta(weeks=len(weeks) - n),
                hours=Decimal(str(hours)),
                noted_by=made.people[key],
                noted_at=made.now,
            )
            for n, hours in enumerate(weeks)
        )
    made.speak("nl")


def test_hours_spent_beside_hours_confirmed(visit, session: Session, organisation: Organisation):
    spending(organisation)
    for who in ("manager", "coordinator"):
        screen = Screen(visit(who), "/insight/workload?sort=spent&order=down")
        shown = {row[0].split()[0]: row[3] for row in screen.rows()}
        assert shown["even"] == "2 van 2 uur; 4 toegezegd"
        assert shown["over"] == "2,5 van 2 uur : ruim erboven; 4 toegezegd", "only the last four"
        assert shown["loose"] == "1 uur, niets bevestigd; 4 toegezegd"
        assert shown["none"] == "0,5 van 0 uur : ruim erboven; 4 toegezegd"
        assert shown["Senior"] == "nog geen uren genoteerd"
        order = [row[0].split()[0] for row in screen.rows()]
        assert order.index("over") < order.index("even") < order.index("Senior"), "by hours spent per hour confirmed"
        assert set(order[:2]) == {"loose", "none"}, "without hours confirmed, every hour is over"
        up = [row[0].split()[0] for row in Screen(visit(who), "/insight/workload?sort=spent").rows()]
        assert up.index("Senior") < up.index("even") < up.index("over") < min(up.index("loose"), up.index("none"))
    assert "over" not in names(Screen(visit("other_manager"), "/insight/workload"))
    rows = visit("manager").get("/insight/workload.csv").data.decode("utf-8-sig")
    kept = [row for row in csv.reader(io.StringIO(rows), delimiter=";") if len(row) > 1]
    found = {row[1].split()[0]: row[-4:-1] for row in kept}
    assert found["over"] == ["10", "8", "ja"] and found["even"] == ["6", "6", "nee"]
    assert found["loose"] == ["1", "", "nee"] and found["Senior"] == ["", "", ""]


def test_pages_sorted_by_hours_spent_show_everybody_once(visit, session: Session, organisation: Organisation):
    for n in range(60):
        organisation.mentor(f"p{n}")
    spending(organisation)
    screen = Screen(visit("coordinator"), "/insight/workload?sort=spent&order=down")
    rows = screen.rows() + screen.tap("Volgende").rows()
    assert len(screen.rows()) == 16 and len({row[0] for row in rows}) == len(rows) == 66
    assert ["nog geen uren" not in row[3] for row in rows] == [True] * 4 + [False] * 62


def test_a_bar_says_how_many_and_chooses_those(visit, session: Session, organisation: Organisation):
    made = organisation
    made.speak("en")
    made.mentor("idle")
    session.get_one(Capacity, made.people["idle"]).confirmed_hours = None
    made.pair("senior", "junior", "active")
    session.commit()
    screen = Screen(visit("coordinator"), "/insight/workload")
    assert "2 mentors of 3 have no junior and no proposal" in screen.text
    assert screen.heading == "2 mentors have a place free"
    assert names(screen.tap("1 no place counts")) == {"Idle"}
    assert names(screen.tap("1 no place counts")) == {"Idle", "Senior", "Other_senior"}, "again lets go of it"
    assert names(screen.tap("1 up to half taken")) == {"Senior"}
    assert names(screen.tap("1 none taken")) == {"Other_senior"}


def test_a_proposal_takes_a_place_in_the_words_too(visit, session: Session, organisation: Organisation):
    made = organisation
    made.speak("en")
    made.pair("senior", "junior", "proposed")
    session.commit()
    assert "1 mentor of 2 has no junior and no proposal" in Screen(visit("coordinator"), "/insight/workload").text
    made.pair("other_senior", "other_junior", "active")
    session.commit()
    assert "Every mentor has a junior or a proposal" in Screen(visit("coordinator"), "/insight/workload").text


def test_whom_a_mentor_guides_stands_there_by_name(visit, session: Session, organisation: Organisation):
    made = organisation
    made.person("asked", "junior")
    made.person("boss", "manager")
    made.pair("senior", "junior", "active")
    made.mentor("theirs", places=2, manager="boss")
    made.pair("theirs", "asked")
    session.commit()
    for reader in ("manager", "coordinator"):
        screen = Screen(visit(reader), "/insight/workload")
        assert "Asked Proef" not in screen.text, "who was only proposed"
        screen.tap("Junior Proef")
        assert screen.path == "/duos" and "Senior Proef" in screen.text
    assert "Junior Proef" not in Screen(visit("boss"), "/insight/workload").text


def test_who_pauses_has_no_place_free(visit, session: Session, organisation: Organisation):
    made = organisation
    made.speak("en")
    senior = made.people["senior"]
    session.get_one(Capacity, senior).paused = True
    session.commit()
    client = visit("coordinator")
    screen = Screen(client, "/insight/workload")
    assert screen.heading == "1 mentor has a place free"
    assert names(screen.tap("With a place free 1")) == {"Other_senior"}
    told = visit("manager").post(
        f"/insight/workload/{senior}/what-if", {"answer": "all", "promised": "8", "hours": "8"}
    )
    assert "free for a new junior" not in told.text and "nobody new comes until that ends" in told.text
    session.get_one(Capacity, made.people["other_senior"]).paused = True
    session.commit()
    assert Screen(client, "/insight/workload").heading == "No place is free now"


def test_what_follows_is_told_before_it_is_saved(visit, session: Session, organisation: Organisation):
    made = organisation
    made.speak("en")
    senior = made.people["senior"]
    made.pair("senior", "junior", "active")
    session.commit()
    manager = visit("manager")
    part, asked = f"/insight/workload/{senior}/what-if", {"promised": "8", "hours": "2"}
    told = {answer: manager.post(part, {**asked, "answer": answer}).text for answer in ("all", "fewer", "none")}
    assert "2 places count, as now" in told["all"] and "1 place is free for a new junior" in told["all"]
    assert "1 place counts, now 2" in told["fewer"] and "The running pair goes on as it is" in told["fewer"]
    assert "0 places count, now 2" in told["none"] and "more pairs than places then" in told["none"]
    assert "Confirm 2 hours" in told["fewer"] and "Confirm 0 hours" in told["none"]
    for who in ("coordinator", "other_manager", "senior", "junior"):
        assert visit(who).post(part, asked).status_code == 404, who
    assert manager.get("/insight/workload?open=x").status_code == manager.get("/insight/workload?open=0").status_code
    screen = Screen(manager, f"/insight/workload?open={senior}")
    assert screen.press("Confirm", answer="none", seen="0").status == 200
    assert session.get_one(Capacity, senior, populate_existing=True).confirmed_hours == 0


def test_more_hours_than_promised_are_refused_beside_what_was_typed(visit, organisation: Organisation):
    made = organisation
    made.speak("en")
    senior = made.people["senior"]
    manager = visit("manager")
    told = manager.post(f"/insight/workload/{senior}/what-if", {"answer": "fewer", "hours": "20", "promised": "8"}).text
    assert "If you confirm 20 hours" in told and "at most the hours that the mentor promised" in told
    screen = Screen(manager, f"/insight/workload?open={senior}").press("Confirm", answer="fewer", hours="20")
    for _ in range(2):
        assert screen.status == 422 and "at most the hours that the mentor promised" in screen.text
        assert screen.fields("Confirm 20 hours")["hours"] == "20"
        screen.press("Confirm 20 hours")
