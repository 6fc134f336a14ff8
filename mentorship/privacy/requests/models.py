"""Requests of people about their data, and the ledger of erasures."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import BY_PERSON, MADE, RIGHTS, Term, personal

ERASE, OBJECT, CORRECT = "erase", "object", "correct"
KINDS = (ERASE, OBJECT, CORRECT)
OPEN, DONE, REFUSED, WITHDRAWN = "open", "done", "refused", "withdrawn"
MATCHING, FIGURES, CHECK_INS, OTHER = "matching", "figures", "checkins", "other"
AGAINST = (MATCHING, FIGURES, CHECK_INS, OTHER)
KEPT = Term(MADE, months=24)


class PrivacyRequest(SQLModel, table=True):
    """What somebody asked, until when it has to be answered, and what became of it.

    `asker_id` goes when they are erased, so that it stays to be seen that it was done. `about`: what is objected to.
    `extended_because`: why it takes up to two months longer; they were told at `extended_at`.
    """

    __tablename__ = "privacy_request"
    __table_args__ = (
        CheckConstraint("kind IN ('erase', 'object', 'correct')", name="kind"),
        CheckConstraint("state IN ('open', 'done', 'refused', 'withdrawn')", name="state"),
        CheckConstraint("about IN ('', 'matching', 'figures', 'checkins', 'other')", name="about"),
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled"),
        {
            "info": personal(
                N_("answer what people ask about their data, in time"),
                N_("the person; admin"),
                KEPT,
                "privacy requests",
                basis=RIGHTS,
                source=[BY_PERSON],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    asker_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    kind: str = Field(max_length=10)
    about: str = Field(default="", max_length=10)
    words: str = Field(default="", max_length=2000)
    received_at: datetime = Field(sa_type=UtcDateTime, index=True)
    due_on: date
    extended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    extended_because: str = Field(default="", max_length=500)
    state: str = Field(default=OPEN, max_length=10)
    answer: str = Field(default="", max_length=2000)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_by_id: int | None = Field(default=None, foreign_key="person.id")


class Erasure(SQLModel, table=True):
    """Somebody was erased: a digest of their number that needs a key of the service, so that nobody can try all."""

    __tablename__ = "erasure"
    __table_args__ = (
        {
            "info": personal(
                N_("erase again who was erased, when a backup is put back"),
                N_("nobody"),
                KEPT,
                "privacy requests",
                basis=RIGHTS,
                source=[BY_PERSON],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    number_seal: str = Field(max_length=64, index=True)
    erased_at: datetime = Field(sa_type=UtcDateTime, index=True)
