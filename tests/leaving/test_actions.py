"""Saying a last day, taking it back, and what follows the day after, by the verbs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from mentorship.base.errors import Conflict, Refused
from mentorship.base.mail_kinds import UNDO_LASTS
from mentorship.base.outbox import OutboxRow
from mentorship.base.undo import UndoRow
from mentorship.checkins.signals import raising
from mentorship.checkins.signals.actions import take
from mentorship.checkins.signals.models import Signal
from mentorship.leaving import actions
from mentorship.mentor_requests.models import MentorRequest
from mentorship.operations.queries import health
from mentorship.people.models import Person, PersonManager, PersonRole
from mentorship.people.queries import manager_above
from mentorship.reminders.leaving_mail_texts import leaves
from tests.leaving.conftest import Goodbye
from tests.rounds.stage import at_once, counted


def states(stage: Goodbye) -> list[tuple[str, str, str]]:
    return sorted((one.side, one.status, one.since.isoformat()) for one in stage.rows(Signal, Signal.kind == "leaves"))


def test_a_last_day_ahead_is_told_and_changes_nothing_else(stage: Goodbye):
    taught = stage.start("lena", "junior")
    learns = stage.start("other_senior", "lena", domain="PLC-programmering")
    before = stage.screen("lena").text
    day = stage.says()
    told = {("last-day", "lena")} | {("leaves", key) for key in ("manager", "junior", "other_senior", "other_manager")}
    assert stage.mail("last-day", "leaves") == told
    assert states(stage) == [("junior", "open", day.isoformat()), ("mentor", "open", day.isoformat())]
    assert {stage.pair(taught).status, stage.pair(learns).status} == {"active"}
    assert stage.screen("lena").text.replace(" ", "")[:40] == before.replace(" ", "")[:40]
    stage.night()
    assert stage.who().left_on is None


def test_both_lines_and_the_coordinator_see_the_signal_and_hand_over(stage: Goodbye):
    stage.start("lena", "other_junior")
    stage.says()
    for key in ("manager", "other_manager", "director", "coordinator"):
        screen = stage.screen(key, "/signals")
        assert "Een van de twee vertrekt" in screen.text and "laatste werkdag 3 dec" in screen.text, key
        assert "overdragen" in screen.text
    assert "vertrekt" not in stage.screen("lena", "/signals").text
    (signal,) = stage.rows(Signal)
    soon = stage.today + timedelta(days=7)
    stage.act(take, stage.actor_of("other_manager"), signal.id, "handover", soon, stage.now)
    assert "other_manager" not in stage.screen("coordinator", "/signals").text
    assert states(stage)[0][1] == "taken"


def test_taken_back_closes_the_signal_and_tells_those_who_heard(stage: Goodbye):
    stage.start("lena", "junior")
    stage.says()
    stage.act(
        lambda s: s.execute(sa.update(OutboxRow).where(col(OutboxRow.kind) == "leaves").values(sent_at=stage.now))
    )
    stage.act(actions.take_back, stage.actor_of("admin"), stage.lena, stage.now)
    assert stage.mail("stays") == {("stays", "manager"), ("stays", "junior")}
    assert stage.mail("last-day") == set(), "who was not told yet is told nothing"
    assert [state for _, state, _ in states(stage)] == ["done"]
    assert stage.who().last_day is None
    stage.later(days=30)
    stage.night()
    assert stage.who().left_on is None


def test_said_again_for_the_same_day_the_signal_is_open_again(stage: Goodbye):
    stage.start("lena", "junior")
    day = stage.says()
    stage.act(actions.take_back, stage.actor_of("admin"), stage.lena, stage.now)
    assert stage.says() == day
    assert states(stage) == [("mentor", "open", day.isoformat())]


def test_another_day_takes_the_place_of_the_first(stage: Goodbye):
    stage.start("lena", "junior")
    stage.says(days=10)
    day = stage.says(days=20)
    assert [one[2] for one in states(stage) if one[1] == "open"] == [day.isoformat()]


def test_a_pair_that_starts_later_gets_the_signal_too_and_once_closed_not_again(stage: Goodbye):
    day = stage.says()
    stage.start("lena", "junior")
    for _ in range(2):
        stage.act(raising.evaluate, stage.now)
    assert states(stage) == [("mentor", "open", day.isoformat())]
    stage.act(lambda s: s.execute(sa.update(Signal).values(status="done", done_at=stage.now)))
    stage.later(hours=1)
    stage.act(raising.evaluate, stage.now)
    assert states(stage) == [("mentor", "done", day.isoformat())]


def test_the_last_admin_and_the_last_coordinator_stay(stage: Goodbye):
    stage.says("admin")
    with pytest.raises(Refused, match="beheerder"):
        stage.says("lena", 100)
    with pytest.raises(Refused, match="coördinator"):
        stage.says("coordinator", by="lena")
    stage.act(actions.take_back, stage.actor_of("coordinator"), stage.person("admin"), stage.now)
    stage.says("lena")


def test_two_admins_who_leave_at_once_one_stays(stage: Goodbye):
    outcomes = at_once(lambda: stage.says("admin"), lambda: stage.says("lena"))
    assert sorted(type(one).__name__ for one in outcomes) == ["Refused", "date"]


def test_two_who_say_a_day_at_once_one_of_them_holds(stage: Goodbye):
    stage.start("lena", "junior")
    at_once(lambda: stage.says(days=10), lambda: stage.says(days=20, by="admin"))
    last_day = stage.who().last_day
    assert [one[2] for one in states(stage) if one[1] == "open"] == [last_day.isoformat()]


def test_a_day_too_far_off_is_a_slip(stage: Goodbye):
    for days in (-400, 2000):
        with pytest.raises(Refused) as refusal:
            stage.says(days=days)
        assert refusal.value.field == "last_day"
    assert stage.who().last_day is None


def test_a_day_that_has_passed_ends_all_at_once(stage: Goodbye):
    pair = stage.start("lena", "junior")
    day = stage.says(days=-3)
    assert stage.who().left_on == day and stage.pair(pair).status == "ended"
    assert stage.pair(pair).ended_on == day
    assert {"junior", "manager"} <= {key for _, key in stage.mail("leaves")}
    with pytest.raises(Refused):
        stage.says(days=10)


def test_the_night_after_is_done_once(stage: Goodbye):
    pair = stage.start("lena", "junior")
    stage.goes()
    before = stage.pair(pair).model_dump(), len(stage.audit("leave"))
    for _ in range(2):
        stage.night()
    assert (stage.pair(pair).model_dump(), len(stage.audit("leave"))) == before


def test_a_worker_killed_half_way_leaves_nothing_half_done(stage: Goodbye, monkeypatch: pytest.MonkeyPatch):
    pair = stage.start("lena", "junior")
    stage.says()
    stage.later(days=11)

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    rooms = actions.ROOMS
    with monkeypatch.context() as patch:
        broken = type(rooms[-1])((), killed)
        patch.setattr(actions, "ROOMS", (*rooms[:-1], broken))
        with pytest.raises(KeyboardInterrupt):
            stage.night()
    assert stage.who().left_on is None and stage.pair(pair).status == "active"
    stage.night()
    assert stage.who().left_on is not None and stage.pair(pair).status == "ended"


def test_who_comes_back_has_what_they_can_and_not_what_ended(stage: Goodbye):
    stage.start("lena", "junior")
    stage.goes()
    stage.act(actions.take_back, stage.actor_of("coordinator"), stage.lena, stage.now)
    back = stage.who()
    assert (back.last_day, back.left_on) == (None, None)
    assert stage.rows(PersonRole, PersonRole.person_id == stage.lena) == []
    assert [one.status for one in stage.mentorships()] == ["ended"]
    assert len(stage.audit("come back")) == 1


def test_signals_picked_up_go_to_the_manager_above(stage: Goodbye):
    stage.organisation.person("leerling", "junior", manager="lena")
    stage.organisation.session.commit()
    pair = stage.start("other_senior", "leerling")
    stage.act(
        lambda s: s.add(
            Signal(
                mentorship_id=pair,
                kind="apart",
                side="both",
                since=stage.today,
                raised_at=stage.now,
                status="taken",
                owner_id=stage.lena,
                action="talk",
                look_again_on=stage.today,
            )
        )
    )
    stage.goes()
    assert stage.read(manager_above, stage.lena) == stage.person("manager")
    (signal,) = stage.rows(Signal)
    assert (signal.status, signal.owner_id) == ("taken", stage.person("manager"))


def test_help_asked_of_who_left_is_told_to_its_author_alone(stage: Goodbye):
    pair = stage.start("senior", "kees")
    asked = {"mentorship_id": pair, "kind": "help", "side": "junior", "about": "manager", "since": stage.today}
    stage.act(lambda s: s.add(Signal(**asked, raised_at=stage.now, asked_id=stage.lena)))
    stage.goes()
    assert stage.mail("helper-left") == {("helper-left", "kees")}
    (signal,) = stage.rows(Signal)
    assert signal.status == "done"
    for key in ("manager", "director", "coordinator"):
        assert "Kees" not in stage.screen(key, "/signals").text, "nobody else hears that he asked"


def test_both_of_a_pair_are_told_when_both_asked_who_left(stage: Goodbye):
    pair = stage.start("senior", "kees")
    for side in ("junior", "mentor"):
        asked = {"mentorship_id": pair, "kind": "help", "side": side, "about": "manager", "since": stage.today}
        stage.act(lambda s, asked=asked: s.add(Signal(**asked, raised_at=stage.now, asked_id=stage.lena)))
    stage.goes()
    assert stage.mail("helper-left") == {("helper-left", "kees"), ("helper-left", "senior")}


def test_help_asked_of_the_mentor_who_left_ends_with_the_pair(stage: Goodbye):
    """Nobody is sent to the page of a pair that is over, to ask somebody else there."""
    pair = stage.start("lena", "junior")
    asked = {"mentorship_id": pair, "kind": "help", "side": "junior", "about": "mentor", "since": stage.today}
    stage.act(lambda s: s.add(Signal(**asked, raised_at=stage.now, asked_id=stage.lena)))
    stage.goes()
    assert stage.mail("helper-left") == set()
    assert ("leaves", "junior") in stage.mail("leaves")


def test_one_that_fails_keeps_nobody_else(stage: Goodbye, monkeypatch: pytest.MonkeyPatch):
    stage.says("lena")
    stage.says("senior")
    stage.later(days=11)
    whole = actions.leave_due

    def fails(session: Session, person_id: int, now: datetime) -> bool:
        if person_id == stage.lena:
            raise RuntimeError("no")
        return whole(session, person_id, now)

    with monkeypatch.context() as patch:
        patch.setattr(actions, "leave_due", fails)
        stage.night()
    assert (stage.who("lena").left_on, stage.who("senior").left_on is None) == (None, False)
    assert "leaving" in stage.read(health, stage.now).idle, "and somebody sees it"
    stage.night()
    assert stage.who("lena").left_on and "leaving" not in stage.read(health, stage.now).idle


def test_who_has_no_manager_any_more_stands_on_the_desk(stage: Goodbye):
    stage.goes()
    assert "1 persoon heeft een andere leidinggevende nodig" in stage.screen("coordinator").text
    listed = stage.screen("coordinator", "/people?manager=left")
    assert [row[0] for row in listed.rows()] and "Kees" in listed.text and "Junior Proef" not in listed.text


def test_leavers_of_an_export_are_taken_unless_they_are_too_many(stage: Goodbye):
    actor = stage.actor_of("coordinator")
    gone = stage.today - timedelta(days=1)
    with pytest.raises(Refused, match="één op de twintig"):
        stage.act(actions.take_leavers, actor, ["n-kees"], gone, stage.now)
    assert stage.who("kees").last_day is None
    taken = stage.act(actions.take_leavers, actor, ["n-kees", "onbekend"], gone, stage.now, confirmed=True)
    assert taken == [stage.person("kees")] and stage.who("kees").left_on == gone
    again = stage.act(actions.take_leavers, actor, ["n-kees"], gone, stage.now, confirmed=True)
    assert again == []


def test_undone_within_ten_minutes_nobody_hears_of_it(stage: Goodbye):
    stage.start("lena", "junior")
    day = stage.says()
    actor = stage.actor_of("coordinator")
    back = {"person_id": stage.lena, "day": None, "left": day.isoformat(), "now": stage.now}
    stage.act(actions.put_day_back, actor, **back)
    assert stage.who().last_day is None and stage.mail("leaves", "last-day", "stays") == set()
    with pytest.raises(Conflict):
        stage.act(actions.put_day_back, actor, **back)


def test_the_statements_do_not_grow_with_what_hangs_on_somebody(stage: Goodbye):
    made = stage.organisation
    for number in range(6):
        made.person(f"j{number}", "junior", manager="manager")
    made.session.commit()
    stage.start("lena", "j0")
    stage.says("lena")
    stage.says("j5")
    for number in range(1, 5):
        request = made.asks(f"j{number}")
        made.session.get_one(MentorRequest, request).status = "placed"
        made.session.commit()
        stage.start("other_senior", f"j{number}", request_id=request, origin="import")
    stage.says("other_senior")
    stage.later(days=11)
    found = []
    for key in ("lena", "other_senior"):
        with counted(stage.engine) as statements:
            stage.act(actions.leave_due, stage.person(key), stage.now)
        found.append(len([one for one in statements if "audit" not in one]))
    assert found[1] <= found[0] + 2
    back = stage.rows(MentorRequest)
    assert {one.status for one in back} == {"open"}


def test_undo_rows_of_who_left_are_gone(stage: Goodbye):
    row = UndoRow(person_id=stage.lena, roles=[], door="x", named={}, at=stage.now, said="", steps=[])
    stage.act(lambda s: s.add(row))
    stage.goes()
    assert stage.rows(UndoRow, UndoRow.person_id == stage.lena) == []
    assert stage.rows(Person, Person.id == stage.lena), "the person is kept as long as may be"


def test_a_second_manager_hears_it_too(stage: Goodbye):
    """Of who leaves and of who stays: both who appraise somebody read until when."""
    stage.organisation.person("chef", "manager")
    stage.organisation.person("voorman", "manager")
    stage.organisation.session.commit()
    second = {stage.lena: stage.person("chef"), stage.person("junior"): stage.person("voorman")}
    for person_id, manager_id in second.items():
        stage.act(lambda s, **row: s.add(PersonManager(**row)), person_id=person_id, manager_id=manager_id)
    stage.start("lena", "junior")
    stage.says()
    for key in ("chef", "voorman"):
        assert ("leaves", key) in stage.mail("leaves"), key
        [row] = stage.rows(OutboxRow, OutboxRow.kind == "leaves", OutboxRow.recipient_id == stage.person(key))
        told = stage.read(leaves, row, stage.now)
        assert told and told["sentences"][0].startswith("Lena Proef, mentor van Junior Proef: laatste werkdag"), key


def goes_out(stage: Goodbye) -> dict[str, set[datetime]]:
    """Return from when the mails of each kind about a last day may go out."""
    found: dict[str, set[datetime]] = {}
    for row in stage.rows(OutboxRow, col(OutboxRow.kind).in_(("last-day", "leaves", "stays"))):
        found.setdefault(row.kind, set()).add(row.not_before)
    return found


def test_mails_of_a_last_day_go_in_the_readers_own_shift(stage: Goodbye):
    """Everybody works 07:30 to 16:15, Monday to Friday, in Amsterdam."""
    stage.start("lena", "junior")
    stage.later(hours=11)  # Monday at nine in the evening
    stage.says(days=10)
    morning = datetime(2026, 11, 24, 6, 45, tzinfo=UTC)
    assert goes_out(stage) == {"last-day": {morning}, "leaves": {morning}}
    stage.act(lambda s: s.execute(sa.update(OutboxRow).values(sent_at=stage.now)))
    stage.later(days=4)  # Friday evening
    stage.act(actions.take_back, stage.coordinator, stage.lena, stage.now)
    assert goes_out(stage)["stays"] == {datetime(2026, 11, 30, 6, 45, tzinfo=UTC)}, "after the weekend"


def test_who_is_gone_before_their_next_shift_hears_it_before_that(stage: Goodbye):
    stage.later(days=4, hours=11)  # Friday evening
    stage.says(days=1)
    assert goes_out(stage)["last-day"] == {stage.now + UNDO_LASTS}
