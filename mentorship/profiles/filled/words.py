"""The words for what was filled in for somebody."""

from __future__ import annotations

from collections.abc import Sequence

from mentorship.base.i18n import N_, day, gettext, joined
from mentorship.profiles.filled.queries import Mark
from mentorship.profiles.models import EXPERTISE, PLACES, ROSTER

YOURS = {
    ROSTER: N_("your roster"),
    EXPERTISE: N_("what you can"),
    PLACES: N_("your places as a mentor"),
}
THEIRS = {
    ROSTER: N_("the roster"),
    EXPERTISE: N_("what they can"),
    PLACES: N_("the places as a mentor"),
}


def told(marks: Sequence[Mark]) -> list[str]:
    """Tell somebody who filled in what for them, a sentence for each who did."""
    sections: dict[str, list[str]] = {}
    for mark in marks:
        own = gettext(YOURS[mark.section])
        sections.setdefault(mark.by, []).append(own)
    found = []
    for by, filled in sections.items():
        what = joined(filled)
        if by:
            found.append(gettext("%(name)s filled in %(what)s for you.", name=by, what=what))
        else:
            found.append(gettext("Filled in for you: %(what)s.", what=what))
    return found


def of_other(marks: Sequence[Mark]) -> list[str]:
    """Tell somebody else who filled in what of a person, that the person did not look at yet."""
    found = []
    for mark in marks:
        what = gettext(THEIRS[mark.section])
        sentence = gettext("%(name)s filled in %(what)s on %(day)s.", name=mark.by, what=what, day=day(mark.on))
        found.append(sentence)
    return found
