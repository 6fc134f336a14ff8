"""The pieces of a plan as they stand on the page, each with what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.i18n import day, gettext
from mentorship.growth.handover import queries, receivers, words
from mentorship.growth.handover.models import NOT_BEGUN, PASSED_ON, STEPS, WRITTEN_DOWN
from mentorship.growth.handover.queries import Piece
from mentorship.growth.handover.rules import AIM, ASKED, CHOOSE, DONE, DUO, PAIR, PLACE, TICK, WISH, Duo, Held
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.people.models import Person
from mentorship.profiles import coverage
from mentorship.profiles import queries as profiles

BELOW = coverage.HOLDS - 1


@dataclass(frozen=True)
class Next:
    """What comes next of a piece: with whom, in which pair, from which level."""

    kind: str
    receiver_id: int = 0
    mentorship_id: int = 0
    level: int = 0


@dataclass(frozen=True)
class Line:
    """A piece as it stands on the page."""

    number: int
    key: int
    title: str
    leans: str
    risk: float | None
    receiver: str
    told: str
    due: str
    late: bool
    place: str
    step: int
    word: str
    tone: str
    glyph: str
    since: str
    by_pairs: bool
    next: Next

    @property
    def dots(self) -> list[bool]:
        """Return for each step whether it was taken."""
        return [self.step >= step for step in STEPS[1:]]


@dataclass(frozen=True)
class Reading:
    """Whose plan it is and who reads it: the person or a coordinator."""

    person: Person
    reader: Actor
    today: date

    @property
    def own(self) -> bool:
        """Tell whether the person reads their own."""
        return self.reader.person_id == self.person.id


@dataclass(frozen=True)
class Known:
    """What is looked up once for all lines of a page."""

    held: Mapping[int, Held]
    people: Mapping[int, Person]
    duos: Sequence[Duo]
    wanted: set[int]
    levels: Mapping[tuple[int, int], int]
    risks: Mapping[int, float]


def lines(session: Session, reading: Reading, pieces: Sequence[Piece]) -> list[Line]:
    """Return the pieces of a plan as they stand on the page, in a fixed number of queries."""
    known = _known(session, reading, pieces)
    return [_line(piece, number, reading, known) for number, piece in enumerate(pieces, 1)]


def _known(session: Session, reading: Reading, pieces: Sequence[Piece]) -> Known:
    person_id = id_of(reading.person)
    duos = [duo for _mentor, duo in queries.duos(session, [person_id])]
    chosen = {piece.row.receiver_id for piece in pieces if piece.row.receiver_id is not None}
    domains = {piece.row.domain_id for piece in pieces}
    juniors = {duo.junior_id for duo in duos}
    wanted = {wish.other_id for wish, _person in profiles.wishes(session, person_id, reading.reader) if wish.wanted}
    return Known(
        held={one.domain_id: one for one in queries.held(session, person_id)},
        people=people.persons(session, chosen | juniors),
        duos=duos,
        wanted=wanted,
        levels={} if reading.own else receivers.levels(session, chosen, domains),
        risks={} if reading.own else _risks(session, reading.today, pieces),
    )


def _risks(session: Session, today: date, pieces: Sequence[Piece]) -> dict[int, float]:
    """Return the risk of each domain as the knowledge map has it, for the coordinator."""
    horizons = profiles.horizons(session, today)
    found = {}
    for piece in pieces:
        domain_id = piece.row.domain_id
        at_risk = coverage.risk(piece.domain.critical, horizons.get(domain_id, []))
        found[domain_id] = at_risk.figure
    return found


def _line(piece: Piece, number: int, reading: Reading, known: Known) -> Line:
    row, step = piece.row, piece.step
    duo = _duo_of(piece)
    receiver = known.people.get(row.receiver_id or (duo.junior_id if duo else 0))
    late = row.due_on is not None and row.due_on < reading.today
    return Line(
        number=number,
        key=row.domain_id,
        title=piece.domain.title,
        leans=words.leans(known.held.get(row.domain_id)),
        risk=known.risks.get(row.domain_id),
        receiver=receiver.name if receiver else "",
        told=_told(piece, duo, receiver),
        due=day(row.due_on),
        late=late and step < PASSED_ON,
        place=row.place,
        step=step,
        word=gettext(words.STEP_NAMES[step]),
        tone=words.TONES[step],
        glyph=words.GLYPHS[step],
        since=words.since(piece),
        by_pairs=piece.by_pairs and step > NOT_BEGUN,
        next=_next(piece, reading, known),
    )


def _duo_of(piece: Piece) -> Duo | None:
    """Return the pair that is about a piece: with who was chosen, else the first one."""
    alive = [duo for duo in piece.duos if duo.runs or duo.proposed or duo.held]
    for duo in alive:
        if duo.junior_id == piece.row.receiver_id:
            return duo
    if piece.row.receiver_id is not None:
        return None
    return alive[0] if alive else None


def _told(piece: Piece, duo: Duo | None, receiver: Person | None) -> str:
    """Say of who takes a piece over how that stands."""
    if receiver is None:
        return ""
    if duo is None:
        return gettext("not asked yet") if piece.step < PASSED_ON else ""
    if duo.proposed:
        return gettext("asked; the answer is not there yet")
    return words.reached(duo)


def _next(piece: Piece, reading: Reading, known: Known) -> Next:
    """Return what comes next of a piece."""
    if piece.step == WRITTEN_DOWN or reading.person.is_gone(reading.today):
        return Next(DONE)
    if piece.step == PASSED_ON:
        return Next(TICK if piece.row.place else PLACE)
    duo = _duo_of(piece)
    if duo is not None:
        return Next(ASKED if duo.proposed else DUO, duo.junior_id, duo.mentorship_id)
    if piece.row.receiver_id is None:
        return Next(CHOOSE)
    return next(_asking(piece.row.receiver_id, piece, reading, known))


def _asking(receiver_id: int, piece: Piece, reading: Reading, known: Known) -> Iterator[Next]:
    """Yield what comes next with somebody who was chosen: by a pair of theirs, else by the ways to ask for one."""
    for duo in known.duos:
        if duo.junior_id == receiver_id and duo.runs:
            yield Next(AIM, receiver_id, duo.mentorship_id)
    for duo in known.duos:
        if duo.junior_id == receiver_id and duo.proposed:
            yield Next(ASKED, receiver_id, duo.mentorship_id)
    level = known.levels.get((receiver_id, piece.row.domain_id), 0)
    if not reading.own:
        yield Next(PAIR, receiver_id, level=min(level, BELOW))
    elif receiver_id in known.wanted:
        yield Next(ASKED, receiver_id)
    else:
        yield Next(WISH, receiver_id)


def more(session: Session, person: Person, pieces: Sequence[Piece]) -> list[tuple[int, str]]:
    """Return what else somebody holds, to put on the plan."""
    on_it = {piece.row.domain_id for piece in pieces}
    held = queries.held(session, id_of(person))
    rest = [(one.domain_id, one.title) for one in held if one.domain_id not in on_it]
    return sorted(rest, key=lambda one: one[1].casefold())
