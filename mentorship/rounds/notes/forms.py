"""The form of a note."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mentorship.base.forms import Form, Paragraph
from mentorship.rounds.notes.models import LONGEST


class NoteForm(Form):
    """A few words."""

    words: Annotated[Paragraph, Field(min_length=1, max_length=LONGEST)]
