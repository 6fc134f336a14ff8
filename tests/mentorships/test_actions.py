"""Both sides answer for themselves; a proposal starts when both accept and is over when either refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from mentorship.base.errors import Refused
from mentorship.mentor_requests import actions as requests
from mentorship.mentor_requests.models import MentorRequest
from mentorship.mentorships import actions
from mentorship.mentorships.models import Mentorship
from mentorship.people.models import Person
from mentorship.profiles.models import Capacity
from mentorship.profiles.rosters.models import WorkTime
from tests.client import InspectingClient
from tests.factories import Screen
from tests.rounds.stage import Stage, at_once, in_the_middle

Visit = Callable[[str | None], InspectingClient]


@pytest.fixture
def proposal(stage: Stage) -> int:
    """The proposal of a published round to `senior` and `junior`."""
    request_id, _ = stage.cast()
    stage.publish(stage.solved())
    return next(m.id for m in stage.mentorships() if m.request_id == request_id)


def found(stage: Stage, mentorship_id: int) -> Mentorship:
    return next(m for m in stage.mentorships() if m.id == mentorship_id)


def request_of(stage: Stage, mentorship_id: int) -> MentorRequest:
    request_id = found(stage, mentorship_id).request_id
    return stage.read(lambda session: session.get_one(MentorRequest, request_id))


def step(stage: Stage, key: str, mentorship_id: int, wanted: str, now: datetime | None = None) -> None:
    stage.act(actions.step, stage.actor(key), mentorship_id, wanted, now or stage.now)


def proposals(stage: Stage, number: int) -> list[tuple[str, str, int]]:
    """A published round with so many proposals: mentor, junior, and the proposal's number."""
    made = stage.organisation
    for key in ("senior", "other_senior"):
        stage.change(Capacity, stage.person(key), places=number, hours=40, confirmed_hours=40)
    for place in range(number):
        made.person(f"j{place}", "junior")
        made.asks(f"j{place}")
    made.session.commit()
    assert stage.publish(stage.solved()) == number
    key = {person_id: key for key, person_id in made.people.items()}
    return [(key[m.mentor_id], key[m.junior_id], m.id) for m in stage.mentorships()]


def test_accepted_by_both_it_runs_from_that_day(stage: Stage):
    evening = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)  # in Amsterdam it is the 26th already
    for place, (mentor, junior, proposal) in enumerate(proposals(stage, 2)):
        first, second = (mentor, junior) if place else (junior, mentor)
        assert stage.answer(first, proposal, True).status == "proposed"
        waiting = found(stage, proposal)
        assert waiting.started_on is None and [waiting.mentor_accepted, waiting.junior_accepted].count(None) == 1
        stage.answer(second, proposal, True, evening)
        running = found(stage, proposal)
        assert (running.status, running.started_on, running.ended_on) == ("active", date(2026, 11, 26), None)
        assert request_of(stage, proposal).status == "placed"


REFUSALS = [
    [("mentor", False)],
    [("junior", False)],
    [("mentor", True), ("junior", False)],
    [("junior", True), ("mentor", False)],
    [("mentor", True), ("mentor", False)],
    [("junior", True), ("junior", False)],
]


def test_refused_by_either_in_any_order_it_is_over_and_the_request_is_free(stage: Stage):
    later = stage.now + timedelta(days=2)
    for answers, (mentor, junior, proposal) in zip(REFUSALS, proposals(stage, len(REFUSALS)), strict=True):
        for side, accept in answers:
            stage.answer(mentor if side == "mentor" else junior, proposal, accept, later)
        over = found(stage, proposal)
        assert (over.status, over.started_on, over.ended_on) == ("refused", None, later.date()), answers
        request = request_of(stage, proposal)
        assert (request.status, request.changed_at) == ("open", later), answers
        for side in (mentor, junior):  # nobody brings it back, nor who accepted it before
            with pytest.raises(Refused):
                stage.answer(side, proposal, True)
        assert found(stage, proposal).status == "refused"


