"""Verbs on people: their roles, and where they work, for whom and in what languages. They never commit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from mentorship.base import audit
from mentorship.base.db import chunked, id_of, locked, locking
from mentorship.base.errors import Conflict, Refused
from mentorship.base.i18n import N_
from mentorship.base.undo import CHANGED, About, keep, put_back, state, state_verb
from mentorship.people import managers, queries, rules
from mentorship.people.access import ADMIN, POWERFUL, Actor
from mentorship.people.addresses.actions import free_address, tell_old
from mentorship.people.addresses.queries import addresses
from mentorship.people.models import ActivationCode, Person, PersonRole, Site, sort_key

NOT_HERE = N_("This person is no longer here.")


def set_roles(session: Session, actor: Actor, person_id: int, roles: Collection[str], now: datetime) -> None:
    """Give a person exactly these roles."""
    before = queries.roles_of(session, person_id)
    after = frozenset(roles)
    _check_roles(session, actor, person_id, before, after)
    if after == before:
        return
    put_roles(session, person_id, before, after)
    audit.record(
        session,
        now,
        actor.person_id,
        "set roles",
        "person",
        person_id,
        before=sorted(before),
        after=sorted(after),
    )
    if person_id == actor.person_id:  # who gave up a role may not take it back by oneself
        return
    state_verb(
        session,
        restore_roles,
        About("set roles", "person", person_id),
        person_id=person_id,
        roles=sorted(before),
        left=sorted(after),
    )


def put_roles(session: Session, person_id: int, before: frozenset[str], after: frozenset[str]) -> None:
    """Take the roles that somebody no longer holds, and give the new ones."""
    taken = delete(PersonRole).where(
        col(PersonRole.person_id) == person_id,
        col(PersonRole.role).in_(before - after),
    )
    session.exec(taken)
    for role in after - before:
        session.add(PersonRole(person_id=person_id, role=role))
    if POWERFUL & (after - before):  # a code that somebody else made may not open an account that may more
        session.exec(delete(ActivationCode).where(col(ActivationCode.person_id) == person_id))


def _check_roles(
    session: Session,
    actor: Actor,
    person_id: int,
    before: Collection[str],
    after: Collection[str],
) -> None:
    admins = queries.staying(session, ADMIN)
    rules.check_roles(actor, person_id, before, after, admins)
    rules.check_here(session.get_one(Person, person_id).left_on)


def restore_roles(
    session: Session,
    actor: Actor,
    *,
    person_id: int,
    roles: Collection[str],
    left: Collection[str],
    now: datetime,
) -> None:
    """Undo a change of roles by the verb that makes one, so that all follows that goes with it."""
    if queries.roles_of(session, person_id) != frozenset(left):
        raise Conflict(CHANGED)
    set_roles(
        session,
        actor,
        person_id,
        roles,
        now,
    )


def change_person(
    session: Session,
    actor: Actor,
    person_id: int,
    *,
    site_id: int,
    department: str,
    manager: str | None,
    languages: Sequence[str],
    email: str | None,
    now: datetime,
) -> None:
    """Change where a person works, who appraises them (by number, address or name), what they speak, their address."""
    person = _present(session, person_id)
    after = {
        "department": department,
        "manager_id": _manager_of(session, person, manager),
        "site_id": site_id if site_id == person.site_id else open_site(session, site_id),
        "languages": ",".join(languages),
        "email": free_address(session, person_id, email),
    }
    _change(session, actor, person, after, now)


def rename_person(
    session: Session,
    actor: Actor,
    person_id: int,
    *,
    given_name: str,
    infix: str,
    family_name: str,
    now: datetime,
) -> None:
    """Correct somebody's name."""
    after = {
        "given_name": given_name,
        "infix": infix,
        "family_name": family_name,
    }
    _change(session, actor, _present(session, person_id), after, now)


def _present(session: Session, person_id: int) -> Person:
    """Return somebody, for nobody else to change now."""
    person = locked(session, Person, person_id)
    if person is None:
        raise Refused(NOT_HERE)
    return person


def _change(session: Session, actor: Actor, person: Person, after: Mapping[str, Any], now: datetime) -> None:
    person_id = id_of(person)
    changed = [name for name, value in after.items() if getattr(person, name) != value]
    if not changed:
        return
    kept = keep(session, Person, id=person_id)
    before = addresses(session, [person_id])
    for name in changed:
        setattr(person, name, after[name])
    tell_old(session, before, actor.person_id, now, [person_id])
    _record(session, actor, person_id, changed, now)
    state(session, kept, About("change person", "person", person_id), inverse=put_person_back)


