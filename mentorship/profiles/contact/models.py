"""What somebody shows to the other of their duos."""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from mentorship.base.personal import personal


class Contact(SQLModel, table=True):
    """A telephone number of one's own choice, and whether it and the mail address are shown within a running duo."""

    __tablename__ = "contact"
    __table_args__ = (
        {
            "info": personal(
                "reach each other within a duo",
                "the person; the other of a running duo what is shown",
                "until it is taken off, 1 day after the last day at most",
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    phone: str = Field(default="", max_length=30)
    show_phone: bool = False
    show_email: bool = False
