"""A quarter year of sixty people, held against an independent telling of what should have happened."""

from __future__ import annotations

import filecmp
import pathlib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from mentorship.base.db import make_engine, metadata
from mentorship.checkins.standings import standings
from mentorship.demo import organisation
from mentorship.demo.build import Invented, invent
from mentorship.demo.simulation import Passed
from mentorship.hr_import.reading import rules
from mentorship.hr_import.reading.files import read_directory
from mentorship.people.models import Person, Site
from tests.demo.mail_reference import Mails
from tests.demo.reference import Story, today_at
from tests.demo.signal_reference import Balance

ON = date(2026, 5, 4)
WEEKS = timedelta(weeks=12)


@pytest.mark.parametrize(("people", "seed"), [(20, 1), (20, 2), (37, 3), (99, 4), (100, 5), (300, 1), (1500, 6)])
def test_an_invented_export_is_taken_whole(tmp_path: pathlib.Path, people: int, seed: int):
    organisation.write(tmp_path, people, seed, ON)
    found = rules.check(read_directory(tmp_path))
    assert not found.set_aside and not found.files_missing
    assert sum(count.cleaned for count in found.counts.values()) == 0
    assert len(found.people) == people
    lines = Counter(person.manager for person in found.people if person.site and person.manager)
    bosses = {person.number for person in found.people if "manager" in person.roles}
    crews = [
        n + 1 for boss, n in lines.items() if not any(p.manager == boss for p in found.people if p.number in bosses)
    ]
    assert crews and all(8 <= crew <= 15 for crew in crews)
    roles = Counter(role for person in found.people for role in person.roles)
    near = max(0.05, 1.01 / people)  # among few, one more or less is a larger share
    assert roles["junior"] / people == pytest.approx(0.35, abs=near)
    assert roles["senior"] / people == pytest.approx(0.40, abs=near)
    if people >= 99:
        assert sum(person.email is not None for person in found.people) / people == pytest.approx(0.8, abs=0.07)
        assert len({person.roster for person in found.people}) > 4 and found.duos
    assert 2 <= len(found.sites) <= 5


def test_the_same_seed_writes_the_same_bytes(tmp_path: pathlib.Path):
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        organisation.write(tmp_path / name, 60, seed, ON)
    names = [path.name for path in (tmp_path / "one").iterdir()]
    assert filecmp.cmpfiles(tmp_path / "one", tmp_path / "again", names, shallow=False)[0] == names
    assert "medewerkers.csv" in filecmp.cmpfiles(tmp_path / "one", tmp_path / "other", names, shallow=False)[1]


CHECK_INS = ("check-in", "reminder-3", "reminder-7")
"""Mails that ask for a check-in."""
CHANCE = {"account.password_hash", "outbox.message_id", "pulse_slip.key", "round.quality"}
"""Salted hashes, random ids, and how many seconds solving took."""


def contents(engine: sa.Engine) -> dict[str, list[str]]:
    """Everything in a database but what is meant to differ."""
    with engine.connect() as connection:
        return {
            table.name: sorted(
                str([value for key, value in row.items() if f"{table.name}.{key}" not in CHANCE])
                for row in connection.execute(sa.select(table)).mappings()
            )
            for table in metadata.sorted_tables
        }


@pytest.mark.long
def test_the_same_seed_is_the_same_story(tmp_path: pathlib.Path, now: datetime):
    stories = []
    for name, seed in (("one", 3), ("again", 3), ("other", 4)):
        engine = make_engine(f"sqlite:///{tmp_path / name}")
        invent(engine, now, Invented(24, 0.7, seed))
        stories.append(contents(engine))
        engine.dispose()
    assert stories[0] == stories[1] and stories[0] != stories[2]
    assert all(stories[0][table] for table in ("mentorship", "check_in", "check_in_answer", "outbox", "audit"))


def lived(engine: sa.Engine, folder: pathlib.Path, now: datetime) -> tuple[Story, Passed, Session]:
    """Let the weeks pass, and tell the story from the rows and from what the export said at the start."""
    passed = invent(engine, now, Invented(60, WEEKS.days / 30.44, 2))
    since = now - WEEKS
    organisation.write(folder, 60, 2, today_at(since))
    session = Session(engine)
    ids = {p.number: p.id for p in session.exec(select(Person))}
    named = {s.name: s.id for s in session.exec(select(Site))}
    export = rules.check(read_directory(folder)).people
    sites = {ids[p.number]: named[p.site] for p in export}
    confirmed = {ids[p.number]: p.hours for p in export if p.hours is not None}
    return Story(session, since, now, sites, confirmed), passed, session


