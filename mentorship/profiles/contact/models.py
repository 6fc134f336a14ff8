"""What somebody shows to the other of their duos."""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from mentorship.base.i18n import N_
from mentorship.base.personal import BY_PERSON, OWN_CHOICE, UNTIL_LEAVING, personal


class Contact(SQLModel, table=True):
    """A telephone number of one's own choice, and whether it and the mail address are shown within a running duo."""

    __tablename__ = "contact"
    __table_args__ = (
        {
            "info": personal(
                N_("reach each other within a pair"),
                N_("the person; the other of a running pair, or of a question said yes to, what is shown"),
                UNTIL_LEAVING,
                "leaving",
                basis=OWN_CHOICE,
                source=[BY_PERSON],
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    phone: str = Field(default="", max_length=30)
    show_phone: bool = False
    show_email: bool = False