def test_a_refused_pair_is_not_proposed_again(stage: Stage, proposal: int):
    """The junior who named this mentor gets the other one in the next round."""
    stage.answer("junior", proposal, False)
    next_round = stage.solved()
    assert stage.pairs(next_round) == {request_of(stage, proposal).id: stage.person("other_senior")}
    assert stage.publish(next_round) == 1
    stage.answer("other_senior", stage.mentorships()[-1].id, False)
    again = stage.open()
    assert stage.solve(again).quality["matched"] == 0, "nobody is left who was not refused before"


def test_a_refused_request_makes_way_for_a_newer_one(stage: Stage, proposal: int):
    domain = stage.organisation.domains["Pneumatiek"]
    newer = stage.act(requests.add_need, stage.actor("junior"), domain_id=domain, current=1, target=4, now=stage.now)
    assert newer.id != found(stage, proposal).request_id
    stage.answer("senior", proposal, False)
    assert found(stage, proposal).status == "refused"
    assert request_of(stage, proposal).status == "withdrawn"
    assert set(stage.pairs(stage.solved())) == {newer.id}


def test_only_the_two_sides_answer(stage: Stage, proposal: int):
    for stranger in ("other_senior", "manager", "coordinator", "admin"):
        for accept in (True, False):
            with pytest.raises(Refused):
                stage.answer(stranger, proposal, accept)
        for wanted in ("pause", "end"):
            with pytest.raises(Refused):
                step(stage, stranger, proposal, wanted)
    with pytest.raises(Refused):
        stage.answer("senior", 999_999, True)
    untouched = found(stage, proposal)
    assert (untouched.status, untouched.mentor_accepted, untouched.junior_accepted) == ("proposed", None, None)


def test_the_same_answer_again_changes_nothing(stage: Stage, proposal: int):
    stage.answer("senior", proposal, True)
    stage.answer("senior", proposal, True)
    assert len(stage.audit("accept")) == 1
    stage.answer("junior", proposal, True)
    started = found(stage, proposal)
    stage.answer("junior", proposal, True, stage.now + timedelta(days=3))
    assert found(stage, proposal).started_on == started.started_on
    with pytest.raises(Refused):  # it runs: that is ended, not refused
        stage.answer("junior", proposal, False)
    assert len(stage.audit("accept")) == 2 and not stage.audit("refuse")


def test_refusing_twice_changes_nothing(stage: Stage, proposal: int):
    for days in (0, 2):
        stage.answer("senior", proposal, False, stage.now + timedelta(days=days))
    assert found(stage, proposal).ended_on == stage.now.date()
    assert len(stage.audit("refuse")) == 1


def test_both_answer_at_the_same_moment(stage: Stage):
    cases = [(True, True), (True, False), (False, True), (False, False)]
    for (yes, too), (mentor, junior, proposal) in zip(cases, proposals(stage, len(cases)), strict=True):
        outcomes = at_once(partial(stage.answer, mentor, proposal, yes), partial(stage.answer, junior, proposal, too))
        assert all(isinstance(o, (Mentorship, Refused)) for o in outcomes), outcomes
        over = found(stage, proposal)
        assert over.status == ("active" if yes and too else "refused")
        assert (over.started_on is None) is not (yes and too)
        assert request_of(stage, proposal).status == ("placed" if yes and too else "open")


def test_five_hundred_accept_at_the_same_moment(stage: Stage):
    """Both of 250 pairs, as when a round was published before the shift began: none is lost, none counted twice."""
    made, asked = stage.organisation, []
    for number in range(125):
        made.mentor(f"m{number}", places=2)
        for place in range(2):
            made.person(f"j{number}-{place}", "junior")
            asked.append((f"m{number}", f"j{number}-{place}", made.pair(f"m{number}", f"j{number}-{place}")))
    made.session.commit()
    outcomes = at_once(*[partial(stage.answer, side, pair, True) for *sides, pair in asked for side in sides])
    assert [one for one in outcomes if not isinstance(one, Mentorship)] == []
    assert {pair.status for pair in stage.mentorships()} == {"active"}
    assert len(stage.audit("accept")) == 500


