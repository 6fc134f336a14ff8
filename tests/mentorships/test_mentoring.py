"""What somebody gave as a mentor: theirs alone to read, and to keep as a statement that names nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import Session

from mentorship.base import pdf
from mentorship.checkins.models import Answer
from mentorship.mentorships.goals.models import Goal, LevelClaim
from mentorship.mentorships.hours.models import WorkedWeek
from mentorship.mentorships.models import ClosingWord
from mentorship.profiles.models import Training
from tests.checkins.stage import plant
from tests.factories import Organisation, Screen

PAGE = "/mentorships/mentoring"
MONDAY = date(2026, 3, 2)
SECRETS = ("Woordvogel", "Bewijsvogel", "Bereiktvogel", "Notitievogel", "Andersvogel")


def note(session: Session, made: Organisation, key: str, pair: int | None, hours: str, weeks_ago: int) -> None:
    me = made.people[key]
    row = WorkedWeek(
        mentor_id=me,
        mentorship_id=pair,
        week=MONDAY - timedelta(weeks=weeks_ago),
        hours=Decimal(hours),
        words="" if pair else "Andersvogel",
        noted_by=me,
        noted_at=made.now,
    )
    session.add(row)


def goal(session: Session, made: Organisation, pair: int, *statuses: str) -> None:
    row = Goal(
        mentorship_id=pair,
        domain_id=made.domains["Pneumatiek"],
        start_level=0,
        target_level=4,
        words="Woordvogel",
        made_at=made.now,
    )
    session.add(row)
    session.flush()
    for level, status in enumerate(statuses, start=1):
        claim = LevelClaim(
            goal_id=row.id or 0,
            level=level,
            status=status,
            evidence="Bewijsvogel",
            claimed_at=made.now,
            settled_at=None if status == "claimed" else made.now,
        )
        session.add(claim)


@pytest.fixture
def given(session: Session, organisation: Organisation) -> Organisation:
    """Two pairs of one mentor, one over; hours, steps, a course, thanks; and the same of another mentor."""
    made = organisation
    made.speak("en")
    today = made.now.date()
    over = made.pair(
        "senior",
        "junior",
        "ended",
        started_on=today - timedelta(days=200),
        ended_on=today - timedelta(days=20),
        farewell="Goed gedaan samen",
        farewell_by_id=made.people["coordinator"],
    )
    runs = made.pair("senior", "other_junior", "active", started_on=today - timedelta(days=30))
    other = made.pair("other_senior", "junior", "ended", started_on=today, ended_on=today)
    made.pair("senior", "nobody", "refused")
    for pair, hours, ago in ((over, "2.5", 12), (over, "4", 11), (runs, "1.5", 3), (runs, "0", 2), (runs, "2", 1)):
        note(session, made, "senior", pair, hours, ago)
    note(session, made, "senior", None, "3", 1)
    note(session, made, "other_senior", other, "40", 1)
    goal(session, made, over, "confirmed", "confirmed", "declined")
    goal(session, made, runs, "confirmed", "claimed")
    session.add(ClosingWord(mentorship_id=over, side="junior", reached="Bereiktvogel", thanks="Je had altijd tijd"))
    session.add(ClosingWord(mentorship_id=other, side="junior", thanks="Van een ander"))
    me = made.people["senior"]
    session.add(Training(person_id=me, title="Begeleiden", followed_on=today, noted_by=me, noted_at=made.now))
    told = {"status": "answered", "closed_at": made.now, "note": "Notitievogel", "note_shared": True}
    asked = plant(session, made, over, "junior", **told)
    session.add(Answer(check_in_id=asked, key="progress", value=1))
    session.commit()
    return made


@pytest.mark.both_databases
def test_what_was_given_is_added_up(visit, given: Organisation):
    screen = Screen(visit("senior"), PAGE)
    assert screen.heading == "You gave 10 hours to 2 juniors"
    text = screen.text
    for told in (
        "13 hours",
        "in 4 weeks",
        "6.5 hours · 2 steps confirmed",
        "3.5 hours · 1 step confirmed",
        "Begeleiden · ",
        "“Je had altijd tijd”",
        "“Goed gedaan samen”",
    ):
        assert told in text, told
    assert "Van een ander" not in text and "40" not in text
    assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.both_databases
def test_the_statement_holds_figures_and_nobody_elses_name_or_words(visit, given: Organisation):
    screen = Screen(visit("senior"), PAGE).tap("My statement of guidance")
    assert screen.path == f"{PAGE}/statement" and screen.heading == "Statement of guidance"
    text = screen.text
    for told in (
        "Senior",
        "Juniors mentored: 2",
        "Hours noted: 13",
        "Weeks in which guidance was given: 4",
        "Steps of juniors confirmed: 3",
        "given to others than their own juniors: 3.",
        "Begeleiden · ",
        "date and signature",
    ):
        assert told in text, told
    ((domain, _since, juniors, hours, steps),) = screen.rows()
    assert (domain, juniors, hours, steps) == ("Pneumatiek", "2", "10", "3")
    for name in ("Junior", "Other_junior", "Coordinator", "Je had altijd tijd", "Goed gedaan", *SECRETS):
        assert f" {name} " not in f" {text} ".replace("Juniors", ""), name


def test_the_statement_as_a_file(visit, given: Organisation):
    answer = visit("senior").get(f"{PAGE}/statement.pdf")
    if not pdf.available():
        assert answer.status_code == 303
        return
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF")


def test_it_is_ones_own_alone(visit, given: Organisation):
    assert "You gave 40 hours to 1 junior" in Screen(visit("other_senior"), PAGE).heading
    screen = Screen(visit("junior"), PAGE)
    assert screen.heading == "You have not been a mentor yet" and "Offer a place" in screen.text
    for address in (f"{PAGE}/statement", f"{PAGE}/statement.pdf"):
        assert visit("junior").get(address).location == PAGE, "there is nothing to state"
    for who in ("manager", "coordinator", "hr", "admin"):
        assert visit(who).get(PAGE).status_code == 403, who


def test_reached_from_my_pairs(visit, given: Organisation):
    assert Screen(visit("senior"), "/mentorships").tap("My mentoring").path == PAGE
