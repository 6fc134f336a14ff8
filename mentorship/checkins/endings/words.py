"""What is said before a mentorship ends."""

from __future__ import annotations

from mentorship.base.i18n import gettext


def consequences(*, guides: bool, mentor: str, junior: str, asks: bool, thanked: bool) -> list[str]:
    """Say what ending does, a sentence each: to the mentor, who `guides`, or to the junior.

    `asks`: both get a closing check-in; `thanked`: the mentor's manager hears of it.
    """
    said = [_place(guides, mentor)]
    said.append(gettext("For ten minutes you can undo it, as long as neither of you began to answer."))
    said.append(gettext("After a good ending you two can be paired again, if you both wish; else you are not."))
    if asks:
        said.append(gettext("Both of you get a short closing check-in."))
        said.append(gettext("What you say you reached is kept; both of you and the coordinator read it."))
    if thanked:
        said.append(_thanks(guides, mentor, junior))
    return said


def _place(guides: bool, mentor: str) -> str:
    if guides:
        return gettext("Your place opens up for another junior.")
    return gettext("The place with %(name)s opens up for another junior.", name=mentor)


def _thanks(guides: bool, mentor: str, junior: str) -> str:
    if guides:
        return gettext("Your manager hears that you mentored %(name)s, so that they can thank you.", name=junior)
    return gettext("The manager of %(name)s hears who mentored you, so that they can say thank you.", name=mentor)
