"""The card and PIN of a person for shared tablets."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text
from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime
from mentorship.base.i18n import N_
from mentorship.base.personal import BY_PERSON, BY_SERVICE, UNTIL_LEAVING, guarding


class TabletCard(SQLModel, table=True):
    """What somebody gets in by on a shared tablet: the digest of their card's secret, and their PIN, hashed and sealed.

    Either may be lacking, and then nothing opens. `wrong` counts the PINs tried in a row that were not theirs;
    `code_by_id` is who made the activation code by which the PIN was chosen, if it was.
    """

    __tablename__ = "tablet_card"
    __table_args__ = (
        {
            "info": guarding(
                N_("sign in on a shared tablet"),
                N_("nobody; the maker of a card once"),
                UNTIL_LEAVING,
                "leaving",
                source=[BY_PERSON, BY_SERVICE],
            )
        },
    )
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    secret_hash: str | None = Field(default=None, max_length=64, unique=True)
    made_by_id: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    pin_hash: str = Field(default="", max_length=400, sa_column_kwargs={"server_default": ""})
    pin_set_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    code_by_id: int | None = Field(default=None, foreign_key="person.id")
    wrong: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
