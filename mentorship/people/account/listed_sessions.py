"""One's sessions as they are listed: on what, since when, and which is this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, moment
from mentorship.people.account.devices import described
from mentorship.people.models import SignIn


@dataclass(frozen=True)
class ListedSession:
    """A line of the list of one's sessions."""

    id: int
    device: str
    told: str
    here: bool


def listed(running: Sequence[SignIn], here: int | None) -> list[ListedSession]:
    """Return a line for each of somebody's sessions; `here` is the one they look with."""
    found = []
    for sign_in in running:
        line = ListedSession(
            id=id_of(sign_in),
            device=_where(sign_in),
            told=_when(sign_in),
            here=sign_in.id == here,
        )
        found.append(line)
    return found


def _where(sign_in: SignIn) -> str:
    """Say on what somebody is signed in: what a shared tablet is called, or what a browser says of itself."""
    if sign_in.tablet_id is None:
        return described(sign_in.device)
    return gettext("shared tablet: %(name)s", name=sign_in.device)


def _when(sign_in: SignIn) -> str:
    """Say since when a session runs and when it was last used."""
    return gettext(
        "since %(begun)s, last used %(used)s",
        begun=moment(sign_in.started_at),
        used=moment(sign_in.seen_at),
    )
