"""Which link opened the papers in this browser: its number, in the signed cookie."""

from __future__ import annotations

from flask import session

from mentorship.privacy.papers import queries
from mentorship.web.request import db, now

LINK = "papers_link"


def remember(link_id: int) -> None:
    """Let this browser read the papers as long as the link stands."""
    session[LINK] = link_id


def reads_by_link() -> bool:
    """Tell whether a link that still stands opened the papers in this browser."""
    link_id = session.get(LINK)
    return isinstance(link_id, int) and queries.link_stands(db(), link_id, now())
