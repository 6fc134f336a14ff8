"""What somebody sends in a pulse: a step for each statement, and how they like to learn; each may stay open."""

from __future__ import annotations

from typing import Annotated, Literal

from mentorship.base.forms import Form, Optional_

Step = Annotated[Literal["1", "2", "3", "4", "5", "none"] | None, Optional_]
Way = Annotated[
    Literal["on_the_job", "classroom", "online", "with_colleague", "short_modules", "none"] | None, Optional_
]


class PulseForm(Form):
    """One person's answers; "none" is that a question does not apply."""

    learning_time: Step = None
    newcomers_time: Step = None
    own_work: Step = None
    alone_soon: Step = None
    hierarchy: Step = None
    holders: Step = None
    misunderstood: Step = None
    own_choice: Step = None
    prefers: Way = None

    def said(self) -> dict[str, str]:
        """Return what was answered, by question."""
        found: dict[str, str] = {}
        for question, answer in self.model_dump().items():
            if answer not in (None, "none"):
                found[question] = answer
        return found
