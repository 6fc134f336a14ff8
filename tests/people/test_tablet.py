"""Verbs on tablets, cards and PINs, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import Session, select

from mentorship.base.audit import AuditRow
from mentorship.base.errors import Refused
from mentorship.base.outbox import OutboxRow
from mentorship.people import leaving
from mentorship.people.account.queries import actor_of
from mentorship.people.models import Person, SignIn, Tablet
from mentorship.people.sessions.rules import Limits
from mentorship.people.tablet import actions, queries, rules
from mentorship.people.tablet.models import TabletCard
from tests.factories import Organisation
from tests.people.tablets import by, card


class Plain:
    """Hashes nothing, for what is tested here is not the hash."""

    def hash(self, password: str) -> str:
        return f"plain {password}"

    def verify(self, stored: str | None, password: str) -> bool:
        return stored == f"plain {password}"


KEYS = ["k" * 40]
LIMITS = Limits(timedelta(hours=1), timedelta(hours=1))


def tablet(session: Session, made: Organisation) -> Tablet:
    code = actions.add(session, by(made, "hr"), "Kantine", made.sites["Ede"], made.now)
    token = actions.enrol(session, code, made.now)
    found = queries.enrolled(session, token)
    assert found is not None
    return found


def test_a_code_enrols_one_tablet_once_and_within_the_hour(session: Session, organisation: Organisation):
    made = organisation
    code = actions.add(session, by(made, "hr"), "Kantine", made.sites["Ede"], made.now)
    late = actions.add(session, by(made, "hr"), "Hal", made.sites["Ede"], made.now - timedelta(minutes=61))
    token = actions.enrol(session, code.lower().replace("-", " "), made.now)
    session.commit()
    assert queries.enrolled(session, token) is not None and queries.enrolled(session, code) is None
    for spent in (code, late, "", "AAAA-AAAA-AAAA"):
        with pytest.raises(Refused, match="opent geen tablet"):
            actions.enrol(session, spent, made.now)
    verbs = session.exec(select(AuditRow.verb).order_by(AuditRow.id)).all()
    assert verbs[-3:] == ["add tablet", "add tablet", "enrol tablet"]


def test_an_ended_tablet_signs_out_who_is_on_it_and_nobody_else(session: Session, organisation: Organisation):
    made = organisation
    here, there = tablet(session, made), tablet(session, made)
    first = actions.start(session, made.people["junior"], here, made.now)
    other = actions.start(session, made.people["senior"], there, made.now)
    session.flush()
    assert actor_of(session, first, LIMITS, made.now) is not None
    actions.end(session, by(made, "hr"), here.id or 0, made.now)
    session.commit()
    assert actor_of(session, first, LIMITS, made.now) is None
    on_other = actor_of(session, other, LIMITS, made.now)
    assert on_other is not None and on_other.tablet_id == there.id
    assert [one.id for one in queries.tablets(session)] == [there.id]


def test_the_next_one_in_line_ends_who_was_there(session: Session, organisation: Organisation):
    made = organisation
    here = tablet(session, made)
    first = actions.start(session, made.people["junior"], here, made.now)
    second = actions.start(session, made.people["senior"], here, made.now)
    session.commit()
    assert (
        actor_of(session, first, LIMITS, made.now) is None and actor_of(session, second, LIMITS, made.now) is not None
    )


def test_a_session_on_a_tablet_lasts_two_minutes_and_never_over_ten(session: Session, organisation: Organisation):
    made = organisation
    token = actions.start(session, made.people["junior"], tablet(session, made), made.now)
    session.commit()
    sign_in = session.exec(select(SignIn.id).where(SignIn.tablet_id.is_not(None))).one()  # type: ignore[union-attr]
    assert actor_of(session, token, LIMITS, made.now + timedelta(seconds=119)) is not None
    assert actor_of(session, token, LIMITS, made.now + timedelta(seconds=121)) is None
    for seconds in range(60, 600, 60):
        actions.keep_on(session, sign_in, made.now + timedelta(seconds=seconds))
    session.commit()
    assert actor_of(session, token, LIMITS, made.now + timedelta(seconds=599)) is not None
    assert actor_of(session, token, LIMITS, made.now + timedelta(seconds=601)) is None


def test_a_new_card_stops_the_old_one_and_keeps_the_pin(app: Flask, session: Session, organisation: Organisation):
    made = organisation
    me = made.people["junior"]
    old, others = card(app, session, made, "junior"), card(app, session, made, "senior")
    kept = session.get_one(TabletCard, me).pin_hash
    new = actions.make_cards(session, by(made, "coordinator"), [me], made.now)[me]
    session.commit()
    assert queries.holder(session, rules.kept_of(old), made.now) is None
    assert queries.holder(session, rules.kept_of(new), made.now).id == me  # type: ignore[union-attr]
    assert queries.holder(session, rules.kept_of(others), made.now).id == made.people["senior"]  # type: ignore[union-attr]
    assert session.get_one(TabletCard, me).pin_hash == kept


def test_who_gets_a_card_is_told_and_who_makes_their_own_is_not(session: Session, organisation: Organisation):
    made = organisation
    whom = [made.people["junior"], made.people["coordinator"]]
    actions.make_cards(session, by(made, "coordinator"), whom, made.now)
    session.commit()
    told = session.exec(select(OutboxRow.recipient_id).where(OutboxRow.kind == "card-made")).all()
    assert told == [made.people["junior"]]
    assert queries.untold_card(session, made.people["junior"]) is not None
    assert queries.untold_card(session, made.people["coordinator"]) is None
    row = session.exec(select(AuditRow).where(AuditRow.verb == "make tablet cards")).one()
    assert row.actor_id == made.people["coordinator"] and row.details == {"people": sorted(whom)}


def test_a_revoked_card_opens_nothing_and_its_session_ends(app: Flask, session: Session, organisation: Organisation):
    made = organisation
    lost, kept = card(app, session, made, "junior"), card(app, session, made, "senior")
    token = actions.start(session, made.people["junior"], tablet(session, made), made.now)
    assert actions.revoke(session, by(made, "hr"), [made.people["junior"]], made.now) == 1
    session.commit()
    assert queries.card_of(session, rules.kept_of(lost)) is None and actor_of(session, token, LIMITS, made.now) is None
    assert queries.card_of(session, rules.kept_of(kept)) is not None
    with pytest.raises(Refused, match="Niemand van deze"):
        actions.revoke(session, by(made, "hr"), [made.people["junior"]], made.now)


def test_ten_wrong_pins_put_a_card_to_sleep_and_only_a_new_pin_wakes_it(session: Session, organisation: Organisation):
    made = organisation
    junior = session.get_one(Person, made.people["junior"])
    secret = actions.make_cards(session, by(made, "hr"), [made.people["junior"]], made.now)[made.people["junior"]]
    actions.choose_pin(session, junior, "302857", Plain(), KEYS, made.now)
    for _ in range(10):
        kept = actions.count_try(session, rules.kept_of(secret))
        assert not actions.verify(kept, "000001", Plain(), KEYS)
    with pytest.raises(Refused, match="slaapt"):
        actions.count_try(session, rules.kept_of(secret))
    again = actions.make_cards(session, by(made, "hr"), [made.people["junior"]], made.now)[made.people["junior"]]
    with pytest.raises(Refused, match="slaapt"):  # whoever makes cards gets no more tries by that
        actions.count_try(session, rules.kept_of(again))
    actions.choose_pin(session, junior, "714053", Plain(), KEYS, made.now)
    kept = actions.count_try(session, rules.kept_of(again))
    assert actions.verify(kept, "714053", Plain(), KEYS) and not actions.verify(kept, "302857", Plain(), KEYS)


def test_the_right_pin_forgets_the_wrong_ones(session: Session, organisation: Organisation):
    made = organisation
    me = made.people["junior"]
    secret = actions.make_cards(session, by(made, "hr"), [me], made.now)[me]
    for _ in range(3):
        for _ in range(9):
            actions.count_try(session, rules.kept_of(secret))
        actions.was_right(session, me)
    assert session.get_one(TabletCard, me).wrong == 0


def test_a_card_without_a_pin_opens_nothing(session: Session, organisation: Organisation):
    made = organisation
    secret = actions.make_cards(session, by(made, "hr"), [made.people["junior"]], made.now)[made.people["junior"]]
    kept = actions.count_try(session, rules.kept_of(secret))
    assert kept is None and not actions.verify(kept, "302857", Plain(), KEYS)
    assert actions.count_try(session, rules.kept_of("AAAA")) is None


def test_the_database_alone_does_not_tell_a_pin(app: Flask, session: Session, organisation: Organisation):
    card(app, session, organisation, "junior")
    kept = session.get_one(TabletCard, organisation.people["junior"]).pin_hash
    assert "argon2" not in kept and "302857" not in kept
    assert not actions.verify(kept, "302857", Plain(), ["x" * 40])


def test_the_card_of_who_left_is_gone_and_of_the_others_not(app: Flask, session: Session, organisation: Organisation):
    made = organisation
    secret, other = card(app, session, made, "junior"), card(app, session, made, "senior")
    person = session.get_one(Person, made.people["junior"])
    person.last_day = (made.now - timedelta(days=1)).date()
    session.commit()
    assert queries.holder(session, rules.kept_of(secret), made.now) is None
    leaving.left(session, person, made.now)
    session.commit()
    assert queries.card_of(session, rules.kept_of(secret)) is None
    assert queries.card_of(session, rules.kept_of(other)) is not None
    with pytest.raises(Refused, match="Wie weg is"):
        actions.make_cards(session, by(made, "hr"), [made.people["junior"]], made.now)


def test_the_purge_takes_tablets_that_ended_long_ago_and_no_others(session: Session, organisation: Organisation):
    made = organisation
    here, old, used = (tablet(session, made) for _ in range(3))
    waiting = actions.add(session, by(made, "hr"), "Nieuw", made.sites["Ede"], made.now)
    actions.start(session, made.people["junior"], used, made.now)
    for one in (old, used):
        actions.end(session, by(made, "hr"), one.id or 0, made.now)
    ids, old_id = {one.id for one in (here, old, used)}, old.id
    actions.purge(session, made.now + timedelta(minutes=30))
    session.commit()
    assert actions.enrol(session, waiting, made.now)
    actions.purge(session, made.now + timedelta(days=61))
    session.commit()
    left = set(session.exec(select(Tablet.id)))
    assert ids - left == {old_id}


def test_a_pin_outlives_the_key_that_sealed_it(session: Session, organisation: Organisation):
    made = organisation
    junior = session.get_one(Person, made.people["junior"])
    actions.choose_pin(session, junior, "302857", Plain(), ["old" * 20], made.now)
    actions.seal_anew(session, ["new" * 20, "old" * 20])
    kept = session.get_one(TabletCard, made.people["junior"]).pin_hash
    assert actions.verify(kept, "302857", Plain(), ["new" * 20])
    actions.seal_anew(session, ["new" * 20, "old" * 20])
    assert session.get_one(TabletCard, made.people["junior"]).pin_hash == kept