def test_the_second_acceptance_sees_the_first_one(stage: Stage, proposal: int):
    """The junior accepts while the mentor's acceptance is not committed yet: it waits, and then it runs."""
    outcome = in_the_middle(
        stage.engine,
        lambda session: actions.answer(session, stage.actor("senior"), proposal, True, stage.now),
        lambda: stage.answer("junior", proposal, True),
    )
    assert outcome.status == "active"
    assert found(stage, proposal).started_on == stage.now.date()


def test_pause_resume_and_end_by_either_side(stage: Stage, proposal: int):
    for wanted in ("pause", "resume", "end"):  # only what runs
        with pytest.raises(Refused):
            step(stage, "senior", proposal, wanted)
    for who in ("senior", "junior"):
        stage.answer(who, proposal, True)
    with pytest.raises(Refused):
        step(stage, "junior", proposal, "resume")
    step(stage, "junior", proposal, "pause")
    assert found(stage, proposal).status == "paused"
    with pytest.raises(Refused):
        step(stage, "senior", proposal, "pause")
    step(stage, "senior", proposal, "resume")
    assert found(stage, proposal).status == "active"
    step(stage, "senior", proposal, "pause")
    later = stage.now + timedelta(days=30)
    step(stage, "junior", proposal, "end", later)
    over = found(stage, proposal)
    assert (over.status, over.started_on, over.ended_on) == ("ended", stage.now.date(), later.date())
    for wanted in ("pause", "resume", "end"):
        with pytest.raises(Refused):
            step(stage, "junior", proposal, wanted)
    with pytest.raises(Refused):
        step(stage, "junior", proposal, "invented")
    verbs = [(row.verb, row.actor_id) for v in ("pause", "resume", "end") for row in stage.audit(f"{v} mentorship")]
    junior, senior = stage.person("junior"), stage.person("senior")
    assert verbs == [
        ("pause mentorship", junior),
        ("pause mentorship", senior),
        ("resume mentorship", senior),
        ("end mentorship", junior),
    ]


def test_a_place_is_taken_from_the_proposal_on_and_free_after_the_end(stage: Stage, proposal: int):
    def free() -> int:
        """With more requests than places, a round fills what is free."""
        return sum(mentor == stage.person("senior") for mentor in stage.pairs(stage.solved()).values())

    made = stage.organisation
    for key in ("third", "fourth", "fifth"):
        made.person(key, "junior")
        made.asks(key)
    made.session.commit()
    assert free() == 1, "one of two places is taken by the proposal"
    for who in ("senior", "junior"):
        stage.answer(who, proposal, True)
    step(stage, "senior", proposal, "pause")
    assert free() == 1, "a pause keeps the place"
    step(stage, "senior", proposal, "end")
    assert free() == 2


def test_the_pages_of_a_proposal(stage: Stage, proposal: int, visit: Visit):
    mentor, junior = visit("senior"), visit("junior")
    at = f"/mentorships/{proposal}"
    for side in (mentor, junior):
        shown = side.get(at).text
        assert f'action="{at}/accept"' in shown and f'action="{at}/refuse"' in shown
        assert "zelfstandig storingen verhelpen" in shown and "Behoud van kennis" not in shown
        assert str(proposal) in side.get("/mentorships").text
    assert "Behoud van kennis" in visit("coordinator").get(at).text
    for stranger in ("other_senior", "manager", "admin"):
        assert visit(stranger).get(at).status_code in (403, 404)
        assert visit(stranger).post(f"{at}/accept").status_code in (403, 404)
    assert visit("coordinator").post(f"{at}/refuse").status_code in (403, 404), "nobody answers for another"
    assert mentor.follow(mentor.post(f"{at}/accept")).status_code == 200
    assert junior.follow(junior.post(f"{at}/accept")).status_code == 200
    assert found(stage, proposal).status == "active"
    assert "23 nov 2026" in junior.follow(junior.get(at)).text
    late = junior.post(f"{at}/refuse")
    assert late.status_code == 422 and "al geantwoord" in late.text
    for verb, status in (("pause", "paused"), ("resume", "active")):
        fields = {"until": "2026-12-21"} if verb == "pause" else {}
        assert junior.follow(junior.post(f"{at}/{verb}", fields)).status_code == 200
        assert found(stage, proposal).status == status
    assert junior.follow(junior.post(f"/checkins/endings/{proposal}")).status_code == 200
    assert found(stage, proposal).status == "ended"
    stage.change(Person, stage.person("senior"), left_on=date(2026, 11, 1))
    assert junior.follow(junior.get(at)).status_code == 200, "an earlier pair stays readable when somebody left"


