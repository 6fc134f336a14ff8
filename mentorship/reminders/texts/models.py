"""A text that is kept to write messages with."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from mentorship.base.db import UtcDateTime


class KeptText(SQLModel, table=True):
    """Subject and words in both languages, in English perhaps none; it names nobody: who kept it stands in the log."""

    __tablename__ = "kept_text"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=80, unique=True)
    subject_nl: str = Field(max_length=120)
    body_nl: str
    subject_en: str = Field(default="", max_length=120)
    body_en: str = ""
    kept_at: datetime = Field(sa_type=UtcDateTime)
