"""The form of what is changed of many people at once."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from mentorship.base.errors import Refused
from mentorship.base.forms import Form, Optional_, RowId
from mentorship.base.i18n import N_
from mentorship.people.models import ROLES

MOST = 500
Chosen = Annotated[RowId | None, Optional_]
Role = Annotated[Literal[ROLES] | None, Optional_]  # type: ignore[valid-type]


class PeopleForm(Form):
    """The people that were ticked."""

    person: Annotated[list[RowId], Field(min_length=1, max_length=MOST), BeforeValidator(list)]


class ManyForm(PeopleForm):
    """The people that were ticked, and the one thing to change of all of them."""

    give: Role
    take: Role
    site_id: Chosen
    roster_id: Chosen

    def change(self) -> tuple[str, str | int]:
        """Return the one thing that was chosen, and what it becomes; refuse none or several."""
        said = {
            "give": self.give,
            "take": self.take,
            "site_id": self.site_id,
            "roster_id": self.roster_id,
        }
        chosen = [(key, value) for key, value in said.items() if value is not None]
        if len(chosen) != 1:
            raise Refused(N_("Choose one thing to change for all of them."))
        return chosen[0]
