"""What is sent to remind of proposals, or to withdraw some."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from mentorship.base.errors import Refused
from mentorship.base.forms import Form, RowId
from mentorship.base.i18n import N_

MOST = 500


class ProposalsForm(Form):
    """The proposals that were ticked, or all that wait."""

    proposal: Annotated[list[RowId], Field(max_length=MOST), BeforeValidator(list)]
    everybody: bool = False

    def chosen(self) -> list[int]:
        """Return those that were ticked; refuse none."""
        if not self.proposal:
            raise Refused(N_("Choose at least one proposal."))
        return list(self.proposal)
