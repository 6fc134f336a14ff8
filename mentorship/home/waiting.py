"""What waits for somebody, over all rooms: the lines of their desk, and the numbers beside the places of the menu.

It is read on every page, so that what the menu counts is what the desk shows: names are looked up by the desk alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.checkins.asked import queries as in_confidence
from mentorship.checkins.asked.queries import Request
from mentorship.checkins.confidants import queries as confidants
from mentorship.checkins.links import queries as links
from mentorship.checkins.signals import queries as signals
from mentorship.checkins.signals.queries import ToActOn
from mentorship.home import anything, managing, own, rules
from mentorship.home.rules import Thing
from mentorship.home.setup import queries as setup
from mentorship.insight.duos import scope as duos
from mentorship.mentor_requests import queries as requests
from mentorship.mentorships import queries as mentorships
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.profiles.away import queries as away
from mentorship.programme.queries import lacking
from mentorship.reminders.proposals import queries as proposals
from mentorship.rounds import queries as rounds
from mentorship.rounds.announcing import pending
from mentorship.rounds.announcing import queries as announcing
from mentorship.rounds.announcing.rules import day_of
from mentorship.rounds.waiting import queries as waiting_list

MOST_TO_COVER = 5
"""So many pairs without their mentor are named; when half the company is on holiday nobody looks for more."""
MANY = 100
"""So many signals are counted at most: more than anybody acts on today."""


@dataclass(frozen=True)
class Gathered:
    """What waits for somebody: in their own pairs, because of their role; how many signals; more by role.

    By role: the requests that are open, and the running pairs that they see.

    `confided`: how many ask for them as a confidant and were not seen, None for who is none.
    """

    own: list[Thing]
    at_desk: list[Thing]
    signals: int
    confided: int | None
    open_requests: int | None
    running_pairs: int | None

    @property
    def open_steps(self) -> int:
        """How many steps of the guide are open."""
        return sum(len(thing.steps) for thing in self.at_desk)

    @property
    def things(self) -> list[Thing]:
        """All of it, one's own pairs first."""
        return [*self.own, *self.at_desk]


def gather(session: Session, actor: Actor, now: datetime) -> Gathered:
    """Read what waits for somebody."""
    raised = signals.to_act_on(
        session,
        actor,
        now,
        MANY,
    )
    there = anything.kinds(session, actor.person_id, now)
    confided = _confided(session, actor, now, there)
    waits = own.things(session, actor, now, there)
    at_desk = _at_desk(
        session,
        actor,
        raised,
        now,
    )
    open_requests = None
    if access.COORDINATE.allows(actor):
        open_requests = requests.count_open(session)
    return Gathered(
        list(waits),
        [*_in_confidence(confided or ()), *at_desk],
        raised.total,
        None if confided is None else _unseen(confided),
        open_requests,
        duos.count_running(session, actor, local_date(now)),
    )


def counts(session: Session, actor: Actor, now: datetime) -> dict[str, int]:
    """Return the numbers of the menu, read for it alone."""
    gathered = gather(
        session,
        actor,
        now,
    )
    return numbers(gathered)


def numbers(gathered: Gathered) -> dict[str, int]:
    """Return the numbers of the menu: what waits on the desk, as signals, in one's own pairs; how many requests."""
    found = {
        "things": len(gathered.things),
        "signals": gathered.signals,
        "own pairs": len(gathered.own),
        "set-up steps": gathered.open_steps,
    }
    if gathered.confided is not None:
        found["confidant"] = 1
        found["asked in confidence"] = gathered.confided
    if gathered.open_requests is not None:
        found["open requests"] = gathered.open_requests
    if gathered.running_pairs is not None:
        found["running pairs"] = gathered.running_pairs
    return found


def _confided(session: Session, actor: Actor, now: datetime, there: Collection[str]) -> list[Request] | None:
    """Return who asks for a confidant; None for who is none."""
    found = in_confidence.open_requests(session, actor, now) if rules.CONFIDED in there else []
    if found or confidants.holds(session, actor.person_id):
        return found
    return None


