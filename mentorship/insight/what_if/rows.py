"""What was tried as the page shows it: each change, how to take it back or to ask for it, and who would move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from mentorship.base.i18n import gettext
from mentorship.insight.what_if import words
from mentorship.insight.what_if.changes import AWAY, PAUSE, Change
from mentorship.insight.what_if.queries import Known
from mentorship.insight.what_if.trial import Trial, is_more
from mentorship.insight.what_if.trying import Moved
from mentorship.insight.what_if.words import Counts
from mentorship.people.line import Line
from mentorship.rounds import queries as rounds
from mentorship.rounds.moves import MoveRow, told

Asking = tuple[str, Mapping[str, Any] | None, str]
"""The button that asks the one concerned, what goes with it where a message is begun, and else why nobody is asked."""
NOT_ASKED: Asking = ("", None, "")
FEWER = "fewer"
"""Asked of somebody: fewer places; beside a pause and days away."""


@dataclass(frozen=True)
class ChangeLine:
    """One change: what it is, what else follows, whom it can be asked of and how, or why not."""

    change: Change
    said: str
    notes: Sequence[str]
    ask: str
    write: Mapping[str, Any] | None
    why_not: str


@dataclass(frozen=True)
class Shown:
    """Who would move, by name: the sentence over it, the rows, and for a manager what comes of it elsewhere."""

    finding: str
    rows: Sequence[MoveRow]
    elsewhere: str
    counts: Counts


def lines(found: Trial, line: Line | None, now: datetime) -> list[ChangeLine]:
    """Return the changes as they are shown, to a manager with whom they may ask nobody."""
    return [_line(found, one, line, now) for one in found.changes]


def _line(found: Trial, one: Change, line: Line | None, now: datetime) -> ChangeLine:
    known = found.known[one.person_id]
    names = [junior.name for junior in known.juniors]
    ask, write, why_not = NOT_ASKED
    if line is None:
        ask, write, why_not = _asking(
            found,
            one,
            known,
            now,
        )
    return ChangeLine(
        one,
        words.change(one, known),
        words.notes(
            one,
            known,
            names,
            0,
            changes=_changes(found, one),
        ),
        ask,
        write,
        why_not,
    )


def _changes(found: Trial, one: Change) -> bool:
    return one.person_id in found.tried.gains


def _asking(found: Trial, one: Change, known: Known, now: datetime) -> Asking:
    """Return the button that asks the one concerned, what goes with it, and else why nobody is asked."""
    given = known.person.given_name
    about = _about(one, known)
    if about:
        fields = _to_write(
            one,
            about,
            nobody_lost=not found.tried.lost,
        )
        return gettext("Write to %(name)s", name=given), fields, ""
    if not is_more(one, known):
        return "", None, gettext("That is how it is today.")
    if known.hours_wait:
        return "", None, gettext("Promised hours wait for a manager: once confirmed they bring places.")
    if not known.may_be_asked(now):
        return "", None, gettext("Was asked for a place less than four weeks ago.")
    if not found.more.get(one.person_id):
        return "", None, gettext("As things are today nobody would go to one place more, so it is not asked for.")
    return gettext("Ask %(name)s for a place", name=given), None, ""


def _about(one: Change, known: Known) -> str:
    """Return what somebody would be written to about; "" where they would be asked for a place, or nothing."""
    if one.what in (PAUSE, AWAY):
        return one.what
    return FEWER if one.places < known.stand.places else ""


def _to_write(one: Change, about: str, *, nobody_lost: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "person": one.person_id,
        "about": about,
        "places": one.places,
        "nobody_lost": str(nobody_lost).lower(),
    }
    if one.spell is not None:
        fields["first"], fields["last"] = [each.isoformat() for each in one.spell]
    return fields


def shown(session: Session, found: Trial, line: Line | None) -> Shown:
    """Return who would move; to a manager in numbers alone."""
    moves = found.tried.moves
    if line is not None:
        return _of_line(session, moves, line)
    counts = Counts.of(found.tried)
    if not moves:
        return Shown("", [], "", counts)
    known = [_as_kept(move) for move in moves]
    telling = told(
        session,
        gettext("Who would move"),
        known,
        dict(found.made.terms.locked),
    )
    return Shown(
        f"{telling.finding}.",
        telling.rows,
        telling.more,
        counts,
    )


def _as_kept(move: Moved) -> dict[str, Any]:
    """Return a move as an outcome keeps it."""
    return {
        "request": move.request_id,
        "before": move.before,
        "after": move.after,
        "score_before": move.score_before,
        "score_after": move.score_after,
    }


def _of_line(session: Session, moves: Sequence[Moved], line: Line) -> Shown:
    """Return in numbers what comes of it for a manager's own juniors, and for others.

    By name it would tell whom a round found that nobody knows of yet, and who waits for a mentor.
    """
    juniors = _juniors(session, moves)
    own = line.among(juniors.values())
    theirs: list[Moved] = []
    rest: list[Moved] = []
    for move in moves:
        within = juniors.get(move.request_id) in own
        (theirs if within else rest).append(move)
    here = words.in_team(_counted(theirs))
    beside = words.elsewhere(_counted(rest))
    return Shown(
        "",
        [],
        " ".join(part for part in (here, beside) if part),
        _counted(moves),
    )


def _juniors(session: Session, moves: Sequence[Moved]) -> dict[int, int]:
    """Return whose each request is."""
    ids = [move.request_id for move in moves]
    found = rounds.requests(session, ids)
    return {request_id: request.person_id for request_id, request in found.items()}


def _counted(moves: Sequence[Moved]) -> Counts:
    lost = sum(move.after is None for move in moves)
    gained = sum(move.before is None for move in moves)
    return Counts(lost, len(moves) - lost - gained, gained)
