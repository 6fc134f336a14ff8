"""Whether an outcome still stands: by what it was found, what was decided since, and what a page showed of that."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import asdict
from typing import Any

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.rounds import queries
from mentorship.rounds.gather import Terms
from mentorship.rounds.models import Round, RoundOverride

TERMS = "terms"
"""Where in the figures of an outcome stands by what it was found."""
SEEN = 12
"""Digits of what a page showed of a request."""


def found_by(terms: Terms, site_ids: Collection[int]) -> str:
    """Return in a few letters by what a round is solved: the same ones give the same, in whatever order."""
    said = asdict(terms)
    for decided in ("locked", "forbidden"):
        said[decided] = sorted(said[decided])
    return _digest([said, sorted(site_ids)])


def holds(session: Session, found: Round) -> bool:
    """Tell whether the outcome that is kept is that of the settings and decisions of now, and is still whole."""
    figures = found.quality
    terms = queries.terms(
        session,
        found,
    )
    by_now = found_by(
        terms,
        found.site_ids,
    )
    if figures.get(TERMS) != by_now:
        return False
    round_id = id_of(found)
    pairs = queries.pair_count(
        session,
        round_id,
    )
    left = queries.unmatched_count(
        session,
        round_id,
    )
    # whoever left was taken out of it
    whole = figures.get("matched"), figures.get("requests")
    return (pairs, pairs + left) == whole


def seen(decisions: Iterable[RoundOverride]) -> str:
    """Return in a few letters what was decided about one request; "" when nothing was."""
    said = sorted((decided.kind, decided.mentor_id) for decided in decisions)
    return _digest(said)[:SEEN] if said else ""


def seen_by_request(decisions: Iterable[RoundOverride]) -> dict[int, str]:
    """Return the same by request, of those about which something was decided."""
    of_each: dict[int, list[RoundOverride]] = defaultdict(list)
    for decided in decisions:
        of_each[decided.request_id].append(decided)
    return {request_id: seen(some) for request_id, some in of_each.items()}


def _digest(said: Any) -> str:
    plain = json.dumps(said, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()
