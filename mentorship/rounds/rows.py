"""Rows of a round as its pages and its CSV show them; a fixed number of queries whatever the length."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mentorship.base.audit import AuditRow
from mentorship.base.db import id_of
from mentorship.base.i18n import decimal, gettext
from mentorship.matching import CRITERIA
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.programme.words import CRITERION_NAMES
from mentorship.rounds import queries
from mentorship.rounds.askers import Asker, Askers
from mentorship.rounds.models import FORBID, LOCK, RoundOverride
from mentorship.rounds.standing import seen_by_request
from mentorship.rounds.words import VERBS


@dataclass(frozen=True)
class SiteChoice:
    """A site whose requests may take part."""

    key: str
    name: str
    chosen: bool


def site_choices(session: Session, chosen: Collection[str]) -> list[SiteChoice]:
    """Return all sites to choose from; `chosen` are ids as a form sends them."""
    found = []
    for site in people.sites(session):
        key = str(id_of(site))
        choice = SiteChoice(key, site.name, key in chosen)
        found.append(choice)
    return found


@dataclass(frozen=True)
class DecisionRow:
    """A pair that somebody locked or forbade, ready to show."""

    asker: Asker
    mentor: Person
    locked: bool
    seen: str
    by: str
    at: datetime

    @property
    def decision(self) -> str:
        """What somebody decided about this pair."""
        return LOCK if self.locked else FORBID

    @property
    def value(self) -> str:
        """Return what its button sends."""
        return f"{self.asker.request_id}-{id_of(self.mentor)}-{self.seen}"


def decision_rows(session: Session, round_id: int) -> list[DecisionRow]:
    """Return what people decided about pairs of a round, and who did."""
    found = queries.overrides(session, round_id)
    request_ids = [decided.request_id for decided in found]
    mentor_ids = [decided.mentor_id for decided in found]
    askers = Askers(session, request_ids, mentor_ids)
    shown = seen_by_request(found)
    deciders = people.persons(session, [decided.decided_by for decided in found])
    rows = []
    for decided in found:
        row = DecisionRow(
            askers.asker(decided.request_id),
            askers.mentor(decided.mentor_id),
            decided.kind == LOCK,
            shown[decided.request_id],
            _name(deciders, decided),
            decided.decided_at,
        )
        rows.append(row)
    return rows


def _name(deciders: Mapping[int, Person], decided: RoundOverride) -> str:
    if decided.decided_by is None:
        return "–"
    return deciders[decided.decided_by].name


@dataclass(frozen=True)
class HistoryRow:
    """One step of a round: when, who, what, and by which weights if it was about those."""

    at: datetime
    who: str
    what: str
    weights: str


def history_rows(session: Session, history: Sequence[AuditRow]) -> list[HistoryRow]:
    """Return the steps of a round ready to show."""
    actors = people.persons(session, [step.actor_id for step in history])
    rows = []
    for step in history:
        actor = None if step.actor_id is None else actors.get(step.actor_id)
        verb = VERBS.get(step.verb, step.verb)
        row = HistoryRow(
            step.at,
            actor.name if actor else gettext("the service"),
            gettext(verb),
            _weights(step.details.get("weights")),
        )
        rows.append(row)
    return rows


def _weights(weights: Mapping[str, float] | None) -> str:
    if not weights:
        return ""
    told = []
    for key in CRITERIA:
        name = gettext(CRITERION_NAMES[key])
        told.append(f"{name} {decimal(weights[key])}")
    return ", ".join(told)
