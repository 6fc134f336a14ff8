"""The subjects that what is kept about somebody is told by, in the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass

from mentorship.base.i18n import N_
from mentorship.privacy.mine import of_account, of_check_ins, of_duos, of_person
from mentorship.privacy.mine.parts import Part


@dataclass(frozen=True)
class Subject:
    """What belongs together: its key in addresses and in the download, its title, what it is about, its icon."""

    key: str
    title: str
    about: str
    glyph: str
    parts: tuple[Part, ...]


SUBJECTS = (
    Subject(
        "person",
        N_("Who you are"),
        N_("Your name and number, where you work, your managers and roles."),
        "user",
        of_person.PERSON,
    ),
    Subject(
        "work",
        N_("When you work"),
        N_("Your roster, days off and when you are not available."),
        "calendar-event",
        of_person.WORK,
    ),
    Subject(
        "craft",
        N_("What you can and want"),
        N_("Your domains, how you like to learn, your places, wishes and plans."),
        "tools",
        of_person.CRAFT,
    ),
    Subject(
        "requests",
        N_("What you asked for"),
        N_("Your mentor requests, and what the rounds found."),
        "help",
        of_duos.REQUESTS,
    ),
    Subject(
        "duos",
        N_("Your pairs"),
        N_("With whom, why, your goals, the hours and the last words."),
        "heart-handshake",
        of_duos.DUOS,
    ),
    Subject(
        "checkins",
        N_("Your check-ins"),
        N_("What you were asked and answered, and what was noticed in it."),
        "message-circle",
        of_check_ins.CHECK_INS,
    ),
    Subject(
        "mail",
        N_("Mail and calendar"),
        N_("Which mail you got and want, and your calendar."),
        "mail",
        of_account.MAIL,
    ),
    Subject(
        "account",
        N_("How you sign in"),
        N_("Your account, devices, sessions and codes; never a password or key."),
        "lock",
        of_account.ACCOUNT,
    ),
    Subject(
        "log",
        N_("What was decided"),
        N_("What others decided about you and you decided, and what was taken in from files."),
        "list-check",
        of_account.LOG,
    ),
    Subject(
        "looks",
        N_("Who looked"),
        N_("Who opened your pages, and when; and that you opened pages of others."),
        "eye",
        of_account.LOOKS,
    ),
    Subject(
        "rights",
        N_("Your rights"),
        N_("What you asked about your data, and which notice you read when."),
        "star",
        of_account.RIGHTS,
    ),
)
BY_KEY = {subject.key: subject for subject in SUBJECTS}


def parts() -> list[Part]:
    """Return every part of every subject."""
    found: list[Part] = []
    for subject in SUBJECTS:
        found += subject.parts
    return found
