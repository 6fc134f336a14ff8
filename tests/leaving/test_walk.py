"""One leaver through every room: mentor, junior, manager and admin at once, before the last day and after it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from mentorship.base import links, outbox
from mentorship.base.outbox import OutboxRow
from mentorship.checkins.links.actions import make as make_code
from mentorship.checkins.links.rules import LINK_PURPOSE
from mentorship.checkins.models import Answer, CheckIn
from mentorship.home.calendar import actions as calendar
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships.models import Mentorship
from mentorship.people.account import actions as accounts
from mentorship.people.account.passwords import Passwords
from mentorship.people.models import ActivationCode, Person, PersonRole
from mentorship.people.views.models import SavedView
from mentorship.profiles import queries as profiles
from mentorship.profiles.models import Capacity, Plan, Wish
from mentorship.profiles.queries import capacity
from mentorship.reminders.actions import due_mail
from mentorship.rounds.claim import Claim
from tests.client import InspectingClient
from tests.leaving.conftest import Goodbye

PASSWORD = "drie koude bakfietsen"


@dataclass
class Belongings:
    """What Lena has everywhere on her last day."""

    client: InspectingClient
    feed: str
    link: str
    code: str
    activation: str
    taught: int
    learns: int
    lapses: int
    teaching: int
    learning: int
    proposed: int
    own: int
    round_id: int
    solving: int
    claim: Claim


def placed(stage: Goodbye, key: str) -> int:
    made = stage.organisation
    request = made.asks(key)
    made.session.get_one(MentorRequest, request).status = "placed"
    made.session.commit()
    return request


def settle(stage: Goodbye) -> Belongings:
    """Give Lena something in every room."""
    made, session = stage.organisation, stage.organisation.session
    made.person("vrager", "junior", manager="manager")
    made.person("late", "junior", manager="manager")
    lena = session.get_one(Person, stage.lena)
    accounts.set_password(session, lena, PASSWORD, Passwords(8, 1), stage.now)
    session.commit()
    teaching, learning, proposed = (placed(stage, key) for key in ("junior", "lena", "other_junior"))
    taught = stage.start("lena", "junior", request_id=teaching)
    learns = stage.start("other_senior", "lena", request_id=learning, domain="PLC-programmering")
    lapses = made.pair("lena", "other_junior", request_id=proposed)
    own = made.asks("lena", domain="PLC-programmering")
    made.asks("vrager")
    session.add(SavedView(person_id=stage.lena, list="people", name="Ede", query="site=1"))
    session.add(Wish(person_id=made.people["vrager"], other_id=stage.lena, wanted=True))
    session.add(Plan(person_id=stage.lena, horizon="1_to_3"))
    session.commit()
    stage.open()
    mine = stage.newest("lena")
    stage.act(lambda s: s.add(Answer(check_in_id=mine.id or 0, key="progress", value=3)))
    known = stage.app.extensions["mentorship_settings"]
    feed = stage.act(calendar.make, stage.lena, stage.now)
    stage.change(Person, stage.lena, email=None)
    [(_, code), *_rest] = stage.act(make_code, stage.coordinator, [stage.lena], stage.now)
    stage.change(Person, stage.lena, email="lena@example.nl")
    issued = stage.act(accounts.issue_codes, stage.actor_of("admin"), [stage.lena], stage.now)
    stage.act(outbox.ask, "proposal", stage.lena, stage.today, stage.now, "9")
    round_id = stage.solved()
    solving = stage.open_round("Tweede ronde")
    stage.ask(solving)
    claim = Claim(stage.engine, solving, stage.now)
    assert claim.take()
    return Belongings(
        client=stage.visit("lena"),
        feed=f"/calendar/{feed}.ics",
        link="/links/" + links.sign(known, LINK_PURPOSE, mine.id, stage.now),
        code=code,
        activation=issued[stage.lena],
        taught=taught,
        learns=learns,
        lapses=lapses,
        teaching=teaching,
        learning=learning,
        proposed=proposed,
        own=own,
        round_id=round_id,
        solving=solving,
        claim=claim,
    )


def opens(stage: Goodbye, has: Belongings) -> dict[str, bool]:
    """Try every door of Lena's."""
    stranger = InspectingClient(stage.app)
    signed_in = stranger.post("/account/sign-in", {"name": "n-lena", "password": PASSWORD})
    typed = InspectingClient(stage.app).post("/links", {"code": has.code})
    return {
        "sign-in": signed_in.status_code == 303,
        "session": has.client.get("/account").status_code == 200,
        "feed": InspectingClient(stage.app).get(has.feed).status_code == 200,
        "link": InspectingClient(stage.app).get(has.link).status_code == 200,
        "code": typed.status_code == 303,
    }


SEEN = "/search?q=lena", "/people", "/insight/workload", "/people/people.csv", "/insight/workload.csv"
"""Where the coordinator meets who is here: the search, the list, the workload, and their exports."""


def names_her(stage: Goodbye) -> dict[str, bool]:
    """Tell of each place where the coordinator meets people whether Lena stands there."""
    client = stage.visit("coordinator")
    return {url: "Lena" in client.get(url).text.replace('value="lena"', "") for url in SEEN}


def passing_on(stage: Goodbye) -> int:
    """Count who at their site is said to pass on what Lena can, to who asks."""
    counts = stage.read(lambda session: profiles.passing_on(session, session.get_one(Person, stage.person("vrager"))))
    return counts[stage.organisation.domains["Pneumatiek"]]


