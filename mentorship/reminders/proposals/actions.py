"""Verbs that remind of proposals: by hand, and by the service itself, once. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from mentorship.base import audit, outbox
from mentorship.base.clock import local_date, wall_time
from mentorship.base.db import chunked, id_of
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_, day, gettext
from mentorship.base.mail_kinds import PROPOSAL_AGAIN, UNDO_LASTS
from mentorship.base.outbox import Ask
from mentorship.base.undo import About, state_verb
from mentorship.checkins.due import is_out, next_moment
from mentorship.mentorships.actions import SUBJECT, lock
from mentorship.mentorships.models import PROPOSED, Mentorship, ProposalReminder
from mentorship.mentorships.rules import last_day
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.people.queries import persons
from mentorship.profiles.away import queries as away
from mentorship.programme.queries import programme
from mentorship.reminders.actions import own_shift
from mentorship.reminders.proposals import queries, rules

VERB = "remind of proposal"
NO_LONGER = N_("None of these proposals waits for an answer any more. Nobody was reminded.")


@dataclass
class Reminded:
    """Who was reminded, from when their mail goes out, and who was not: too soon again, or without an address."""

    people: list[Person] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)
    too_soon: list[Person] = field(default_factory=list)
    no_address: list[Person] = field(default_factory=list)


def remind(session: Session, actor: Actor, mentorship_ids: Collection[int], now: datetime) -> Reminded:
    """Remind who did not answer these proposals, in their own shift, and nobody more than once in three days."""
    in_time = _in_time(session, now)
    chosen = [pair for pair in in_time if pair.id in mentorship_ids]
    if not chosen:
        raise Refused(NO_LONGER)
    told = _whom(session, chosen, now)
    if not told.people:
        raise Refused(_nobody(session, told, chosen))
    ids = [id_of(person) for person in told.people]
    made = _note(session, ids, in_time, actor.person_id, now)
    when = own_shift(session, now, ids)
    moments = {person_id: when(person_id, PROPOSAL_AGAIN) or now for person_id in ids}
    told.moments = list(moments.values())
    _ask(session, moments, now)
    mails = [(PROPOSAL_AGAIN, str(person_id)) for person_id in ids]
    about = About(VERB, SUBJECT, None, mails)
    state_verb(
        session,
        unremind,
        about,
        ids=made,
    )
    return told


def unremind(session: Session, _actor: Actor, *, ids: Collection[int], now: datetime) -> None:
    """Undo reminding: it was not done, so that it may be done again; the mail that waited is forgotten by the undo."""
    for some in chunked(ids):
        session.exec(delete(ProposalReminder).where(col(ProposalReminder.id).in_(some)))


def _in_time(session: Session, now: datetime) -> list[Mentorship]:
    """Lock the proposals that can still be answered, in one order, so that of two who remind at once one waits."""
    days = programme(session).proposal_days
    today = local_date(now)
    found = []
    for pair in lock(
        session,
        col(Mentorship.status) == PROPOSED,
    ):
        if (
            pair.proposed_at is not None
            and last_day(
                local_date(pair.proposed_at),
                days,
            )
            >= today
        ):
            found.append(pair)
    return found


def silent(pair: Mentorship) -> list[int]:
    """Return who did not answer a proposal."""
    answers = {pair.junior_id: pair.junior_accepted, pair.mentor_id: pair.mentor_accepted}
    return [person_id for person_id, answer in answers.items() if answer is None]


def _whom(session: Session, chosen: Iterable[Mentorship], now: datetime) -> Reminded:
    ids = dict.fromkeys(person_id for pair in chosen for person_id in silent(pair))
    reminded = queries.last_reminded(session)
    people = persons(session, ids)
    told = Reminded()
    for person_id in ids:
        person = people[person_id]
        if not person.email:
            told.no_address.append(person)
        elif rules.is_recent(
            reminded.get(person_id),
            now,
        ):
            told.too_soon.append(person)
        else:
            told.people.append(person)
    return told


def _nobody(session: Session, told: Reminded, chosen: Collection[Mentorship]) -> str:
    """Say kindly why nobody is reminded."""
    if len(told.too_soon) == 1 and not told.no_address:
        person = told.too_soon[0]
        reminded_at = queries.last_reminded(session)[id_of(person)]
        return gettext(
            "%(name)s was reminded on %(day)s; that can be done again from %(again)s. Nothing was sent.",
            name=person.name,
            day=day(local_date(reminded_at)),
            again=day(local_date(rules.again_on(reminded_at))),
        )
    if told.too_soon:
        return gettext("They were reminded in the last three days. Let them be until then. Nothing was sent.")
    if told.no_address:
        return gettext("There is no address to mail to: print a slip instead. Nothing was sent.")
    return gettext("Everybody has answered. Nothing was sent.")


def _note(
    session: Session,
    person_ids: Iterable[int],
    in_time: Iterable[Mentorship],
    by_id: int | None,
    now: datetime,
) -> list[int]:
    """Note that these people were reminded, of each of their proposals, for one mail tells of all; return the notes."""
    theirs: dict[int, list[int]] = {}
    for pair in in_time:
        for person_id in silent(pair):
            theirs.setdefault(person_id, []).append(id_of(pair))
    made = []
    for person_id in person_ids:
        for pair_id in theirs[person_id]:
            row = ProposalReminder(
                mentorship_id=pair_id,
                person_id=person_id,
                reminded_at=now,
                by_id=by_id,
            )
            session.add(row)
            made.append(row)
            audit.record(
                session,
                now,
                by_id,
                VERB,
                SUBJECT,
                pair_id,
                person=person_id,
            )
    session.flush()
    return [id_of(row) for row in made]


def _ask(session: Session, moments: Mapping[int, datetime], now: datetime) -> None:
    """Ask for one mail to each, from their own moment on."""
    today = local_date(now)
    asks = []
    for person_id, moment in moments.items():
        ask = Ask(
            PROPOSAL_AGAIN,
            person_id,
            today,
            str(person_id),
            not_before=moment,
        )
        asks.append(ask)
    outbox.ask_all(session, asks, now)


def remind_due(session: Session, now: datetime) -> int:
    """Remind, once, who did not answer shortly before the last day; return how many.

    Not who is away, who was reminded in the last three days, or who has no shift any more before it lapses.
    """
    days = programme(session).proposal_days
    in_time = _in_time(session, now)
    near = _near(
        in_time,
        days,
        local_date(now),
    )
    if not near:
        return 0
    moments = _moments(session, near, now)
    if moments:
        _note(
            session,
            moments,
            in_time,
            None,
            now,
        )
        _ask(session, moments, now)
    return len(moments)


def _near(in_time: Iterable[Mentorship], days: int, today: date) -> list[tuple[int, int, date]]:
    """Return of which proposal, whom, and until when, for those that lapse within the longest time before."""
    found = []
    for pair in in_time:
        if pair.proposed_at is None:
            continue
        last = last_day(local_date(pair.proposed_at), days)
        if last - rules.EARLIER <= today:
            found += [(id_of(pair), person_id, last) for person_id in silent(pair)]
    return found


def _moments(
    session: Session,
    near: Collection[tuple[int, int, date]],
    now: datetime,
) -> dict[int, datetime]:
    """Return who is to be reminded now, and from when their mail suits them."""
    today = local_date(now)
    ids = _to_remind(session, near, now)
    there = away.presence(session, {person_id for _, person_id, _ in ids}, today)
    found: dict[int, datetime] = {}
    for _, person_id, last in ids:
        out = there.out_of(person_id)
        if is_out(today, out):
            continue
        timetable = there.timetables.get(person_id)
        in_the_end = max(now, wall_time(last - rules.BEFORE, 0))
        shift = next_moment(timetable, in_the_end, out=out)
        moment = next_moment(timetable, now + UNDO_LASTS, out=out)
        begun = rules.reminds_from(last, local_date(shift)) <= today
        if begun and local_date(moment) <= last:
            found[person_id] = moment
    return found


def _to_remind(
    session: Session,
    near: Collection[tuple[int, int, date]],
    now: datetime,
) -> list[tuple[int, int, date]]:
    """Leave out who was reminded already by the service, or by anybody a short while ago, or has no address."""
    told = queries.reminded_by_service(session, {pair_id for pair_id, _, _ in near})
    reminded = queries.last_reminded(session)
    people = persons(session, {person_id for _, person_id, _ in near})
    found = []
    for pair_id, person_id, last in near:
        if (pair_id, person_id) in told or not people[person_id].email:
            continue
        if rules.is_recent(reminded.get(person_id), now):
            continue
        found.append((pair_id, person_id, last))
    return found
