"""Verbs of signing in by the provider: whose account an identity opens. They never commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import id_of, locked
from mentorship.people.closed.queries import is_closed
from mentorship.people.devices.queries import is_trusted
from mentorship.people.identity_provider import actions as provided
from mentorship.people.identity_provider import queries, rules
from mentorship.people.identity_provider.models import ProviderLink
from mentorship.people.identity_provider.rules import Identity
from mentorship.people.models import Person

Keeps = Callable[[Session, int], bool]
"""Whether somebody keeps anything that nobody else may read; the application knows of which rooms."""


def _nobody(_person: Person) -> bool:
    return False


class Unknown(Exception):
    """The provider vouches for somebody whom we do not let in; why is for the log alone, in words of ours."""


@dataclass(frozen=True)
class Terms:
    """How people and their roles are found in what the provider says."""

    person_claim: str
    groups_claim: str
    group_roles: Mapping[str, str]
    keeps_password: Callable[[Person], bool] = _nobody
    """Whose password has to stay, for when the provider is gone."""


def admit(
    session: Session,
    identity: Identity,
    terms: Terms,
    keeps: Keeps,
    now: datetime,
    device: str = "",
) -> tuple[Person, bool]:
    """Return whose account an identity opens, and whether it does so for the first time; nobody is created.

    Once an account is known by one name of the provider no other opens it, be it that a number or an address went on
    to somebody else. `device`: the secret of the device that asks.
    """
    known = queries.link_of(session, identity)
    if known is not None:
        person = session.get_one(Person, known.person_id)
    else:
        person = _named(session, identity, terms)
    if person.is_gone(local_date(now)):
        raise Unknown("left")
    in_doubt = _is_in_doubt(
        session,
        id_of(person),
        now,
        device,
        linked=known is not None,
    )
    if in_doubt and not terms.keeps_password(person):
        provided.forget_password(session, id_of(person), now)
    if known is None:
        keeping = keeps(session, id_of(person))
        provided.link(
            session,
            person,
            identity,
            now,
            keeps=keeping,
        )
    groups = rules.governed_by(
        identity.claims,
        terms.groups_claim,
        terms.group_roles,
    )
    if groups is not None:
        session.flush()
        provided.follow_groups(
            session,
            id_of(person),
            groups,
            now,
        )
    return person, known is None


def _is_in_doubt(session: Session, person_id: int, now: datetime, device: str, *, linked: bool) -> bool:
    """Tell whether another may have chosen the password of who comes by the provider.

    By a code, since which they have not confirmed that it is them; or before they ever came so, unless it was chosen by
    whoever is at a device that we know to be theirs.
    """
    if is_closed(session, person_id):
        return True
    return not linked and not is_trusted(session, person_id, device, now)


def _named(session: Session, identity: Identity, terms: Terms) -> Person:
    """Return whom a new identity names, for nobody else to be linked to now."""
    named = queries.named_by(session, identity.claims, terms.person_claim)
    if named is None:
        raise Unknown("nobody has this number or verified address")
    person = locked(session, Person, named.id)
    if person is None:
        raise Unknown("nobody is here any more")
    known = session.get(ProviderLink, id_of(person))
    if known is not None and known.issuer == identity.issuer:
        raise Unknown("linked to another subject")
    return person
