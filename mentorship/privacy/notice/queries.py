"""Reads of which notice was shown to whom."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from mentorship.base.db import Given
from mentorship.base.i18n import N_, gettext, use_locale
from mentorship.base.prepared import prepared
from mentorship.people.models import Person
from mentorship.privacy.notice import naming, sentences
from mentorship.privacy.notice.models import NoticeShown

UNREAD, CHANGED, READ = "unread", "changed", "read"


def last_shown(session: Session, person_id: int) -> NoticeShown | None:
    """Return the notice that somebody read last."""
    return _newest(session, person_id).first()


@prepared
def _newest(person_id: Given[int]) -> SelectOfScalar[NoticeShown]:
    query = select(NoticeShown).where(NoticeShown.person_id == person_id)
    return query.order_by(col(NoticeShown.shown_at).desc()).limit(1)


def standing(session: Session, person: Person, today: date) -> str:
    """Tell whether somebody never read the notice, it changed since, or they read it as it is."""
    last = last_shown(
        session,
        person.id or 0,
    )
    if last is None:
        return UNREAD
    now = sentences.version(
        session,
        person,
        today,
    )
    if last.version == now:
        return READ
    came, went = changed(session, person, today)
    return CHANGED if came or went else READ  # a version of before may call the same by another digest


def told(session: Session, person_id: int, today: date) -> str:
    """Return what somebody's page says of the notice; "" once they read it as it is."""
    return gettext(
        TOLD[
            standing(
                session,
                session.get_one(
                    Person,
                    person_id,
                ),
                today,
            )
        ]
    )


TOLD = {
    UNREAD: N_("Read what is kept of you, and who sees it."),
    CHANGED: N_("What is kept of you, or who sees it, changed since you read it."),
    READ: "",
}


def changed(session: Session, person: Person, today: date) -> tuple[list[str], list[str]]:
    """Return which sentences came and which went since somebody read the notice, in the language they read it in."""
    last = last_shown(
        session,
        person.id or 0,
    )
    if last is None:
        return [], []
    told = sentences.plain(
        sentences.in_language(
            session,
            person,
            last.language,
            today,
        )
    )
    with use_locale(last.language):
        before = naming.named(session, _sentences(last.sentences))
        after = naming.named(session, _sentences(told))
    came = [sentence for sentence in after if sentence not in before]
    went = [sentence for sentence in before if sentence not in after]
    return came, went


def _sentences(kept: list[dict[str, object]]) -> list[str]:
    found: list[str] = []
    for section in kept:
        said = section["said"]
        assert isinstance(
            said,
            list,
        )
        found += said
    return found
