"""Slips on paper for whom no mail reaches: that a proposal waits, until when; or that a round found nobody, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mentorship.base.i18n import gettext, long_day, use_locale
from mentorship.mentor_requests.why_nobody import reason
from mentorship.people.models import Person
from mentorship.people.queries import site_names
from mentorship.reminders.proposals import queries
from mentorship.reminders.proposals.queries import Side, Waiting


@dataclass(frozen=True)
class Slip:
    """One slip in its reader's language: for whom, where they work, and its sentences, under a title if it has one."""

    person: Person
    where: str
    sentences: list[str]
    title: str = ""


def slips(session: Session, found: Iterable[Waiting], now: datetime, *, mails: bool) -> list[Slip]:
    """Return the slips to print, by site and name, so that they can be handed out."""
    sites = site_names(session)
    made = []
    for one in found:
        for side in _unreached(one, mails):
            with use_locale(side.person.locale):
                said = _waits(one, side)
            made.append(
                Slip(
                    side.person,
                    sites.get(side.person.site_id, ""),
                    said,
                )
            )
    for told in queries.found_nobody(
        session,
        now - queries.TOLD,
    ):
        if told.person.email and mails:
            continue
        with use_locale(told.person.locale):
            said = _nobody(told)
        made.append(
            Slip(
                told.person,
                sites.get(told.person.site_id, ""),
                said,
            )
        )
    made.sort(key=lambda slip: (slip.where, slip.person.sort_key))
    return made


def count(session: Session, found: Iterable[Waiting], now: datetime, *, mails: bool) -> int:
    """Count the slips that there are to print."""
    waiting = sum(len(_unreached(one, mails)) for one in found)
    nobody = queries.found_nobody(
        session,
        now - queries.TOLD,
    )
    return waiting + sum(not (told.person.email and mails) for told in nobody)


def _unreached(one: Waiting, mails: bool) -> list[Side]:
    """Return who of the two did not answer and gets no mail."""
    return [side for side in one.silent if not (side.by_mail and mails)]


def _waits(one: Waiting, side: Side) -> list[str]:
    return [
        gettext(
            "A proposal waits for your yes or no: %(domain)s.",
            domain=one.domain,
        ),
        gettext(
            "You can answer until and including %(day)s. After that it lapses.",
            day=long_day(one.last_day),
        ),
        gettext("With whom, and why, you read once you signed in. You do not have to give a reason."),
    ]


def _nobody(told: queries.FoundNobody) -> list[str]:
    why = reason(told.outcome, told.domain)
    return [
        gettext(
            "The round “%(name)s” found nobody for you this time.",
            name=told.outcome.round_name,
        ),
        gettext(
            "%(finding)s.",
            finding=why.finding,
        ),
        why.helps,
    ]
