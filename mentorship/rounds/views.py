"""Rows of a round as its pages and its CSV show them; a fixed number of queries whatever the length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from mentorship.base import sheets
from mentorship.base.i18n import gettext
from mentorship.matching import CRITERIA, SCALE, STEPS
from mentorship.mentor_requests.queries import needs_of
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.profiles import queries as profiles
from mentorship.programme.words import CRITERION_NAMES
from mentorship.rounds import queries
from mentorship.rounds.models import Round, RoundOverride, RoundPair, RoundUnmatched
from mentorship.rounds.words import COMPETITION, FUNNEL, STOPPED


@dataclass(frozen=True)
class PairRow:
    """A pair of a round, ready to show."""

    pair: RoundPair
    junior: Person
    mentor: Person
    site: str
    domain: str
    score: float
    parts: list[tuple[str, float]]
    kind: str


@dataclass(frozen=True)
class UnmatchedRow:
    """A request nobody was found for, with its funnel and the honest reason."""

    request_id: int
    junior: Person
    site: str
    domain: str
    funnel: list[tuple[str, int]]
    reason: str


def _shared(
    session: Session, request_ids: Sequence[int]
) -> tuple[dict[int, Any], dict[int, list[Any]], dict[int, str], dict[int, str]]:
    domains = {d.id: d.name for d in profiles.domains(session) if d.id is not None}
    sites = {s.id: s.name for s in people.sites(session) if s.id is not None}
    return queries.requests(session, request_ids), needs_of(session, request_ids), domains, sites


def pair_rows(session: Session, pairs: Sequence[RoundPair], round_id: int) -> list[PairRow]:
    """Return the rows of these pairs."""
    requests, needs, domains, sites = _shared(session, [p.request_id for p in pairs])
    shown = people.persons(session, [*(p.mentor_id for p in pairs), *(r.person_id for r in requests.values())])
    kinds = {(o.request_id, o.mentor_id): o.kind for o in queries.overrides(session, round_id)}
    rows = []
    for pair in pairs:
        junior = shown[requests[pair.request_id].person_id]
        parts = [(gettext(CRITERION_NAMES[n]), pair.explanation["parts"][n]) for n in CRITERIA]
        main = needs.get(pair.request_id)
        rows.append(
            PairRow(
                pair,
                junior,
                shown[pair.mentor_id],
                sites[junior.site_id],
                domains[main[0].domain_id] if main else "",
                pair.score / SCALE,
                parts,
                kinds.get((pair.request_id, pair.mentor_id), ""),
            )
        )
    return rows


def unmatched_rows(session: Session, found: Sequence[RoundUnmatched]) -> list[UnmatchedRow]:
    """Return the rows of these unmatched requests."""
    requests, needs, domains, sites = _shared(session, [u.request_id for u in found])
    shown = people.persons(session, [r.person_id for r in requests.values()])
    rows = []
    for row in found:
        junior = shown[requests[row.request_id].person_id]
        main = needs.get(row.request_id)
        funnel = [(gettext(title), count) for title, count in zip(FUNNEL, row.funnel, strict=True)]
        stop = next((title for title, count in funnel if count == 0), None)
        reason = gettext(COMPETITION) if stop is None else gettext(STOPPED, rule=stop)
        domain = domains[main[0].domain_id] if main else ""
        rows.append(UnmatchedRow(row.request_id, junior, sites[junior.site_id], domain, funnel, reason))
    return rows


def override_rows(
    session: Session, found: Sequence[RoundOverride]
) -> list[tuple[RoundOverride, Person, Person, Person | None]]:
    """Return decisions with junior, mentor and who decided."""
    requests = queries.requests(session, [o.request_id for o in found])
    ids = [*(r.person_id for r in requests.values()), *(o.mentor_id for o in found), *(o.decided_by for o in found)]
    shown = people.persons(session, ids)
    return [
        (o, shown[requests[o.request_id].person_id], shown[o.mentor_id], shown.get(o.decided_by or 0)) for o in found
    ]


def terms_values(found: Round) -> dict[str, Any]:
    """Return the settings of a round as its form shows them."""
    return {
        **{f"weight_{name}": found.weights[name] for name in CRITERIA},
        "floor": found.floor,
        "spread": found.spread,
        "unmatched_cost": found.unmatched_cost,
        "site": [str(i) for i in found.site_ids],
    }


def pairs_csv(session: Session, round_id: int) -> bytes:
    """Return all pairs of a round as CSV."""
    header = [
        gettext("Number"),
        gettext("Junior"),
        gettext("Site"),
        gettext("Domain"),
        gettext("Number of mentor"),
        gettext("Mentor"),
        gettext("Score"),
    ]
    rows = pair_rows(session, queries.pairs(session, round_id), round_id)
    return sheets.to_csv(
        [*header, *(gettext(CRITERION_NAMES[n]) for n in CRITERIA)],
        (
            [
                r.junior.number,
                r.junior.name,
                r.site,
                r.domain,
                r.mentor.number,
                r.mentor.name,
                _dutch(r.score),
                *(_dutch(v) for _, v in r.parts),
            ]
            for r in rows
        ),
    )


def _dutch(value: float) -> str:
    return f"{value:.6f}".replace(".", ",")


assert len(FUNNEL) == len(STEPS) + 1
