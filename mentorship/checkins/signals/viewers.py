"""Who looks at a signal, and as whom: what ties people to a pair, what each sees of it, and who may do what with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from mentorship.checkins import findings, visibility
from mentorship.checkins.findings import Finding
from mentorship.checkins.helping import CONFIDANT
from mentorship.checkins.signals.models import Signal
from mentorship.checkins.visibility import ASKED, LINE, RaisedSignal, Ties, View
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import JUNIOR, MENTOR
from mentorship.people import queries as people
from mentorship.people.access import COORDINATOR, MANAGER, Actor, Subject
from mentorship.programme import queries as programme
from mentorship.programme.rules import Visibility

SECOND_MENTOR = "second_mentor"


@dataclass(frozen=True)
class Seen(View):
    """A signal that is kept, as one viewer may see it.

    `asks`: it was taken on by its mentor, who asks this viewer for a second mentor. `handed`: it was given to this
    viewer from another, and they did nothing with it yet.
    """

    row: Signal
    asks: bool
    handed: bool

    @property
    def in_confidence(self) -> bool:
        """Whether this viewer was asked as a confidant: it stands on a desk of its own, and on no list of signals."""
        return self.viewer == ASKED and self.kind == findings.HELP and self.shown.about == CONFIDANT

    @property
    def acts(self) -> bool:
        """Whether this viewer may take it on and close it among the signals."""
        return super().acts and not self.in_confidence

    @property
    def names_pair(self) -> bool:
        """Whether this viewer learns of which pair it is: to a line, hours are over all pairs of a mentor."""
        return self.shown.kind != findings.HOURS or self.viewer != LINE

    @property
    def line(self) -> object:
        """What tells the line it stands on from others: its pair, unless its reader does not learn which that is."""
        if not self.names_pair:
            return self.row.id
        return self.row.mentorship_id, "pair"

    @property
    def is_free(self) -> bool:
        """Whether nobody picked it up, and this viewer may."""
        return self.acts and self.row.status == "open"

    def waits(self, today: date) -> bool:
        """Tell whether it asks for something now: nobody took it on, a second mentor is asked for, or its day came."""
        row = self.row
        if row.status == "open" or self.asks or self.handed:
            return True
        return row.look_again_on is not None and row.look_again_on <= today

    def step_taken(self, person_id: int, today: date) -> str:
        """Return the step that somebody took it on with and whose day to look again is still to come; "" for none."""
        row = self.row
        if row.status != "taken" or row.owner_id != person_id:
            return ""
        if row.look_again_on is None or row.look_again_on <= today:
            return ""
        return row.action


def as_raised(row: Signal, pair: Mentorship) -> RaisedSignal:
    """Return a signal as the table of who sees what knows it."""
    evidence = [date.fromisoformat(day) for day in row.evidence]
    finding = Finding(
        row.kind,
        row.side,
        row.since,
        tuple(evidence),
        row.about,
        row.returned,
    )
    return RaisedSignal(
        finding,
        row.raised_at,
        taken_on=row.status != "open",
        released_by=_released_by(row, pair),
        released_at=row.released_at,
    )


def _released_by(row: Signal, pair: Mentorship) -> str:
    """Return which side released a signal to its line, "" when neither did."""
    if row.released_at is None or row.released_by is None:
        return ""
    return pair.side_of(row.released_by) or ""


def pair_ties(actor: Actor, pair: Mentorship, below: Collection[int]) -> Ties:
    """Return what somebody is to a pair; `below` are those in their line."""
    return ties_of(
        actor,
        pair.mentor_id,
        pair.junior_id,
        below,
    )


def ties_of(actor: Actor, mentor_id: int, junior_id: int, below: Collection[int]) -> Ties:
    """Return the same by who the two are."""
    own = ""
    lines = set()
    for side, person_id in ((MENTOR, mentor_id), (JUNIOR, junior_id)):
        if person_id == actor.person_id:
            own = side
        if person_id in below and actor.has(MANAGER):
            lines.add(side)
    return Ties(
        side=own,
        lines=frozenset(lines),
        coordinates=actor.has(COORDINATOR),
    )


def ties(actor: Actor, row: Signal, pair: Mentorship, below: Collection[int]) -> Ties:
    """Return what somebody is to a pair and its signal."""
    found = pair_ties(actor, pair, below)
    if row.kind != findings.HELP:
        return found
    # help is for whoever was asked then, whoever holds that post now
    asked = {row.asked_id}
    if row.about == MENTOR:
        asked.add(pair.mentor_id)
    return replace(found, asked=actor.person_id in asked)


def look(
    actor: Actor,
    row: Signal,
    pair: Mentorship,
    managers: Visibility,
    below: Collection[int],
    now: datetime,
) -> Seen | None:
    """Return a signal of a pair as this person may see it, None when not at all; `below` are those in their line."""
    tied = ties(actor, row, pair, below)
    view = visibility.look(
        as_raised(row, pair),
        tied,
        managers,
        now,
    )
    if view is None:
        return None
    coordinates = tied.coordinates and view.viewer in (LINE, COORDINATOR)
    asks = coordinates and _wants_second_mentor(row, pair)
    handed = row.handed_at is not None and row.owner_id == actor.person_id
    return Seen(**vars(view), row=row, asks=asks, handed=handed)


def line_sees(seen: Seen, pair: Mentorship, managers: Visibility, now: datetime, *, if_shown: bool = False) -> bool:
    """Tell whether the line of the side that sees its own signal sees something of it too, or would if it was shown."""
    raised = as_raised(seen.row, pair)
    if if_shown:
        raised = replace(
            raised,
            released_by=seen.viewer,
            released_at=now,
        )
    shown = visibility.shown_to(
        LINE,
        raised,
        Ties(lines=frozenset({seen.viewer})),
        managers,
        now,
    )
    return shown is not None


def _wants_second_mentor(row: Signal, pair: Mentorship) -> bool:
    """Tell whether the mentor took a signal on by asking for a second one."""
    if row.status != "taken" or row.action != SECOND_MENTOR:
        return False
    return row.owner_id == pair.mentor_id


def who_acts(session: Session, signal_id: int, now: datetime) -> Subject | None:
    """Return who may take a signal on and close it; None when there is no such signal."""
    return _who(
        session,
        signal_id,
        now,
        lambda seen: seen.acts,
    )


def who_eases(session: Session, signal_id: int, now: datetime) -> Subject | None:
    """Return who may lighten their own load by a signal; None when there is no such signal."""
    return _who(
        session,
        signal_id,
        now,
        lambda seen: seen.eases,
        own=True,
    )


def who_releases(session: Session, signal_id: int, now: datetime) -> Subject | None:
    """Return who may release a signal to their line; None when there is no such signal."""
    return _who(
        session,
        signal_id,
        now,
        lambda seen: seen.releasable,
        own=True,
    )


def _who(
    session: Session,
    signal_id: int,
    now: datetime,
    may: Callable[[Seen], bool],
    *,
    own: bool = False,
) -> Subject | None:
    """Return those of everybody near a signal who `may`, by what they see of it; `own`: it is theirs alone."""
    row = session.get(Signal, signal_id)
    if row is None:
        return None
    pair = session.get_one(Mentorship, row.mentorship_id)
    managers = programme.visibility(session)
    found = set()
    for actor, below in _everybody_near(session, row, pair):
        seen = look(
            actor,
            row,
            pair,
            managers,
            below,
            now,
        )
        if seen is not None and may(seen):
            found.add(actor.person_id)
    return Subject(frozenset(found), kept=row.raised_at if own else None)


def _everybody_near(session: Session, row: Signal, pair: Mentorship) -> list[tuple[Actor, set[int]]]:
    """Return who could see a signal, each with the sides below them: both sides, who was asked, lines, coordinators."""
    sides = (pair.mentor_id, pair.junior_id)
    managers = people.people_with_role(session, MANAGER)
    coordinators = people.people_with_role(session, COORDINATOR)
    below: dict[int, set[int]] = defaultdict(set)
    for side in sides:
        for person_id in people.line_above(session, side):
            below[person_id].add(side)
    everybody = {*sides, *coordinators, *below}
    if row.asked_id is not None:
        everybody.add(row.asked_id)
    found = []
    for person_id in everybody:
        roles = set()
        if person_id in managers:
            roles.add(MANAGER)
        if person_id in coordinators:
            roles.add(COORDINATOR)
        actor = Actor(
            person_id,
            frozenset(roles),
        )
        near = (actor, below[person_id])
        found.append(near)
    return found
