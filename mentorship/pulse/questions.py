"""What the pulse asks, in own words; nothing of it asks, or tells, how old somebody is. Pure."""

from __future__ import annotations

import hashlib
import json

from mentorship.base.i18n import N_
from mentorship.matching import FORMS

STEPS = {
    "1": N_("not at all"),
    "2": N_("a little"),
    "3": N_("fairly"),
    "4": N_("mostly"),
    "5": N_("completely"),
}
AGREES = frozenset({"4", "5"})
"""The steps that count as a yes in a figure: "mostly" and "completely"."""
LEARNING_TIME, NEWCOMERS_TIME, OWN_WORK, ALONE_SOON = "learning_time", "newcomers_time", "own_work", "alone_soon"
HIERARCHY, HOLDERS, MISUNDERSTOOD, OWN_CHOICE = "hierarchy", "holders", "misunderstood", "own_choice"
PREFERS = "prefers"
STATEMENTS = {
    LEARNING_TIME: N_("I want more time to learn within working hours."),
    NEWCOMERS_TIME: N_("We have too little time to help new colleagues well."),
    OWN_WORK: N_("Helping a new colleague comes at the expense of my own work."),
    ALONE_SOON: N_("New colleagues are left to work alone too soon here."),
    HIERARCHY: N_("Who is above whom gets in the way of sharing what we know."),
    HOLDERS: N_("It is not clear here who has the knowledge that we cannot do without."),
    MISUNDERSTOOD: N_("Colleagues with much and with little experience misunderstand each other."),
    OWN_CHOICE: N_("I choose myself which training I follow."),
}
"""The questions with steps, in the order in which they are asked."""
BETTER_HIGH = frozenset({OWN_CHOICE})
"""Of these a higher figure is the better one; of the others a lower one."""
PREFERENCE = N_("How do you like to learn best?")
QUESTIONS = (*STATEMENTS, PREFERS)


def fingerprint() -> str:
    """Return the SHA-256 of what is asked and what can be answered: other words are other questions."""
    asked = [STATEMENTS, STEPS, PREFERENCE, FORMS]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def allowed(question: str) -> tuple[str, ...]:
    """Return what can be answered to a question; nothing where it is none."""
    if question == PREFERS:
        return FORMS
    return tuple(STEPS) if question in STATEMENTS else ()


def agrees(question: str, answer: str) -> bool:
    """Tell whether an answer counts as a yes to a statement."""
    return question != PREFERS and answer in AGREES
