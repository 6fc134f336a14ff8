"""What mail somebody wants."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from mentorship.base.i18n import N_
from mentorship.base.personal import AFTER_LEAVING, BY_PERSON, ONESELF, OWN_CHOICE, personal

DUO, REMINDER, OVERVIEW = "duo", "reminder", "overview"
MESSAGES = "message"
TOPICS = (DUO, REMINDER, OVERVIEW, MESSAGES)


class MailPreference(SQLModel, table=True):
    """Whether a person wants mail of one topic; without a row they do."""

    __tablename__ = "mail_preference"
    __table_args__ = (
        CheckConstraint("topic IN ('duo', 'reminder', 'overview', 'message')", name="topic"),
        {
            "info": personal(
                N_("send no mail that is not wanted"),
                ONESELF,
                AFTER_LEAVING,
                "people",
                basis=OWN_CHOICE,
                source=[BY_PERSON],
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    topic: str = Field(max_length=20, primary_key=True)
    wanted: bool
