"""The notice: what everybody is told of what is kept, to one reader by the names of who sees it, or to anybody."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from mentorship.base.db import id_of
from mentorship.base.i18n import N_, gettext, joined, locale, ngettext, use_locale
from mentorship.checkins import promises
from mentorship.checkins.confidants.queries import of_place
from mentorship.checkins.words import never_used
from mentorship.people import access, managers
from mentorship.people import queries as people
from mentorship.people.models import Person
from mentorship.privacy.notice import naming, sides
from mentorship.programme.models import Programme
from mentorship.programme.queries import programme, whom_to_ask

MOST_NAMED = 3
"""More coordinators than these are not named one by one."""


@dataclass(frozen=True)
class Section:
    """A heading, and what is said under it."""

    title: str
    sentences: list[str]


WHAT = (
    N_("Leermaat pairs who wants to learn with who can pass it on, and asks both how it goes."),
    N_(
        "For that it keeps who you are, where and when you work, what you can, how you like to learn, whom you are "
        "paired with, and what you fill in yourself."
    ),
    N_(
        "Name, number, site and manager come from the files of HR. The rest is yours, or was filled in for you: then "
        "it says by whom."
    ),
    N_(
        "It may be kept because learning on the job is in the interest of you and of the organisation (GDPR art. "
        "6(1)(f)). You may object to that."
    ),
)
NEVER = (
    N_("No date of birth, no age, no starting date, no health, and never why you are not there."),
    N_("Your answers and notes are read by nobody but you, unless you tick that a note is shared."),
    N_("Nothing decides about you by itself: people confirm every pair, and you can say no without a reason."),
)
RIGHTS = (
    N_("You can see everything that is kept about you, and take it along as a file: My data."),
    N_("You can correct, object and have everything erased: My rights. You get an answer within a month."),
    N_("You can see who looked at your pages."),
    N_("You can complain to the Autoriteit Persoonsgegevens, the Dutch data protection authority, at any time."),
)


def sections(session: Session, person: Person | None) -> list[Section]:
    """Return the notice in the reader's language; without a person what holds for everybody."""
    told = plain(marked(session, person))
    found = []
    for section in naming.named(session, told):
        found.append(Section(section["title"], section["said"]))
    return found


def marked(session: Session, person: Person | None) -> list[Section]:
    """Return the notice as it is kept: who it is stands where a name has to."""
    settings = programme(session)
    sees = (
        list(
            _of_you(
                session,
                person,
                settings,
            )
        )
        if person
        else list(_of_anybody(settings))
    )
    return [
        Section(
            gettext("What is kept, and why"),
            _said(WHAT),
        ),
        Section(
            gettext("Who sees what of you"),
            sees,
        ),
        Section(
            gettext("How long"),
            _how_long(settings),
        ),
        Section(
            gettext("What never"),
            [*_said(NEVER), never_used()],
        ),
        Section(
            gettext("Your rights"),
            [*_said(RIGHTS), *_whom(session)],
        ),
    ]


def _said(sentences: Sequence[str]) -> list[str]:
    return [gettext(sentence) for sentence in sentences]


def _of_you(session: Session, person: Person, settings: Programme) -> Iterator[str]:
    """Say who sees what of one reader now, by name."""
    on = sides.of_reader(
        session,
        id_of(person),
    )
    above = people.persons(
        session,
        [
            *managers.of_people(
                session,
                [person],
            )
        ],
    )
    line = _named(above) or gettext("Nobody")
    yield _line(
        gettext(
            "Your manager (%(names)s) and the managers above",
            names=line,
        ),
        settings,
        on,
    )
    coordinators = people.persons(
        session,
        people.people_with_role(
            session,
            access.COORDINATOR,
        ),
    )
    names = gettext("the coordinators")
    if 0 < len(coordinators) <= MOST_NAMED:
        names = _named(coordinators)
    yield _coordinator(
        names,
        settings,
        on,
    )
    post = of_place(
        session,
        person.site_id,
    )
    if post is not None:
        confidant = people.persons(
            session,
            [post.person_id],
        )
        yield gettext(
            "%(names)s, the confidant: only that you ask for help, when you ask them.",
            names=_named(confidant),
        )
    yield from _others()


def _of_anybody(settings: Programme) -> Iterator[str]:
    yield _line(
        gettext("Your manager and the managers above"),
        settings,
        sides.BOTH,
    )
    yield _coordinator(
        gettext("the coordinators"),
        settings,
        sides.BOTH,
    )
    yield from _others()


def _line(who: str, settings: Programme, on: Collection[str]) -> str:
    asked = sides.sees(
        promises.OWN_LINE,
        on,
        settings.visibility,
    )
    return gettext(
        "%(who)s: your name, places and hours. Of your check-ins: %(sees)s",
        who=who,
        sees=asked,
    )


def _coordinator(names: str, settings: Programme, on: Collection[str]) -> str:
    return gettext(
        "For coordination, %(names)s: your profile, requests and pairs. Of your check-ins: %(sees)s",
        names=names,
        sees=sides.sees(
            access.COORDINATOR,
            on,
            settings.visibility,
        ),
    )


def _others() -> Iterator[str]:
    """Say what the other one of a pair, HR and admins see."""
    yield gettext(
        "The other one of your pair: why you two match, your goals and hours. Of your check-ins: %(sees)s",
        sees=sides.sees(
            promises.OTHER,
            sides.BOTH,
            None,
        ),
    )
    yield gettext("HR: your name, site, roster and when you leave. No request, no pair, no check-in.")
    yield gettext("Admins: your account, who decided what, and what you ask about your data. No answer, no note.")
    yield gettext("Nobody outside the organisation, but for who runs this service for it.")


def _named(persons: Mapping[int, Person]) -> str:
    return joined([naming.marked(persons[person_id]) for person_id in sorted(persons)])


def _how_long(settings: Programme) -> list[str]:
    """Say how long, by the settings of now."""
    told = []
    kept = (
        (N_("Notes"), settings.notes_months),
        (N_("Answers and hours"), settings.answers_months),
        (N_("Pairs"), settings.pairs_months),
    )
    for what, months in kept:
        time = ngettext(
            "%(num)s month",
            "%(num)s months",
            months,
        )
        text = gettext(
            "%(what)s: %(time)s after the pair ended.",
            what=gettext(what),
            time=time,
        )
        told.append(text)
    told.append(gettext("Everything else: at most 24 months after you left."))
    return told


def _whom(session: Session) -> list[str]:
    """Say whom to ask."""
    contact = whom_to_ask(session)
    if contact is None:
        return [gettext("Do you have a question? Ask the coordinator.")]
    text = gettext(
        "Do you have a question? Ask %(name)s: %(reach)s",
        name=contact.name,
        reach=contact.reach,
    )
    return [text]


def version(session: Session, person: Person) -> str:
    """Return a digest of what the notice says to somebody now, whichever language they read it in."""
    with use_locale("nl"):
        told = marked(
            session,
            person,
        )
    text = repr([(section.title, section.sentences) for section in told])
    return hashlib.sha256(text.encode()).hexdigest()


def plain(found: Sequence[Section]) -> list[dict[str, Any]]:
    """Return the notice in plain values, to be kept as it was read."""
    kept = []
    for section in found:
        row = {
            "title": section.title,
            "said": section.sentences,
        }
        kept.append(row)
    return kept


def in_language(session: Session, person: Person, language: str) -> list[Section]:
    """Return the notice as it is kept, in the language of an earlier one, to be held against it."""
    with use_locale(language if language in ("nl", "en") else locale()):
        return marked(
            session,
            person,
        )
