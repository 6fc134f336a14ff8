"""Pure decisions about accounts: passwords and codes."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from mentorship.base.clock import local_date
from mentorship.base.errors import Refused
from mentorship.base.i18n import N_
from mentorship.base.secret_codes import filled_in, in_groups, sealed, seals
from mentorship.people.access import ADMIN, COORDINATOR, Actor
from mentorship.people.account.guessable import FEWEST_GUESSES, is_guessable

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like something else
CODE_LENGTH = 12
CODE_DAYS = 14

PASSWORD_LEAST = 12
PASSWORD_MOST = 128
OUR_WORDS = ("leermaat",)
SHORTEST_NAME = 4
"""A shorter name stands in too many words to be forbidden in a password."""


def new_code() -> str:
    """Make an activation code of 58 random bits."""
    letters = [secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH)]
    return "".join(letters)


def spaced(code: str) -> str:
    """Write a code in groups of four, as it is printed."""
    return in_groups(code, "-")


def to_activate(activation: str, number: str, code: str) -> str:
    """Return the address of the page to activate at, which fills in somebody's number and code."""
    return filled_in(activation, name=number, code=spaced(code))


def made_on(expires_at: datetime) -> date:
    """Return the day on which a code was made that works until then."""
    return local_date(expires_at - timedelta(days=CODE_DAYS))


def code_digest(typed: str) -> str:
    """Return what is kept of a code as people type it: dashes, spaces and case do not matter."""
    return sealed(_bare(typed))


def code_digests(typed: str) -> list[str]:
    """Return all that may be kept of a code as people type it, also from before the key was changed."""
    return seals(_bare(typed))


def _bare(typed: str) -> str:
    letters = filter(str.isalnum, typed.upper())
    return "".join(letters)


def check_password(
    password: str,
    *,
    names: Collection[str],
    field: str = "",
    least: int = PASSWORD_LEAST,
) -> None:
    """Refuse a password that is too short, too long, made of these names, or among the first that anybody would try."""
    if len(password) < least:
        raise Refused(
            N_("A password has at least %(least)s characters; a few words in a row work well."),
            field,
            least=least,
        )
    if len(password) > PASSWORD_MOST:
        raise Refused(
            N_("A password has at most %(most)s characters."),
            field,
            most=PASSWORD_MOST,
        )
    bare = password.casefold()
    if _holds_a_name(bare, names):
        raise Refused(
            N_("Choose a password without your name, your number or the name of the company in it."),
            field,
        )
    words = [word for name in names for word in name.split()]
    fewest = min(FEWEST_GUESSES, 10 ** (least - 1))  # a short one cannot take as many, however it was made up
    if is_guessable(bare, [*names, *words], fewest):
        raise Refused(
            N_("This password is easily guessed: many people choose one like it. A few words in a row work well."),
            field,
        )


def _holds_a_name(password: str, names: Collection[str]) -> bool:
    forbidden = [name for name in (*names, *OUR_WORDS) if len(name) >= SHORTEST_NAME]
    return any(name.casefold() in password for name in forbidden)


def session_end(started: datetime, hours: int) -> datetime:
    """Return when a session ends by itself."""
    return started + timedelta(hours=hours)


def check_codes(actor: Actor, held: Collection[str], *, with_account: bool) -> None:
    """Refuse a code that lets its maker sign in as who may or can read more; `held`: the roles of whom it is for."""
    if actor.has(ADMIN):
        return
    if ADMIN in held:
        raise Refused(N_("Only an admin can make an activation code for an admin."))
    if actor.has(COORDINATOR):
        return
    if COORDINATOR in held:
        raise Refused(N_("Only an admin or a coordinator can make an activation code for a coordinator."))
    if with_account:
        raise Refused(N_("Somebody of these has an account already. Only a coordinator can make a new code for them."))


def check_partners(chosen: Collection[int], partners: Collection[int]) -> None:
    """Refuse a code for the other side of one's own duo: one could sign in as who answers about oneself."""
    if not set(chosen).isdisjoint(partners):
        raise Refused(N_("You are in a pair with somebody of these. Ask a colleague to make their activation code."))
