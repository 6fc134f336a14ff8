"""Many at the same moment for what only one can have: one gets it, every other one is told no."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from mentorship.base.audit import AuditRow
from mentorship.base.db import open_session
from mentorship.base.errors import Refused
from mentorship.mentorships import actions as mentorships
from mentorship.mentorships.models import Mentorship
from mentorship.people.account import actions as accounts
from mentorship.people.account.passwords import Passwords
from mentorship.people.models import Account
from tests.factories import Organisation
from tests.faults.conftest import Tell
from tests.rounds.stage import at_once

TOLD_NO = (Refused, sa.exc.IntegrityError)
"""By a sentence, or by the database itself."""


def apart(engine: sa.Engine, verb: Callable[[Session], Any]) -> Callable[[], str]:
    """The verb in a transaction of its own, as a request is."""

    def job() -> str:
        with open_session(engine) as session:
            verb(session)
            session.commit()
        return "yes"

    return job


def yes_and_no(outcomes: list[Any]) -> tuple[int, int]:
    """Count who were told yes, and who no; anything else is a fault."""
    yes = outcomes.count("yes")
    no = sum(isinstance(one, TOLD_NO) for one in outcomes)
    strange = [one for one in outcomes if one != "yes" and not isinstance(one, TOLD_NO)]
    assert not strange, strange[:3]
    return yes, no


def test_one_place(engine: sa.Engine, organisation: Organisation, times: int, told: Tell):
    made, asking = organisation, 20 * times
    made.mentor("only", places=1)
    juniors = [made.person(f"j{n}", "junior") for n in range(asking)]
    made.session.commit()
    mentor, domain = made.people["only"], made.domain("Pneumatiek")

    def take(junior: int) -> Callable[[Session], None]:
        pair = {"mentor_id": mentor, "junior_id": junior, "domain_id": domain, "status": "proposed"}
        pair |= {"origin": "direct", "round_name": "", "explanation": {}, "proposed_at": made.now}
        return lambda session: session.add(Mentorship(**pair))

    outcomes = at_once(*[apart(engine, take(junior)) for junior in juniors])
    yes, no = yes_and_no(outcomes)
    with open_session(engine) as session:
        there = len(session.exec(select(Mentorship).where(Mentorship.mentor_id == mentor)).all())
    told(asking, abs(yes - 1) + abs(there - 1) + (asking - yes - no))


def test_one_acceptance(engine: sa.Engine, organisation: Organisation, times: int, told: Tell):
    """Both sides tap again and again: the pair starts once, and each yes is in the log once."""
    made, asking = organisation, 20 * times
    proposal = made.pair("senior", "junior")
    made.session.commit()
    sides = [made.actor("senior"), made.actor("junior")] * (asking // 2)
    made.session.rollback()

    def say(actor: Any) -> Callable[[Session], None]:
        return lambda session: mentorships.answer(session, actor, proposal, True, made.now)

    outcomes = at_once(*[apart(engine, say(actor)) for actor in sides])
    yes_and_no(outcomes)
    with open_session(engine) as session:
        status = session.get_one(Mentorship, proposal).status
        verbs = Counter(session.exec(select(AuditRow.verb).where(col(AuditRow.subject) == "mentorship")))
    told(asking, (status != "active") + abs(verbs["accept"] - 2))


def test_one_activation_code(engine: sa.Engine, organisation: Organisation, times: int, told: Tell):
    made, asking = organisation, 20 * times
    junior = made.people["junior"]
    code = accounts.issue_codes(made.session, made.actor("coordinator"), [junior], made.now)[junior]
    made.session.commit()
    passwords = Passwords(8, 1)

    def use(number: int) -> Callable[[Session], None]:
        password = f"{number} natte bakfietsen"
        return lambda session: accounts.activate(session, "n-junior", code, password, passwords, made.now)

    yes, no = yes_and_no(at_once(*[apart(engine, use(number)) for number in range(asking)]))
    with open_session(engine) as session:
        there = session.get(Account, junior)
    told(asking, abs(yes - 1) + (there is None) + (asking - yes - no))