@pytest.mark.long
def test_everything_that_happened_is_what_the_domain_document_says(
    engine: sa.Engine, tmp_path: pathlib.Path, now: datetime
):
    story, passed, session = lived(engine, tmp_path, now)
    with session:
        check_ins(story)
        raised(story)
        classes = standings(session, sorted(story.pairs), now)
        assert classes == {pair: Balance(story).word(pair) for pair in story.pairs}
        assert len(set(classes.values())) >= 3, "duos go well and badly"
        mails(story)
        kinds = {"check-in", "reminder-3", "proposal", "accepted", "expired", "help", "level", "line", "signal"}
        assert passed.mails.keys() >= kinds
        sent = Counter(row["kind"] for row in story.rows.outbox if row["sent_at"] and row["sent_at"] < now)
        assert not passed.refused, "what people meant to do, they could"
        assert passed.mails == sent


def check_ins(story: Story) -> None:
    """Asked once per side and date, when due and not sooner, of pairs that run; once more at the end."""
    expected = {(pair, *key): at for pair in story.pairs for key, at in story.asked_rows(pair).items()}
    asked = {(row["mentorship_id"], row["side"], row["due_on"]): row for row in story.rows.check_in}
    assert len(asked) == len(story.rows.check_in)
    closing = {key for key, row in asked.items() if row["closing"]}
    assert set(expected) <= set(asked) and set(asked) - set(expected) <= closing
    assert {k: r["opened_at"] for k, r in asked.items() if k not in closing} == {
        k: at for k, at in expected.items() if k not in closing
    }
    ended = {pair: at for pair in story.pairs for at, status in story.states[pair] if status == "ended"}
    sides = [(pair, side) for pair in ended for side in ("junior", "mentor")]
    assert sorted((pair, side) for pair, side, _ in closing) == sorted(sides)
    assert all(asked[key]["opened_at"] == ended[key[0]] for key in closing)
    statuses = Counter(row["status"] for row in asked.values())
    assert all(statuses[status] for status in ("open", "answered", "skipped", "missed")), statuses


def raised(story: Story) -> None:
    """Each signal that should have been raised was, and no other."""
    balance, found = Balance(story), {pair: [] for pair in story.pairs}
    names = ("kind", "side", "about", "since", "evidence", "returned")
    for row in story.rows.signal:
        days = tuple(date.fromisoformat(day) for day in row["evidence"])
        found[row["mentorship_id"]].append(tuple(days if name == "evidence" else row[name] for name in names))
    for pair, signals_of in found.items():
        told = [signal for signal in signals_of if signal[0] != "hours"]
        assert sorted(told) == sorted(balance.signals(pair)), pair
    hours = balance.hours()
    assert hours == {
        pair: drawn for pair, all_of in found.items() if (drawn := [s[4] for s in all_of if s[0] == "hours"])
    }
    kinds = {row["kind"] for row in story.rows.signal}
    assert kinds == {"low", "lowest", "safety", "help", "hours", "apart", "rule"}, (
        "in a quarter nobody fell without more"
    )


def superseding(rows: Iterable[Mapping[str, Any]], row: Mapping[str, Any], went: datetime) -> bool:
    """Tell whether, when a mail would have gone out, a newer one about the same was asked for and not dropped yet."""
    for other in rows:
        same = other["recipient_id"] == row["recipient_id"] and other["kind"] in CHECK_INS
        stands = other["dropped_at"] is None or other["dropped_at"] >= went
        if same and stands and other["id"] > row["id"] and other["created_at"] <= went:
            return True
    return False


def mails(story: Story) -> None:
    """Each mail that should have been asked for was, once, and went out in the reader's own shift if it could."""
    post = Mails(story)
    rows = {(row["kind"], row["recipient_id"], row["due_on"], row["about"]): row for row in story.rows.outbox}
    asking = [key for key in rows if key[0] in CHECK_INS]
    told = {(kind, who, on): date.fromisoformat(about) for kind, who, on, about in asking}
    assert told == post.check_ins()
    assert {(kind, who, on) for kind, who, on, _ in rows if kind == "line"} == post.lines()
    others = {(kind, who, about) for kind, who, _, about in rows}
    for kinds, expected in (
        ({"accepted", "refused", "expired", "thanks"}, post.news()),
        ({"proposal"}, post.proposals()),
        ({"signal", "help"}, post.signals()),
        ({"level"}, post.levels()),
    ):
        assert {ask for ask in others if ask[0] in kinds} == expected, kinds
    for (kind, who, *_), row in rows.items():
        told_from = row["created_at"]
        if kind != "help":  # what can be undone for ten minutes is told after them
            told_from += timedelta(minutes=10)
        assert row["not_before"] == max(told_from, story.calendar.earliest(who, row["created_at"])), row
        went = next((at for at in story.passes if at >= row["not_before"]), None)
        assert row["sent_at"] in (went, None) and row["dropped_at"] in (went, None) and not row["failed_at"]
        assert post.reaches(who, kind) or not row["sent_at"]
        if kind in CHECK_INS and went is not None:
            newer = superseding(rows.values(), row, went)
            assert bool(row["sent_at"]) == (post.reaches(who, kind) and bool(post.waiting(who, went)) and not newer), (
                row
            )
