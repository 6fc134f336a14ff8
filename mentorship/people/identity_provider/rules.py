"""Pure decisions about who a provider vouches for: which person, which roles, how long its word counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from mentorship.people.access import ADMIN
from mentorship.people.models import ROLES

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
CHECKED_EVERY = timedelta(minutes=15)
"""The provider is asked so often whether it still vouches for who is signed in."""
GRACE = timedelta(minutes=15)
"""So much longer somebody stays signed in while the provider cannot be reached."""
ASKED_AGAIN = timedelta(minutes=1)
"""While it cannot be reached it is asked so often; one request waits for it, the others go on."""
EMAIL = "email"
LONGEST_NAME = 255
"""Characters of a name that the provider gives to somebody or to a session, as OpenID Connect bounds them."""


@dataclass(frozen=True)
class Asked:
    """What we sent somebody to the provider with, and expect to come back: each is good for one answer."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Identity:
    """Who the provider vouches for, as its signed token says."""

    issuer: str
    subject: str
    sid: str = ""
    claims: Mapping[str, Any] = field(default_factory=dict)
    authenticated_at: datetime | None = None


@dataclass(frozen=True)
class LogoutNotice:
    """Whose session the provider says has ended: one session (`sid`), or all of somebody."""

    subject: str
    sid: str
    jti: str


@dataclass(frozen=True)
class Governed:
    """The roles that the groups of the provider give and take, and those that somebody's groups give."""

    roles: frozenset[str]
    given: frozenset[str]


def is_safe(url: object, issuer: str) -> bool:
    """Tell whether an address is one to talk to: over TLS, or on this machine where the issuer is as well."""
    if not isinstance(url, str):
        return False
    try:
        found = urlsplit(url)
    except ValueError:
        return False
    if found.scheme == "https":
        return bool(found.hostname)
    if found.scheme != "http":
        return False
    home = urlsplit(issuer)
    return found.hostname in LOOPBACK and home.hostname in LOOPBACK


def is_due(checked_at: datetime, now: datetime) -> bool:
    """Tell whether the provider must be asked again before anything else is shown."""
    return now - checked_at >= CHECKED_EVERY


def is_over(checked_at: datetime, now: datetime) -> bool:
    """Tell whether the provider could not be reached for too long."""
    return now - checked_at >= CHECKED_EVERY + GRACE


def number_of(claims: Mapping[str, Any], claim: str) -> str:
    """Return the personnel number that a token holds; "" where people are known by their address."""
    if claim == EMAIL:
        return ""
    value = claims.get(claim)
    if type(value) not in (str, int):
        return ""
    return str(value).strip()


def address_of(claims: Mapping[str, Any], claim: str) -> str:
    """Return the address that a token holds, if people are known by it and the provider verified it; else ""."""
    verified = claims.get("email_verified")
    if claim != EMAIL or verified is not True:
        return ""
    value = claims.get(EMAIL)
    if not isinstance(value, str):
        return ""
    return value.strip().lower()


def governed_by(claims: Mapping[str, Any], claim: str, roles: Mapping[str, str]) -> Governed | None:
    """Return the roles that somebody's groups give; None where they say nothing of roles.

    Who has no group holds none of these roles. A token that says there are too many groups to name them (Entra ID)
    says nothing. A group may stand for no role at all ("medewerker").
    """
    if not claim or not roles:
        return None
    if _are_unnamed(claims, claim):
        return None
    given = set()
    for group in _listed(claims, claim):
        role = roles.get(group)
        given.add(role)
    known = frozenset(ROLES)
    return Governed(
        roles=known.intersection(roles.values()),
        given=known.intersection(given),
    )


def _are_unnamed(claims: Mapping[str, Any], claim: str) -> bool:
    """Tell whether somebody has more groups than a token holds."""
    if claims.get("hasgroups"):
        return True
    elsewhere = claims.get("_claim_names")
    return isinstance(elsewhere, dict) and claim in elsewhere


def _listed(claims: Mapping[str, Any], claim: str) -> list[str]:
    """Return the words of a claim that holds a list of them, or a single one."""
    told = claims.get(claim)
    if isinstance(told, str):
        return [told]
    if not isinstance(told, list):
        return []
    return [group for group in told if isinstance(group, str)]


def follows(held: Collection[str], groups: Governed) -> bool:
    """Tell whether somebody holds just the roles that their groups give, of those that groups give."""
    return groups.roles.intersection(held) == groups.given


def roles_after(before: Collection[str], groups: Governed, person_id: int, admins: Collection[int]) -> frozenset[str]:
    """Return the roles of somebody after their groups were looked at; the last admin stays one."""
    after = (frozenset(before) - groups.roles) | groups.given
    if ADMIN in before and ADMIN not in after and set(admins) <= {person_id}:
        return after | {ADMIN}
    return after


def is_strong(claims: Mapping[str, Any], wanted: Collection[str]) -> bool:
    """Tell whether somebody was authenticated in one of the ways that the settings want (by `acr` or `amr`)."""
    if not wanted:
        return True
    told = claims.get("acr")
    if isinstance(told, str) and told in wanted:
        return True
    ways = _listed(claims, "amr")
    return any(way in wanted for way in ways)
