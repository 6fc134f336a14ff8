"""Verbs of waves: plan one, cancel it, ask everybody, close it. They never commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from secrets import SystemRandom

import sqlalchemy as sa
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import id_of, insert_new, locked
from mentorship.base.errors import Conflict
from mentorship.base.i18n import N_
from mentorship.base.mail_kinds import PULSE, PULSE_AGAIN
from mentorship.base.outbox import OutboxRow
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.programme.queries import lacking, programme
from mentorship.programme.rules import over_on
from mentorship.pulse import queries, rules
from mentorship.pulse.actions import new_key
from mentorship.pulse.models import MONTHS_KEPT, WHOLE, PulseBuffer, PulseInvited, PulseSlip, PulseWave
from mentorship.pulse.questions import QUESTIONS, fingerprint

SUBJECT = "pulse"


def plan(
    session: Session,
    actor: Actor,
    opens_on: date,
    closes_on: date,
    grouping: str,
    agreed_on: date | None,
    now: datetime,
) -> PulseWave:
    """Plan a wave; how answers are grouped, and what was agreed to ask, is fixed with it."""
    no_council = programme(session).no_works_council
    rules.check_agreed(agreed_on, local_date(now), no_council=no_council)
    others = [(wave.opens_on, wave.closes_on) for wave in queries.waves(session)]
    rules.check_plan(opens_on, closes_on, local_date(now), others)
    wave = PulseWave(
        opens_on=opens_on,
        closes_on=closes_on,
        grouping=grouping,
        agreed_on=agreed_on,
        asks=fingerprint(),
    )
    session.add(wave)
    session.flush()
    audit.record(
        session,
        now,
        actor.person_id,
        "plan pulse",
        SUBJECT,
        id_of(wave),
        opens_on=opens_on.isoformat(),
        closes_on=closes_on.isoformat(),
        grouping=grouping,
        agreed_on=agreed_on.isoformat() if agreed_on else None,
    )
    return wave


def cancel(session: Session, actor: Actor, wave_id: int, now: datetime) -> None:
    """Cancel a wave that did not begin."""
    wave = locked(session, PulseWave, wave_id)
    if wave is None or wave.opens_on <= local_date(now):
        raise Conflict(N_("This wave has begun; it ends on its last day."))
    audit.record(
        session,
        now,
        actor.person_id,
        "cancel pulse",
        SUBJECT,
        wave_id,
        opens_on=wave.opens_on.isoformat(),
    )
    session.delete(wave)
    session.flush()


def invite(session: Session, now: datetime) -> int:
    """Ask everybody with an account who was not asked by the open wave yet; return how many.

    Nobody is asked while the set-up is not complete, nor what was not agreed to.
    """
    today = local_date(now)
    wave = queries.open_wave(session, today)
    if wave is None or lacking(session):
        return 0
    new = queries.uninvited(session, wave, today)
    held = people.roles_of_many(session, new)
    rows = []
    for person_id in new:
        roles = held.get(person_id, ())
        row = {
            "wave_id": id_of(wave),
            "person_id": person_id,
            "grouped": "" if wave.grouping == WHOLE else rules.group_of(roles),
            "invited_on": today,
            "taken": False,
        }
        rows.append(row)
    insert_new(session, PulseInvited, rows)
    return len(rows)


def close_due(session: Session, now: datetime) -> int:
    """Close the waves whose last day has passed; return how many."""
    found = queries.to_close(session, local_date(now))
    for wave in found:
        close(session, id_of(wave), now)
    return len(found)


def close(session: Session, wave_id: int, now: datetime) -> None:
    """Close a wave: keep of what came in what may be told, on new slips in a new order, and nothing else.

    All of it in one transaction: who was asked, and the buffer, are gone when the slips are there.
    """
    wave = locked(session, PulseWave, wave_id)
    if wave is None or wave.closed_at is not None:
        return
    came_in = select(PulseBuffer).where(PulseBuffer.wave_id == wave_id)
    sent = session.exec(came_in).all()
    invited = queries.invited(session, wave_id)
    asked = _asked(invited, sent)
    slips = _slips(wave_id, sent, asked)
    wave.invited = asked.total()
    wave.answered = len(sent)
    wave.closed_at = now
    session.flush()
    _empty(session, wave_id)
    if slips:
        session.execute(sa.insert(PulseSlip), slips)
    audit.record(
        session,
        now,
        None,
        "close pulse",
        SUBJECT,
        wave_id,
    )
    session.flush()


def _asked(invited: Iterable[PulseInvited], sent: Iterable[PulseBuffer]) -> Counter[str]:
    """Count who was asked in each group; who took part and left since is known by what they sent alone."""
    found: Counter[str] = Counter()
    took_part: Counter[str] = Counter()
    for one in invited:
        found[one.grouped] += 1
        took_part[one.grouped] += one.taken
    came_in = Counter(one.grouped for one in sent)
    left_since = came_in - took_part
    return found + left_since


def _slips(wave_id: int, sent: Sequence[PulseBuffer], asked: Mapping[str, int]) -> list[dict[str, object]]:
    """Return what is kept: each answer apart, with its group only where that may be told, by new keys."""
    found: list[dict[str, object]] = []
    for question in QUESTIONS:
        groups = _said(question, sent, asked)
        apart = rules.told_apart(question, groups, asked)
        if apart is None:
            continue
        for group, answers in groups.items():
            slip = {
                "wave_id": wave_id,
                "question": question,
                "grouped": group if group in apart else "",
            }
            found += [{**slip, "answer": answer} for answer in answers]
    SystemRandom().shuffle(found)
    keys = sorted(new_key() for _slip in found)
    for key, row in zip(keys, found, strict=True):
        row["key"] = key
    return found


def _said(question: str, sent: Sequence[PulseBuffer], asked: Iterable[str]) -> dict[str, list[str]]:
    """Return what each group that was asked answered to a question."""
    found: dict[str, list[str]] = {group: [] for group in asked}
    for one in sent:
        answer = one.answers.get(question)
        if answer is not None:
            found[one.grouped].append(answer)
    return found


def _empty(session: Session, wave_id: int) -> None:
    """Empty the buffer, of which there is one wave at most, and forget who was asked.

    PostgreSQL leaves deleted rows in the file, with the transaction that wrote them: there the table is truncated. The
    mails that asked and reminded say who had answered by when, so they go too.
    """
    if session.connection().dialect.name == "postgresql":
        session.execute(sa.text("SELECT empty_pulse_buffer()"))
    else:
        session.execute(sa.delete(PulseBuffer))
    of_wave = col(PulseInvited.wave_id) == wave_id
    session.execute(sa.delete(PulseInvited).where(of_wave))
    asking = col(OutboxRow.kind).in_((PULSE, PULSE_AGAIN))
    session.execute(sa.delete(OutboxRow).where(asking, col(OutboxRow.about) == str(wave_id)))


def purge(session: Session, now: datetime) -> None:
    """Close what should have been closed, and forget waves that closed three years ago."""
    close_due(session, now)
    today = local_date(now)
    closed = col(PulseWave.closed_at).is_not(None)
    before = col(PulseWave.closes_on) < over_on(today, MONTHS_KEPT)
    old = select(PulseWave.id).where(closed, before)
    ids = list(session.exec(old))
    theirs = col(PulseSlip.wave_id).in_(ids)
    session.execute(sa.delete(PulseSlip).where(theirs))
    waves = col(PulseWave.id).in_(ids)
    session.execute(sa.delete(PulseWave).where(waves))


def suggested(today: date) -> tuple[date, date]:
    """Return the days that are proposed for a wave: from the next Monday, two weeks."""
    first = today + timedelta(days=7 - today.weekday())
    return first, first + timedelta(days=13)
