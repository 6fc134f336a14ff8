"""What waits for somebody in the pairs they are in themselves, and by quick questions, certificates and the pulse."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.checkins import queries as check_ins
from mentorship.checkins.slips import queries as slips
from mentorship.growth.certificates import queries as certificates
from mentorship.home import pulse, rules
from mentorship.home.rules import Thing
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.acting import queries as acting
from mentorship.mentorships.goals import queries as goals
from mentorship.mentorships.goals.models import CLAIMED
from mentorship.mentorships.hours import queries as hours
from mentorship.mentorships.questions import queries as questions
from mentorship.people.access import Actor
from mentorship.programme.queries import programme
from mentorship.rounds.waiting import queries as waiting_list


def things(session: Session, actor: Actor, now: datetime, there: Collection[str]) -> Iterator[Thing]:
    """Yield what waits in the pairs that somebody is in themselves; of what is not `there` there is none."""
    for kind, read in READ.items():
        if kind in there:
            yield from read(session, actor, now)


def _check_ins(session: Session, actor: Actor, _now: datetime) -> Iterator[Thing]:
    """Yield the check-ins that ask them."""
    for asked in check_ins.waiting(session, actor.person_id):
        yield Thing(rules.CHECK_IN, id_of(asked), since=asked.asked_on)


def _by_slip(session: Session, actor: Actor, _now: datetime) -> Iterator[Thing]:
    """Yield what came in by a slip in their name."""
    for one in slips.came_in(session, actor):
        yield Thing(rules.SLIP, id_of(one))


def _levels(session: Session, actor: Actor, _now: datetime) -> Iterator[Thing]:
    """Yield the levels that somebody is asked to confirm."""
    for waiting in goals.waiting(session, actor.person_id):
        kind = rules.LEVEL if waiting.claim.status == CLAIMED else rules.SECOND
        yield Thing(kind, id_of(waiting.claim), id_of(waiting.junior))


def _certificates(session: Session, actor: Actor, now: datetime) -> Iterator[Thing]:
    """Yield the certificates that end."""
    for row in certificates.waiting(session, actor.person_id, local_date(now)):
        yield Thing(rules.CERTIFICATE, row.kind_id, until=row.ends_on)


def _weeks(session: Session, actor: Actor, now: datetime) -> Iterator[Thing]:
    """Yield that weeks are not noted."""
    number = hours.weeks_to_note(session, actor.person_id, local_date(now))
    if number:
        yield Thing(rules.WEEKS, number=number)


def _proposals(session: Session, actor: Actor, _now: datetime) -> Iterator[Thing]:
    """Yield the proposals that somebody did not answer."""
    me = actor.person_id
    patience = timedelta(days=programme(session).proposal_days)
    for pair in mentorships.unanswered(session, me):
        until = None
        if pair.proposed_at is not None:
            until = local_date(pair.proposed_at + patience)
        yield Thing(rules.PROPOSAL, id_of(pair), pair.other_of(me), until=until)


def _asked_for_a_place(session: Session, actor: Actor, _now: datetime) -> Iterator[Thing]:
    """Yield that people wait for a place with somebody, as long as they did not answer."""
    waiting_for_it = waiting_list.open_asks(session, actor.person_id)
    if waiting_for_it:
        yield Thing(rules.ASKED_PLACE, number=waiting_for_it[-1].waiting)


def _questions(session: Session, actor: Actor, now: datetime) -> Iterator[Thing]:
    """Yield the quick questions that wait for somebody."""
    for asked in questions.waiting(session, actor.person_id, now):
        yield Thing(rules.QUESTION, id_of(asked), asked.asker_id)


def _said(session: Session, actor: Actor, _now: datetime) -> Iterator[Thing]:
    """Yield the answers to their quick questions that they did not read."""
    for said in questions.answered(session, actor.person_id):
        yield Thing(rules.QUESTION_SAID, id_of(said), said.asked_id)


def _near_their_end(session: Session, actor: Actor, now: datetime) -> Iterator[Thing]:
    """Yield the pairs of which somebody is asked whether they end or go on."""
    me = actor.person_id
    for pair in acting.near_their_end(session, local_date(now), me):
        yield Thing(
            rules.ENDS_SOON,
            id_of(pair),
            pair.other_of(me),
            until=pair.expected_end,
        )


READ: dict[str, Callable[[Session, Actor, datetime], Iterator[Thing]]] = {
    rules.PROPOSAL: _proposals,
    rules.ENDS_SOON: _near_their_end,
    rules.CHECK_IN: _check_ins,
    rules.SLIP: _by_slip,
    rules.LEVEL: _levels,
    rules.ASKED_PLACE: _asked_for_a_place,
    rules.QUESTION: _questions,
    rules.QUESTION_SAID: _said,
    rules.CERTIFICATE: _certificates,
    rules.PULSE: pulse.things,
    rules.WEEKS: _weeks,
}
"""What can wait in somebody's own pairs, in the order in which it is read; of each kind how."""
