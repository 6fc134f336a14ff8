"""Sentences on a shared tablet."""

from __future__ import annotations

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.i18n import day, gettext, moment
from mentorship.people import queries as people
from mentorship.people.account.devices import described
from mentorship.people.account.queries import last_elsewhere
from mentorship.people.tablet.models import TabletCard


def how_in(session: Session, card: TabletCard) -> list[str]:
    """Say each time who made the card and when the PIN was chosen, so that its owner notices what is not theirs."""
    named = people.persons(session, [card.made_by_id, card.code_by_id])
    found = []
    if card.made_by_id in named and card.made_at is not None:
        found.append(
            gettext(
                "%(name)s made your card on %(day)s.",
                name=named[card.made_by_id].name,
                day=day(local_date(card.made_at)),
            )
        )
    if card.pin_set_at is not None:
        chosen = moment(card.pin_set_at)
        found.append(gettext("Your PIN was chosen on %(moment)s.", moment=chosen))
    if card.code_by_id in named:
        maker = named[card.code_by_id].name
        found.append(gettext("That was done with an activation code that %(name)s made.", name=maker))
    elsewhere = last_elsewhere(session, card.person_id)
    if elsewhere is not None:
        found.append(
            gettext(
                "Elsewhere you signed in last on %(moment)s, with %(device)s.",
                moment=moment(elsewhere.started_at),
                device=described(elsewhere.device),
            )
        )
    return found
