"""The notice: what everybody is told of what is kept, to one reader by the names of who sees it, or to anybody."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from mentorship.base.i18n import N_, gettext, locale, ngettext, use_locale
from mentorship.base.personal import AFTER_LEAVING
from mentorship.checkins.words import never_used
from mentorship.mentorships.questions.models import KEPT_DAYS
from mentorship.people.models import Person
from mentorship.privacy.notice import naming, viewers
from mentorship.programme.models import Programme
from mentorship.programme.queries import programme


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
ANSWERED = N_("You get an answer within a month; if that is too short, you hear why it takes at most two months more.")
"""Until when all that is asked of one's data is answered (GDPR art. 12(3)), here and on the pages where one asks."""
RIGHTS = (
    N_("You can see everything that is kept about you, and take it along as a file: My data."),
    N_("You can correct, object and have everything erased: My rights."),
    ANSWERED,
    N_("You can see who looked at your pages."),
    N_("You can complain to the Autoriteit Persoonsgegevens, the Dutch data protection authority, at any time."),
)


def sections(session: Session, person: Person | None, today: date) -> list[Section]:
    """Return the notice in the reader's language; without a person what holds for everybody."""
    told = plain(marked(session, person, today))
    found = []
    for section in naming.named(session, told):
        found.append(Section(section["title"], section["said"]))
    return found


def marked(session: Session, person: Person | None, today: date) -> list[Section]:
    """Return the notice as it is kept: who it is stands where a name has to."""
    settings = programme(session)
    sees = (
        viewers.of_reader(
            session,
            person,
            settings,
            today,
        )
        if person
        else viewers.of_anybody(settings)
    )
    return [
        Section(
            gettext("What is kept, and why"),
            _said(WHAT),
        ),
        Section(
            gettext("Who sees what of you"),
            list(sees),
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
            [*_said(RIGHTS), naming.CONTACT],
        ),
    ]


def _said(sentences: Sequence[str]) -> list[str]:
    return [gettext(sentence) for sentence in sentences]


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
    questions = gettext("Quick questions: %(days)s days after they closed.", days=KEPT_DAYS)
    told.append(questions)
    rest = ngettext(
        "Everything else: at most %(num)s month after you left.",
        "Everything else: at most %(num)s months after you left.",
        AFTER_LEAVING.months,
    )
    return [*told, rest]


def version(session: Session, person: Person, today: date) -> str:
    """Return a digest of what the notice says to somebody now, whichever language they read it in."""
    with use_locale("nl"):
        told = marked(
            session,
            person,
            today,
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


def in_language(session: Session, person: Person, language: str, today: date) -> list[Section]:
    """Return the notice as it is kept, in the language of an earlier one, to be held against it."""
    with use_locale(language if language in ("nl", "en") else locale()):
        return marked(
            session,
            person,
            today,
        )
