"""A request on behalf of somebody, who confirms it by accepting a mentor. Never commits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from mentorship.base import audit
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.mentor_requests import queries, rules
from mentorship.mentor_requests.actions import SUBJECT, Wanted, write_needs
from mentorship.mentor_requests.models import MentorRequest
from mentorship.people.access import JUNIOR, SENIOR, Actor
from mentorship.people.queries import roles_of
from mentorship.profiles.models import Domain


def check_wanted(session: Session, person_id: int, wanted: Sequence[Wanted]) -> None:
    """Refuse needs that nobody can ask for, and to ask for who takes no part in the programme."""
    if not roles_of(session, person_id).intersection((JUNIOR, SENIOR)):
        raise Refused(N_("This person is neither junior nor mentor yet. Give them that role first, at People."))
    domains: list[int] = []
    for domain_id, current, target in wanted:
        if session.get(Domain, domain_id) is None:
            raise Refused(N_("This domain is no longer there."))
        if domain_id in domains:
            raise Refused(N_("Name each domain once."))
        rules.check_room(domains, domain_id)
        rules.check_need(current, target)
        domains.append(domain_id)
    if not domains:
        raise Refused(N_("Choose what they want to learn."))


def ask_for(
    session: Session,
    actor: Actor,
    person_id: int,
    wanted: Sequence[Wanted],
    now: datetime,
    *,
    trainer: bool = False,
) -> MentorRequest:
    """Open a request for somebody who has none open, with these needs, marked with who asked."""
    check_wanted(session, person_id, wanted)
    if queries.open_request(session, person_id) is not None:
        raise Conflict(N_("This person has asked for a mentor in the meantime. Look at that request."))
    request = MentorRequest(
        person_id=person_id,
        created_at=now,
        changed_at=now,
        asked_by_id=actor.person_id,
        trainer=trainer,
    )
    session.add(request)
    session.flush()
    write_needs(session, request, wanted, now)
    audit.record(
        session,
        now,
        actor.person_id,
        "ask on behalf",
        SUBJECT,
        request.id,
        person=person_id,
    )
    return request
