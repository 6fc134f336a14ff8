"""What the timetable calls: plain functions, each of which commits what it did.

Several rooms have a part in each, so they stand above the rooms and not in one of them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Engine

from mentorship.base import delivery, heartbeat, outage, outbox
from mentorship.base.clock import local_date
from mentorship.base.config import Settings
from mentorship.base.db import empty_log, open_session
from mentorship.base.errors import Conflict, Refused
from mentorship.base.mail import transport
from mentorship.base.mail_kinds import PRIVACY
from mentorship.checkins import actions as check_ins
from mentorship.checkins.endings import actions as endings
from mentorship.checkins.signals import handing
from mentorship.checkins.signals import raising as signals
from mentorship.hr_import.imports.dropped import take_dropped
from mentorship.hr_import.upload.working import work_on_waiting
from mentorship.insight.knowledge import whole as knowledge
from mentorship.insight.outcomes import queries as outcomes
from mentorship.insight.outcomes.actions import keep
from mentorship.insight.published import queries as published
from mentorship.insight.published.actions import publish
from mentorship.leaving import actions as leaving
from mentorship.leaving import queries as leaving_queries
from mentorship.mentorships import actions as mentorships
from mentorship.mentorships.acting import queries as acting_queries
from mentorship.mentorships.actions import set_failing
from mentorship.mentorships.proposals.actions import expire_proposals
from mentorship.mentorships.questions import actions as questions
from mentorship.mentorships.starting import start_due
from mentorship.operations.backup import kept_ledger, nightly
from mentorship.operations.queries import CHECK_INS, LEAVING, MAIL, PURGE, UPKEEP
from mentorship.people.actions import renew_sort_keys
from mentorship.people.second_factor.actions import seal_anew
from mentorship.people.tablet import actions as tablets
from mentorship.privacy.requests import telling
from mentorship.profiles import actions as profiles
from mentorship.pulse.waves import actions as waves
from mentorship.reminders.actions import due_mail, own_shift
from mentorship.reminders.mails import NOTE, Letter, renderers
from mentorship.reminders.proposals.actions import remind_due
from mentorship.rounds import retest
from mentorship.rounds.announcing import actions as announcing
from mentorship.rounds.announcing import queries as announcing_queries
from mentorship.rounds.solving import solve_waiting
from mentorship.rounds.waiting import freed
from mentorship.worker import purges

log = logging.getLogger(__name__)
Job = Callable[[Engine, datetime, Settings], object]

MORE_LETTERS = {
    PRIVACY: Letter(
        NOTE,
        None,
        telling.mail,
    ),
}
"""The mails of rooms above the one that writes them."""


def solve_rounds(engine: Engine, now: datetime, _settings: Settings) -> bool:
    """Solve one round that waits; True when there was one."""
    return solve_waiting(engine, now)


def read_exports(engine: Engine, now: datetime, _settings: Settings) -> bool:
    """Read or take in one large export that waits; True when there was one."""
    return work_on_waiting(engine, now)


def take_dropped_files(engine: Engine, now: datetime, settings: Settings) -> None:
    """Take in the files that were dropped into the import folder."""
    take_dropped(engine, now, settings)


def upkeep(engine: Engine, now: datetime, settings: Settings) -> None:
    """Let begin and end what is due: pairs, proposals, pauses, quick questions; and test running pairs again."""
    with open_session(engine) as session:
        start_due(session, now)
        expire_proposals(session, now)
        if settings.mails:
            remind_due(session, now)
        mentorships.resume_due(session, now)
        profiles.end_pauses(session, now)
        questions.lapse_due(session, now)
        questions.count_due(session, now)
        session.commit()
    with open_session(engine, read_only=True) as session:
        broken = retest.broken(session, local_date(now))
    with open_session(engine) as session:
        heartbeat.beat(session, UPKEEP, now)
        set_failing(session, broken, now)
        session.commit()


def end_pairs(engine: Engine, now: datetime, _settings: Settings) -> None:
    """End the pairs whose day to end has come, each in a transaction of its own."""
    with open_session(engine, read_only=True) as session:
        due = acting_queries.to_end(session, local_date(now))
    for pair_id in due:
        try:
            with open_session(engine) as session:
                endings.end_due(session, pair_id, now)
                session.commit()
        except outage.AWAY:
            raise
        except Exception:  # one that fails keeps no other
            log.exception("pair %s should have ended, but could not", pair_id)


def hand_signals_on(engine: Engine, now: datetime, _settings: Settings) -> None:
    """Hand on the signals that their owner cannot look at again."""
    with open_session(engine) as session:
        handing.hand_on(session, now)
        session.commit()


def look_for_free_places(engine: Engine, now: datetime, _settings: Settings) -> None:
    """Note which places came free while somebody waits for them; what follows is told on the desk and by mail."""
    with open_session(engine) as session:
        freed.look(session, now)
        session.commit()


def end_announcements(engine: Engine, now: datetime, _settings: Settings) -> None:
    """Publish the announced rounds of which the days to object are over; what no longer holds is found again."""
    with open_session(engine, read_only=True) as session:
        due = announcing_queries.to_end(session)
    for round_id in due:
        try:
            with open_session(engine) as session:
                announcing.publish_over(session, round_id, now)
                session.commit()
        except Conflict:
            with open_session(engine) as session:
                announcing.find_again(session, round_id, now)
                session.commit()
        except Refused:
            log.warning("round %s is announced, and cannot be published as things are set now", round_id)


def hold_check_ins(engine: Engine, now: datetime, _settings: Settings) -> None:
    """Ask both sides of every pair whose date has come, and raise the signals that follow."""
    with open_session(engine) as session:
        check_ins.open_due(session, now)
        check_ins.close_missed(session, now)
        session.commit()
    with open_session(engine, read_only=True) as session:
        raised = signals.to_raise(session, now)
    with open_session(engine) as session:
        signals.raise_all(session, raised)
        heartbeat.beat(session, CHECK_INS, now)  # last, so that a pass which fails half-way is seen as late
        session.commit()


def publish_figures(engine: Engine, now: datetime, _settings: Settings) -> None:
    """Publish the figures of groups of a quarter that is closed, once."""
    with open_session(engine, read_only=True) as session:
        closing = published.to_publish(session, now)
    if closing is None:
        return
    with open_session(engine) as session:
        publish(session, closing)
        session.commit()


def keep_outcomes(engine: Engine, now: datetime, _settings: Settings) -> None:
    """Keep how the programme did in a quarter that is closed, once."""
    with open_session(engine, read_only=True) as session:
        closed = outcomes.to_keep(session, now)
        at_risk = knowledge.at_close(session, now) if closed else {}
    if closed is None:
        return
    with open_session(engine) as session:
        keep(session, replace(closed, whole=closed.whole | at_risk))
        session.commit()


def hold_pulse(engine: Engine, now: datetime, _settings: Settings) -> None:
    """Close the wave of the pulse whose last day has passed, and ask everybody whom the open one did not ask yet."""
    with open_session(engine) as session:
        closed = waves.close_due(session, now)
        waves.invite(session, now)
        session.commit()
    if closed and not empty_log(engine):
        log.warning("what came in during the pulse is still in the log beside the database; the next purge retries")


def let_leave(engine: Engine, now: datetime, _settings: Settings) -> None:
    """Do what follows the last day of everybody whose day has passed, each in a transaction of its own."""
    with open_session(engine, read_only=True) as session:
        due = leaving_queries.due(session, local_date(now))
    gone = [_leaves(engine, person_id, now) for person_id in due]
    if not all(gone):
        return
    with open_session(engine) as session:
        heartbeat.beat(session, LEAVING, now)
        session.commit()


def _leaves(engine: Engine, person_id: int, now: datetime) -> bool:
    """Do it for one; False when it failed, which keeps nobody else, and is seen by the pass that stays out."""
    try:
        with open_session(engine) as session:
            leaving.leave_due(session, person_id, now)
            session.commit()
    except outage.AWAY:
        raise
    except Exception:
        log.exception("person %s has left, but not all that follows was done", person_id)
        return False
    return True


def send_mail(engine: Engine, now: datetime, settings: Settings) -> bool:
    """Ask for the mail that is due, and send what was asked for; True when there is more."""
    asks: list[outbox.Ask] = []
    if settings.mails:
        with open_session(engine, read_only=True) as session:
            asks = due_mail(session, now, own_shift(session, now))
    with open_session(engine) as session:
        heartbeat.beat(session, MAIL, now)
        outbox.ask_all(session, asks, now)
        session.commit()
    if not settings.mails:
        return False
    done = delivery.deliver(
        engine,
        now,
        transport(settings),
        renderers(settings, MORE_LETTERS),
    )
    if done.sent or done.dropped or done.declined:
        log.info(
            "mail: %s sent, %s no longer needed, %s declined",
            done.sent,
            done.dropped,
            done.declined,
        )
    return done.more


def purge_all(engine: Engine, now: datetime, settings: Settings) -> None:
    """Delete what was kept as long as it may be kept; renew what an older version wrote, or an older key sealed."""
    failed = purges.carry_out(engine, now, settings)
    with open_session(engine) as session:
        renew_sort_keys(session)
        seal_anew(session, settings.secret_keys)
        tablets.seal_anew(session, settings.secret_keys)
        if failed is None:
            heartbeat.beat(session, PURGE, now)
        session.commit()
    if failed is not None:
        raise failed


def keep_ledger(engine: Engine, now: datetime, settings: Settings) -> None:
    """Keep beside the backups who was erased and who leaves, as digests."""
    kept_ledger.keep(engine, now, settings)


def back_up(engine: Engine, now: datetime, settings: Settings) -> None:
    """Make the backup of the night, once a night."""
    nightly.back_up(engine, now, settings)
