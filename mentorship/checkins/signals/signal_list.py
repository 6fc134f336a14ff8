"""The signals as a list: what it is chosen by, and what of it stands in a sheet: no more than its reader sees. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mentorship.base.clock import local_date
from mentorship.base.i18n import N_, gettext
from mentorship.base.letters import folded
from mentorship.base.lists import Column, Filter, Listing, View
from mentorship.checkins.signals import inbox, words
from mentorship.checkins.signals.around import Around
from mentorship.checkins.signals.cards import SignalCard
from mentorship.checkins.signals.inbox import Reader
from mentorship.checkins.signals.viewers import Seen
from mentorship.checkins.words import NEVER_USED


@dataclass(frozen=True)
class SheetRow:
    """A signal in a sheet."""

    seen: Seen
    card: SignalCard

    @property
    def since(self) -> date | None:
        """Since when it is there, where its reader may know."""
        return local_date(self.seen.row.raised_at) if self.card.raised_on else None

    @property
    def again(self) -> date | None:
        """When it is looked at again."""
        return self.seen.row.look_again_on if self.card.taken else None


def sheet(found: Sequence[Seen], cards: Sequence[SignalCard]) -> list[SheetRow]:
    """Return the rows of a sheet: each signal with its card."""
    return [SheetRow(seen, card) for seen, card in zip(found, cards, strict=True)]


@dataclass(frozen=True)
class Listed:
    """The signals that one sees, and those of them that a view shows."""

    listing: Listing
    view: View
    reader: Reader
    everything: list[Seen]
    found: list[Seen]

    @property
    def acts_on_any(self) -> bool:
        """Tell whether the reader can do something about one of them."""
        return any(seen.acts for seen in self.everything)

    @property
    def said(self) -> dict[str, Any]:
        """What the page says of all signals together, whatever the view."""
        return {
            "heading": inbox.heading(inbox.folded(self.everything)[0], self.reader),
            "acts_on_any": self.acts_on_any,
            "empty": not self.everything,
        }


def listing(found: Sequence[Seen], around: Around) -> Listing:
    """Return the list, to be chosen by who is at work on them, by what they are, and by where and in what."""
    columns = (
        Column("pair", N_("Pair"), lambda row: row.card.names, fixed=True),
        Column("why", N_("Why it is here"), lambda row: row.card.title, fixed=True),
        Column("about", N_("About"), lambda row: row.card.about, fixed=True),
        Column("since", N_("Since"), lambda row: row.since, fixed=True),
        Column("whose", N_("Whose"), lambda row: row.card.taken, fixed=True),
        Column("again", N_("Look again"), lambda row: row.again, fixed=True),
    )
    return Listing(
        key="signals",
        title=N_("Signals"),
        columns=columns,
        filters=(_views(), _kinds(found), *around.filters()),
        search=gettext("Name of one of the two"),
        foot=NEVER_USED,
    )


def _views() -> Filter:
    options = [(key, gettext(title)) for key, title in words.VIEWS.items() if key != inbox.ALL]
    return Filter(
        "view",
        gettext("Who is at work on it"),
        options,
        several=False,
    )


def _kinds(found: Sequence[Seen]) -> Filter:
    here = {_kind(seen) for seen in found}
    options = [(kind, gettext(title)) for kind, title in words.KINDS.items() if kind in here]
    return Filter(
        "kind",
        gettext("Why it is here"),
        options,
        several=False,
    )


def _kind(seen: Seen) -> str:
    """Return what a signal is chosen by: what somebody shows is another kind than the same of one's own."""
    return words.kind(seen.shown.kind, own=seen.own)


def fitting(
    found: Sequence[Seen],
    view: View,
    reader: Reader,
    names: Mapping[int, str],
    around: Around,
) -> list[Seen]:
    """Return the signals that a view shows, group by group; `names` by signal, where words are sought."""
    wanted = view.one("view") or inbox.ALL
    kind = view.one("kind")
    sought = folded(view.text).split()
    kept = []
    for seen in inbox.in_view(found, wanted, reader):
        name = folded(names.get(seen.row.id or 0, ""))
        chosen = kind in ("", _kind(seen)) and around.fits(seen, view)
        if chosen and all(word in name for word in sought):
            kept.append(seen)
    return inbox.grouped(kept, reader)
