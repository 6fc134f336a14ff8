"""The list of signals as one reads it: in a view, in groups by kind, and which one of them is open. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mentorship.base.i18n import day, gettext, ngettext
from mentorship.checkins import findings
from mentorship.checkins.signals import words
from mentorship.checkins.signals.cards import SignalCard
from mentorship.checkins.signals.viewers import Seen
from mentorship.people.models import Person

ALL, WAITS, NEW, MINE, RUNNING = "all", "waits", "new", "mine", "running"
HANDED, HELP, TALK, OWN, AGREED = "handed", "help", "talk", "own", "agreed"
LATE, TAKEN, CLOSED = "late", "taken", "closed"
GROUPS = (HANDED, HELP, TALK, OWN, AGREED, LATE, TAKEN, CLOSED)
"""What one kind of line is, the most urgent first."""


@dataclass(frozen=True)
class Reader:
    """Who reads the list, and on which day."""

    person_id: int
    today: date


@dataclass(frozen=True)
class Also:
    """Another signal of the same pair, which stands on its line."""

    signal_id: int
    title: str


@dataclass(frozen=True)
class Row:
    """One line: a card, since when and whose it is; `after` is the line to come back to when this one is gone.

    `also`: what else stands on the line of this pair. `free`: the offer to take on at once what nobody picked up of it.
    """

    card: SignalCard
    glyph: str
    hot: bool
    since: str
    late: bool
    owner: Person | None
    open: bool
    opener: str
    after: int | None
    also: Sequence[Also]
    free: str = ""


@dataclass(frozen=True)
class Part:
    """The lines of one kind."""

    title: str
    note: str
    rows: list[Row]


def waits(seen: Seen, reader: Reader) -> bool:
    """Tell whether a signal waits for this reader."""
    return seen.acts and seen.waits(reader.today)


def in_view(found: Sequence[Seen], view: str, reader: Reader) -> list[Seen]:
    """Return the signals of a view; what is closed is read for its own view alone, and all of it."""
    return [seen for seen in found if view in (ALL, CLOSED) or view in _views(seen, reader)]


def _views(seen: Seen, reader: Reader) -> set[str]:
    """Return the views in which a signal stands that is not closed."""
    found = set()
    row = seen.row
    if waits(seen, reader):
        found.add(WAITS)
    if row.status == "open":
        found.add(NEW)
    if row.status != "taken":
        return found
    found.add(RUNNING)
    if row.owner_id == reader.person_id:
        found.add(MINE)
    if row.look_again_on is not None and row.look_again_on <= reader.today:
        found.add(LATE)
    return found


def folded(found: Sequence[Seen], wanted: str | None = None) -> tuple[list[Seen], dict[object, list[Seen]]]:
    """Return one signal a line, the first of each or the wanted one, and all of each line."""
    by_line: dict[object, list[Seen]] = {}
    for seen in found:
        by_line.setdefault(seen.line, []).append(seen)
    number = _number(wanted or "")
    leads = []
    for together in by_line.values():
        chosen = [seen for seen in together if seen.row.id == number]
        leads.append((chosen or together)[0])
    return leads, by_line


def group(seen: Seen, reader: Reader) -> str:
    """Return which group a signal stands in."""
    if seen.row.status == "done":
        return CLOSED
    if seen.handed:
        return HANDED
    if seen.row.status == "taken" and not seen.asks:
        return LATE if seen.waits(reader.today) else TAKEN
    if seen.asks_help or seen.asks:
        return HELP
    if seen.drawn_from_another:
        return TALK
    if seen.shown.kind in (findings.HOURS, findings.APART, findings.RULE, findings.LEAVES):
        return AGREED
    return OWN


def grouped(found: Sequence[Seen], reader: Reader) -> list[Seen]:
    """Return signals by group, in each as they came."""
    return sorted(found, key=lambda seen: GROUPS.index(group(seen, reader)))


def opened(found: Sequence[Seen], wanted: str | None, reader: Reader) -> int | None:
    """Return which signal is open: the wanted one, else the first that waits for the reader, else the only one.

    Who acts on none of them reads the first.
    """
    if wanted is not None:
        return _number(wanted)
    for seen in found:
        if waits(seen, reader):
            return seen.row.id
    if len(found) == 1 or (found and not any(seen.acts for seen in found)):
        return found[0].row.id
    return None


def place(listed: Sequence[Seen], wanted: str | None) -> int | None:
    """Return where in the list the wanted signal stands; None where it does not."""
    number = _number(wanted or "")
    for found, seen in enumerate(listed):
        if seen.row.id == number:
            return found
    return None


def by_id(found: Sequence[Seen], wanted: str) -> Seen | None:
    """Return the wanted one of some signals."""
    number = _number(wanted)
    return next((seen for seen in found if seen.row.id == number), None)


def _number(wanted: str) -> int | None:
    return int(wanted) if wanted.isdecimal() and len(wanted) < 10 else None


def heading(found: Sequence[Seen], reader: Reader) -> str:
    """Say what the list finds: how many are nobody's, else how many wait for the reader."""
    if found and not any(seen.acts for seen in found):
        count = len(found)
        return ngettext("%(num)s signal is about you", "%(num)s signals are about you", count)
    waiting = [seen for seen in found if waits(seen, reader)]
    if not waiting:
        return gettext("Nothing asks for action")
    free = sum(seen.row.status == "open" for seen in waiting)
    if free:
        return ngettext("%(num)s signal is nobody's yet", "%(num)s signals are nobody's yet", free)
    return ngettext("%(num)s signal asks for action", "%(num)s signals ask for action", len(waiting))


