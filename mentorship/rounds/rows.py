"""Rows of a round as its pages and its CSV show them; a fixed number of queries whatever the length."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from mentorship.base.audit import AuditRow
from mentorship.base.db import id_of
from mentorship.base.figures.score import Score, score
from mentorship.base.i18n import decimal, gettext
from mentorship.matching import CRITERIA, SCALE
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.programme.words import CRITERION_NAMES, criterion_names
from mentorship.rounds import queries
from mentorship.rounds.askers import Asker, Askers
from mentorship.rounds.models import FORBID, LOCK, Round, RoundOverride, RoundPair
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
class PairRow:
    """A pair of a round, ready to show; `parts` are the criteria by name, and `bar` draws what they add."""

    asker: Asker
    mentor: Person
    score: float
    parts: list[tuple[str, float]]
    bar: Score
    locked: bool
    forbidden: bool

    @property
    def decision(self) -> str:
        """What somebody decided about this pair; "" when nobody did."""
        if self.locked:
            return LOCK
        return FORBID if self.forbidden else ""

    @property
    def decided(self) -> bool:
        """Tell whether somebody decided about this pair."""
        return self.locked or self.forbidden


def pair_rows(session: Session, pairs: Sequence[RoundPair], found: Round) -> list[PairRow]:
    """Return the rows of these pairs of a round."""
    request_ids = [pair.request_id for pair in pairs]
    mentor_ids = [pair.mentor_id for pair in pairs]
    askers = Askers(session, request_ids, mentor_ids)
    decisions = {}
    for decided in queries.overrides(session, id_of(found)):
        decisions[decided.request_id, decided.mentor_id] = decided.kind
    rows = []
    for pair in pairs:
        decision = decisions.get((pair.request_id, pair.mentor_id))
        row = PairRow(
            askers.asker(pair.request_id),
            askers.mentor(pair.mentor_id),
            pair.score / SCALE,
            _parts(pair.explanation),
            score_bar(pair.explanation, found.floor),
            locked=decision == LOCK,
            forbidden=decision == FORBID,
        )
        rows.append(row)
    return rows


def score_bar(explanation: Mapping[str, Any], floor: float) -> Score:
    """Draw what each criterion adds to the score of a pair, and the floor of its round."""
    names = dict(criterion_names())
    return score(explanation["parts"], explanation["weights"], names, floor)


def _parts(explanation: Mapping[str, Any]) -> list[tuple[str, float]]:
    parts = []
    for key, name in criterion_names():
        value = explanation["parts"][key]
        parts.append((name, value))
    return parts


@dataclass(frozen=True)
class DecisionRow:
    """A pair that somebody locked or forbade, ready to show."""

    asker: Asker
    mentor: Person
    locked: bool
    by: str
    at: datetime


def decision_rows(session: Session, round_id: int) -> list[DecisionRow]:
    """Return what people decided about pairs of a round, and who did."""
    found = queries.overrides(session, round_id)
    request_ids = [decided.request_id for decided in found]
    mentor_ids = [decided.mentor_id for decided in found]
    askers = Askers(session, request_ids, mentor_ids)
    deciders = people.persons(session, [decided.decided_by for decided in found])
    rows = []
    for decided in found:
        row = DecisionRow(
            askers.asker(decided.request_id),
            askers.mentor(decided.mentor_id),
            decided.kind == LOCK,
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
