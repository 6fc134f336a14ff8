"""Who sees what of the reader of the notice: by the code that decides it, with who they are now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.i18n import gettext, joined
from mentorship.checkins import promises, readers
from mentorship.checkins.confidants import queries as confidants
from mentorship.checkins.confidants.queries import Asked
from mentorship.checkins.visibility import ASKED
from mentorship.mentorships.models import Mentorship
from mentorship.mentorships.rules import MENTOR
from mentorship.people import access
from mentorship.people.models import Person
from mentorship.privacy.notice import naming, sides
from mentorship.programme.models import Programme


def of_reader(session: Session, person: Person, settings: Programme, today: date) -> Iterator[str]:
    """Say who sees what of one reader now, by name."""
    person_id = id_of(person)
    pairs = sides.running(session, person_id)
    on = sides.of_pairs(pairs, person_id)
    yield _line(
        _managers(readers.nearest_first(session, person_id)),
        settings,
        on,
    )
    yield _coordinators(
        _named(sorted(readers.coordinators(session), key=id_of)) or gettext("the coordinators"),
        settings,
        on,
    )
    for asked in _confidants(session, person, pairs, today):
        yield _confidant(asked)
    yield from _others(on, settings)


def of_anybody(settings: Programme) -> Iterator[str]:
    """Say who sees what of anybody, without a name."""
    yield _line(
        gettext("Your managers"),
        settings,
        sides.BOTH,
    )
    yield _coordinators(
        gettext("the coordinators"),
        settings,
        sides.BOTH,
    )
    yield from _others(sides.BOTH, settings)


def _managers(line: Sequence[Person]) -> str:
    names = _named(line[: readers.MOST_IN_LINE])
    if not names:
        return gettext("Your managers (nobody now)")
    if len(line) > readers.MOST_IN_LINE:
        return gettext("Your managers (%(names)s, and those above them)", names=names)
    return gettext("Your managers (%(names)s)", names=names)


def _line(who: str, settings: Programme, on: Collection[str]) -> str:
    sees = sides.sees(
        promises.OWN_LINE,
        on,
        settings.visibility,
    )
    if MENTOR in on:
        return gettext(
            "%(who)s: your name, your pairs, your places and hours as a mentor, and when you leave. Of your "
            "check-ins: %(sees)s",
            who=who,
            sees=sees,
        )
    return gettext(
        "%(who)s: your name, your pairs, and when you leave. Of your check-ins: %(sees)s",
        who=who,
        sees=sees,
    )


def _coordinators(names: str, settings: Programme, on: Collection[str]) -> str:
    return gettext(
        "For coordination, %(names)s: your profile, requests and pairs. Of your check-ins: %(sees)s",
        names=names,
        sees=sides.sees(
            access.COORDINATOR,
            on,
            settings.visibility,
        ),
    )


def _confidants(session: Session, person: Person, pairs: Iterable[Mentorship], today: date) -> list[Asked]:
    """Return whom the reader reaches by asking the confidant, of each of their pairs; who is away is told nobody."""
    board = confidants.board(session, today).agreed()
    own = {id_of(person)}
    found = {}
    for not_these in [{pair.mentor_id, pair.junior_id} for pair in pairs] or [own]:
        asked = board.whom(person.site_id, not_these)
        if asked is not None:
            found[id_of(asked.person)] = asked
    return list(found.values())


def _confidant(asked: Asked) -> str:
    if asked.in_place_of is not None:
        return gettext(
            "%(name)s, who stands in for %(other)s as confidant: only that you ask for help, when you ask the "
            "confidant.",
            name=naming.marked(asked.person),
            other=naming.marked(asked.in_place_of),
        )
    return gettext(
        "%(names)s, the confidant: only that you ask for help, when you ask them.",
        names=naming.marked(asked.person),
    )


def _others(on: Collection[str], settings: Programme) -> Iterator[str]:
    """Say what whom one asks, the other one of a pair, their managers, HR and admins see."""
    yield gettext(
        "Whom you ask for help: %(sees)s",
        sees=sides.sees(
            ASKED,
            on,
            settings.visibility,
        ),
    )
    yield gettext(
        "The other one of your pair: why you two match, your goals and hours, a mentor's courses, and the contact "
        "details that you show. Of your check-ins: %(sees)s",
        sees=sides.sees(
            promises.OTHER,
            on,
            settings.visibility,
        ),
    )
    yield gettext(
        "Colleagues who look for somebody to explain something: your name and site, only if you chose that they may "
        "find you."
    )
    yield gettext(
        "Whom you ask a quick question, or who asks you one: its words, and after a yes the contact details that you "
        "show. Nobody else reads them."
    )
    yield gettext(
        "The managers of the other one: your name, and that you are a pair. Of your check-ins: %(sees)s",
        sees=sides.sees(
            promises.OTHER_LINE,
            on,
            settings.visibility,
        ),
    )
    yield gettext(
        "What you two say at the end: what was reached is read by both and the coordinator, a junior's thanks by the "
        "mentor and their manager."
    )
    yield gettext(
        "In which job profile you work: your manager and HR too. How far you are in it: your manager only if you chose "
        "to show it."
    )
    yield gettext(
        "Your handover plan, if you have one: the coordinator once you share it or your last day is known. No manager, "
        "nor who is named in it."
    )
    yield gettext(
        "Your certificates and until when they are valid: the coordinator and HR. Your manager only if you chose to "
        "show how far you are."
    )
    yield gettext(
        "That the yearly pulse asked you, and whether you took part: nobody, and it is deleted at its end. What you "
        "answered has no name; groups are told from five answers on."
    )
    yield gettext(
        "HR: your name, number, email address, site, manager, roster, account, when you are away and when you leave. "
        "And what is in the files that they import, requests and pairs too. No other request or pair, no check-in."
    )
    yield gettext(
        "Admins: your name, number, email address, site, manager, account and when you leave; who decided what, and "
        "what you ask about your data. And what is in the files that they import, requests and pairs too. No answer, "
        "no note."
    )
    yield gettext("Nobody outside the organisation, but for who runs this service for it.")


def _named(persons: Iterable[Person]) -> str:
    return joined([naming.marked(person) for person in persons])
