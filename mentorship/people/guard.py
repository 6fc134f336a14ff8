"""What stands before codes and cards: for whom they may be made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from typing import Any

from flask import current_app
from sqlmodel import Session

from mentorship.base.errors import Refused
from mentorship.base.forms import Invalid
from mentorship.base.i18n import N_
from mentorship.people.account import guard
from mentorship.people.account.rules import check_partners
from mentorship.people.forms import CodesForm
from mentorship.web.request import db

Partners = Callable[[Session, int], set[int]]
"""Who is on the other side of somebody's own duos: rooms above know."""
Keepers = Callable[[Session, Collection[int]], set[int]]
"""Who of these keeps what nobody else may read: rooms above know."""


def ticked(fields: Mapping[str, Any]) -> list[int]:
    """Return the people ticked in a form, of whom none is the other side of one's own duo."""
    found: list[int] = []
    with suppress(Invalid):
        found = CodesForm.read(fields).person
    if not found:
        raise Refused(N_("Choose at least one person, and at most 500 at once."))
    partners: Partners = current_app.extensions["mentorship_partners"]
    check_partners(found, partners(db(), guard.actor().person_id))
    return found


def keepers(chosen: Collection[int]) -> set[int]:
    """Return who of these keeps what nobody else may read, without an account too: by slips, links and cards."""
    among: Keepers = current_app.extensions["mentorship_keepers"]
    return among(db(), chosen)
