"""Who is told what, and when: once, of what still holds, in their own shift, and not who left or does not want it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from mentorship.base import delivery
from mentorship.base.mail import transport
from mentorship.base.outbox import OutboxRow
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person
from mentorship.profiles.models import Capacity
from mentorship.reminders.actions import choose, collect, own_shift
from mentorship.reminders.mails import renderers
from tests.outbox.postbox import Postbox, receiving, settings
from tests.reminders.conftest import Post, ask_before
from tests.rounds.stage import Stage, at_once, counted

WAITS, TWO, START, STOP = (
    "A proposal waits for your answer, until and including Monday 7 December",
    "2 proposals wait for your answer, the first until and including Monday 7 December",
    "You both said yes: you can start",
    "A proposal will not go ahead",
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def published(stage: Stage) -> dict[str, int]:
    """Publish a round of two pairs; return the mentorships by their junior."""
    stage.cast()
    stage.publish(stage.solved())
    found = {m.junior_id: m.id or 0 for m in stage.mentorships()}
    return {key: found[stage.person(key)] for key in ("junior", "other_junior")}


def rows(stage: Stage, kind: str) -> list[OutboxRow]:
    found: list[OutboxRow] = stage.read(
        lambda s: list(s.scalars(sa.select(OutboxRow).where(OutboxRow.kind == kind)))  # type: ignore[arg-type]
    )
    return found


def test_nothing_happened_nothing_is_said(post: Post):
    assert post.told() == set()


def test_a_published_round_is_told_to_both_sides_once(stage: Stage, post: Post):
    published(stage)
    everybody = {(key, WAITS) for key in ("junior", "senior", "other_junior", "other_senior")}
    assert post.told() == everybody
    for later in (timedelta(), HOUR, DAY, -HOUR, -DAY, 20 * DAY, 100 * DAY):
        assert post.told(stage.now + later) == set()


def test_one_mail_for_all_proposals_and_another_for_a_later_one(stage: Stage, post: Post):
    made = stage.organisation
    made.pair("senior", "junior")
    made.pair("senior", "other_junior")
    made.session.commit()
    assert ("senior", TWO) in post.told()
    made.offers("coordinator", places=1)
    made.pair("other_senior", "nobody")
    made.session.commit()
    assert post.told(stage.now + HOUR) == {("other_senior", WAITS), ("nobody", WAITS)}


def test_two_collect_at_once(stage: Stage, post: Post):
    published(stage)
    at_once(*[lambda: stage.act(ask_before, stage.now)] * 4)
    assert len(rows(stage, "proposal")) == 4
    assert len(post.go()) == 4


def test_who_answered_before_the_mail_went_out_gets_none(stage: Stage, post: Post):
    pair = published(stage)["junior"]
    stage.act(ask_before, stage.now)
    stage.answer("junior", pair, True)
    assert {key for key, _ in post.told()} == {"senior", "other_junior", "other_senior"}
    assert [r.dropped_at for r in rows(stage, "proposal") if r.recipient_id == stage.person("junior")] == [stage.now]


def test_both_accepted(stage: Stage, post: Post):
    pair = published(stage)["junior"]
    post.go()
    stage.answer("junior", pair, True)
    assert post.told() == set(), "one yes is no news for the other yet"
    stage.answer("senior", pair, True)
    assert post.told() == {("junior", START), ("senior", START)}
    assert post.told(stage.now + DAY) == set()


@pytest.mark.parametrize(("refuser", "told"), [("junior", "senior"), ("senior", "junior")])
def test_refused_is_told_to_the_other_and_not_why_or_by_whom(stage: Stage, post: Post, refuser: str, told: str):
    pair = published(stage)["junior"]
    post.go()
    stage.answer(told, pair, True)
    stage.answer(refuser, pair, False)
    found = post.go()
    assert {(m["To"].addresses[0].username, str(m["Subject"])) for m in found} == {(told, STOP)}
    told_text = found[0].as_string()
    assert f"The proposal with {refuser.capitalize()} Proef will not go ahead." in told_text, "which of several it was"
    assert "Nobody has to say why." in told_text and "refuse" not in told_text
    assert post.told(stage.now + DAY) == set()


def test_an_imported_pair_is_no_news(stage: Stage, post: Post):
    made = stage.organisation
    made.pair("senior", "junior", "active", origin="import", started_on=stage.now.date())
    made.session.commit()
    assert post.told() == set()


def test_old_news_is_no_news(stage: Stage, post: Post):
    """A mail server that is set up after a year does not bring a year of mail."""
    pairs = published(stage)
    stage.change(Mentorship, pairs["junior"], proposed_at=stage.now - 31 * DAY)
    stage.change(
        Mentorship,
        pairs["other_junior"],
        status="active",
        mentor_accepted=True,
        junior_accepted=True,
        started_on=(stage.now - 8 * DAY).date(),
    )
    assert post.told() == set()


def test_nobody_who_left_or_has_no_mailbox(stage: Stage, post: Post):
    published(stage)
    stage.change(Person, stage.person("junior"), left_on=stage.now.date())
    stage.change(Person, stage.person("senior"), email=None)
    assert {key for key, _ in post.told()} == {"other_junior", "other_senior"}
    assert sum(r.dropped_at is not None for r in rows(stage, "proposal")) == 2


def test_only_what_is_wanted(stage: Stage, post: Post):
    published(stage)
    stage.act(choose, stage.person("junior"), {"reminder", "overview"}, stage.now)
    stage.act(choose, stage.person("senior"), {"duo"}, stage.now)
    assert {key for key, _ in post.told()} == {"senior", "other_junior", "other_senior"}


def test_who_leaves_while_the_server_is_away_gets_nothing(stage: Stage, post: Post):
    published(stage)
    with receiving(Postbox()) as box:
        box.refusals = {f"{key}@example.nl": ["450 later"] for key in stage.organisation.people}
        way = transport(settings(box.port))
        stage.act(ask_before, stage.now)
        delivery.deliver(stage.engine, stage.now, way, renderers(post.settings))
        assert not box.taken
        stage.change(Person, stage.person("junior"), left_on=stage.now.date())
        delivery.deliver(stage.engine, stage.now + HOUR, way, renderers(post.settings))
        assert sorted(box.to()) == ["other_junior@example.nl", "other_senior@example.nl", "senior@example.nl"]


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ((2026, 11, 23, 9, 0), (2026, 11, 23, 9, 10)),
        ((2026, 11, 23, 20, 0), (2026, 11, 24, 6, 45)),
        ((2026, 11, 28, 9, 0), (2026, 11, 30, 6, 45)),
    ],
    ids=["in the shift", "at night", "at the weekend"],
)
def test_within_their_own_shift(stage: Stage, post: Post, asked: tuple[int, ...], goes: tuple[int, ...]):
    """Everybody works 07:30 to 16:15, Monday to Friday, in Amsterdam."""
    now = datetime(*asked, tzinfo=UTC)  # type: ignore[arg-type, misc]
    published(stage)
    stage.act(lambda session: collect(session, now, own_shift(session, now)))
    assert {r.not_before for r in rows(stage, "proposal")} == {datetime(*goes, tzinfo=UTC)}  # type: ignore[arg-type, misc]


def test_as_many_queries_for_forty_as_for_four(stage: Stage, session: Session):
    made = stage.organisation

    def queries() -> int:
        with counted(stage.engine) as found:
            stage.act(lambda opened: collect(opened, stage.now, own_shift(opened, stage.now)))
        return len(found)

    published(stage)
    few = queries()
    offer = session.get_one(Capacity, made.people["senior"])
    offer.places, offer.hours, offer.confirmed_hours = 20, 40, 40  # type: ignore[assignment]
    for n in range(18):
        made.person(f"j{n}", "junior")
        made.pair("senior", f"j{n}")
    session.commit()
    assert queries() == few
    assert len(rows(stage, "proposal")) == 4 + 18 + 1


def test_proposals_of_several_days_while_the_server_is_away_make_one_mail(stage: Stage, post: Post):
    for day, junior in enumerate(("junior", "other_junior")):
        stage.organisation.pair("senior", junior)
        stage.organisation.session.commit()
        stage.act(collect, stage.now + timedelta(days=day))
    assert len(rows(stage, "proposal")) == 4
    sent = [m["To"].addresses[0].username for m in post.go(stage.now + timedelta(days=2))]
    assert sorted(sent) == ["junior", "other_junior", "senior"]
