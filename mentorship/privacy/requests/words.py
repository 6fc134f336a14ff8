"""What is said of requests about one's data: what each does, how it stands, what an administrator does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mentorship.base.db import id_of
from mentorship.base.i18n import N_, day, gettext, ngettext
from mentorship.base.personal import DRAFTS_KEPT, FILES_KEPT
from mentorship.people.models import Person
from mentorship.people.objections import STANDING
from mentorship.privacy.kept import short
from mentorship.privacy.requests import rules
from mentorship.privacy.requests.models import KEPT, OPEN, PrivacyRequest

KINDS = {
    "erase": N_("Erase my data"),
    "object": N_("Object"),
    "correct": N_("Correct something"),
}
ABOUT = {
    "matching": N_("that I am counted in matches"),
    "figures": N_("that my answers count in published figures"),
    "checkins": N_("that I am asked check-ins"),
    "other": N_("something else"),
}
OBJECTED = {
    "matching": N_(
        "Matches: from now on no round counts you, unless an admin refuses with a reason. Once it is carried out, your "
        "open request is withdrawn and your places are paused. A running pair stays."
    ),
    "figures": N_(
        "Figures: your answers count in none that is made from now on, unless an admin refuses with a reason. What "
        "was published before stays as it was."
    ),
    "checkins": N_(
        "Check-ins: from now on none is opened for you, and an open one is closed unsent, unless an "
        "admin refuses with a reason. The other one of your pair is still asked."
    ),
    "other": N_("Anything else: you read what is done with it, or why not."),
}
"""What objecting does; a test holds each to the code."""
WITHDRAWN = {
    "matching": N_(
        "Withdrawn. Rounds count you again. Was your request withdrawn for it, or are your places paused? Ask again, "
        "or end the pause."
    ),
    "figures": N_("Withdrawn. Your answers count again in figures that are made from now on."),
    "checkins": N_("Withdrawn. From now on check-ins are opened for you again."),
}
"""What withdrawing an objection does that was held to; a test holds each to the code."""
STATES = {
    "open": N_("waits for an answer"),
    "done": N_("was done"),
    "refused": N_("was refused"),
    "withdrawn": N_("you withdrew it"),
}
_ERASED = (
    N_("Your name, number, address, profile, roster, requests, answers and notes are deleted, at once."),
    N_("Running pairs end, proposals lapse, and what you asked for is withdrawn. The other one hears that it ended."),
    N_(
        "What another wrote about your pair stays theirs, and is not searched for your name; nothing points at you any "
        "more. So do the hours that were noted."
    ),
    N_("You cannot sign in any more, and nobody can bring it back, not even we."),
    N_(
        "A digest of your number stays %(ledger)s, so that you stay erased when a backup is put back. Backups "
        "themselves are overwritten in time."
    ),
    N_(
        "Files of HR in which you stand go later: one that somebody looks at after %(draft)s, one in the folder for "
        "imports %(files)s after it was taken in or set aside."
    ),
    N_(
        "If you still work here and your number is in a next file of HR, HR is asked about it. Nobody comes back by "
        "itself."
    ),
)
"""What erasing does; a test holds each to the code."""


def erased() -> list[str]:
    """Say what erasing does, and what goes when."""
    return _when(_ERASED)


def _when(sentences: Iterable[str]) -> list[str]:
    times = {
        "ledger": ngettext("%(num)s month", "%(num)s months", KEPT.months),
        "draft": short(DRAFTS_KEPT),
        "files": short(FILES_KEPT),
    }
    return [gettext(sentence, **times) for sentence in sentences]


@dataclass(frozen=True)
class Row:
    """A request as it is read in a list."""

    id: int
    title: str
    who: str
    told: str
    due: str
    late: bool
    open: bool
    withdrawable: bool
    """Whether who asked may still withdraw it."""


def title(found: PrivacyRequest) -> str:
    """Say what is asked."""
    said = gettext(KINDS[found.kind])
    if not found.about:
        return said
    return f"{said}: {gettext(ABOUT[found.about])}"


def told(found: PrivacyRequest) -> str:
    """Say how it stands, since when."""
    if found.state != OPEN:
        return gettext(
            "%(state)s, on %(day)s",
            state=gettext(STATES[found.state]),
            day=day(found.settled_at),
        )
    return gettext(
        "asked on %(day)s",
        day=day(found.received_at),
    )


def due(found: PrivacyRequest, today: date) -> str:
    """Say until when it has to be answered."""
    if found.state != OPEN:
        return ""
    if rules.is_late(
        found.due_on,
        today,
    ):
        return gettext(
            "had to be answered by %(day)s",
            day=day(found.due_on),
        )
    left = (found.due_on - today).days
    return ngettext(
        "by %(day)s, in %(num)s day",
        "by %(day)s, in %(num)s days",
        left,
        day=day(found.due_on),
    )


def row(found: PrivacyRequest, people: Mapping[int, Person], today: date) -> Row:
    """Return a request as it stands in a list."""
    asker = people.get(found.asker_id or 0)
    return Row(
        id=id_of(found),
        title=title(found),
        who=asker.name if asker else gettext("somebody who was erased"),
        told=told(found),
        due=due(
            found,
            today,
        ),
        late=found.state == OPEN
        and rules.is_late(
            found.due_on,
            today,
        ),
        open=found.state == OPEN,
        withdrawable=rules.may_withdraw(found.state, found.about),
    )


def withdrawal(found: PrivacyRequest) -> str:
    """Say what withdrawing it did."""
    return gettext(WITHDRAWN.get(found.about, N_("Withdrawn.")))


def finding(number: int) -> str:
    """Say how many requests wait."""
    if not number:
        return gettext("No request about data waits")
    return ngettext(
        "%(num)s request about data waits",
        "%(num)s requests about data wait",
        number,
    )


def does(found: PrivacyRequest, asker: Person | None) -> list[str]:
    """Say what carrying a request out does, before it is done."""
    if found.kind == "erase":
        said = _when(_FOR_ADMIN)
    elif found.about == "matching":
        said = [gettext(_MATCHING_FOR_ADMIN)]
    elif found.about in STANDING:
        said = [gettext("The service holds to it already, since it was asked. This says so; refusing ends it.")]
    else:
        said = [gettext("Do it first, or have it done; this says that it was done.")]
    if asker is not None and found.kind != "erase":
        answered = gettext(
            "%(name)s reads your answer here.",
            name=asker.given_name,
        )
        said.append(answered)
    return said


_MATCHING_FOR_ADMIN = N_(
    "No round counts this person since it was asked. Open requests are withdrawn and places are paused now."
)
_FOR_ADMIN = (
    N_("All that is theirs is deleted at once, and cannot be brought back."),
    N_(
        "Files of HR in which they stand go later: one that somebody looks at after %(draft)s, one in the folder for "
        "imports after %(files)s. Delete what you still have of those yourself."
    ),
    N_("Running pairs end and the others are told that it ended; what those wrote stays, and is not searched."),
    N_("Their number stays in the ledger as a digest, so that they stay erased when a backup is put back."),
    N_("Tell them yourself: after this nobody here knows how to reach them."),
)
