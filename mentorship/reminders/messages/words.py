"""What the pages of messages say: whom one reaches, what became of it, from which list they were chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from mentorship.base.clock import local_date
from mentorship.base.i18n import N_, day, gettext, integer, joined, moment, ngettext
from mentorship.people.models import Person
from mentorship.reminders.messages.models import (
    ITSELF,
    OF_PAIRS,
    OF_PEOPLE,
    OF_PROPOSALS,
    OWN_PAIRS,
    PROFILE,
    TODAY,
    Message,
)
from mentorship.reminders.messages.queries import FAILED, NOT_SENT, ON_PAPER, SENT, STATES, WAITS, Reach

FROM_LIST = {
    OF_PEOPLE: N_("chosen from the people"),
    OF_PAIRS: N_("both of the pairs chosen"),
    OF_PROPOSALS: N_("who had not answered a proposal"),
}
LEADS = {
    ITSELF: N_("the message itself, in Leermaat"),
    OWN_PAIRS: N_("their own pairs and proposals"),
    TODAY: N_("their first page"),
    PROFILE: N_("their profile"),
}
STATE_NAMES = {
    WAITS: N_("waits for their shift"),
    SENT: N_("sent"),
    FAILED: N_("not delivered"),
    ON_PAPER: N_("on paper"),
    NOT_SENT: N_("not sent any more"),
}
STATE_TONES = {
    WAITS: "",
    SENT: "ok",
    FAILED: "bad",
    ON_PAPER: "",
    NOT_SENT: "",
}
STATE_ICONS = {
    WAITS: "hourglass",
    SENT: "check",
    FAILED: "alert-triangle",
    ON_PAPER: "printer",
    NOT_SENT: "x",
}
NAMED = 5


def reaches(reach: Reach) -> list[str]:
    """Say how many get it by mail, how many on paper, and who does not, with why."""
    found = []
    if reach.by_mail:
        by_mail = ngettext(
            "%(num)s person gets it by mail, in their own shift.",
            "%(num)s people get it by mail, each in their own shift.",
            len(reach.by_mail),
        )
        found.append(by_mail)
    if reach.on_paper:
        on_paper = ngettext(
            "%(num)s person gets it on a slip that you print: no mail address, or these mails switched off.",
            "%(num)s people get it on a slip that you print: no mail address, or these mails switched off.",
            len(reach.on_paper),
        )
        found.append(on_paper)
    if reach.gone:
        found.append(_left_out(reach.gone))
    return found


def _left_out(people: list[Person]) -> str:
    return ngettext(
        "%(names)s is not here any more, and is left out.",
        "%(num)s people are not here any more, and are left out: %(names)s.",
        len(people),
        names=_names(people),
    )


def _names(people: list[Person]) -> str:
    names = [person.name for person in people[:NAMED]]
    if len(people) > NAMED:
        more = ngettext(
            "%(num)s other",
            "%(num)s others",
            len(people) - NAMED,
        )
        names.append(more)
    return joined(names)


def languages(people: Iterable[Person], has_english: bool) -> str:
    """Say who reads it in which language; nothing when all read Dutch."""
    number = sum(person.locale == "en" for person in people)
    if not number:
        return ""
    if has_english:
        return ngettext(
            "%(num)s of them reads it in English.",
            "%(num)s of them read it in English.",
            number,
        )
    return ngettext(
        "%(num)s of them chose English, but there is none: they read it in Dutch.",
        "%(num)s of them chose English, but there is none: they read it in Dutch.",
        number,
    )


def whom(number: int) -> str:
    """Say to how many one writes."""
    return ngettext(
        "Write to %(num)s person",
        "Write to %(num)s people",
        number,
    )


def send_button(number: int) -> str:
    """Say what sending does, with the number."""
    return ngettext(
        "Send it to %(num)s person",
        "Send it to %(num)s people",
        number,
    )


def sent(reach: Reach) -> str:
    """Say what was done."""
    if not reach.by_mail:
        return ngettext(
            "Ready: %(num)s slip to print.",
            "Ready: %(num)s slips to print.",
            len(reach.on_paper),
        )
    said = ngettext(
        "%(num)s mail goes out, in their own shift.",
        "%(num)s mails go out, each in their own shift.",
        len(reach.by_mail),
    )
    if not reach.on_paper:
        return said
    slips = ngettext(
        "%(num)s slip is ready to print.",
        "%(num)s slips are ready to print.",
        len(reach.on_paper),
    )
    return f"{said} {slips}"


@dataclass(frozen=True)
class Row:
    """A message in the list, ready to show."""

    message: Message
    title: str
    note: str
    told: str


def row(message: Message, by: Person | None, counts: Counter[str]) -> Row:
    """Return a message as the list shows it: by whom, when, to how many, from which list, and what became of it."""
    number = ngettext(
        "to %(num)s person",
        "to %(num)s people",
        counts.total(),
    )
    parts = [
        number,
        gettext(FROM_LIST[message.selection]),
        _by(by),
    ]
    if message.sent_at is not None:
        parts.insert(0, day(local_date(message.sent_at)))
    return Row(
        message,
        message.subject_nl or gettext("No subject yet"),
        " · ".join(filter(None, parts)),
        became(message, counts),
    )


def _by(person: Person | None) -> str:
    return gettext("by %(name)s", name=person.name) if person else ""


def became(message: Message, counts: Counter[str]) -> str:
    """Say what became of a message, in numbers."""
    if message.sent_at is None:
        return gettext("draft, not sent")
    said = []
    for state in STATES:
        if counts[state]:
            name = gettext(STATE_NAMES[state])
            said.append(f"{name}: {integer(counts[state])}")
    return " · ".join(said)


def when(message: Message, by: Person | None) -> str:
    """Say when it was sent and by whom, and whether the rest was withdrawn."""
    if message.sent_at is None:
        return ""
    said = [gettext("Sent on %(moment)s.", moment=moment(message.sent_at))]
    if by is not None:
        said = [gettext("Sent on %(moment)s by %(name)s.", moment=moment(message.sent_at), name=by.name)]
    if message.withdrawn_at is not None:
        withdrawn = gettext(
            "What still waited was withdrawn on %(moment)s.",
            moment=moment(message.withdrawn_at),
        )
        said.append(withdrawn)
    return " ".join(said)
