"""The verb that pairs somebody at once. It never commits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locked
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.base.mail_kinds import PROPOSAL
from mentorship.base.undo import CHANGED, About, state_verb
from mentorship.mentor_requests.actions import Wanted
from mentorship.mentor_requests.for_others import ask_for
from mentorship.mentor_requests.models import OPEN, WITHDRAWN, MentorRequest
from mentorship.mentorships import queries as pairs
from mentorship.mentorships.models import PROPOSED, Mentorship
from mentorship.mentorships.proposals import actions as mentorships
from mentorship.people.access import Actor
from mentorship.profiles import queries as profiles
from mentorship.profiles.models import Capacity
from mentorship.programme import queries as programme
from mentorship.programme import rules as programme_rules
from mentorship.programme.consent import queries as consent
from mentorship.rounds.direct import queries
from mentorship.rounds.explanations import Explainer
from mentorship.rounds.facts import Pair, Records
from mentorship.rounds.gather import Gathered, Terms, gather

SUBJECT = "mentorship"
VERB = "pair at once"
PLACED = N_("Somebody else found a mentor for this request a moment ago, or it was withdrawn.")
NOT_NOW = N_(
    "This mentor cannot take this request any more: somebody else may have taken the place a moment ago. Below is how "
    "it stands now."
)
OTHER_TEAM = N_("You pair people within your own team. The coordinator can look further.")
LONGEST = timedelta(days=730)


def propose(
    session: Session,
    actor: Actor,
    person_id: int,
    mentor_id: int,
    now: datetime,
    *,
    request_id: int | None,
    wanted: Sequence[Wanted] = (),
    trainer: bool = False,
    until: date | None = None,
) -> Mentorship:
    """Propose a mentor to somebody outside a round; without a request one is opened for them, which they confirm.

    Who else takes the request or the place at this moment waits for us, or we for them, and reads that it is gone.
    """
    programme_rules.require_complete(programme.lacking(session))
    consent.check_terms(session, goes_by(queries.terms(session)))
    _check_team(session, actor, mentor_id)
    today = local_date(now)
    check_until(until, today)
    if request_id is None:
        request = ask_for(session, actor, person_id, wanted, now, trainer=trainer)
    else:
        request = _open(session, person_id, request_id)
    pair = id_of(request), mentor_id
    gathered, records = _still_eligible(session, pair, today)
    proposal = mentorships.propose(
        session,
        request=request,
        mentor_id=mentor_id,
        domain_id=records.requests[0].needs[0].domain,
        origin="direct",
        round_name="",
        explanation=_explained(session, gathered, records, request.goal),
        now=now,
    )
    proposal.expected_end = until
    proposal.objections_until = queries.objections_until(session, (person_id, mentor_id), now)
    session.flush()
    _record(session, actor, proposal, pair, request_id is None, now)
    return proposal


def _still_eligible(session: Session, pair: Pair, today: date) -> tuple[Gathered, Records]:
    """Return what is known of a pair that can be made now; the mentor's places are nobody else's until we commit."""
    locked(session, Capacity, pair[1])
    records = queries.one_pair(session, pair, today)
    gathered = gather(records, queries.terms(session))
    if pair not in gathered.eligible_pairs() or not gathered.problem.capacity[0]:
        raise Conflict(NOT_NOW)
    return gathered, records


def _check_team(session: Session, actor: Actor, mentor_id: int) -> None:
    team = queries.own_team(session, actor)
    if team is not None and mentor_id not in team:
        raise Refused(OTHER_TEAM)


def check_until(until: date | None, today: date) -> None:
    """Refuse an end that is over already, or further ahead than anybody plans."""
    if until is None:
        return
    if until <= today:
        raise Refused(N_("Choose a day after today."), field="until")
    if until > today + LONGEST:
        raise Refused(N_("Choose a day within two years from now."), field="until")


def _open(session: Session, person_id: int, request_id: int) -> MentorRequest:
    """Return the open request, nobody else's to change until we commit."""
    request = locked(session, MentorRequest, request_id)
    if request is None or request.person_id != person_id or request.status != OPEN:
        raise Conflict(PLACED)
    return request


def _explained(session: Session, gathered: Gathered, records: Records, goal: str) -> dict[str, object]:
    names = {id_of(domain): domain.name for domain in profiles.domains(session)}
    explainer = Explainer(gathered, records, queries.terms(session), names)
    return {**explainer.explain(0), "goal": goal}


def _record(session: Session, actor: Actor, proposal: Mentorship, pair: Pair, asked_too: bool, now: datetime) -> None:
    request_id, mentor_id = pair
    settings = queries.terms(session)
    audit.record(
        session,
        now,
        actor.person_id,
        VERB,
        SUBJECT,
        proposal.id,
        request=request_id,
        mentor=mentor_id,
        **goes_by(settings),
    )
    about = About(VERB, SUBJECT, proposal.id, [(PROPOSAL, str(proposal.id))])
    state_verb(session, take_back, about, mentorship_id=id_of(proposal), asked_too=asked_too)


def goes_by(terms: Terms) -> dict[str, Any]:
    """Return by what a pair was made, as it is noted of the decision."""
    return {
        "weights": dict(terms.weights),
        "floor": terms.floor,
        "spread": terms.spread,
        "waiting": terms.waiting,
        "unmatched_cost": terms.unmatched_cost,
    }


def take_back(session: Session, _actor: Actor, *, mentorship_id: int, asked_too: bool, now: datetime) -> None:
    """Undo a pairing that nobody answered yet; a request that was opened for it goes with it."""
    found = pairs.locked(session, mentorship_id)
    if found.status != PROPOSED or (found.mentor_accepted, found.junior_accepted) != (None, None):
        raise Conflict(CHANGED)
    request = session.get_one(MentorRequest, found.request_id)
    request.status = WITHDRAWN if asked_too else OPEN
    request.changed_at = now
    session.delete(found)
