"""Commands on people."""

from __future__ import annotations

import click

from mentorship.base.clock import utc_now
from mentorship.base.db import open_session
from mentorship.cli.opening import SERVICE, read_settings, ready
from mentorship.people import actions as people
from mentorship.people import queries as people_queries
from mentorship.people.account import actions as account_actions
from mentorship.people.account.rules import spaced
from mentorship.people.models import ROLES


@click.group()
def person() -> None:
    """Roles and activation codes, for the first coordinator and admin."""


@person.command()
@click.argument("number")
@click.argument("roles", nargs=-1, required=True, type=click.Choice(ROLES))
@click.option("--take", is_flag=True, help="Take these roles away instead of giving them.")
def role(number: str, roles: tuple[str, ...], take: bool) -> None:
    """Give (or take) roles to the person with this personnel number or e-mail address."""
    with ready(read_settings()) as engine, open_session(engine) as session:
        found = people_queries.person_by_login(session, number)
        if found is None or found.id is None:
            raise click.ClickException(f"nobody has the number or address {number}")
        before = people_queries.roles_of(session, found.id)
        after = before - set(roles) if take else before | set(roles)
        people.set_roles(session, SERVICE, found.id, after, utc_now())
        session.commit()
        click.echo(f"{found.name}: {', '.join(sorted(after)) or 'no role'}")


@person.command()
@click.argument("numbers", nargs=-1, required=True)
def code(numbers: tuple[str, ...]) -> None:
    """Print an activation code for each of these people; an earlier code stops working."""
    with ready(read_settings()) as engine, open_session(engine) as session:
        found = {n: people_queries.person_by_login(session, n) for n in numbers}
        if missing := [n for n, p in found.items() if p is None]:
            raise click.ClickException(f"nobody has the number or address {', '.join(missing)}")
        known = [p for p in found.values() if p is not None]
        codes = account_actions.issue_codes(session, SERVICE, [p.id or 0 for p in known], utc_now())
        session.commit()
        for p in known:
            click.echo(f"{p.number}\t{p.name}\t{spaced(codes[p.id or 0])}")