def _record(session: Session, actor: Actor, person_id: int, fields: Collection[str], now: datetime) -> None:
    audit.record(
        session,
        now,
        actor.person_id,
        "change person",
        "person",
        person_id,
        fields=sorted(fields),
    )


def move(session: Session, actor: Actor, person_ids: Collection[int], site_id: int, now: datetime) -> None:
    """Let some people work at another site."""
    open_site(session, site_id)
    for some in chunked(person_ids):
        kept = keep(session, Person, id=some)
        ordered = select(Person).where(col(Person.id).in_(some)).order_by(col(Person.id))
        for person in session.exec(locking(ordered)):
            person.site_id = site_id
            _record(session, actor, id_of(person), ["site_id"], now)
        session.flush()
        state(session, kept, About("move people", "site", site_id))


def set_managers(session: Session, actor: Actor, chosen: Mapping[int, int | None], now: datetime) -> None:
    """Say of some people who appraises them; refuse who is not here, and a line that runs in a circle."""
    here = _here(session, {*chosen, *filter(None, chosen.values())})
    if chosen.keys() - here.keys():
        raise Refused(NOT_HERE)
    changed = [person_id for person_id in chosen if here[person_id].manager_id != chosen[person_id]]
    if not changed:
        return
    if {chosen[person_id] for person_id in changed} - {None, *here}:
        raise Refused(NOT_HERE)
    kept = keep(session, Person, id=changed)
    for person_id in changed:
        here[person_id].manager_id = chosen[person_id]
        _record(session, actor, person_id, ["manager_id"], now)
    session.flush()
    _check_lines(session, changed)
    state(session, kept, About("set managers", "person", None), inverse=put_person_back)


def _check_lines(session: Session, ids: Collection[int]) -> None:
    """Refuse that any of these would report to themselves."""
    above = managers.each_above(session)
    for person_id in ids:
        for manager_id in above.get(person_id, ()):
            rules.check_line(person_id, manager_id, above)


def _here(session: Session, ids: Collection[int]) -> dict[int, Person]:
    """Return those of these who did not leave, for nobody else to change now."""
    found = {}
    for some in chunked(ids):
        present = select(Person).where(col(Person.id).in_(some), col(Person.left_on).is_(None))
        for person in session.exec(locking(present.order_by(col(Person.id)))):
            found[id_of(person)] = person
    return found


def put_person_back(session: Session, actor: Actor, *, now: datetime, **rows: Any) -> None:
    """Undo a change of people's details, unless the line has changed so that somebody would report to themselves."""
    changed = rows["where"]["id"]
    ids = changed if isinstance(changed, list) else [changed]
    before = addresses(session, ids)
    put_back(session, actor, now=now, **rows)
    _check_lines(session, ids)
    tell_old(session, before, actor.person_id, now, ids)


def renew_sort_keys(session: Session) -> None:
    """Let lists and searches know everybody by the present name, after names were written many at a time."""
    names = sa_select(
        col(Person.id),
        col(Person.number),
        col(Person.given_name),
        col(Person.infix),
        col(Person.family_name),
        col(Person.sort_key),
    )
    renamed = []
    for person in session.execute(names):
        key = sort_key(person)
        if person.sort_key != key:
            renamed.append({"id": person.id, "sort_key": key})
    if renamed:
        session.execute(update(Person), renamed)


def manager_named(session: Session, named: str | None) -> Person | None:
    """Return the manager that a personnel number, an address or a name stands for; refuse what nobody here has."""
    if named is None:
        return None
    found = queries.person_by_login(session, named)
    if found is not None and found.left_on is None:
        return found
    called = queries.colleagues(session, named, person_id=0, limit=2)
    if not called:
        raise Refused(N_("Nobody has this personnel number."), field="manager")
    if len(called) > 1:
        raise Refused(N_("More than one person fits. Use the personnel number."), field="manager")
    return called[0]


def _manager_of(session: Session, person: Person, named: str | None) -> int | None:
    """Return the manager named for a person; refuse who is not known, or reports to that person.

    The one they have may stay, also when that one left: another need not be known yet.
    """
    present = session.get(Person, person.manager_id) if person.manager_id else None
    if present is not None and present.number == named:
        return person.manager_id
    found = manager_named(session, named)
    if found is None:
        return None
    rules.check_line(id_of(person), found.id, managers.each_above(session))
    return found.id


def open_site(session: Session, site_id: int) -> int:
    """Return a site to which somebody can come; refuse one that is not there, or is closed."""
    site = session.get(Site, site_id)
    if site is None:
        raise Refused(N_("Choose one of the options."), field="site_id")
    if site.closed_on is not None:
        raise Refused(N_("%(site)s is closed: nobody can be put there any more."), field="site_id", site=site.name)
    return site_id