def test_a_refused_proposal_reads_as_said_no_to_who_said_it_and_no_more_to_the_other(
    stage: Stage, proposal: int, visit: Visit
):
    stage.organisation.speak("en")
    at = f"/mentorships/{proposal}"
    junior, mentor = Screen(visit("junior"), at), Screen(visit("senior"), at)
    assert junior.heading == "Senior Proef can be your mentor in Pneumatiek"
    assert mentor.heading == "Junior Proef wants to learn Pneumatiek, and you fit"
    mentor.press("Yes, please")
    assert mentor.heading == "You said yes; now it is up to Junior"
    assert "Senior said yes already." in junior.open(at).text
    assert "You need not say why. Senior then only reads that it does not go ahead." in junior.text
    assert list(junior.fields("No, rather not")) == [], "nothing is asked"
    junior.press("No, rather not")
    assert junior.heading == "You said no to the proposal with Senior Proef"
    assert mentor.open(at).heading == "The proposal with Junior Proef does not go ahead"
    assert "said no" not in mentor.text and "said no" not in mentor.open("/mentorships").text
    assert "did not go ahead" in mentor.text and "you said no" in junior.open("/mentorships").text
    for screen in (junior, mentor, Screen(visit("coordinator"), at)):
        assert "Ended on" not in screen.open(at).text
    assert "Said no on 23 Nov 2026" in screen.text, "the coordinator reads it too"


def test_a_proposal_shows_ones_own_shifts_and_which_are_together(stage: Stage, proposal: int, visit: Visit):
    stage.organisation.speak("en")
    at = f"/mentorships/{proposal}"
    screen = Screen(visit("junior"), at)
    assert "20 shifts together until Sunday 20 December" in screen.text, "from today on: both work every weekday"
    stage.organisation.roster("NACHT", "NNNNN--")
    stage.organisation.session.commit()
    stage.change(WorkTime, stage.person("senior"), roster_id=stage.organisation.rosters["NACHT"])
    assert "No shift together until Sunday 20 December yet" in screen.open(at).text
    assert "day shift" in screen.text and "night shift" not in screen.text, "the other's roster is not shown"
    stage.change(WorkTime, stage.person("senior"), roster_id=None)
    assert "until Sunday" not in screen.open(at).text


def test_own_pairs_stand_in_the_order_of_what_they_ask(stage: Stage, proposal: int, visit: Visit):
    stage.organisation.speak("en")
    screen = Screen(visit("junior"), "/mentorships")
    assert screen.heading == "1 proposal waits for your answer"
    assert "Pneumatiek · proposed on 23 Nov 2026" in screen.text
    stage.answer("junior", proposal, True)
    assert screen.open("/mentorships").heading == "None of your pairs runs now"
    assert "waits for Senior" in screen.text
    stage.answer("senior", proposal, True)
    assert screen.open("/mentorships").heading == "You learn and mentor in 1 pair"
    assert "learns Pneumatiek from you · since 23 Nov 2026" in Screen(visit("senior"), "/mentorships").text
