"""Sentences about cards for shared tablets."""

from __future__ import annotations

from mentorship.base.clock import local_date
from mentorship.base.i18n import day, gettext
from mentorship.people.models import Person
from mentorship.people.tablet.models import TabletCard


def card_made(maker: Person, card: TabletCard) -> str:
    """Say that somebody made a card for who reads this."""
    return gettext(
        "%(name)s made a card for you on %(day)s, for the shared tablet. It opens nothing without the PIN that you "
        "choose. Is that not right? Tell the coordinator.",
        name=maker.name,
        day=day(local_date(card.made_at)) if card.made_at else "",
    )