def _unseen(confided: Sequence[Request]) -> int:
    """Count those of whom the confidant did not say yet that they saw it."""
    return sum(one.seen_at is None for one in confided)


def _in_confidence(confided: Sequence[Request]) -> list[Thing]:
    """Return that somebody asks for a confidant who did not say yet that they saw it."""
    number = _unseen(confided)
    if not number:
        return []
    return [Thing(rules.CONFIDED, number=number)]


def _at_desk(session: Session, actor: Actor, raised: ToActOn, now: datetime) -> Iterator[Thing]:
    """Yield what waits for somebody because of their role."""
    yield from _signals(raised)
    if actor.has(access.MANAGER):
        yield from managing.hours(session, actor)
    if access.ANSWER_PAIRS.allows(actor):
        yield from _announced(session, actor, now)
    if access.HAND_OUT_CODES.allows(actor):
        without_mail = links.count(session, actor, now)
        if without_mail:
            yield Thing(rules.PAPER, number=without_mail)
    if access.COORDINATE.allows(actor):
        yield from _of_coordinator(session, now)
        yield from _to_cover(session, actor, now)
    if access.SAY_WHO_LEAVES.allows(actor):
        without_manager = people.count_without(session)
        if without_manager:
            yield Thing(rules.TEAM, number=without_manager)


def _signals(raised: ToActOn) -> Iterator[Thing]:
    kinds = {rules.ASKED: raised.asked, rules.LATE: raised.late, rules.OTHER: raised.other}
    counted = [kind for kind, number in kinds.items() if number]
    for kind in counted:
        yield Thing(
            kind,
            number=kinds[kind],
            more=raised.more and kind == counted[-1],
            since=raised.since[kind],
        )


def _announced(session: Session, actor: Actor, now: datetime) -> Iterator[Thing]:
    """Yield that there are new pairs to which somebody said nothing yet, as a manager or in the place of one."""
    pairs = pending.waiting_for(session, actor.person_id, now)
    if pairs:
        until = min(day_of(one.ends) for pair in pairs for one in pair.of(actor.person_id) if one.said is None)
        yield Thing(rules.PAIRS, number=len(pairs), until=until)


def _of_coordinator(session: Session, now: datetime) -> Iterator[Thing]:
    stands = setup.followed(session, now)
    if stands is not None:
        yield Thing(rules.GUIDE, steps=tuple(stands.open_steps))
    if lacking(session):
        yield Thing(rules.SET_UP)
    freed, since = waiting_list.count_came_free(session, now)
    if freed:
        yield Thing(rules.FREED, number=freed, since=local_date(since) if since else None)
    for found in rounds.to_publish(session):
        yield Thing(rules.ROUND, id_of(found))
    for found in announcing.stuck(session):
        yield Thing(rules.OBJECTED, id_of(found))
    objected = pending.count_objected(session)
    if objected:
        yield Thing(rules.NOT_NOW, number=objected)
    soon = proposals.count_soon(session, now)
    if soon:
        yield Thing(rules.SILENT, number=soon)


def _to_cover(session: Session, actor: Actor, now: datetime) -> Iterator[Thing]:
    """Yield the pairs whose junior is without their mentor for over two weeks, and no more of it than that."""
    today = local_date(now)
    gone = away.away_for_long(session, today)
    if not gone:
        return
    pairs = mentorships.led_by(session, gone)
    juniors = [pair.junior_id for pair in pairs]
    also_away = away.away_days(session, juniors)
    shown = 0
    for pair in pairs:
        is_away = today.toordinal() in also_away.get(pair.junior_id, ())
        own = actor.person_id in (pair.mentor_id, pair.junior_id)
        if not is_away and not own and shown < MOST_TO_COVER:
            shown += 1
            yield Thing(rules.COVER, id_of(pair), pair.junior_id)
