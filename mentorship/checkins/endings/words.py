"""What is said before a mentorship ends."""

from __future__ import annotations

from mentorship.base.i18n import gettext, long_day
from mentorship.mentorships.models import Mentorship


def consequences(*, guides: bool, mentor: str, junior: str, asks: bool, thanked: bool) -> list[str]:
    """Say what ending does, a sentence each: to the mentor, who `guides`, or to the junior.

    `asks`: both get a closing check-in; `thanked`: the mentor's manager hears of it.
    """
    told = [_place(guides, mentor)]
    told.append(gettext("Today: for ten minutes you can undo it, as long as neither of you began to answer."))
    told.append(gettext("A later day: until then you go on, you both hear it now, and either can withdraw it."))
    told.append(gettext("After a good ending you two can be paired again, if you both wish; else you are not."))
    if asks:
        told.append(gettext("Both of you get a short closing check-in."))
        told.append(gettext("What you say you reached is kept; both of you and the coordinator read it."))
    if thanked:
        told.append(_thanks(guides, mentor, junior))
    return told


def said(pair: Mentorship) -> str:
    """Say what came of ending a pair: it has, or will on a day."""
    if pair.ends_on is None:
        return gettext("The pair has ended.")
    return gettext("This pair ends on %(day)s. Until then you can withdraw that.", day=long_day(pair.ends_on))


def _place(guides: bool, mentor: str) -> str:
    if guides:
        return gettext("Your place opens up for another junior.")
    return gettext("The place with %(name)s opens up for another junior.", name=mentor)


def _thanks(guides: bool, mentor: str, junior: str) -> str:
    if guides:
        return gettext("Your manager hears that you mentored %(name)s, so that they can thank you.", name=junior)
    return gettext("The manager of %(name)s hears who mentored you, so that they can say thank you.", name=mentor)