def parts(
    found: Sequence[Seen],
    cards: Sequence[SignalCard],
    owners: Mapping[int, Person],
    open_id: int | None,
    reader: Reader,
    by_line: Mapping[object, Sequence[Seen]],
    nobodys: Mapping[object, int],
) -> list[Part]:
    """Return the lines of one page, under the title of each group; `nobodys`: what `free` says."""
    made: list[Part] = []
    last = ""
    for place, (seen, card) in enumerate(zip(found, cards, strict=True)):
        kind = group(seen, reader)
        if kind != last:
            title, note = words.GROUPS[kind]
            made.append(Part(gettext(title), gettext(note) if note else "", []))
            last = kind
        owner = owners.get(seen.row.owner_id or 0) if card.taken else None
        after = _beside(cards, place)
        row = _row(seen, card, owner, after, open_id, reader)
        together = by_line.get(seen.line, ())
        made[-1].rows.append(replace(row, also=_also(seen, together), free=_offer(nobodys.get(seen.line, 0))))
    return made


def _also(seen: Seen, together: Sequence[Seen]) -> list[Also]:
    """Return what else stands on the line of a signal."""
    others = [one for one in together if one is not seen]
    return [Also(one.row.id or 0, words.title(one.shown.kind, own=one.own)) for one in others]


def free(everything: Sequence[Seen]) -> Mapping[object, int]:
    """Return how many signals of each line nobody picked up, which their reader may, whatever the view shows."""
    return Counter(seen.line for seen in everything if seen.is_free)


def _offer(number: int) -> str:
    """Offer to pick up at once what nobody did, where that is more than one; "" for nothing to offer."""
    if number < 2:
        return ""
    return gettext("Pick up all %(num)s", num=number)


def _beside(cards: Sequence[SignalCard], place: int) -> int | None:
    """Return the line after one, else the one before it."""
    for near in (place + 1, place - 1):
        if 0 <= near < len(cards):
            return cards[near].signal_id
    return None


def _row(
    seen: Seen,
    card: SignalCard,
    owner: Person | None,
    after: int | None,
    open_id: int | None,
    reader: Reader,
) -> Row:
    kind = group(seen, reader)
    late = kind == LATE and seen.row.look_again_on is not None
    since = card.raised_on if kind != CLOSED else day(seen.row.done_at)
    if late and seen.row.look_again_on is not None:
        since = day(seen.row.look_again_on)
    able = bool(card.acts or card.taps or card.release) and kind != CLOSED
    is_open = able and card.signal_id == open_id
    return Row(
        card=card,
        glyph=words.GLYPHS[kind],
        hot=kind == HELP,
        since=since,
        late=late,
        owner=owner,
        open=is_open,
        opener=_opener(kind, is_open, card) if able else "",
        after=after,
        also=(),
    )


def _opener(kind: str, is_open: bool, card: SignalCard) -> str:
    """Say what opening a line is for."""
    if is_open:
        return gettext("Fold")
    if kind == LATE:
        return gettext("Look again")
    if card.acts and kind != TAKEN:
        return gettext("Pick up")
    return gettext("View")
