"""Commands on people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import click
from sqlmodel import Session

from mentorship.base.clock import utc_now
from mentorship.base.db import id_of, open_session
from mentorship.base.forms import Invalid
from mentorship.base.i18n import gettext
from mentorship.base.lists import View
from mentorship.cli.opening import SERVICE, Told, read_settings, ready
from mentorship.leaving import actions as leaving
from mentorship.people import actions as people
from mentorship.people import queries as people_queries
from mentorship.people.account import actions as account_actions
from mentorship.people.account.rules import spaced
from mentorship.people.identity_provider import actions as provided
from mentorship.people.joining import actions as joining
from mentorship.people.joining.forms import NewcomerForm
from mentorship.people.joining.rules import Newcomer, parts_of
from mentorship.people.listed import ListedPerson, list_people
from mentorship.people.models import LANGUAGES, ROLES, Person
from mentorship.people.second_factor import actions as factors

OPTIONS = {
    "number": "NUMBER",
    "given_name": "--name",
    "infix": "--name",
    "family_name": "--name",
    "site_id": "--site",
    "roles": "--role",
    "languages": "--language",
}
"""How a field of the form of somebody new is given on the command line, where that is not by its own name."""


@click.group()
def person() -> None:
    """People: add and list them, roles, activation codes, and the last day of who leaves."""


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
        click.echo(f"{found.name}: {listed or gettext('no role')}")


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
def reset_second_factor(number: str) -> None:
    """Turn off the second factor of who lost app and recovery codes; they are told by mail.

    \b
    mentorship person reset-second-factor 10234
    """
    with ready(read_settings()) as engine, open_session(engine) as session:
        [found] = _known(session, [number])
        factors.reset(
            session,
            SERVICE,
            id_of(found),
            utc_now(),
        )
        session.commit()
        click.echo(gettext("%(name)s: no second factor", name=found.name))


@person.command()
@click.argument("number")
def unlink(number: str) -> None:
    """Forget by which name the provider of single sign-on knows somebody; their next sign-in there is linked anew.

    \b
    mentorship person unlink 10234
    """
    with ready(read_settings()) as engine, open_session(engine) as session:
        [found] = _known(session, [number])
        provided.unlink(
            session,
            SERVICE,
            id_of(found),
            utc_now(),
        )
        session.commit()
        click.echo(gettext("%(name)s: not linked to the provider", name=found.name))


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
            leaving.take_back(
                session,
                SERVICE,
                person_id,
                now,
            )
        else:
            leaving.set_last_day(
                session,
                SERVICE,
                person_id,
                on.date(),
                now,
            )
        session.commit()
        session.refresh(found)
        click.echo(_stands(found))


def _stands(found: Person) -> str:
    """Say until when somebody is here."""
    if found.left_on is not None:
        return gettext("%(name)s: left on %(day)s", name=found.name, day=found.left_on)
    if found.last_day is not None:
        return gettext("%(name)s: last day %(day)s", name=found.name, day=found.last_day)
    return gettext("%(name)s: stays", name=found.name)


@person.command()
@click.argument("number")
@click.option("--name", required=True, help='First name, prefix and family name: "Jan van der Berg".')
@click.option("--site", required=True, help="The name of the site where they work.")
@click.option("--role", "roles", multiple=True, type=click.Choice(ROLES), help="A role; may be given more than once.")
@click.option("--manager", help="The personnel number or address of who appraises them.")
@click.option("--email", help="Their address at work, if they have one.")
@click.option("--department", default="", help="The department where they work.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    type=click.Choice(LANGUAGES),
    help="A working language; may be given more than once, and is Dutch when it is not.",
)
@click.option("--another", is_flag=True, help="Known: who has the same name at the same site is somebody else.")
def add(another: bool, site: str, **said: Any) -> None:
    """Add somebody under a personnel number.

    \b
    mentorship person add 10399 --name "Jan van der Berg" --site Ede --role junior --manager 10021
    """
    with ready(read_settings()) as engine, open_session(engine) as session:
        typed = {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}
        newcomer = _newcomer(session, site, typed)
        added = joining.add_person(
            session,
            SERVICE,
            newcomer,
            utc_now(),
            sure=another,
        )
        session.commit()
        click.echo(f"{added.number}\t{added.name}")


def _newcomer(session: Session, site: str, typed: dict[str, Any]) -> Newcomer:
    """Return who is to be added, or end when something cannot be."""
    sites = {found.name.casefold(): id_of(found) for found in people_queries.sites(session)}
    site_id = sites.get(site.casefold())
    if site_id is None:
        listed = ", ".join(found.name for found in people_queries.sites(session))
        raise Told(
            gettext(
                "There is no site %(site)s. There are: %(listed)s.",
                site=site,
                listed=listed or gettext("none"),
            )
        )
    name = parts_of(typed.pop("name"))
    fields = {
        **typed,
        "given_name": name.given,
        "infix": name.infix,
        "family_name": name.family,
        "languages": typed["languages"] or ["nl"],
        "site_id": site_id,
    }
    try:
        return NewcomerForm.read(fields).newcomer()
    except Invalid as wrong:
        raise Told(_by_option(wrong.errors)) from None


def _by_option(errors: Mapping[str, str]) -> str:
    """Say what is wrong with each option, by its name on the command line."""
    told = [f"{OPTIONS.get(field, f'--{field}')}: {text}" for field, text in errors.items()]
    return "\n".join(dict.fromkeys(told))


@person.command("list")
@click.option("--json", "as_json", is_flag=True, help="For a machine: a list of people with all that is known.")
def list_(as_json: bool) -> None:
    """List who works here."""
    with ready(read_settings()) as engine, open_session(engine, read_only=True) as session:
        found = list_people(session, View())
        managers = people_queries.persons(session, [line.person.manager_id for line in found])
        rows = [_row(line, managers.get(line.person.manager_id or 0)) for line in found]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        columns = row["number"], row["name"], row["site"], ", ".join(row["roles"])
        click.echo("\t".join(columns))


def _row(line: ListedPerson, manager: Person | None) -> dict[str, Any]:
    found = line.person
    return {
        "number": found.number,
        "name": found.name,
        "given_name": found.given_name,
        "infix": found.infix,
        "family_name": found.family_name,
        "email": found.email,
        "site": line.site,
        "department": found.department,
        "manager": manager.number if manager else None,
        "languages": found.languages.split(","),
        "roles": line.roles,
        "account": line.active,
    }


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
        raise Told(gettext("Nobody has the number or address %(listed)s.", listed=listed))
    return known
