"""The words for the states of a mentorship, and the sentences about where one stands."""

from __future__ import annotations

from mentorship.base.i18n import N_, day, gettext
from mentorship.mentorships.models import JUNIOR, MENTOR, PAUSED, Mentorship

STATUS_NAMES = {
    "proposed": N_("proposal"),
    "active": N_("running"),
    "paused": N_("paused"),
    "ended": N_("ended"),
    "refused": N_("said no"),
    "expired": N_("not answered in time"),
}
SIDE_NAMES = {
    MENTOR: N_("mentor"),
    JUNIOR: N_("junior"),
}


def story(pair: Mentorship) -> list[str]:
    """Return how a mentorship came to stand where it does, a sentence for each day that counts."""
    found = []
    if pair.started_on:
        text = gettext("Together since %(day)s", day=day(pair.started_on))
        found.append(text)
    if pair.expired:
        text = gettext(
            "You did not both answer in time, so this proposal lapsed on %(day)s. Nobody said no: a next round may "
            "propose you two again.",
            day=day(pair.ended_on),
        )
        found.append(text)
    elif pair.ended_on:
        text = gettext("Ended on %(day)s", day=day(pair.ended_on))
        found.append(text)
    if pair.status == PAUSED and pair.paused_until:
        text = gettext("It resumes by itself on %(day)s.", day=day(pair.paused_until))
        found.append(text)
    return found
