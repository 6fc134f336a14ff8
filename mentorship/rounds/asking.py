"""What is asked before a round is published, closed or deleted: what will happen, with numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from mentorship.base.i18n import gettext, integer, ngettext
from mentorship.rounds import queries
from mentorship.rounds.askers import Askers
from mentorship.rounds.frame import Frame
from mentorship.rounds.unseen import Unseen, unseen

MOST_NAMES = 200


@dataclass(frozen=True)
class Asking:
    """What will happen to a round, and the words on the button that does it."""

    title: str
    consequences: list[str]
    button: str
    danger: bool = False
    named: str = ""
    names: tuple[str, ...] = ()
    unseen: Unseen | None = None


def publish(session: Session, around: Frame, now: datetime, *, mails: bool) -> Asking:
    """Ask before every pair becomes a proposal, name them, and count who cannot see it. `mails`: mail goes out."""
    pairs = ngettext("Publish %(num)s proposal?", "Publish %(num)s proposals?", around.pairs)
    told = [
        gettext("Both sides of every pair of “%(round)s” see their proposal at once.", round=around.name),
        gettext("Who has an e-mail address gets a mail, ten minutes after this at the earliest."),
        gettext("This cannot be undone. A proposal goes when one of the two refuses, or when nobody answers in time."),
    ]
    if around.unmatched:
        left = ngettext(
            "For %(num)s request nobody was found. Who asked it sees why.",
            "For %(num)s requests nobody was found. Who asked them sees why.",
            around.unmatched,
        )
        told.insert(1, left)
    return Asking(
        pairs,
        told,
        around.publish,
        named=gettext("Who get a proposal"),
        names=_names(session, around),
        unseen=unseen(session, around.id, now, mails=mails),
    )


def _names(session: Session, around: Frame) -> tuple[str, ...]:
    """Name the pairs of a round, the lowest score first, and count those that are not named."""
    pairs = queries.pairs(session, around.id, limit=MOST_NAMES)
    request_ids = [pair.request_id for pair in pairs]
    mentor_ids = [pair.mentor_id for pair in pairs]
    askers = Askers(session, request_ids, mentor_ids)
    told = []
    for pair in pairs:
        junior = askers.asker(pair.request_id).junior
        mentor = askers.mentor(pair.mentor_id)
        told.append(f"{junior.name} – {mentor.name}")
    hidden = around.pairs - len(pairs)
    if hidden:
        told.append(gettext("and %(number)s more", number=integer(hidden)))
    return tuple(told)


def close(around: Frame) -> Asking:
    """Ask before a published round is closed."""
    told = [
        ngettext(
            "The round has %(num)s proposal. What still waits for an answer stays open.",
            "The round has %(num)s proposals. What still waits for an answer stays open.",
            around.pairs,
        ),
        gettext("A closed round is not opened again."),
    ]
    return Asking(
        gettext("Close “%(round)s”?", round=around.name),
        told,
        gettext("Close the round"),
    )


def discard(around: Frame) -> Asking:
    """Ask before a round that was not published is deleted."""
    told = [
        gettext(
            "Its outcome goes: %(pairs)s with a mentor, %(left)s without.",
            pairs=integer(around.pairs),
            left=integer(around.unmatched),
        ),
        gettext("What you locked or forbade in this round goes too. This cannot be undone."),
        gettext("The requests stay open for a next round. Nobody gets a mail."),
    ]
    title = gettext("Delete “%(round)s”?", round=around.name)
    return Asking(title, told, gettext("Delete"), danger=True)
