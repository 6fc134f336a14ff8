"""Reads for the papers: what the running service says of itself, what was agreed, which links are out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version

from sqlalchemy import ColumnElement, func, select
from sqlalchemy import Table as SqlTable
from sqlmodel import Session, col
from sqlmodel import select as rows_of

from mentorship.base import secret_codes
from mentorship.base.clock import local_date
from mentorship.base.config import Settings
from mentorship.base.db import metadata
from mentorship.base.personal import PERSONAL
from mentorship.checkins import balance, noticing_answers
from mentorship.checkins.error_rates import ERROR_RATES
from mentorship.checkins.settings import queries as check_ins
from mentorship.home.agreements.parts import standing, systems
from mentorship.leaving.retention import KEPT_MONTHS
from mentorship.mentorships.hours import rules as hours
from mentorship.mentorships.models import REFUSED, Mentorship
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.models import Person, PersonRole
from mentorship.privacy.papers.facts import (
    Asked,
    Facts,
    Fairness,
    Group,
    Judging,
    Kept,
    Match,
    Oversight,
    Setup,
    Table,
)
from mentorship.privacy.papers.models import PaperLink, PaperVersion
from mentorship.programme.models import Programme
from mentorship.programme.queries import programme
from mentorship.rounds.fairness.rules import as_kept
from mentorship.rounds.models import CLOSED, FORBID, LOCK, PUBLISHED, Round, RoundOverride

JUDGING = Judging(
    good=balance.GOOD_FROM,
    low=balance.LOW_UNDER,
    answers=balance.ENOUGH,
    weeks=balance.FRESH.days // 7,
    twice=noticing_answers.HALF,
    fall=noticing_answers.FALLEN,
    over=float(hours.OVER) - 1,
)
"""The figures that decide when answers and hours are looked at, from where they decide."""
PACKAGE = "mentorship"
GROUPS = (access.JUNIOR, access.SENIOR, access.MANAGER, access.COORDINATOR, access.HR, access.ADMIN)


def facts(session: Session, settings: Settings, now: datetime) -> Facts:
    """Return everything that the papers say of this service today."""
    found = programme(session)
    employed = people.count_here(session)
    return Facts(
        at=now,
        version=version(PACKAGE),
        setup=_setup(found, settings),
        asked=_asked(session),
        match=_match(found),
        kept=_kept(found),
        groups=_groups(session, now),
        people=employed,
        tables=_tables(session),
        oversight=_oversight(session),
        judging=JUDGING,
        errors=ERROR_RATES,
        standing=standing(session, settings),
    )


def _setup(found: Programme, settings: Settings) -> Setup:
    return Setup(
        organisation=found.organisation,
        contact=found.contact_name,
        reach=found.contact_reach,
        council_on=found.works_council_on,
        no_council=found.no_works_council,
        assessed_on=found.dpia_on,
        visibility=found.visibility,
        integrations=systems(settings),
    )


def _asked(session: Session) -> Asked:
    newest = check_ins.newest_set(session)
    held = check_ins.settings(session)
    return Asked(
        questions=newest.questions,
        scale=check_ins.scale_of(newest),
        days=held.days,
        later_days=held.later_days,
    )


def _match(found: Programme) -> Match:
    return Match(
        weights=found.weights,
        floor=found.floor,
        spread=found.spread,
        waiting=found.waiting,
        hours_per_pair=float(found.hours_per_pair),
        confirm_hours=found.confirm_hours,
        proposal_days=found.proposal_days,
        direct_days=found.direct_days,
        managers_pair=found.managers_pair,
        objection_days=found.objection_days,
    )


def with_fairness(session: Session, known: Facts) -> Facts:
    """Return the same with how the last round fell out, as it was kept then; nothing of a round that kept it not."""
    published_at = col(Round.published_at)
    query = select(
        col(Round.quality),
        published_at,
    )
    published = query.where(published_at.is_not(None))
    newest_first = published.order_by(published_at.desc())
    newest = session.execute(newest_first.limit(1)).first()
    if newest is None:
        return known
    found = as_kept(newest.quality)
    if found is None:
        return known
    return replace(
        known,
        fairness=Fairness(
            newest.published_at,
            found,
            people.site_names(session),
        ),
    )


def _kept(found: Programme) -> Kept:
    return Kept(
        notes_months=found.notes_months,
        answers_months=found.answers_months,
        pairs_months=found.pairs_months,
        people_months=KEPT_MONTHS,
    )


def _groups(session: Session, now: datetime) -> list[Group]:
    """Count the people in each role who work here today."""
    counting = (
        select(col(PersonRole.role), func.count())
        .join(Person, col(Person.id) == PersonRole.person_id)
        .where(people.is_here(local_date(now)))
        .group_by(col(PersonRole.role))
    )
    counts = dict(session.execute(counting).all())
    return [Group.of(role, counts.get(role, 0)) for role in GROUPS]


def _tables(session: Session) -> list[Table]:
    """Return all that is kept about people, as its model states: of each table, and apart what a column states."""
    about = [table for table in metadata.sorted_tables if PERSONAL in table.info]
    counts = _counts(session, about)
    found = []
    for table in about:
        apart = [column for column in table.columns if PERSONAL in column.info]
        columns = [column.name for column in table.columns if column not in apart]
        rows = counts[table.name]
        found.append(Table(table.name, table.info[PERSONAL], columns, rows))
        for column in apart:
            found.append(Table(table.name, column.info[PERSONAL], [column.name], rows))
    return sorted(found, key=lambda table: table.name)


def _counts(session: Session, tables: Collection[SqlTable]) -> Mapping[str, int]:
    """Count the rows of some tables by one query."""
    asked = [select(func.count()).select_from(table).scalar_subquery().label(table.name) for table in tables]
    return session.execute(select(*asked)).one()._asdict()


def _oversight(session: Session) -> Oversight:
    by_status = dict(session.execute(select(col(Round.status), func.count()).group_by(col(Round.status))).all())
    by_kind = dict(
        session.execute(select(col(RoundOverride.kind), func.count()).group_by(col(RoundOverride.kind))).all()
    )
    refused = select(func.count()).where(col(Mentorship.status) == REFUSED)
    return Oversight(
        rounds=sum(by_status.values()),
        published=by_status.get(PUBLISHED, 0) + by_status.get(CLOSED, 0),
        locked=by_kind.get(LOCK, 0),
        forbidden=by_kind.get(FORBID, 0),
        refused=session.scalar(refused) or 0,
    )


def agreed(session: Session, language: str) -> dict[str, PaperVersion]:
    """Return the last agreed version of each paper in a language."""
    query = (
        rows_of(PaperVersion)
        .where(PaperVersion.language == language)
        .order_by(
            col(PaperVersion.agreed_at),
            col(PaperVersion.id),
        )
    )
    return {version.kind: version for version in session.exec(query)}


def history(session: Session, kind: str, language: str) -> list[PaperVersion]:
    """Return every agreed version of a paper, the newest first."""
    query = (
        rows_of(PaperVersion)
        .where(
            PaperVersion.kind == kind,
            PaperVersion.language == language,
        )
        .order_by(
            col(PaperVersion.agreed_at).desc(),
            col(PaperVersion.id).desc(),
        )
    )
    return list(session.exec(query))


def links_out(session: Session, now: datetime) -> list[PaperLink]:
    """Return the links that open the papers today, the newest first."""
    query = rows_of(PaperLink).where(*_stands(now)).order_by(col(PaperLink.id).desc())
    return list(session.exec(query))


def link_of(session: Session, secret: str, now: datetime) -> PaperLink | None:
    """Return the link of a secret; None for one that is unknown, too old or taken back."""
    query = rows_of(PaperLink).where(
        col(PaperLink.code_hash).in_(secret_codes.seals(secret)),
        *_stands(now),
    )
    return session.exec(query).first()


def link_stands(session: Session, link_id: int, now: datetime) -> bool:
    """Tell whether a link that was opened in a browser still opens anything."""
    query = rows_of(PaperLink.id).where(
        PaperLink.id == link_id,
        *_stands(now),
    )
    return session.exec(query).first() is not None


def _stands(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(PaperLink.expires_at) > now,
        col(PaperLink.revoked_at).is_(None),
    )
