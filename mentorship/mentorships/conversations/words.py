"""The phases with their cards, in their order, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping

from mentorship.base.i18n import gettext
from mentorship.mentorships.conversations.cards import Card, Phase
from mentorship.mentorships.conversations.rounding_off import ROUNDING_OFF
from mentorship.mentorships.conversations.starting import STARTING
from mentorship.mentorships.conversations.towards_alone import TOWARDS_ALONE
from mentorship.mentorships.conversations.under_way import UNDER_WAY

PHASES = (STARTING, UNDER_WAY, TOWARDS_ALONE, ROUNDING_OFF)
BY_NUMBER: Mapping[int, Phase] = {phase.number: phase for phase in PHASES}


def card_of_week(phase: Phase, week: int) -> Card:
    """Return the card of a phase that is offered in a week: another each week, for both of a pair the same."""
    return phase.cards[week % len(phase.cards)]


def heading(phase: Phase) -> str:
    """Return what stands above the cards of a phase."""
    return gettext("Conversation cards: %(phase)s", phase=gettext(phase.title).lower())
