"""What somebody objects to is held to from the moment it was asked: each sentence of the page against the code."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, select

from mentorship.base.errors import Conflict
from mentorship.checkins import actions as check_ins
from mentorship.checkins.due_sides import due_sides
from mentorship.checkins.endings import actions as endings
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person
from mentorship.people.objections import objected
from mentorship.privacy.requests import actions, words
from mentorship.privacy.requests.models import AGAINST, PrivacyRequest
from tests.checkins.stage import Asking
from tests.factories import Organisation
from tests.insight.test_published import Groups
from tests.rounds.stage import Stage as Rounds

HELD = {
    "matching": "test_who_objected_is_in_no_round",
    "figures": "test_who_objected_counts_in_no_figure",
    "checkins": "test_who_objected_is_asked_no_check_in",
    "other": "test_requests_pages.test_a_refusal_and_an_extension_have_a_reason_that_the_asker_reads",
}


@pytest.fixture
def stage(engine: sa.Engine, app: Flask, organisation: Organisation) -> Asking:
    return Asking(engine, organisation, organisation.now, app)


def objects(made: Organisation, key: str, about: str) -> int:
    """Let somebody object to something; return the request."""
    found = actions.ask(made.session, made.actor(key), "object", about, "", made.now)
    request_id = found.id or 0
    made.session.commit()
    return request_id


def published(engine: sa.Engine, made: Organisation, who: tuple[str, ...]) -> Groups:
    """Publish a quarter in which eight pairs answered, and these objected to being counted."""
    made.session.execute(sa.text("UPDATE programme SET visibility = 'aggregates'"))
    groups = Groups(engine, made)
    groups.add(8)
    groups.answer()
    for key in who:
        objects(made, key, "figures")
    groups.publish()
    return groups


@pytest.mark.both_databases
@pytest.mark.parametrize(("who", "people", "hidden"), [((), 8, ""), (tuple(f"junior{n}" for n in range(4)), 4, "few")])
def test_who_objected_counts_in_no_figure(
    engine: sa.Engine, organisation: Organisation, who: tuple[str, ...], people: int, hidden: str
):
    groups = published(engine, organisation, who)
    assert groups.counted(groups.figures()[0][0], held=False) == people
    assert groups.figures()[0][5] == hidden
    assert groups.figures("mentor")[0][5] == "", "the other side counts as before"


@pytest.mark.both_databases
def test_a_figure_is_another_without_who_objected(engine: sa.Engine, organisation: Organisation):
    """Of 1 2 3 4 5 1 2 3 the two fives and fours less: read from the mean that is published."""
    groups = published(engine, organisation, ("junior3", "junior4"))
    value = groups.figures()[0][3]
    mean = (1 + 2 + 3 + 1 + 2 + 3) / 6
    assert value is not None and value == pytest.approx((mean - 1) / 4, abs=0.026)
    assert abs(value - 0.40625) > 0.05, "with everybody it would be about 0.41"


def test_a_refused_or_withdrawn_objection_holds_no_more(session: Session, organisation: Organisation):
    made = organisation
    first, second = objects(made, "junior", "figures"), objects(made, "senior", "figures")
    assert set(session.scalars(objected("figures"))) == {made.people["junior"], made.people["senior"]}
    actions.refuse(session, made.actor("admin"), first, "omdat", made.now)
    actions.withdraw(session, made.actor("senior"), second, made.now)
    session.flush()
    assert not list(session.scalars(objected("figures")))


@pytest.mark.both_databases
def test_who_objected_is_asked_no_check_in(stage: Asking, organisation: Organisation):
    made = organisation
    pair = stage.start("senior", "junior")
    assert stage.open() == 2
    objects(made, "junior", "checkins")
    assert stage.states("junior") == ["skipped"], "the open one is closed unsent"
    assert stage.states("senior") == ["open"]
    stage.later(days=30)
    stage.open()
    assert len(stage.states("junior")) == 1, "none is opened any more"
    assert len(stage.states("senior")) == 2, "the other one is asked as before"
    made.session.rollback()
    ended = made.session.get_one(Mentorship, pair)
    ended.status, ended.ended_on = "ended", stage.today
    made.session.flush()
    endings.open_closing(made.session, [ended], stage.now)
    made.session.commit()
    assert len(stage.states("junior")) == 1, "no closing one either"


@pytest.mark.both_databases
def test_a_check_in_opened_while_its_author_objected_is_passed_over(stage: Asking, organisation: Organisation):
    """The worker had read who objected before the objection was there, and opened it after what was open was closed."""
    stage.start("senior", "junior")
    meanwhile = PrivacyRequest(
        asker_id=stage.person("junior"),
        kind="object",
        about="checkins",
        received_at=stage.now,
        due_on=stage.today,
    )

    def both(session: Session) -> None:
        seen = due_sides(session, stage.today)
        session.add(meanwhile)
        session.flush()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(check_ins, "due_sides", lambda *_: seen)
            check_ins.open_due(session, stage.now)

    stage.act(both)
    assert stage.states("junior") == ["skipped"]
    assert stage.states("senior") == ["open"]


@pytest.mark.both_databases
@pytest.mark.parametrize("who", ["junior", "senior"])
def test_who_objected_is_in_no_round(engine: sa.Engine, organisation: Organisation, who: str):
    """Whichever way they came to ask or to offer: also when it is set again after the objection was carried out."""
    stage = Rounds(engine, organisation, organisation.now)
    stage.cast()
    request = objects(organisation, who, "matching")
    refused = {organisation.people[who]}
    assert not refused & in_pairs(stage, stage.solved())
    actions.carry_out(organisation.session, organisation.actor("admin"), request, "gedaan", organisation.now)
    organisation.session.commit()
    stage.act(lambda session: session.execute(sa.text("UPDATE mentor_request SET status = 'open'")))
    stage.act(lambda session: session.execute(sa.text("UPDATE capacity SET paused = :no"), {"no": False}))
    assert not refused & in_pairs(stage, stage.solved())
    stage.act(actions.withdraw, stage.actor(who), request, organisation.now)
    assert refused <= in_pairs(stage, stage.solved()), "until they withdraw it"


@pytest.mark.both_databases
def test_a_round_that_was_solved_before_is_not_published_with_them(engine: sa.Engine, organisation: Organisation):
    stage = Rounds(engine, organisation, organisation.now)
    stage.cast()
    round_id = stage.solved()
    objects(organisation, "junior", "matching")
    with pytest.raises(Conflict):
        stage.publish(round_id)
    assert not stage.mentorships()


def in_pairs(stage: Rounds, round_id: int) -> set[int]:
    """Who is in the outcome of a round: who asked, and who guides them."""
    pairs = stage.pairs(round_id)
    asked = stage.read(lambda session: dict(session.execute(sa.text("SELECT id, person_id FROM mentor_request")).all()))
    return {*pairs.values(), *(asked[request_id] for request_id in pairs)}


def test_it_is_held_to_for_as_long_as_they_are_here(session: Session, organisation: Organisation):
    made = organisation
    for key, about in (("junior", "figures"), ("senior", "checkins"), ("other_junior", "other")):
        request = objects(made, key, about)
        actions.carry_out(session, made.actor("admin"), request, "gedaan", made.now)
    session.commit()
    after = made.now + timedelta(days=365 * 5)
    actions.purge(session, after)
    assert set(session.exec(select(PrivacyRequest.about))) == {"figures", "checkins"}
    session.get_one(Person, made.people["junior"]).left_on = made.now.date()
    session.flush()
    actions.purge(session, after)
    assert set(session.exec(select(PrivacyRequest.about))) == {"checkins"}


@pytest.mark.both_databases
def test_what_who_is_erased_asked_ends_and_goes_in_time(session: Session, organisation: Organisation):
    made = organisation
    for about in ("figures", "other"):
        objects(made, "junior", about)
    objects(made, "senior", "figures")
    actions.erase_person(session, made.people["junior"], made.now)
    session.commit()
    theirs = session.exec(select(PrivacyRequest).where(sa.column("asker_id").is_(None))).all()
    assert [(one.state, one.settled_at) for one in theirs] == 2 * [("done", made.now)], "nobody is to answer nobody"
    actions.purge(session, made.now + timedelta(days=365 * 3))
    assert session.exec(select(PrivacyRequest.asker_id)).all() == [made.people["senior"]]


def test_each_test_that_holds_a_choice_is_there():
    for test in HELD.values():
        room, _, name = test.rpartition(".")
        module = importlib.import_module(f"tests.privacy.{room}") if room else sys.modules[__name__]
        assert callable(getattr(module, name, None)), f"no test holds it: {test}"


def test_each_choice_says_what_happens_and_is_held(visit: Callable[..., object]):
    """A choice without a sentence, or a sentence without a test, is not offered."""
    assert set(AGAINST) == set(words.OBJECTED) == set(words.ABOUT) == set(HELD)
    page = " ".join(visit("junior").get("/privacy/requests/object").text.split())  # type: ignore[attr-defined]
    for said in ("tellen je antwoorden in geen", "wordt er geen meer voor jou geopend"):
        assert said in page
