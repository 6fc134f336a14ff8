"""What was done about a signal, in words; never a number that one of the two lines may not read. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from mentorship.base.i18n import N_, day, gettext, ngettext
from mentorship.checkins.signals.carried import (
    END,
    FEWER_HOURS,
    FEWER_PLACES,
    NO,
    PACE,
    PAUSE_PAIR,
    SECOND_MENTOR,
    TALK,
    TRAIN_MENTOR,
    YES,
)
from mentorship.people.models import Person

DID = {
    PAUSE_PAIR: N_("The pair pauses until %(day)s"),
    FEWER_PLACES: N_("The mentor offers fewer places"),
    FEWER_HOURS: N_("The manager of the mentor is asked for fewer hours"),
    TRAIN_MENTOR: N_("A course of the mentor is noted"),
    TALK: N_("A talk is set for %(day)s, in their calendars"),
    SECOND_MENTOR: N_("A second mentor is proposed"),
    END: N_("The pair ended"),
    FEWER_HOURS + YES: N_("The hours are lowered, with the consent of the manager"),
    FEWER_HOURS + NO: N_("The manager keeps the hours as they are"),
}


def who(did: Sequence[Mapping[str, Any]]) -> Collection[int]:
    """Return whose names are needed to tell it."""
    return {one["by"] for one in did if one["by"] is not None}


def sentences(did: Sequence[Mapping[str, Any]], people: Mapping[int, Person]) -> list[str]:
    """Tell what was done, by whom and when."""
    return list(_told(did, people))


def _told(did: Sequence[Mapping[str, Any]], people: Mapping[int, Person]) -> Iterator[str]:
    for one in did:
        what = _what(one)
        on = day(datetime.fromisoformat(one["at"]))
        by = people.get(one["by"] or 0)
        if by is None:
            yield gettext("%(what)s; on %(on)s.", what=what, on=on)
        else:
            yield gettext("%(what)s; by %(name)s, on %(on)s.", what=what, name=by.name, on=on)


def _what(one: Mapping[str, Any]) -> str:
    """Say what was done; of the pace by how many weeks, which both lines may read."""
    if one["what"] == PACE:
        return ngettext(
            "The pace is slowed by %(num)s week",
            "The pace is slowed by %(num)s weeks",
            one["weeks"],
        )
    return gettext(DID[one["what"]], day=_day(one))


def _day(one: Mapping[str, Any]) -> str:
    if "day" not in one:
        return ""
    return day(date.fromisoformat(one["day"]))