def test_one_leaver_through_every_room(stage: Goodbye):
    has = settle(stage)
    doors = opens(stage, has)
    assert all(doors.values()), doors
    assert all(names_her(stage).values()), names_her(stage)
    offering = passing_on(stage)
    held = stage.pairs(has.round_id)
    assert stage.lena in held.values(), "she is in the round that was solved"
    day = stage.says(days=1)
    assert all(opens(stage, has).values()), "a last day ahead changes nothing"
    assert stage.round(has.round_id).status == "solved" and stage.pair(has.lapses).status == "proposed"

    stage.later(days=2)
    assert stage.who().left_on is None
    assert not any(opens(stage, has).values()), "at once, before the worker came by"
    stage.night()
    assert stage.who().left_on == day
    assert not any(opens(stage, has).values())
    code = {"name": "n-lena", "code": has.activation, "password": PASSWORD}
    assert InspectingClient(stage.app).post("/account/activate", code).status_code == 422

    # what is theirs
    for table in (PersonRole, SavedView, Plan, ActivationCode):
        assert stage.rows(table, table.person_id == stage.lena) == [], table
    assert stage.rows(CheckIn, CheckIn.person_id == stage.lena, CheckIn.status == "open") == []
    assert stage.rows(Answer) == [], "what was tapped and not sent is gone"
    offered = stage.read(capacity, stage.lena)
    assert (offered.places, offered.hours, offered.confirmed_hours) == (0, 0, None)
    assert stage.rows(OutboxRow, OutboxRow.recipient_id == stage.lena, col(OutboxRow.dropped_at).is_(None)) == []
    fresh = stage.read(due_mail, stage.now)
    assert stage.lena not in {ask.recipient_id for ask in fresh}, "and nothing new is queued"

    # pairs, proposals and requests
    taught, learns, lapses = (stage.pair(one) for one in (has.taught, has.learns, has.lapses))
    assert {(one.status, one.ended_on, one.by_leaving) for one in (taught, learns)} == {("ended", day, True)}
    assert (lapses.status, lapses.stands) == ("refused", "lapsed")
    requests = {one.id: one.status for one in stage.rows(MentorRequest)}
    assert [requests[one] for one in (has.teaching, has.proposed)] == ["open", "open"], "theirs return"
    assert [requests[one] for one in (has.learning, has.own)] == ["withdrawn", "withdrawn"]
    for key in ("junior", "other_senior"):
        asked = stage.newest(key)
        assert (asked.closing, asked.status) == (True, "open"), key
    told = stage.mail("leaves")
    assert {("leaves", key) for key in ("junior", "other_senior", "other_junior")} <= told

    # rounds
    again = stage.round(has.round_id)
    assert again.status == "draft" and again.failure
    assert not {stage.lena} & set(stage.pairs(has.round_id).values())
    assert has.own not in stage.pairs(has.round_id)
    assert not has.claim.tell(stage="write"), "who solved it with her in it writes nothing"
    assert stage.round(has.solving).claimed_at is None
    assert stage.round(has.solving).status == "solving"

    # what others see
    assert not any(names_her(stage).values()), names_her(stage)
    assert passing_on(stage) == offering - 1, "what she offered is offered no more"
    assert "1 persoon heeft een andere leidinggevende nodig" in stage.screen("coordinator").text
    assert "Lena" not in stage.screen("coordinator", "/signals").text
    solved = stage.solve(has.round_id)
    assert solved.status == "solved" and stage.lena not in stage.pairs(has.round_id).values()


def test_the_ending_says_nothing_of_the_pair(stage: Goodbye):
    """Who comes back may be paired again with whom they were paired."""
    request = placed(stage, "junior")
    stage.start("lena", "junior", request_id=request)
    stage.goes()
    stage.act(lambda s: s.execute(sa.update(Capacity).values(places=0)))
    stage.act(_come_back, stage)
    round_id = stage.solved()
    assert stage.pairs(round_id) == {request: stage.lena}


def _come_back(session: Session, stage: Goodbye) -> None:
    from mentorship.leaving.actions import take_back

    take_back(session, stage.coordinator, stage.lena, stage.now)
    offer = session.get_one(Capacity, stage.lena)
    offer.places, offer.hours, offer.confirmed_hours = 2, 8, 8
    session.add(PersonRole(person_id=stage.lena, role="senior"))


def test_a_proposal_answered_while_the_leaver_leaves(stage: Goodbye):
    """Yes at the same moment: whoever is first, nothing runs with somebody who is gone."""
    from tests.rounds.stage import at_once

    request = placed(stage, "junior")
    pair = stage.organisation.pair("lena", "junior", request_id=request)
    stage.organisation.session.commit()
    stage.change(Mentorship, pair, mentor_accepted=True)
    stage.says(days=1)
    stage.later(days=2)
    at_once(stage.night, lambda: stage.answer("junior", pair, True))
    assert stage.pair(pair).status in ("ended", "refused")
    assert {one.status for one in stage.rows(MentorRequest)} == {"open"}


def test_two_workers_at_once_do_it_once(stage: Goodbye):
    from tests.rounds.stage import at_once

    stage.start("lena", "junior")
    stage.says(days=1)
    stage.later(days=2)
    assert at_once(*[stage.night] * 3) == [None] * 3
    assert len(stage.audit("leave")) == 1
    assert len([one for one in stage.asked("junior") if one.closing]) == 1


@pytest.mark.parametrize("side", ["lena", "junior"])
def test_both_of_a_pair_leave_and_nobody_is_asked(stage: Goodbye, side: str):
    pair = stage.start("lena", "junior")
    stage.says("lena", 1)
    stage.says("junior", 1)
    stage.later(days=2)
    stage.night()
    assert stage.pair(pair).status == "ended"
    assert stage.rows(CheckIn, CheckIn.status == "open") == []
    stage.later(hours=1)
    stage.open()
    assert [one for one in stage.asked(side) if one.status == "open"] == []
