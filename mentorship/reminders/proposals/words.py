"""What the page of proposals says: its finding, its bar, and what came of reminding."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from mentorship.base.figures.segments import Portion, Segments, segments
from mentorship.base.i18n import gettext, integer, moment, ngettext
from mentorship.mentorships.models import ACTIVE, ENDED, LAPSED, PAUSED, REFUSED
from mentorship.people.models import Person
from mentorship.reminders.proposals.actions import Reminded
from mentorship.reminders.proposals.queries import Waiting


def heading(found: Collection[Waiting]) -> str:
    """Say how many wait, and how many lapse this week."""
    if not found:
        return gettext("No proposal waits for an answer")
    soon = sum(one.soon for one in found)
    said = ngettext(
        "%(num)s proposal waits for an answer",
        "%(num)s proposals wait for an answer",
        len(found),
    )
    if not soon:
        return said
    lapse = ngettext(
        "%(num)s lapses this week",
        "%(num)s lapse this week",
        soon,
    )
    return gettext(
        "%(waiting)s; %(lapse)s",
        waiting=said,
        lapse=lapse,
    )


def brief(days: int) -> str:
    """Say what becomes of a proposal that nobody answers."""
    return ngettext(
        "A proposal lapses after %(num)s day; the request stays open. Three days before, the service reminds once.",
        "A proposal lapses after %(num)s days; the request stays open. Three days before, the service reminds once.",
        days,
    )


def bar(found: Iterable[Waiting], became: Mapping[str, int], soon_link: str) -> tuple[str, Segments]:
    """Return what became of the proposals of eight weeks, and its finding; those that wait are all there are."""
    waiting = list(found)
    soon = sum(one.soon for one in waiting)
    begun = sum(became.get(status, 0) for status in (ACTIVE, PAUSED, ENDED))
    portions = [
        Portion(
            gettext("begun"),
            begun,
            "ok",
        ),
        Portion(
            gettext("wait"),
            len(waiting) - soon,
            "open",
        ),
        Portion(
            gettext("wait, and lapse this week"),
            soon,
            "soon",
            href=soon_link if soon else "",
        ),
        Portion(
            gettext("said no"),
            became.get(REFUSED, 0),
            "no",
        ),
        Portion(
            gettext("lapsed or withdrawn"),
            became.get(LAPSED, 0),
            "reason",
        ),
    ]
    whole = sum(portion.count for portion in portions)
    title = ngettext(
        "Of the %(whole)s proposals of eight weeks %(num)s has begun",
        "Of the %(whole)s proposals of eight weeks %(num)s have begun",
        begun,
        whole=integer(whole),
    )
    return title, segments(portions)


def on_whom(found: Iterable[Waiting]) -> list[str]:
    """Say on how many juniors and mentors it waits, and how many of these have no address."""
    waiting = list(found)
    juniors = {one.junior.person.id: one.junior for one in waiting if not one.junior.accepted}
    mentors = {one.mentor.person.id: one.mentor for one in waiting if not one.mentor.accepted}
    said = []
    for people, text in (
        (
            juniors,
            ngettext(
                "%(num)s junior",
                "%(num)s juniors",
                len(juniors),
            ),
        ),
        (
            mentors,
            ngettext(
                "%(num)s mentor",
                "%(num)s mentors",
                len(mentors),
            ),
        ),
    ):
        without = sum(not side.by_mail for side in people.values())
        if without:
            text = gettext(
                "%(people)s, %(number)s without a mail address",
                people=text,
                number=integer(without),
            )
        said.append(text)
    return said


def reminded(told: Reminded, now: datetime) -> str:
    """Say who was reminded, when the mail goes out, and who was passed over."""
    first = told.people[0]
    said = [
        ngettext(
            "%(name)s is reminded.",
            "%(num)s people are reminded.",
            len(told.people),
            name=first.name,
        ),
        _goes_out(told.moments, now),
    ]
    if told.too_soon:
        passed = ngettext(
            "%(num)s was reminded less than three days ago, and is left alone.",
            "%(num)s were reminded less than three days ago, and are left alone.",
            len(told.too_soon),
        )
        said.append(passed)
    if told.no_address:
        said.append(_by_slip(told.no_address))
    return " ".join(said)


def _goes_out(moments: Collection[datetime], now: datetime) -> str:
    if len(moments) == 1:
        return gettext(
            "The mail goes out in their shift, on %(moment)s.",
            moment=moment(min(moments)),
        )
    return gettext(
        "The mails go out in everybody's own shift, from %(first)s to %(last)s.",
        first=moment(min(moments)),
        last=moment(max(moments)),
    )


def _by_slip(people: Collection[Person]) -> str:
    return ngettext(
        "%(num)s has no mail address: print a slip.",
        "%(num)s have no mail address: print slips.",
        len(people),
    )
