"""Asks once which of the things that wait in somebody's own pairs there are, so that only those are read.

Every page asks it for its menu, and of a dozen things mostly one or two wait.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from sqlalchemy import Date, Integer, Select, bindparam, select
from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import UtcDateTime
from mentorship.checkins import queries as check_ins
from mentorship.checkins.asked import queries as in_confidence
from mentorship.checkins.slips import queries as slips
from mentorship.growth.certificates import queries as certificates
from mentorship.growth.certificates.rules import SOON
from mentorship.home import rules
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.acting import queries as acting
from mentorship.mentorships.acting.rules import ASKED_BEFORE
from mentorship.mentorships.goals import queries as goals
from mentorship.mentorships.questions import queries as questions
from mentorship.mentorships.questions.rules import LASTS
from mentorship.rounds.waiting import queries as waiting_list


def kinds(session: Session, person_id: int, now: datetime) -> frozenset[str]:
    """Return the kinds of things (`home.rules`) that can wait for somebody: of the others there are none."""
    today = local_date(now)
    said = {
        "person": person_id,
        "today": today,
        "near": today + ASKED_BEFORE,
        "soon": today + SOON,
        "lately": now - LASTS,
    }
    there = session.execute(_asking(), said).one()
    found = {kind for kind, is_there in there._mapping.items() if is_there}
    return frozenset(found | {rules.PULSE})  # that one looks at what is settled before it asks


@lru_cache
def _asking() -> Select[*tuple[bool, ...]]:
    """Return the statement, made once: it is told of whom when it is asked."""
    person = bindparam("person", type_=Integer)
    today, near, soon = (bindparam(name, type_=Date) for name in ("today", "near", "soon"))
    lately = bindparam("lately", type_=UtcDateTime)
    queries: dict[str, Select[*tuple[object, ...]]] = {
        rules.CONFIDED: in_confidence.asked_of(person),
        rules.PROPOSAL: mentorships.unanswered_by(person),
        rules.ENDS_SOON: acting.ending_of(person, near),
        rules.CHECK_IN: check_ins.open_of(person),
        rules.SLIP: slips.came_in_for(person),
        rules.LEVEL: goals.claims_for(person),
        rules.ASKED_PLACE: waiting_list.open_asks_of(person),
        rules.QUESTION: questions.asked_of(person, lately),
        rules.QUESTION_SAID: questions.answered_for(person),
        rules.CERTIFICATE: certificates.ending_of(person, today, soon),
        rules.WEEKS: mentorships.running_under(person),
    }
    return select(*(query.order_by(None).exists().label(kind) for kind, query in queries.items()))
