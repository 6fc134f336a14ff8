"""A message of a coordinator, and each of those it is for."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import BY_COLLEAGUES, LEARNING, MADE, MAIL_SERVER, Term, personal

MONTHS = 12
KEPT = Term(MADE, months=MONTHS)
OF_PEOPLE, OF_PAIRS, OF_PROPOSALS = "people", "pairs", "proposals"
SELECTIONS = (OF_PEOPLE, OF_PAIRS, OF_PROPOSALS)
TODAY, OWN_PAIRS, PROFILE, ITSELF = "today", "pairs", "profile", "message"


class Message(SQLModel, table=True):
    """Words in both languages (in English perhaps none), from which list those it is for were chosen, never by what.

    A draft until it is sent. `version` counts its changes, so that what is sent is what was looked at. `fewest` readers
    it keeps: more than one where they were chosen by what rests on answers.
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint("selection IN ('people', 'pairs', 'proposals')", name="selection"),
        CheckConstraint("leads IN ('today', 'pairs', 'profile', 'message')", name="leads"),
        {
            "info": personal(
                N_("tell people what the coordinator has to say to them"),
                N_("coordinator"),
                KEPT,
                "messages",
                basis=LEARNING,
                source=[BY_COLLEAGUES],
            )
        },
    )
    id: int | None = Field(default=None, primary_key=True)
    selection: str = Field(max_length=20)
    subject_nl: str = Field(default="", max_length=120)
    body_nl: str = ""
    subject_en: str = Field(default="", max_length=120)
    body_en: str = ""
    leads: str = Field(default=ITSELF, max_length=20)
    fewest: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    made_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MessageRecipient(SQLModel, table=True):
    """Somebody a message is for; once it is sent, the words as they read them, and whether it goes by mail."""

    __tablename__ = "message_recipient"
    __table_args__ = (
        {
            "info": personal(
                N_("tell people what the coordinator has to say to them"),
                N_("the person, coordinator"),
                KEPT,
                "messages",
                basis=LEARNING,
                source=[BY_COLLEAGUES],
                recipients=MAIL_SERVER,
            )
        },
    )
    message_id: int = Field(foreign_key="message.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    by_mail: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    subject: str = ""
    body: str = ""
