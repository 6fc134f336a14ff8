"""Commands on people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import click
from sqlmodel import Session

from mentorship.base.clock import utc_now
from mentorship.base.db import id_of, open_session
from mentorship.cli.opening import SERVICE, read_settings, ready
from mentorship.leaving import actions as leaving
from mentorship.people import actions as people
from mentorship.people import queries as people_queries
from mentorship.people.account import actions as account_actions
from mentorship.people.account.rules import spaced
from mentorship.people.models import ROLES, Person


@click.group()
def person() -> None:
    """People: roles, activation codes, and the last day of who leaves."""


@person.command()
@click.argument("number")
@click.argument("roles", nargs=-1, required=True, type=click.Choice(ROLES))
@click.option("--take", is_flag=True, help="Take these roles away instead of giving them.")
def role(number: str, roles: tuple[str, ...], take: bool) -> None:
    """Give (or take) roles to the person with this personnel number or e-mail address."""
    with ready(read_settings()) as engine, open_session(engine) as session:
        [found] = _known(session, [number])
        person_id = id_of(found)
        held = set(people_queries.roles_of(session, person_id))
        if take:
            held.difference_update(roles)
        else:
            held.update(roles)
        people.set_roles(
            session,
            SERVICE,
            person_id,
            held,
            utc_now(),
        )
        session.commit()
        listed = ", ".join(sorted(held))
        click.echo(f"{found.name}: {listed or 'no role'}")


@person.command()
@click.argument("numbers", nargs=-1, required=True)
def code(numbers: tuple[str, ...]) -> None:
    """Print an activation code for each of these people; an earlier code stops working."""
    with ready(read_settings()) as engine, open_session(engine) as session:
        known = _known(session, dict.fromkeys(numbers))
        ids = [id_of(one) for one in known]
        codes = account_actions.issue_codes(
            session,
            SERVICE,
            ids,
            utc_now(),
        )
        session.commit()
        for one in known:
            code_of_one = codes[id_of(one)]
            columns = one.number, one.name, spaced(code_of_one)
            click.echo("\t".join(columns))


@person.command()
@click.argument("number")
@click.option("--on", type=click.DateTime(["%Y-%m-%d", "%d-%m-%Y"]), help="The last working day; it may lie ahead.")
@click.option("--take-back", is_flag=True, help="Take the last day back; who left already comes back.")
def leave(number: str, on: datetime | None, take_back: bool) -> None:
    """Note the last working day of the person with this personnel number or e-mail address.

    \b
    Examples:
      mentorship person leave 10234 --on 2026-12-31
      mentorship person leave 10234 --take-back
    """
    if (on is None) == (not take_back):
        raise click.UsageError("say --on with a day, or --take-back")
    with ready(read_settings()) as engine, open_session(engine) as session:
        [found] = _known(session, [number])
        person_id = id_of(found)
        now = utc_now()
        if on is None:
            leaving.take_back(session, SERVICE, person_id, now)
        else:
            leaving.set_last_day(session, SERVICE, person_id, on.date(), now)
        session.commit()
        session.refresh(found)
        click.echo(_stands(found))


def _stands(found: Person) -> str:
    """Say until when somebody is here."""
    if found.left_on is not None:
        return f"{found.name}: left on {found.left_on}"
    if found.last_day is not None:
        return f"{found.name}: last day {found.last_day}"
    return f"{found.name}: stays"


def _known(session: Session, logins: Iterable[str]) -> list[Person]:
    """Return the people with these personnel numbers or addresses, or end when somebody has none of them."""
    known = []
    missing = []
    for login in logins:
        found = people_queries.person_by_login(session, login)
        if found is None:
            missing.append(login)
        else:
            known.append(found)
    if missing:
        listed = ", ".join(missing)
        raise click.ClickException(f"nobody has the number or address {listed}")
    return known
