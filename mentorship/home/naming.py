"""The names of whom and what the things on a desk are about, read once for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from sqlmodel import Session

from mentorship.base.clock import local_date
from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, ngettext
from mentorship.checkins import queries as check_ins
from mentorship.checkins import silence
from mentorship.checkins.links import queries as links
from mentorship.checkins.models import CheckIn
from mentorship.checkins.slips import queries as slips
from mentorship.checkins.slips import words as slip_words
from mentorship.checkins.words import UNHEARD
from mentorship.growth.certificates import queries as certificates
from mentorship.home import rules
from mentorship.home.rules import Thing
from mentorship.mentorships import queries as mentorships
from mentorship.mentorships.acting import queries as acting
from mentorship.mentorships.goals import queries as goals
from mentorship.mentorships.models import Mentorship
from mentorship.people import access
from mentorship.people import queries as people
from mentorship.people.access import Actor
from mentorship.profiles import queries as profiles
from mentorship.programme.queries import lacking
from mentorship.rounds import queries as rounds


@dataclass(frozen=True)
class Waiting:
    """A thing that waits, with the names that it is about."""

    thing: Thing
    name: str = ""
    domain: str = ""
    level: int | None = None
    mentorship_id: int | None = None
    guides: bool = False
    told: str = ""
    closing: bool = False


def named(session: Session, actor: Actor, things: Sequence[Thing], now: datetime) -> list[Waiting]:
    """Return the things with the names of whom and what they are about."""
    names = _Names(session, actor, frozenset(thing.kind for thing in things), now)
    names.look_up(thing.person_id for thing in things if thing.kind in NAMED_BY_PERSON)
    return [names.of(thing) for thing in things]


NAMED_BY_PERSON = (rules.COVER, rules.QUESTION, rules.QUESTION_SAID)
"""What says itself whom it is about, of whom nothing else of the desk does."""
BY_CHECK_IN = frozenset({rules.CHECK_IN, rules.SLIP})
BY_LEVEL = frozenset({rules.LEVEL, rules.SECOND})
OF_A_PAIR = (rules.PROPOSAL, rules.ENDS_SOON)
"""What is about a pair itself."""


class _Names:
    """The names that things are about, read once for all of them."""

    def __init__(self, session: Session, actor: Actor, kinds: frozenset[str], now: datetime) -> None:
        self._session = session
        self._actor = actor
        self._now = now
        self._me = actor.person_id
        self._kinds = kinds
        self._asked = self._check_ins() if kinds & BY_CHECK_IN else {}
        self._claims = self._levels() if kinds & BY_LEVEL else {}
        self._rounds: dict[int, str] = {}
        if access.COORDINATE.allows(actor):
            for solved in rounds.to_publish(session):
                self._rounds[id_of(solved)] = solved.name
        self._pairs = self._pairs_of_things(session)
        self._people = people.persons(session, self._others())
        self._domains = profiles.domain_names(session) if self._pairs else {}

    def _check_ins(self) -> dict[int, CheckIn]:
        """Return those that ask somebody, and those that came in by a slip."""
        asking = check_ins.waiting(self._session, self._me)
        by_slip = slips.came_in(self._session, self._actor)
        return {id_of(asked): asked for asked in (*asking, *by_slip)}

    def _levels(self) -> dict[int, goals.WaitingClaim]:
        """Return the claims that somebody is asked about."""
        waiting = goals.waiting(self._session, self._me)
        return {id_of(claimed.claim): claimed for claimed in waiting}

    @cached_property
    def _unheard(self) -> set[int]:
        """The check-ins of who did not answer the last two."""
        return silence.unheard(self._session, self._me)

    @cached_property
    def _certificates(self) -> dict[int, str]:
        """What the kinds of certificate are called."""
        return certificates.titles(self._session)

    def _pairs_of_things(self, session: Session) -> dict[int, Mentorship]:
        """Return the pairs that check-ins ask about, and those that are proposed."""
        wanted = set()
        for asked in self._asked.values():
            wanted.add(asked.mentorship_id)
        found = mentorships.by_id(session, wanted)
        if self._kinds.isdisjoint(OF_A_PAIR):
            return found
        today = local_date(self._now)
        proposed = mentorships.unanswered(session, self._me)
        ending = acting.near_their_end(session, today, self._me)
        for pair in (*proposed, *ending):
            found[id_of(pair)] = pair
        return found

    def _others(self) -> set[int | None]:
        """Return the other sides of those pairs, and who made the slips by which something came in."""
        found: set[int | None] = set()
        for pair in self._pairs.values():
            found.add(pair.other_of(self._me))
        for asked in self._asked.values():
            found.add(asked.slip_by_id)
        return found

    def look_up(self, ids: Iterable[int | None]) -> None:
        """Read the names of more people."""
        self._people |= people.persons(self._session, ids)

    def of(self, thing: Thing) -> Waiting:
        """Return one thing with its names."""
        kind = thing.kind
        if kind == rules.CHECK_IN:
            asked = self._asked[thing.about]
            pair = self._pairs[asked.mentorship_id]
            told = gettext(UNHEARD) if thing.about in self._unheard else ""
            return replace(self._in_pair(thing, pair, closing=asked.closing), told=told)
        if kind == rules.SLIP:
            return self._by_slip(thing)
        if kind in OF_A_PAIR:
            return self._in_pair(thing, self._pairs[thing.about])
        if kind in (rules.LEVEL, rules.SECOND):
            return self._claimed(thing)
        if kind == rules.SET_UP:
            return Waiting(thing, told=self._lacking())
        if kind == rules.PAPER:
            return Waiting(thing, told=self._without_code())
        return Waiting(thing, self._called(thing))

    def _called(self, thing: Thing) -> str:
        """Return the name of whom or what a thing is about; none where it says enough."""
        if thing.kind in NAMED_BY_PERSON:
            return self._people[thing.person_id or 0].name
        if thing.kind == rules.CERTIFICATE:
            return self._certificates[thing.about]
        return self._rounds.get(thing.about, "")

    def _claimed(self, thing: Thing) -> Waiting:
        claimed = self._claims[thing.about]
        return Waiting(
            thing,
            claimed.junior.name,
            claimed.domain.title,
            claimed.claim.level,
            claimed.mentorship.id,
        )

    def _by_slip(self, thing: Thing) -> Waiting:
        found = self._asked[thing.about]
        other = self._pairs[found.mentorship_id].other_of(self._me)
        maker = self._people[found.slip_by_id or 0]
        return Waiting(thing, self._people[other].name, told=slip_words.came_in(found, maker))

    def _lacking(self) -> str:
        missing = [gettext(sentence) for sentence in lacking(self._session)]
        return " ".join(missing)

    def _without_code(self) -> str:
        _without_mail, without_code = links.counts(self._session, self._actor, self._now)
        if not without_code:
            return gettext("They all have a code.")
        return ngettext("%(num)s of them has no code yet.", "%(num)s of them have no code yet.", without_code)

    def _in_pair(self, thing: Thing, pair: Mentorship, *, closing: bool = False) -> Waiting:
        return Waiting(
            thing,
            self._people[pair.other_of(self._me)].name,
            self._domains[pair.domain_id],
            mentorship_id=pair.id,
            guides=pair.mentor_id == self._me,
            closing=closing,
        )
